"""Figures drawn on the server. Only classes and geometry (the content policy forbids styles); colours come from CSS."""

from .bars import hbar, stack
from .clocks import clock_bar, clock_ring
from .flow import Chart, Edge, Lane, Node, Risk, flow
from .shapes import shape
from .sparks import spark

__all__ = [
    "Chart", "Edge", "Lane", "Node", "Risk", "clock_bar", "clock_ring", "flow", "hbar", "shape", "spark", "stack",
]  # fmt: skip
