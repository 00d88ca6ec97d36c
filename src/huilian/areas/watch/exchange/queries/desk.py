"""Lists and figures of the exchange: what is at which step, counts, award amount and saving rate (S2-53)."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from .. import rules
from ..models import Board, Deal, Lot
from .reach import visible_lots

OPEN = ("applied", "town", "review", "ready", "notice", "trade", "result", "contract", "settle", "certify", "filing")


def lots_of(user, *, board: str = "", step: str = "", words: str = "") -> QuerySet[Lot]:
    """The lots in reach, newest first, narrowed by board, step (or "over") and words."""
    found = visible_lots(user)
    if board:
        found = found.filter(board__key=board)
    if step:
        found = found.filter(case__step=step) if step != "over" else found.exclude(case__step__in=OPEN)
    if words:
        found = found.filter(
            Q(title__icontains=words) | Q(case__number__icontains=words) | Q(owner__name__icontains=words)
        )
    return found


def steps_of(user) -> dict[str, int]:
    """How many lots stand at each step."""
    rows = visible_lots(user).order_by().values_list("case__step").annotate(n=Count("pk"))
    return dict(rows)


@dataclass(frozen=True)
class Figures:
    """One board: lots, deals, the sum of their prices, what that is better than the starting prices, per thousand."""

    board: Board
    lots: int
    deals: int
    cents: int
    gain_permille: int | None

    @property
    def gain(self) -> str:
        return f"{(self.gain_permille or 0) / 10:.1f} %"


def figures(lots: QuerySet[Lot]) -> list[Figures]:
    """Counts and rates of each board; a deal counts from its confirmation on."""
    counts = dict(lots.order_by().values_list("board").annotate(n=Count("pk")))
    deals = Deal.objects.filter(lot__in=lots.order_by()).exclude(state__in=("announced", "overturned", "broken"))
    prices: dict[int, list[tuple[int, int]]] = {}
    for board, price, start in deals.values_list("lot__board", "price_cents", "lot__start_cents"):
        prices.setdefault(board, []).append((price, start))
    found = []
    for board in Board.objects.all():
        sums = prices.get(board.pk, [])
        price, start = sum(p for p, _s in sums), sum(s for _p, s in sums)
        gain = rules.gain_permille(price, start, buys=board.direction == Board.Direction.PURCHASE) if sums else None
        found.append(Figures(board, counts.get(board.pk, 0), len(sums), price, gain))
    return found
