"""「报价形态」 The shape of the prices of lots, for the committee: seven numbers and what they mean."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import fmean

from django.utils.translation import gettext_lazy as _

from huilian.engine.auctions.models import Entry
from huilian.foundation.bids import LOOK, Reading, Shape, shape
from huilian.foundation.now import now

from ..models import Deal, Lot, Offer
from .reach import visible_lots

WINDOWS = (90, 365, 1095)  # days one may look back
WORDS = {  # name; what it says, in plain words
    "variation": (
        _("Variation of the prices"),
        _("How far prices lie apart, as a share of their mean. Agreed prices lie close together."),
    ),
    "distance": (
        _("Relative distance"),
        _("The winner's lead over the second, in deviations of the others. Cover bids crowd behind the winner."),
    ),
    "skewness": (
        _("Skewness"),
        _("On which side the odd one out stands. Strongly negative: the winner alone, the others together."),
    ),
    "spread": (
        _("Spread"),
        _("From the best to the worst price, as a share of the lowest."),
    ),
    "lead": (
        _("Lead of the winner"),
        _("The difference of the two best prices, as a share of the best."),
    ),
    "kurtosis": (
        _("Kurtosis"),
        _("Whether most prices sit in one heap with one far off; high when they do."),
    ),
    "evenness": (
        _("Evenness"),
        _("How likely honest, evenly spread prices crowd at least so much (Kolmogorov–Smirnov test); small is odd."),
    ),
}
SHARES = ("variation", "spread", "lead", "evenness")  # shown in per cent


@dataclass(frozen=True)
class Line:
    """One number as the page shows it."""

    reading: Reading
    name: object
    meaning: object

    @property
    def value(self) -> str:
        return self._shown(self.reading.value)

    @property
    def limit(self) -> str:
        screen = self.reading.screen
        return f"{'>' if screen.above else '<'} {self._shown(screen.limit)}"

    def _shown(self, value: float | None) -> str:
        if value is None:
            return ""
        if value == float("inf"):
            return "∞"
        return f"{value:.1%}" if self.reading.screen.key in SHARES else f"{value:.2f}"


@dataclass(frozen=True)
class Screened:
    """A lot with its shape; None where bidding online goes in steps, which set the distances themselves."""

    lot: Lot
    shape: Shape | None

    @property
    def score(self) -> int | None:
        return self.shape.score if self.shape else None

    @property
    def looks(self) -> bool:
        return (self.score or 0) >= LOOK

    @property
    def lines(self) -> list[Line]:
        return [Line(r, *WORDS[r.screen.key]) for r in self.shape.readings] if self.shape else []


@dataclass(frozen=True)
class Group:
    """One board or township over the window: lots with a score, their mean, how many somebody should look at."""

    name: str
    lots: int
    mean: float
    looks: int


def screen(lots: Sequence[Lot]) -> list[Screened]:
    """The shapes of lots, each from its bidders' last prices."""
    prices = _prices([lot for lot in lots if lot.method != Lot.Method.TIMED])
    return [
        Screened(lot, None if lot.method == Lot.Method.TIMED else shape(prices[lot.pk], buys=lot.buys)) for lot in lots
    ]


def over_window(user, *, days: int, board: str = "", township: str = "") -> list[Screened]:
    """Lots in reach whose prices lie open, of the last `days`, the highest score first, those without one last."""
    found = visible_lots(user, "exchange.bidders").filter(
        opens_at__gte=now() - timedelta(days=days), pk__in=Deal.objects.values("lot")
    )
    if board:
        found = found.filter(board__key=board)
    if township:
        found = found.filter(township__code=township)
    return sorted(screen(list(found)), key=lambda s: (-1 if s.score is None else s.score, s.lot.pk), reverse=True)


def groups(screened: Iterable[Screened], by: str) -> list[Group]:
    """The same by board or township, the highest mean first."""
    found: dict[str, list[Screened]] = defaultdict(list)
    for one in screened:
        if one.score is not None:
            found[str(getattr(one.lot, by) or one.lot.place)].append(one)
    rows = [Group(n, len(some), fmean(s.score for s in some), sum(s.looks for s in some)) for n, some in found.items()]
    return sorted(rows, key=lambda g: (-g.mean, g.name))


def _prices(lots: Sequence[Lot]) -> dict[int, list[int]]:
    """Of each lot the last price of every bidder: from the table, or opened online."""
    last: dict[int, dict[tuple[str, int], int]] = defaultdict(dict)
    offers = Offer.objects.filter(registration__lot__in=lots).exclude(registration__state="withdrawn")
    for lot, bidder, cents in offers.order_by("round").values_list("registration__lot", "registration", "price_cents"):
        last[lot]["offer", bidder] = cents
    shown = Entry.objects.filter(auction__lot__in=lots, kind=Entry.Kind.REVEAL).order_by("serial")
    for lot, paddle, cents in shown.values_list("auction__lot", "paddle", "cents"):
        last[lot]["paddle", paddle] = cents
    return {lot.pk: list(last[lot.pk].values()) for lot in lots}
