"""Kinds of cases that no common list, count, page or export knows: `Case.objects` leaves them out.

An area whose cases are confided to a few (tips, leads) says so in its models and shows them itself, by its own
`visible_to`, through `Case.every`. Default deny: what nobody thought of does not show them either.
"""

KINDS: set[str] = set()


def seal_kind(kind: str) -> None:
    """From now on cases of `kind` are the area's own affair."""
    KINDS.add(kind)


def sql_kinds(*more: str) -> str:
    """The sealed kinds, and `more`, as a list for SQL of datasets: "('alert', 'tip')"."""
    return f"({', '.join(repr(kind) for kind in sorted(KINDS | set(more)))})"
