"""「报价形态」 The shape of the prices of one lot: seven numbers that research uses to look for arranged bids.

Cover bids crowd together behind the winner: little variation, a lead that is large against the others' deviation, a
distribution skewed away from the winner (Imhof, Simple Statistical Screens to Detect Bid Rigging, 2017; Imhof, Karagök,
Rutz, JCLE 14(2), 2018; Wallimann, Imhof, Huber, arXiv:2004.05629). The limits are defaults of this product with no
higher rule behind them. Honest bidders who price from one list look alike: the score is a reason to look, no finding.

Prices are cents. With few of them most numbers mean nothing, so each says how many it needs and is None below that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, factorial, inf, sqrt
from statistics import fmean, stdev

LEAST = 4  # prices below which there is no score
LOOK = 75  # score from which somebody should look; how often honest prices reach it: benchmarks/bids.py
EXACT = 20  # points up to which the test of evenness is computed exactly


@dataclass(frozen=True)
class Screen:
    """One of the seven: prices it needs, its limit, whether it speaks `above` or below the limit, its weight."""

    key: str
    needs: int
    limit: float
    above: bool
    weight: int


SCREENS = (
    Screen("variation", 3, 0.06, False, 3),
    Screen("distance", 4, 1.0, True, 3),
    Screen("skewness", 4, -0.5, False, 2),
    Screen("spread", 2, 0.15, False, 1),
    Screen("lead", 2, 0.05, True, 1),
    Screen("kurtosis", 4, 1.0, True, 1),
    Screen("evenness", 5, 0.05, False, 1),
)


@dataclass(frozen=True)
class Reading:
    """One screen over one lot; `value` None: not enough prices, or all alike."""

    screen: Screen
    value: float | None

    @property
    def speaks(self) -> bool:
        """Whether the value lies on the side of its limit on which arranged prices would."""
        if self.value is None:
            return False
        return self.value > self.screen.limit if self.screen.above else self.value < self.screen.limit


@dataclass(frozen=True)
class Shape:
    """All readings of one lot. `score`: the weight of those that speak, of a hundred; None with fewer than LEAST."""

    prices: int
    readings: tuple[Reading, ...]

    @property
    def score(self) -> int | None:
        read = [r for r in self.readings if r.value is not None]
        if self.prices < LEAST or not read:
            return None
        return round(100 * sum(r.screen.weight for r in read if r.speaks) / sum(r.screen.weight for r in read))


def shape(prices: Sequence[int], *, buys: bool) -> Shape:
    """The shape of the bidders' final prices; where the owner `buys` the lowest wins, else the highest."""
    count = len(prices)
    order = sorted(prices, reverse=not buys)
    values: dict[str, float | None] = {}
    if count >= 2 and min(prices) > 0:
        lead, deviation = abs(order[0] - order[1]), stdev(prices)
        values["spread"] = (max(prices) - min(prices)) / min(prices)
        values["lead"] = lead / order[0]
        values["variation"] = deviation / fmean(prices)
        if count >= LEAST and deviation:
            behind = stdev(order[1:])
            values["distance"] = lead / behind if behind else inf
            # Mirrored where the highest wins, so that losers who crowd behind the winner always give a negative skew.
            values["skewness"] = skewness(prices) * (1 if buys else -1)
            values["kurtosis"] = kurtosis(prices)
            values["evenness"] = evenness(prices)
    return Shape(count, tuple(Reading(s, values.get(s.key) if count >= s.needs else None) for s in SCREENS))


def skewness(values: Sequence[float]) -> float:
    """Adjusted Fisher–Pearson coefficient G1; needs three values that are not all alike."""
    n, mean, deviation = len(values), fmean(values), stdev(values)
    return n / ((n - 1) * (n - 2)) * sum(((v - mean) / deviation) ** 3 for v in values)


def kurtosis(values: Sequence[float]) -> float:
    """Excess kurtosis G2 without bias under normality; needs four values that are not all alike."""
    n, mean, deviation = len(values), fmean(values), stdev(values)
    fourth = sum(((v - mean) / deviation) ** 4 for v in values)
    return (n * (n + 1) * fourth / (n - 1) - 3 * (n - 1) ** 2) / ((n - 2) * (n - 3))


def evenness(values: Sequence[float]) -> float:
    """p of a Kolmogorov–Smirnov test that the values between the lowest and the highest are spread evenly.

    Of evenly spread values those between the extremes are, given the extremes, again evenly spread: so the test holds
    for few values too. Small p: they crowd somewhere.
    """
    low, high = min(values), max(values)
    points = sorted((v - low) / (high - low) for v in values)[1:-1]
    steps = list(pairwise(i / len(points) for i in range(len(points) + 1)))
    apart = max(max(after - u, u - before) for u, (before, after) in zip(points, steps, strict=True))
    return ks_tail(len(points), apart)


def ks_tail(n: int, apart: float) -> float:
    """P(D ≥ apart) of the one-sample statistic of `n` points: exactly by Marsaglia, Tsang and Wang (2003, J. Stat.
    Software 8(18)) up to EXACT points, beyond by the series with Stephens' correction."""
    if n > EXACT:
        x = apart * (sqrt(n) + 0.12 + 0.11 / sqrt(n))
        return min(1.0, max(0.0, 2 * sum((1 if j % 2 else -1) * exp(-2 * j * j * x * x) for j in range(1, 101))))
    k = int(n * apart) + 1
    h, size = k - n * apart, 2 * k - 1
    step = [[1.0 if i - j + 1 >= 0 else 0.0 for j in range(size)] for i in range(size)]
    for i in range(size):
        step[i][0] -= h ** (i + 1)
        step[-1][i] -= h ** (size - i)
    step[-1][0] += max(0.0, 2 * h - 1) ** size
    step = [[v / factorial(max(i - j + 1, 0)) for j, v in enumerate(row)] for i, row in enumerate(step)]
    row = [1.0 if j == k - 1 else 0.0 for j in range(size)]
    for _time in range(n):
        row = [sum(row[i] * step[i][j] for i in range(size)) for j in range(size)]
    return min(1.0, max(0.0, 1 - row[k - 1] * factorial(n) / float(n) ** n))
