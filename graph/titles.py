"""What a title is made of, so that its spellings can be told from titles of other documents.

One document is cited with or without its issuer (国务院关于…的意见, 关于…的意见), by the title of the notice that issues it
(关于印发…的通知), with or without 中华人民共和国, （试行） or the years that it covers. The *core* of a title is what all these
share; issuer and version are kept beside it, since two documents that differ in one of them are not the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_STATE = "中华人民共和国"
_NOT_WORD = re.compile(r"[\W_]")
_TRAILER = re.compile(r"[(（〔\[【]([^()（）〔〕\[\]【】]{1,40})[)）〕\]】]$")
_ISSUING = re.compile(
    r"(?P<issuer>[^《〈<]{0,60}?)关于(?:印发|发布|公布|颁布|下发)[《〈<]?(?P<inner>[^《》〈〉<>]{4,120})[》〉>]?"
    r"(?P<behind>[(（][^()（）]{1,40}[)）])?的(?:通知|公告|通告)"
)
_GENRE = "方案|办法|意见|规定|细则|计划|规划|措施|政策|预案|制度|标准|清单|条例|规则|要点"
_SEVERAL = re.compile(
    rf"(?:{_GENRE})(?:[(（][^()（）]{{1,40}}[)）])?[和、及与]|等[\d一二两三四五六七八九十]{{0,3}}[个项件部份]|等文件"
)
_ISSUER = re.compile(r"[^《〈<]{1,60}(?:院|政府|办公厅|办公室|委员会|委|部|局|厅|署|会|行|办|党组|小组|指挥部|中央)")
_NO_ISSUER = re.compile(r"贯彻|落实|实施|转发|批转|执行|印发|废止|修改|修订")
_YEAR_MARK = re.compile(r"(?<=\d)年度?|版$|本$")


@dataclass(frozen=True, slots=True)
class TitleParts:
    """``core`` without punctuation; ``issuer`` as the title or its notice's gives it; ``version`` from brackets at the end."""

    core: str
    issuer: str = ""
    version: str = ""

    @property
    def key(self) -> str:
        """What all spellings of the title share, as the graph keeps it to look them up."""
        return "l:" + self.core

    @property
    def whole(self) -> str:
        """All parts in one; titles that differ in marks and widths alone have the same."""
        return self.issuer + self.core + self.version


@lru_cache(maxsize=16384)
def title_parts(title: str) -> TitleParts:
    """The parts of ``title``. A notice that issues one document has the parts of that document and its own issuer."""
    plain = "".join(unicodedata.normalize("NFKC", title).split())
    notice = _ISSUING.fullmatch(plain)
    if notice and not _SEVERAL.search(notice["inner"]):
        inner = _parts(notice["inner"] + (notice["behind"] or ""))
        return TitleParts(inner.core, _squeezed_issuer(notice["issuer"]) or inner.issuer, inner.version)
    return _parts(plain)


def issues_one(title: str) -> bool:
    """Is this the title of a notice that issues one document (关于印发…的通知)?"""
    return title_parts(title).core != _parts("".join(unicodedata.normalize("NFKC", title).split())).core


def _parts(plain: str) -> TitleParts:
    versions: list[str] = []
    while (trailer := _TRAILER.search(plain)) and trailer.start() > 1:
        versions.insert(0, trailer[1])
        plain = plain[: trailer.start()].rstrip('》〉>”"')
    issuer = ""
    at = plain.find("关于")
    if at > 0 and _ISSUER.fullmatch(plain, 0, at) and not _NO_ISSUER.search(plain, 0, at):
        issuer, plain = plain[:at], plain[at:]
    elif plain.startswith(_STATE) and len(plain) > len(_STATE) + 1:
        plain = plain[len(_STATE) :]
    version = _YEAR_MARK.sub("", _NOT_WORD.sub("", "".join(versions)))
    return TitleParts(_NOT_WORD.sub("", plain), _squeezed_issuer(issuer), version)


def squeezed_issuer(name: str) -> str:
    """The name of an issuer in the form of :attr:`TitleParts.issuer`."""
    return _squeezed_issuer(unicodedata.normalize("NFKC", name))


def _squeezed_issuer(name: str) -> str:
    return _NOT_WORD.sub("", name).removeprefix(_STATE).replace("人民政府", "政府")
