"""A sheet in millimetres that matplotlib draws on, and its picture as SVG for a page with a strict content security policy.

matplotlib writes text as text (``svg.fonttype``), so that it stays selectable and is set in the page's own fonts; its styles become
plain attributes, since the policy forbids style attributes. Nothing is laid out by the width of a font: the same rows give the
same bytes on a machine with other fonts, or without Chinese ones.
"""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path

from graph.plain import plain

Align = Literal["left", "center", "right"]
Point = tuple[float, float]

INK, SOFT, FAINT, RULE, PAPER = "#1d2830", "#55636d", "#8a959c", "#dedbd1", "#ffffff"
ROLE = {"lead": "#b5483a", "responsible": "#2f6f97", "support": "#a8b79c"}
STANDING = {"in_force": "#3f7f5f", "pending": "#c59c38", "expired": "#9ca6ac", "repealed": "#b5483a", "unknown": "#c9cdd0"}
RELATION = {"basis": "#2f6f97", "cites": "#b3bcc2", "repeals": "#b5483a", "amends": "#c59c38"}
TIER = {"state": "#b5483a", "province": "#c59c38", "city": "#2f6f97", "county": "#5d9163", "": "#9ca6ac"}

MM = 72 / 25.4
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+\.\d+")
_KEEP = ("d", "x", "y", "width", "height", "cx", "cy", "r")
_STYLE = ("fill", "stroke", "stroke-width", "fill-opacity", "stroke-opacity", "opacity", "stroke-dasharray", "text-anchor",
          "font-size", "font-weight")  # fmt: skip
_SETTINGS: Any = {"svg.fonttype": "none", "svg.hashsalt": "zhize", "path.simplify": False}


def em(text: str) -> float:
    """The width of ``text`` in units of its size: a Chinese character is 1 wide, a Latin one about 0.56."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.56 for c in text)


def fit(text: str, width: float, size: float) -> str:
    """``text`` cut so that it is at most ``width`` mm wide at ``size`` points, with an ellipsis where it was cut."""
    room = width * MM / size
    if em(text) <= room:
        return text
    kept = ""
    for character in text:
        if em(kept + character) + 1 > room:
            break
        kept += character
    return kept + "…"


class Canvas:
    """A sheet ``width`` by ``height`` mm, the origin at its upper left corner; later things are painted over earlier ones."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._figure = Figure(figsize=(width / 25.4, height / 25.4), dpi=72)
        self._figure.patch.set_visible(False)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, width), ylim=(height, 0))
        self._axes.set_axis_off()
        self._tips: dict[str, str] = {}
        self._halos: set[str] = set()
        self._count = 0

    def _next(self, tip: str = "", halo: bool = False) -> dict[str, Any]:
        self._count += 1
        name = f"n{self._count}"
        if tip:
            self._tips[name] = tip
        if halo:
            self._halos.add(name)
        return {"gid": name, "zorder": self._count, "clip_on": False}

    def rect(self, x: float, y: float, width: float, height: float, colour: str, *, link: str = "", tip: str = "",
             opacity: float = 1.0, edge: str = "none") -> None:  # fmt: skip
        """A rectangle; ``link`` is where a click leads, ``tip`` what hovering says."""
        self._axes.add_patch(Rectangle((x, y), width, height, facecolor=colour, edgecolor=edge, linewidth=0.4, alpha=opacity,
                                       url=link or None, **self._next(tip)))  # fmt: skip

    def circle(self, x: float, y: float, radius: float, colour: str, *, link: str = "", tip: str = "", edge: str = PAPER,
               opacity: float = 1.0) -> None:  # fmt: skip
        """A circle around a point."""
        self._axes.add_patch(Circle((x, y), radius, facecolor=colour, edgecolor=edge, linewidth=0.6, alpha=opacity,
                                    url=link or None, **self._next(tip)))  # fmt: skip

    def line(self, points: Sequence[Point], colour: str, width: float = 0.5, *, dash: bool = False, opacity: float = 1.0) -> None:
        """A line through ``points``; ``width`` in points of print."""
        self._path(points, [Path.MOVETO] + [Path.LINETO] * (len(points) - 1), colour, width, dash, opacity)

    def curve(self, one: Point, other: Point, colour: str, width: float, *, opacity: float = 1.0, link: str = "", tip: str = "",
              round_by: float = 0) -> None:  # fmt: skip
        """A line that leaves and arrives sideways; ``round_by`` mm (negative: to the left) it turns where both ends lie one above
        the other."""
        (x1, y1), (x2, y2) = one, other
        bend = [(x1 + round_by, y1), (x2 + round_by, y2)] if round_by else [((x1 + x2) / 2, y1), ((x1 + x2) / 2, y2)]
        self._path([one, *bend, other], [Path.MOVETO] + [Path.CURVE4] * 3, colour, width, False, opacity, link, tip)

    def _path(self, points: Sequence[Point], codes: list[Any], colour: str, width: float, dash: bool, opacity: float,
              link: str = "", tip: str = "") -> None:  # fmt: skip
        style: Any = (0, (2, 2)) if dash else "solid"
        self._axes.add_patch(PathPatch(Path(points, codes), facecolor="none", edgecolor=colour, linewidth=width, alpha=opacity,
                                       linestyle=style, url=link or None, **self._next(tip)))  # fmt: skip

    def area(self, points: Sequence[Point], colour: str, *, opacity: float = 1.0) -> None:
        """A filled shape with straight sides."""
        codes = [Path.MOVETO] + [Path.LINETO] * (len(points) - 1) + [Path.CLOSEPOLY]
        self._axes.add_patch(PathPatch(Path([*points, points[0]], codes), facecolor=colour, edgecolor="none", alpha=opacity,
                                       **self._next()))  # fmt: skip

    def ribbon(self, left: tuple[float, float, float], right: tuple[float, float, float], colour: str, *, opacity: float = 0.4,
               link: str = "", tip: str = "") -> None:  # fmt: skip
        """A band from ``left`` to ``right``, each given as x, upper y, lower y."""
        (x1, a1, b1), (x2, a2, b2) = left, right
        middle = (x1 + x2) / 2
        points = [(x1, a1), (middle, a1), (middle, a2), (x2, a2), (x2, b2), (middle, b2), (middle, b1), (x1, b1), (x1, a1)]
        codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        self._axes.add_patch(PathPatch(Path(points, codes), facecolor=colour, edgecolor="none", alpha=opacity, url=link or None,
                                       **self._next(tip)))  # fmt: skip

    def text(self, x: float, y: float, words: str, size: float = 8, *, colour: str = INK, align: Align = "left", link: str = "",
             bold: bool = False, angle: float = 0, halo: bool = False, tip: str = "") -> None:  # fmt: skip
        """``words`` on the baseline ``y``; nothing in them is a formula or mark-up."""
        if words := plain(words).replace("\n", " "):
            self._axes.text(x, y, words, size=size, color=colour, ha=align, va="baseline", rotation=angle, rotation_mode="anchor",
                            weight="bold" if bold else "normal", parse_math=False, url=link or None,
                            **self._next(tip, halo))  # fmt: skip

    def svg(self, label: str) -> str:
        """The picture; ``label`` says in words what it shows."""
        out = io.StringIO()
        with mpl.rc_context(_SETTINGS), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph .{1,200} missing from")  # the page's fonts set the text, not matplotlib's
            self._figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, dpi=72)
        root = ET.fromstring(out.getvalue())  # noqa: S314 - written by matplotlib a line above
        size = f"{round(self.width * MM, 1)} {round(self.height * MM, 1)}"
        inner = "".join(self._elements(root, "", ""))
        return f'<svg viewBox="0 0 {size}" role="group" aria-label="{escape(label)}">{inner}</svg>'

    def _elements(self, element: ET.Element, name: str, link: str) -> Iterator[str]:
        """The shapes and texts below ``element``, without groups, names and style sheets."""
        for child in element:
            tag = child.tag.removeprefix(_SVG)
            if tag == "g":
                yield from self._elements(child, child.get("id", name), link)
            elif tag == "a":
                yield from self._elements(child, name, next((v for k, v in child.items() if k.endswith("href")), ""))
            elif tag in ("path", "text"):
                yield self._shape(tag, child, name, link)

    def _shape(self, tag: str, element: ET.Element, name: str, link: str) -> str:
        found = _style(element.get("style", ""))
        for key in _KEEP:
            if element.get(key):
                found[key] = " ".join(element.get(key, "").split())
        turn = element.get("transform", "")
        if turn and not turn.startswith("rotate(-0 "):
            found["transform"] = turn
        if name in self._halos:
            found |= {"stroke": PAPER, "stroke-width": "2.4", "stroke-linejoin": "round", "paint-order": "stroke"}
        attributes = "".join(f' {key}="{escape(_short(value))}"' for key, value in found.items())
        tip = f"<title>{escape(plain(self._tips[name]))}</title>" if name in self._tips else ""
        shape = f"<{tag}{attributes}>{tip}{escape(element.text or '') if tag == 'text' else ''}</{tag}>"
        return f'<a href="{escape(link)}">{shape}</a>' if link else shape


def _style(style: str) -> dict[str, str]:
    """The parts of a style attribute that SVG knows as attributes of their own; the font is the page's."""
    found = dict(part.strip().split(": ", 1) for part in style.split(";") if ": " in part)
    if "font" in found:  # a shorthand: [weight] size family
        size = re.search(r"([\d.]{1,8})px", found["font"])
        found["font-size"] = f"{size[1]}px" if size else "8px"
        if found["font"].startswith(("bold", "700")):
            found["font-weight"] = "bold"
    kept = {key: found[key].removesuffix("px") for key in _STYLE if key in found}
    if kept.get("stroke", "none") == "none":
        kept = {key: value for key, value in kept.items() if not key.startswith("stroke")}
    return kept


def _short(value: str) -> str:
    """Coordinates to a hundredth of a point."""
    return _NUMBER.sub(lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), value)
