"""The pages on the ontology are what its files say: made anew they are the same, and nothing is left out of them."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest

from graph import turtle
from ontology.vocabulary import DATA, ZHIZE, declared

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_ontology", DOCS / "make_ontology.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_ontology"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(maker: ModuleType) -> dict[str, str]:
    made: dict[str, str] = maker.pages()
    return made


@pytest.mark.parametrize("name", ["ontology.md", "ontology.zh-CN.md"])
class TestPage:
    def test_the_committed_page_is_what_the_script_makes(self, pages: dict[str, str], name: str) -> None:
        committed = (DOCS / name).read_text(encoding="utf-8")
        assert committed == pages[name], "run python docs/make_ontology.py"

    def test_every_term_stands_on_the_page(self, pages: dict[str, str], name: str) -> None:
        shown = set(re.findall(r"`([a-z]+:[\w-]+)`", pages[name]))
        terms = {turtle.short(iri) for iri in declared()} - {f"<{ZHIZE.rstrip('#')}>"}
        assert {t for t in terms if ":" in t} - shown == set()

    def test_every_link_leads_to_a_place_on_the_page_or_a_file(self, pages: dict[str, str], name: str) -> None:
        anchors = set(re.findall(r'<a id="([^"]+)"></a>', pages[name]))
        links = set(re.findall(r"\]\(([^)]+)\)", pages[name]))
        assert {link[1:] for link in links if link.startswith("#")} <= anchors
        assert all((DOCS / link).exists() for link in links if not link.startswith(("#", "http")))

    def test_no_word_is_missing(self, pages: dict[str, str], name: str) -> None:
        text = re.sub(r"```.*?```", "", pages[name], flags=re.DOTALL)
        assert not re.findall(r"\{(?!hash|name)\w+\}", text)
        if name == "ontology.md":  # an English page has Chinese only where the words themselves are meant
            sentences = [line for line in text.splitlines() if line and not line.startswith(("|", "#", "[", "-"))]
            assert all(len(re.findall("[一-鿿]", line)) < len(line) / 4 for line in sentences)

    def test_the_example_is_turtle(self, pages: dict[str, str], name: str) -> None:
        block = re.search(r"```turtle\n(.*?)```", pages[name], flags=re.DOTALL)
        assert block is not None
        read = [quad.triple for quad in ox.parse(block[1], format=ox.RdfFormat.TURTLE)]
        assert len(read) > 20
        kinds = {turtle.short(t.object.value) for t in read if t.predicate.value.endswith("#type")}
        assert kinds >= {"zhize:Duty", "org:FormalOrganization", "oa:TextPositionSelector", "oa:TextQuoteSelector"}
        assert all(t.subject.value.startswith(DATA) for t in read if isinstance(t.subject, ox.NamedNode))

    def test_the_pictures_are_flowcharts_whose_arrows_join_boxes(self, pages: dict[str, str], name: str) -> None:
        pictures = re.findall(r"```mermaid\nflowchart LR\n(.*?)```", pages[name], flags=re.DOTALL)
        assert len(pictures) == 2
        for picture in pictures:
            boxes = set(re.findall(r"^  (n\d+)\[\"[^\"]+\"\](?::::own)?$", picture, flags=re.MULTILINE))
            arrows = re.findall(r"^  (n\d+) -- \"[^\"]+\" --> (n\d+)$", picture, flags=re.MULTILINE)
            assert len(boxes) + len(arrows) + 1 == len(picture.strip().splitlines())
            assert {end for arrow in arrows for end in arrow} == boxes
