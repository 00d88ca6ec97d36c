"""The shape of prices on the page of a lot and over a window of time; who may see it, and as a workbook."""

from io import BytesIO

import pytest

from huilian.areas.watch.exchange.models import Lot
from huilian.areas.watch.exchange.queries.screens import groups, over_window, screen
from huilian.engine import sheets
from huilian.foundation.bids import LOOK

COVERED = {0: 1_760_000, 1: 1_690_000, 2: 1_686_000, 3: 1_680_000, 4: 1_688_000}
OPEN = {0: 1_520_000, 1: 1_740_000, 2: 2_100_000, 3: 2_330_000}


@pytest.fixture
def lots(desk):
    covered, _deal, _joined = desk.result(COVERED, title="东塘")
    few, _deal, _joined = desk.result({0: 1_600_000, 1: 1_700_000}, title="西塘")
    open_, _deal, _joined = desk.result(OPEN, title="南塘")
    return covered, few, open_


def test_lots_stand_by_score_and_those_with_few_prices_last(desk, lots):
    covered, few, open_ = lots

    with desk.at(few.opens_at):
        found = over_window(desk.clerk, days=90)

    assert [one.lot for one in found] == [covered, open_, few]
    assert found[0].score >= LOOK > found[1].score and found[0].looks
    assert found[2].score is None and not found[2].looks
    (board,) = groups(found, "board")
    assert (board.lots, board.looks) == (2, 1)


def test_the_page_is_for_those_who_may_see_bidders_and_narrows(desk, lots, client, django_assert_max_num_queries):
    client.force_login(desk.clerk)
    with desk.at(lots[0].opens_at), django_assert_max_num_queries(30):
        page = client.get("/desk/exchange/screens/").content.decode()
    assert "东塘" in page and "不作结论" in page and "报价不足" in page
    with desk.at(lots[0].opens_at):
        assert "东塘" not in client.get("/desk/exchange/screens/?board=engineering&days=oops").content.decode()
    client.force_login(desk.village)
    assert client.get("/desk/exchange/screens/").status_code == 403


def test_the_workbook_has_the_same_rows(desk, lots, client):
    client.force_login(desk.watcher)
    with desk.at(lots[0].opens_at):
        answer = client.get("/desk/exchange/screens/?as=xlsx")

    text = "".join(str(row) for row in sheets.read(BytesIO(answer.content)).rows)
    assert lots[0].number in text and "东塘" in text and "∞" not in text


def test_the_committee_reads_it_on_the_page_of_the_lot(desk, lots, client):
    client.force_login(desk.clerk)

    covered = client.get(f"/desk/exchange/lot/{lots[0].number}/").content.decode()
    few = client.get(f"/desk/exchange/lot/{lots[1].number}/").content.decode()

    assert "相对距离" in covered and "还可能是" in covered
    assert "报价不足" in few


def test_online_bidding_in_steps_is_not_screened(desk):
    lot = desk.published(method=Lot.Method.TIMED)

    assert screen([lot])[0].shape is None
