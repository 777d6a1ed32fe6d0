"""Short forms of titles: what 以下简称《条例》 gives to a document that was named, and which document 《条例》 then means.

Rules on drafting ask that a short form be stated where the full title first occurs (全国人大常委会法工委《立法技术规范》, 2009);
where a document does not, a bare genre word is taken for the one document of that genre that was named before, or for none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.citations.titlemarks import bare_title, title_key

_DEFINED = re.compile(
    r"(?:以下|下文|下)?(?<!统)(?:均|都)?(?:简称|下称|以下称)[为：:]{0,2}"
    r"(?:[《“\"‘「](?P<marked>[^《》“”\"‘’「」\n]{2,30})[》”\"’」]|(?P<bare>[一-鿿]{2,15}))"
)
_TOGETHER = re.compile(r"[两二三四五六七八九十][个份项部]?|统称|上述|各")  # “两个办法” names several documents
_OUTSIDE = 30  # characters: 《…》，以下简称《条例》


@dataclass(frozen=True, slots=True)
class Meant:
    """The document that a short form means: its full title and number as the text gives them, and how sure that is."""

    title: str | None
    number: str | None
    confidence: float = 1.0
    reason: str = ""


def stated_form(text: str, start: int, end: int) -> str | None:
    """The short form stated in ``text[start:end]`` (the brackets behind a title) or right behind it; None without one."""
    found = _DEFINED.search(text, start, end)
    if found is None and text[end : end + 1] in ("，", ","):
        found = _DEFINED.match(text, end + 1, end + 1 + _OUTSIDE)
    if found is None:
        return None
    form = found["marked"] or found["bare"]
    return None if _TOGETHER.match(form) else form


class ShortForms:
    """The short forms that a text has given so far, and the documents that it has named; filled in the order of the text."""

    def __init__(self) -> None:
        self._stated: dict[str, Meant] = {}
        self._named: dict[str, Meant] = {}

    def name(self, title: str | None, number: str | None, form: str | None) -> None:
        """The text names a document, and gives it a short form where ``form`` is one."""
        meant = Meant(title, number)
        if title:
            key = title_key(title)
            before = self._named.get(key)
            self._named[key] = before if before and before.number and not number else meant
        if form:
            self._stated[title_key(form)] = meant

    def stated(self, title: str) -> Meant | None:
        """The document that was given this short form; the latest where several were."""
        return self._stated.get(title_key(title))

    def by_genre(self, title: str) -> Meant | None:
        """The one document named so far whose title ends like ``title`` (《实施意见》); None where there is none or a second."""
        word = bare_title(title)
        fitting = [m for m in self._named.values() if m.title and bare_title(m.title).endswith(word)]
        if len(fitting) != 1:
            return None
        one = fitting[0]
        return Meant(one.title, one.number, 0.8, f"简称没有说明，前文以“{word}”结尾的文件只有一份")

    def forms(self) -> dict[str, Meant]:
        """All stated short forms, without punctuation."""
        return dict(self._stated)
