"""A case drawn on its procedure, as the drawing part of `engine.look` wants it."""

from huilian.engine.look.svg import Chart, Edge, Lane, Node, Risk

from .models import Case
from .queries import flow_of


def chart_of(case: Case, *, hits: frozenset[str] = frozenset()) -> Chart:
    """The chart of `case`. `hits` are the models that raised an alert on it; their risk points are filled."""
    flow = flow_of(case, hits=hits)
    return Chart(
        title=flow.title,
        summary=flow.description,
        lanes=tuple(Lane(*name.split("|", 1)) for name in flow.lanes),
        nodes=tuple(
            Node(
                n["id"],
                n["name"],
                n["lane"],
                n["sub"],
                n["state"],
                n["kind"] or "step",
                tuple(Risk(r["no"], r["level"], r["hit"]) for r in n["risks"]),
                n["col"],
            )
            for n in flow.nodes
        ),
        edges=tuple(Edge(*edge) for edge in flow.edges),
        risks=tuple(flow.risks),
    )
