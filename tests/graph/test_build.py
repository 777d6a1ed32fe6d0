"""Builds: the same twice, one document replaced, broken off, two at once, broken input."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from extract.models import DutyRecord, PolicyRecord, Record
from graph import answers
from graph.build import build
from graph.errors import BrokenStoreError, NoStoreError, RecordOrderError, StoreBusyError
from graph.export import export
from graph.store import drafting, has_store, open_store
from tests.graph.records import PARKING, duty, everything, parking, plan, policy, scheme, sha, unnumbered

ROOT = Path(__file__).parents[2]


def nquads(folder: Path) -> bytes:
    out = io.BytesIO()
    export(open_store(folder), "nquads", out)
    return out.getvalue()


def test_building_again_changes_nothing(tmp_path: Path) -> None:
    first = build(everything(), tmp_path)
    before, pointer = nquads(tmp_path), (tmp_path / "current").read_text()
    again = build(everything(), tmp_path)
    assert (first.added, first.published) == (4, True)
    assert (again.unchanged, again.changed, again.added, again.removed, again.published) == (4, 0, 0, 0, False)
    assert nquads(tmp_path) == before
    assert (tmp_path / "current").read_text() == pointer
    assert first.statements == again.statements == before.count(b"\n")


def test_order_and_history_do_not_matter(tmp_path: Path) -> None:
    build(everything(), tmp_path / "once")
    build(unnumbered() + plan(), tmp_path / "steps")
    build(parking()[:-3], tmp_path / "steps")
    build(parking(), tmp_path / "steps")
    build(plan() + scheme(), tmp_path / "steps")
    assert nquads(tmp_path / "steps") == nquads(tmp_path / "once")


def test_the_same_in_another_process(tmp_path: Path) -> None:
    build(everything(), tmp_path / "here")
    code = "import sys; from pathlib import Path; from graph.build import build; from tests.graph.records import everything; "
    subprocess.run(
        [sys.executable, "-c", code + "build(everything(), Path(sys.argv[1]))", str(tmp_path / "there")],
        cwd=ROOT,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": "7"},
    )
    assert nquads(tmp_path / "there") == nquads(tmp_path / "here")


def test_a_changed_document_replaces_only_its_own(tmp_path: Path) -> None:
    build(everything(), tmp_path)
    before = nquads(tmp_path).splitlines()
    changed = [replace(r, task="改建") if isinstance(r, DutyRecord) and r.agency == "云陵市公安局" else r for r in parking()]
    report = build(changed, tmp_path)
    assert (report.changed, report.unchanged, report.kept, report.removed) == (1, 0, 3, 0)
    graph = b"/id/graph/policy/"
    old = {line for line in before if graph in line.rsplit(b" ", 2)[-2]}
    new = {line for line in nquads(tmp_path).splitlines() if graph in line.rsplit(b" ", 2)[-2]}
    own = {row.iri for row in answers.policies(open_store(tmp_path)) if row.number == "云政办〔2023〕7号"}
    assert old != new
    assert all(next(iter(own)).encode() in line or b"zhize/ontology#digest" in line for line in old ^ new)
    assert [d.task for d in answers.duties(open_store(tmp_path), "云陵市公安局")] == ["改建"]


@pytest.mark.parametrize(
    ("again", "titles"),
    [
        pytest.param(plan(), 3, id="a source that no longer gives a policy loses it"),
        pytest.param(plan() + scheme(), 4, id="a source given whole keeps all"),
        pytest.param(parking(), 4, id="documents not given again stay"),
        pytest.param([], 4, id="nothing given, nothing lost"),
    ],
)
def test_sources_replace_their_policies(tmp_path: Path, again: list[Record], titles: int) -> None:
    build(everything(), tmp_path)
    build(again, tmp_path)
    assert sum(p.resolved for p in answers.policies(open_store(tmp_path))) == titles


def test_a_renamed_file_replaces_what_its_bytes_gave(tmp_path: Path) -> None:
    build(plan() + scheme(), tmp_path)
    renamed = [replace(r, source="z.txt") for r in plan()]
    renamed[0] = replace(renamed[0], sha256=sha("b.txt"))
    report = build(renamed, tmp_path)
    assert (report.changed, report.removed) == (1, 1)


def test_a_policy_printed_twice_counts_once(tmp_path: Path) -> None:
    report = build(plan("b.txt") + plan("c.txt"), tmp_path)
    assert report.repeated == ((plan()[0].policy, "c.txt"),)
    assert [d.evidence.source for d in answers.all_duties(open_store(tmp_path))] == ["b.txt"]
    assert not build(plan("b.txt") + plan("c.txt"), tmp_path).published


def test_what_no_policy_uses_goes(tmp_path: Path) -> None:
    build(parking(), tmp_path)
    alone = nquads(tmp_path)
    other = policy("x", "临江区办法", "临政〔2023〕1号", source="x.txt", type="怪文种", issuer=("临江区人民政府",))
    build([other, duty("x", "", 5, "区教育局", "云陵市临江区教育局", source="x.txt")], tmp_path)
    assert nquads(tmp_path) != alone
    build([replace(parking()[0], policy="y", source="x.txt", sha256=other.sha256)], tmp_path)
    assert "临江区".encode() not in nquads(tmp_path)
    assert "怪文种".encode() not in nquads(tmp_path)


def test_agency_readings_merge_the_same_in_any_order(tmp_path: Path) -> None:
    def two(kinds: tuple[str, str]) -> list[Record]:
        return [
            r
            for at, kind in enumerate(kinds)
            for r in (
                policy(f"p{kind}", f"办法{kind}", f"云政〔2023〕{len(kind)}号", source=f"{kind}.txt"),
                duty(
                    f"p{kind}",
                    "",
                    5,
                    "市档案馆",
                    "云陵市档案馆",
                    agency_kind=kind,
                    agency_known=kind == "institution",
                    source=f"{kind}.txt",
                ),
            )
        ]

    build(two(("department", "institution")), tmp_path / "a")
    build(two(("institution", "department")), tmp_path / "b")
    assert nquads(tmp_path / "a") == nquads(tmp_path / "b")
    (row,) = answers.agencies(open_store(tmp_path / "a"))
    assert (row.kind, row.known, row.duties, row.policies) == ("institution", True, 2, 2)


def test_a_killed_build_leaves_the_old_graph(tmp_path: Path) -> None:
    build(everything(), tmp_path)
    before = nquads(tmp_path)
    code = (
        "import sys, time; from pathlib import Path; from dataclasses import replace; from graph import build as b;"
        "from tests.graph.records import parking, plan\n"
        "b._BATCH = 10\n"
        "def records():\n"
        "    yield replace(parking()[0], title='改')\n"
        "    yield from plan()[:3]\n"
        "    yield replace(plan()[0], policy='neu')\n"
        "    print('half', flush=True); time.sleep(60)\n"
        "b.build(records(), Path(sys.argv[1]))\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert child.stdout is not None and child.stdout.readline() == b"half\n"
    assert (tmp_path / "draft").is_dir()
    with pytest.raises(StoreBusyError, match="another build"):
        build(parking(), tmp_path)
    assert nquads(tmp_path) == before  # readers are not blocked
    child.send_signal(signal.SIGKILL)
    child.wait(timeout=30)
    child.stdout.close()
    assert nquads(tmp_path) == before
    assert build(everything(), tmp_path).unchanged == 4
    assert build([*everything(), policy("neu", "新办法", None, source="n.txt")], tmp_path).added == 1
    assert not (tmp_path / "draft").exists()


def test_an_error_in_the_records_leaves_the_old_graph(tmp_path: Path) -> None:
    build(parking(), tmp_path)
    before = nquads(tmp_path)
    with pytest.raises(RecordOrderError, match="does not follow"):
        build([*plan()[:2], *parking()[1:]], tmp_path)
    assert nquads(tmp_path) == before
    assert not (tmp_path / "draft").exists()


def test_a_reader_keeps_its_graph_while_builds_go_on(tmp_path: Path) -> None:
    build(parking(), tmp_path)
    reader = open_store(tmp_path)
    before = answers.all_duties(reader)
    build(plan(), tmp_path)
    assert answers.all_duties(reader) == before
    assert len(answers.all_duties(open_store(tmp_path))) > len(before)
    for number in range(4):
        build([policy(f"n{number}", f"文{number}", None, source=f"{number}.txt")], tmp_path)
    assert len([p for p in tmp_path.iterdir() if p.name.startswith("generation-")]) == 2


def test_errors_say_what_and_how_to_get_out(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError, match="zhize build"):
        open_store(tmp_path)
    with pytest.raises(NoStoreError):
        open_store(tmp_path / "nowhere")
    build(parking(), tmp_path)
    (generation,) = (p for p in tmp_path.iterdir() if p.name.startswith("generation-"))
    for file in generation.glob("*.sst"):
        file.unlink()
    with pytest.raises(BrokenStoreError, match="build again"):
        open_store(tmp_path)


def test_two_builds_at_once(tmp_path: Path) -> None:
    with drafting(tmp_path), pytest.raises(StoreBusyError):
        build(parking(), tmp_path)
    assert not has_store(tmp_path)
    assert build(parking(), tmp_path).added == 1


def test_policies_are_told_as_they_are_done(tmp_path: Path) -> None:
    told: list[PolicyRecord] = []
    build(everything(), tmp_path, on_policy=told.append)
    assert told[0].policy == PARKING and len(told) == 4


def test_memory_does_not_grow_with_the_corpus(tmp_path: Path) -> None:
    """Ten times the policies, about the same peak of Python objects: they go to disk in batches."""
    import tracemalloc

    def many(count: int) -> list[int]:
        peaks = []
        for number in (count, 10 * count):

            def records(upto: int = number):
                for at in range(upto):
                    yield policy(f"p{at}", f"办法{at}", f"云政〔2023〕{at}号", source=f"{at}.txt")
                    for n in range(30):
                        yield duty(f"p{at}", "", 5 + n, "市教育局", "云陵市教育局", order=n, source=f"{at}.txt")

            tracemalloc.start()
            build(records(), tmp_path / str(number))
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        return peaks

    begun = time.monotonic()
    from graph import build as module

    module._BATCH, kept = 3_000, module._BATCH
    try:
        small, large = many(12)
    finally:
        module._BATCH = kept
    assert large < 2 * small, (small, large, time.monotonic() - begun)
