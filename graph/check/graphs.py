"""Checks a graph, part by part: the shapes, then what they cannot say."""

from __future__ import annotations

import time
from collections.abc import Callable

import pyoxigraph as ox

from graph.check.describe import Describer
from graph.check.integrity import broken
from graph.check.model import MOST, Finding, Report, in_order
from graph.check.parts import classes_above, parts


def check_graph(engine: ox.Store, on_progress: Callable[[int], None] | None = None, seconds: float | None = None) -> Report:
    """Every rule that a thing of the graph breaks. Memory holds one part of the graph at a time.

    ``on_progress`` is told the number of statements seen so far. After ``seconds`` the check ends between two parts; it also ends
    after :data:`graph.check.model.MOST` findings. ``stopped`` of the report says so.
    """
    from graph.check.shacl import violations  # late: pySHACL takes a while to import

    begun = time.monotonic()
    above, describer = classes_above(engine), Describer(engine)
    findings: list[Finding] = []
    checked = 0
    stopped = ""
    for part in parts(engine):
        if seconds is not None and time.monotonic() - begun > seconds:
            stopped = "time"
            break
        wrong = {*violations(part.quads(), part.types(engine), above), *broken(part, engine)}
        findings += [describer.finding(violation) for violation in sorted(wrong)[: MOST - len(findings)]]
        checked += part.size
        if on_progress is not None:
            on_progress(checked)
        if len(findings) >= MOST:
            stopped = "findings"
            break
    return Report(tuple(in_order(findings)), checked, stopped)
