"""The shape of prices against scipy, by hand, and with too few of them."""

from math import inf
from random import Random

import pytest
from scipy import stats

from huilian.foundation import bids


def readings(prices, buys=True):
    return {r.screen.key: r for r in bids.shape(prices, buys=buys).readings}


def test_the_numbers_of_a_small_lot_are_those_computed_by_hand():
    found = readings([100, 110, 112, 114])

    assert found["spread"].value == pytest.approx(0.14)
    assert found["lead"].value == pytest.approx(0.10)
    assert found["distance"].value == pytest.approx(5.0)  # 10 apart, the losers deviate by 2
    assert found["variation"].value == pytest.approx(6.218253 / 109, rel=1e-6)
    assert found["evenness"].value is None


@pytest.mark.parametrize("n", [4, 5, 8, 15, 30])
def test_skewness_and_kurtosis_are_those_of_scipy(n):
    drawn = Random(n)
    values = [drawn.gauss(100, 9) for _ in range(n)]

    assert bids.skewness(values) == pytest.approx(stats.skew(values, bias=False))
    assert bids.kurtosis(values) == pytest.approx(stats.kurtosis(values, bias=False))


@pytest.mark.parametrize("n", [1, 2, 3, 5, 9, 20])
@pytest.mark.parametrize("apart", [0.2, 0.35, 0.5, 0.7, 0.93])
def test_the_test_of_evenness_is_exact_for_few_prices(n, apart):
    if apart >= 1 / (2 * n):  # below it no sample lies
        assert bids.ks_tail(n, apart) == pytest.approx(stats.kstwo.sf(apart, n), abs=1e-9)


@pytest.mark.parametrize("n", [21, 60])
def test_and_near_enough_for_many(n):
    for apart in (0.1, 0.18, 0.3):
        assert bids.ks_tail(n, apart) == pytest.approx(stats.kstwo.sf(apart, n), abs=0.02)


def test_the_test_looks_at_what_lies_between_the_lowest_and_the_highest():
    prices = [100, 103, 118, 119, 120]
    inside = [(p - 100) / 20 for p in prices[1:-1]]

    assert bids.evenness(prices) == pytest.approx(stats.kstest(inside, "uniform").pvalue)


def test_cover_bids_score_high_and_open_prices_low():
    covered = bids.shape([1_900_000, 1_962_000, 1_968_000, 1_975_000, 1_971_000], buys=True)
    open_ = bids.shape([1_500_000, 1_710_000, 1_820_000, 2_050_000, 2_240_000], buys=True)

    assert covered.score >= bids.LOOK
    assert open_.score < bids.LOOK / 2


def test_where_the_highest_wins_the_picture_is_mirrored():
    bought, sold = readings([100, 110, 112, 114]), readings([114, 104, 102, 100], buys=False)

    assert bought["skewness"].value == pytest.approx(sold["skewness"].value)
    assert bought["distance"].value == pytest.approx(sold["distance"].value)
    assert bought["skewness"].speaks and sold["skewness"].speaks


@pytest.mark.parametrize("prices", [[], [100], [100, 104], [100, 101, 102]])
def test_with_fewer_than_four_prices_there_is_no_score(prices):
    assert bids.shape(prices, buys=True).score is None


def test_prices_all_alike_and_losers_all_alike_are_no_division_by_zero():
    alike = readings([100, 100, 100, 100])
    losers = readings([100, 110, 110, 110])

    assert alike["variation"].value == 0 and alike["skewness"].value is None
    assert losers["distance"].value == inf and losers["distance"].speaks
