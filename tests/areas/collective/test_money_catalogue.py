"""Tiers of approval and templates: the county's own, dated, and never overwritten by the seeds."""

from datetime import date

import pytest

from huilian.areas.watch.collective.models import Account, ApprovalTier, Limit, VoucherTemplate
from huilian.areas.watch.collective.queries.chart import chart_of, limits_on, tier_for
from huilian.areas.watch.collective.registers.money import read_lines, say_lines
from huilian.areas.watch.collective.seeding import seed
from huilian.areas.watch.collective.services import catalogue, entry, matching
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from .books import JUNE, opened, posted
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


def test_a_limit_follows_another_and_a_distribution_keeps_to_the_share_of_its_day(cast):
    seed()

    for values in (
        {"key": "cash", "value": 300_000, "valid_from": date(2026, 7, 1)},
        {"key": "reserve", "value": 350, "valid_from": JUNE.date()},
    ):
        catalogue.save_limit(None, values, by=cast.jiang_hong)
    coming = Limit.objects.get(key="cash", valid_from=date(2026, 7, 1))
    catalogue.save_limit(coming, {"value": 250_000}, by=cast.jiang_hong)
    seed()

    assert [limits_on(d).cash for d in (date(2026, 6, 30), date(2026, 7, 1))] == [200_000, 250_000]
    assert [limits_on(d).reserve for d in (date(2025, 1, 1), JUNE.date())] == [300, 350]
    assert {r.origin for r in Limit.objects.filter(valid_from=date(2024, 1, 1))} == {"default"} and told("limit") == 3


def test_a_limit_is_refused_when_it_counts_already_is_set_twice_below_nothing_or_by_others(cast):
    seed()
    before = list(Limit.objects.values_list())
    since_2024 = Limit.objects.get(key="cash")
    cash = {"key": "cash", "value": 1, "valid_from": date(2026, 7, 1)}

    for row, values, error in (
        (since_2024, {"value": 1}, Conflict),
        (None, {**cash, "valid_from": since_2024.valid_from}, Invalid),
        (None, {**cash, "value": -1}, Invalid),
        (None, {**cash, "key": "reserve", "value": 1001}, Invalid),
    ):
        with pytest.raises(error):
            catalogue.save_limit(row, values, by=cast.jiang_hong)
    with pytest.raises(NotAllowed):
        catalogue.save_limit(None, cash, by=cast.ma_jun)

    assert list(Limit.objects.values_list()) == before and not told("limit")


def test_the_county_adds_renames_and_ends_a_sub_account_of_every_village(cast):
    books = opened(cast)
    parent = Account.objects.get(set=None, code="201")

    own = catalogue.save_account(None, {"parent": parent, "name": "农商行借款"}, by=cast.jiang_hong)
    other = catalogue.save_account(None, {"parent": parent, "name": "信用社借款"}, by=cast.jiang_hong)
    catalogue.save_account(other, {"name": "邮储银行借款", "is_active": False}, by=cast.jiang_hong)

    assert (own.code, own.number, own.element, own.origin) == ("201-01", 20101, "liability", "own")
    assert chart_of(books).by_code["201-02"].name == "邮储银行借款" and not chart_of(books).by_code["201-02"].is_active
    assert told("county_account") == 3


def test_an_account_is_refused_where_the_rules_or_the_books_stand_against_it(cast):
    books = opened(cast)
    bank = Account.objects.get(set=None, code="102")
    posted(cast, books, date(2026, 6, 1), "收租金", ("102", 100), ("501-02", -100))
    below = Account.objects.get(set=None, code="501-02")
    before = Account.objects.count()

    for row, values, error in (
        (bank, {"name": "别名"}, Invalid),
        (None, {"parent": below, "name": "再下一级"}, Invalid),
        (None, {"parent": bank, "name": "农商行"}, Conflict),
        (None, {"parent": below.parent, "name": below.name}, Conflict),
    ):
        with pytest.raises(error):
            catalogue.save_account(row, values, by=cast.jiang_hong)
    with pytest.raises(NotAllowed):
        catalogue.save_account(None, {"parent": below.parent, "name": "其他"}, by=cast.ma_jun)

    assert Account.objects.count() == before and not told("county_account")


def test_limits_and_accounts_are_set_on_their_pages(client, cast):
    seed()
    client.force_login(cast.jiang_hong)
    add = "/desk/registers/{}/add/"

    wrong = client.post(add.format("collective-limits"), {"key": "reserve", "told": "0.35", "valid_from": "2026-07-01"})
    client.post(add.format("collective-limits"), {"key": "reserve", "told": "35%", "valid_from": "2026-07-01"})
    client.post(add.format("collective-limits"), {"key": "cash", "told": "3,000", "valid_from": "2026-07-01"})
    parent = Account.objects.get(set=None, code="102").pk
    client.post(add.format("collective-accounts"), {"parent": parent, "name": "农商行", "is_active": "on"})

    shown = client.get("/desk/registers/collective-limits/").content.decode()
    assert "写成百分比" in wrong.content.decode()
    assert "35%" in shown and "3,000.00" in shown and "系统默认，无上位依据" in shown and "本县设定" in shown
    assert "农商行" in client.get("/desk/registers/collective-accounts/", {"q": "农商"}).content.decode()


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
