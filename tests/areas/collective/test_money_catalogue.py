"""Tiers of approval and templates: the county's own, dated, and never overwritten by the seeds."""

from datetime import date

import pytest

from huilian.areas.watch.collective.models import ApprovalTier, VoucherTemplate
from huilian.areas.watch.collective.queries.chart import tier_for
from huilian.areas.watch.collective.registers.money import read_lines, say_lines
from huilian.areas.watch.collective.seeding import seed
from huilian.areas.watch.collective.services import catalogue, entry, matching
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import frozen

from .books import JUNE, opened
from .test_money_bank import basic
from .test_money_pages import read

pytestmark = pytest.mark.django_db
TIER = {"key": "small", "name": "小额", "up_to_cents": 300_000, "valid_from": date(2026, 7, 1)}


@pytest.fixture(autouse=True)
def _june():
    with frozen(JUNE):
        yield


def told(verb):
    return Event.objects.filter(verb=f"collective.{verb}").count()


def test_a_tier_changes_from_a_day_on_and_the_seeds_leave_it_alone(cast):
    seed()

    catalogue.save_tier(None, TIER, by=cast.jiang_hong)
    seed()

    assert tier_for(250_000, date(2026, 6, 30)).key == "middle"
    assert tier_for(250_000, date(2026, 7, 1)).key == "small" and told("tier") == 1


def test_a_tier_is_refused_twice_a_day_at_nothing_and_to_others(cast):
    seed()
    row = catalogue.save_tier(None, TIER, by=cast.jiang_hong)
    before = ApprovalTier.objects.count()

    for values, error in ((TIER, Invalid), ({**TIER, "up_to_cents": 0, "key": "x"}, Invalid)):
        with pytest.raises(error):
            catalogue.save_tier(None, values, by=cast.jiang_hong)
    with pytest.raises(NotAllowed):
        catalogue.save_tier(row, {"up_to_cents": 1}, by=cast.ma_jun)
    row.refresh_from_db()
    assert ApprovalTier.objects.count() == before and row.up_to_cents == 300_000 and told("tier") == 1


def test_a_template_of_the_county_and_one_of_a_village(cast):
    books = opened(cast)
    values = {"name": "收租金", "kind": "receipt", "summary": "收租金", "lines": read_lines("借102；贷501-02")}

    catalogue.save_template(None, values, by=cast.jiang_hong)
    own = catalogue.save_template(None, {**values, "set": books}, by=cast.ma_jun)
    catalogue.save_template(own, {"is_active": False}, by=cast.ma_jun)

    assert say_lines(own.lines) == "借102；贷501-02" and told("template") == 3


def test_a_template_is_refused_with_a_wrong_account_one_side_or_to_others(cast):
    books = opened(cast)
    values = {"name": "收租金", "kind": "receipt", "summary": "收租金", "set": books}
    before = VoucherTemplate.objects.count()

    for lines in ("借999；贷102", "借102；借101"):
        with pytest.raises(Invalid):
            catalogue.save_template(None, {**values, "lines": read_lines(lines)}, by=cast.ma_jun)
    for user, books_ in ((cast.ma_jun, None), (cast.li_xiao, books)):
        with pytest.raises(NotAllowed):
            catalogue.save_template(None, {**values, "set": books_, "lines": read_lines("借102；贷101")}, by=user)
    with pytest.raises(Invalid):
        read_lines("102 收入")
    assert VoucherTemplate.objects.count() == before and not told("template")


def test_nobody_else_matches_or_hands_on(cast):
    books = opened(cast)
    account = basic(cast, books)
    voucher = entry.enter(books, read(books), by=cast.ma_jun)

    with pytest.raises(NotAllowed):
        matching.match_open(account, by=cast.li_xiao)
    for act in (entry.submit_many, entry.post_many, entry.discard_many):
        (result,) = act([voucher], by=cast.li_xiao)
        assert not result.done and result.words
    entry.submit_many([voucher], by=cast.ma_jun)
    (result,) = entry.review_many([voucher], by=cast.ma_jun)
    voucher.refresh_from_db()
    assert not result.done and voucher.state == "submitted" and voucher.reviewed_at is None
