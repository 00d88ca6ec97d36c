"""The board: real figures, each leader their own, only the feed renews itself."""

from datetime import datetime

import pytest
from django.urls import reverse

from huilian.areas.hear.hotline import services
from huilian.foundation.now import frozen
from tests.areas.hotline.conftest import dispatched, hotline, monday, stage, taken, working  # noqa: F401


@pytest.fixture
def late(working):  # noqa: F811
    from huilian.engine.alerts.seeding import seed
    from huilian.engine.alerts.services import sweep
    from huilian.engine.procedures.services import publish_all
    from huilian.project import discover

    publish_all([f for f in discover.files("procedures/*.yaml") if f.stem == "alert"])
    seed()
    with frozen(datetime(2026, 10, 20, 9)) as moment:
        sweep(moment)
        yield working


def page(client, user, name="board", **query) -> str:
    client.force_login(user)
    return client.get(reverse(name), query).content.decode()


def test_a_leader_sees_what_is_open_overdue_and_where(client, hotline, late):  # noqa: F811
    html = page(client, hotline.zhao_jianguo)

    assert "按区划代码排列，非实测地图" in html and "青石镇" in html
    assert "按时 0 ÷（办结 0 + 逾期未结 1）" in html
    assert "住房和城乡建设局" in html


def test_the_tile_of_a_township_has_its_open_matters_and_worst_level(client, hotline, late):  # noqa: F811
    html = page(client, hotline.zhao_jianguo)

    tile = html[html.index('class="tn">青石镇') - 80 :][:400]
    assert "has-red" in tile and '<b class="n">1</b>' in tile


def test_the_head_of_a_unit_sees_only_its_own(client, hotline, late):  # noqa: F811
    services.take(by=hotline.zhou_hui, channel=hotline.phone, title="水管漏水", text="水管漏水三天没人修理。")

    own, county = page(client, hotline.xu_fang), page(client, hotline.zhao_jianguo)

    assert "红 1 + 橙 0 + 黄 0 + 正常 0" in own
    assert "红 1 + 橙 0 + 黄 0 + 正常 0" not in county


def test_a_clerk_does_not_see_the_board(client, hotline):  # noqa: F811
    client.force_login(hotline.he_wei)

    for name in ("board", "board-feed", "board-month"):
        assert client.get(reverse(name)).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(reverse("board")).status_code == 302


def test_the_feed_alone_is_swapped(client, hotline, late):  # noqa: F811
    feed = page(client, hotline.zhao_jianguo, "board-feed")

    assert feed.strip().startswith('<ul class="feed">') and "<html" not in feed
    assert 'hx-trigger="every 15s"' in page(client, hotline.zhao_jianguo)


def test_the_wall_asks_few_questions(client, hotline, late, django_assert_max_num_queries):  # noqa: F811
    client.force_login(hotline.zhao_jianguo)
    client.get(reverse("board"))

    with django_assert_max_num_queries(26):
        client.get(reverse("board"))


def test_the_month_on_one_page_prints_both_rates_with_their_formula(client, hotline, late):  # noqa: F811
    html = page(client, hotline.zhao_jianguo, "board-month", month="2026-10")

    assert "按时÷（办结+逾期" in html and "0 ÷ (0 + 1)" in html
    assert "不按满意率排名" in html


def test_a_month_that_cannot_be_is_a_sentence(client, hotline):  # noqa: F811
    client.force_login(hotline.zhao_jianguo)

    answer = client.get(reverse("board-month"), {"month": "oktober"})

    assert answer.status_code == 422 and "2026-10" in answer.content.decode()


@pytest.fixture
def money(cast):
    """An alert in hand at red, and one repaired with money that came back."""
    from huilian.engine.alerts import services as alerts
    from tests.engine.alerts import world
    from tests.engine.alerts.test_life import NAMES, REASON

    world.build(cast)
    with frozen(world.MONDAY):
        common = {"names": NAMES, "reason": REASON, "unit": cast.liuhe_committee, "place": cast.liuhe}
        alerts.raise_alert(rule="HT01", level=3, subject="contract:1", **common)
        repaired = alerts.raise_alert(rule="ZJ01", level=1, subject="voucher:1", **common)
        alerts.sign(repaired, by=cast.liu_changgui)
        alerts.explain(repaired, "急用现金", by=cast.liu_changgui)
        alerts.check(repaired, verdict="true", note="属实", by=cast.lin_zheng)
        alerts.rectify(repaired, "多付款已退回", recovered_cents=123_400, by=cast.liu_changgui)
        alerts.verify(repaired, passed=True, note="已入账", by=cast.lin_zheng)
        yield cast


def test_the_money_page_counts_from_the_rows(client, money):
    from huilian.engine.alerts import figures

    standing, month = figures.standing(money.zhao_jianguo), page(client, money.zhao_jianguo, "board-month")
    assert (standing.by_colour, standing.late) == ({"red": 1, "orange": 0, "yellow": 0, "ok": 1}, 0)

    html = page(client, money.zhao_jianguo, "board-money")

    assert "1,234" in html and "青石镇" in html and "HT01" in html
    assert "1,234.00" in month


def test_what_somebody_may_not_see_is_not_counted(client, money):
    from huilian.engine.alerts import figures

    assert figures.standing(money.sun_yan).open == 0
    assert figures.by_unit(money.xu_fang, world_day(1), world_day(30)) == []


def world_day(day: int) -> datetime:
    from tests.engine.alerts.world import at

    return at(day)


def test_what_waits_for_the_centre_is_late_but_not_the_units_delay(client, money):
    from huilian.engine.alerts import figures
    from huilian.engine.alerts.services import sweep
    from tests.engine.alerts.world import at

    with frozen(at(24)):
        sweep()
        assert figures.standing(money.zhao_jianguo).late == 2  # one waits for its reply, one for being closed
        late = figures.by_unit(money.zhao_jianguo, at(1), at(30))
        assert [(str(unit), in_hand, n) for unit, in_hand, n, *_rest in late] == [("柳河村村民委员会", 2, 1)]
