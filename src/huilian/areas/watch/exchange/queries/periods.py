"""The county's table of periods as rules read it."""

from .. import rules
from ..models import Period


def spans_of(board_id: int, what: str) -> list[rules.Span]:
    """Every period of a board for one thing."""
    rows = Period.objects.filter(board=board_id, what=what)
    return [rules.Span(*row) for row in rows.values_list("length", "unit", "method", "right", "from_cents")]
