"""The charts of the report, drawn by matplotlib as SVG."""

from __future__ import annotations

from graph.charts.canvas import Canvas
from graph.charts.load import Bar, Due, Part, load_chart, lorenz_chart, matrix_chart, timeline_chart
from graph.charts.nets import Flow, Life, Paper, Spot, Tie, flow_chart, lineage_chart, lives_chart, network_chart

__all__ = [
    "Bar",
    "Canvas",
    "Due",
    "Flow",
    "Life",
    "Paper",
    "Part",
    "Spot",
    "Tie",
    "flow_chart",
    "lineage_chart",
    "lives_chart",
    "load_chart",
    "lorenz_chart",
    "matrix_chart",
    "network_chart",
    "timeline_chart",
]
