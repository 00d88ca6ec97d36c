"""「查我的事」 and the pages for everybody."""

from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache

from huilian.areas.hear.hotline.models import Order
from huilian.areas.hear.hotline.queries import Figures
from huilian.engine.procedures.models import Case
from huilian.faces.portal import following
from huilian.faces.portal.views import home
from huilian.foundation.now import frozen, now


def enter(client, people, key, code=None):
    facts = people.facts
    return client.post("/follow/", {"number": facts[f"{key}_number"], "code": code or facts[f"{key}_code"]})


def shown(client) -> str:
    return client.get("/follow/case/").content.decode()


def test_number_and_code_open_the_matter_for_this_session_only(client, people):
    assert client.get("/follow/case/").url == "/follow/"

    assert enter(client, people, "answered").url == "/follow/case/"

    page = shown(client)
    assert "已更换 80 米管道" in page and "延期 3 个工作日" in page and "催办" in page and "评价这次办理" in page
    for name in ("何伟", "周慧", "陈立新", "赵建国", "报送进展", "约定上门"):
        assert name not in page


def test_every_day_is_shown_with_its_reason(client, people):
    enter(client, people, "answered")

    assert "收到当日" in shown(client) or "不计入" in shown(client) or "第二百零一条" in shown(client)


def test_a_wrong_code_says_the_same_as_a_wrong_number(client, people):
    wrong = enter(client, people, "fresh", "AAAAAAAAAA")
    nobody = client.post("/follow/", {"number": "HX20200101-0001", "code": "AAAAAAAAAA"})

    assert wrong.status_code == nobody.status_code == 422
    assert "对不上" in wrong.content.decode() and "对不上" in nobody.content.decode()


def test_wrong_codes_slow_down_but_never_lock(client, people):
    start = now()
    with frozen(start):
        for _i in range(following.FREE_TRIES):
            assert enter(client, people, "fresh", "AAAAAAAAAA").status_code == 422
        waiting = enter(client, people, "fresh")
        assert waiting.status_code == 429 and "请等" in waiting.content.decode()

    with frozen(start + timedelta(seconds=following.LONGEST_WAIT + 1)):
        assert enter(client, people, "fresh").url == "/follow/case/"


def test_the_matter_closes_after_half_an_hour(client, people):
    start = now()
    with frozen(start):
        enter(client, people, "fresh")
    with frozen(start + timedelta(minutes=20)):
        assert client.get("/follow/case/").status_code == 200
    with frozen(start + timedelta(minutes=45)):
        assert client.get("/follow/case/").status_code == 200
    with frozen(start + timedelta(minutes=80)):
        assert client.get("/follow/case/").url == "/follow/"


def test_rating_with_no_grade_counts_as_none(client, people):
    enter(client, people, "answered")

    client.post("/follow/rate/", {"solved": "partly", "grade": "0"})

    order = Order.objects.get(case__number=people.facts["answered_number"])
    assert (order.solved, order.satisfaction) == ("partly", None)
    assert "评价这次办理" not in shown(client)


def test_an_unfinished_rating_changes_nothing_and_keeps_the_note(client, people):
    enter(client, people, "answered")

    answer = client.post("/follow/rate/", {"grade": "5", "note": "水还是黄的"})

    assert answer.status_code == 422 and "水还是黄的" in answer.content.decode()
    assert Order.objects.get(case__number=people.facts["answered_number"]).rated_at is None


def test_a_closed_matter_is_reopened_and_a_new_limit_begins(client, people):
    from huilian.areas.hear.hotline import services

    order = Order.objects.get(case__number=people.facts["answered_number"])
    services.call_back(order, reached=True, solved="yes", satisfaction=5, by=people.wu_mei)
    enter(client, people, "answered")
    assert "要求重新办理" in shown(client)

    answer = client.post("/follow/reopen/", {"note": "水又黄了。"}, follow=True)

    case = Case.objects.get(pk=order.case_id)
    assert (case.state, case.step, case.round) == ("open", "working", 2)
    assert "已经重新办理" in answer.content.decode()


def test_a_remark_is_added_and_shown(client, people):
    enter(client, people, "fresh")

    client.post("/follow/remark/", {"note": "昨晚又有人摔倒。"})

    assert "昨晚又有人摔倒。" in shown(client)


def test_acts_need_an_open_matter(client, people):
    for path in ("rate", "reopen", "remark"):
        assert client.post(f"/follow/{path}/", {"note": "x"}).url == "/follow/"


def test_a_refused_matter_names_the_way(client, people):
    enter(client, people, "refused")

    assert "12368" in shown(client) and "国办发〔2020〕53号" in shown(client)


def test_a_merged_matter_shows_progress_but_no_words_of_the_first(client, people):
    enter(client, people, "merged")

    page = shown(client)
    assert "合并办理" in page and "安澜县住房和城乡建设局" in page
    assert "一百多亩" not in page and people.facts["first_number"] not in page


def test_leaving_closes_the_matter(client, people):
    enter(client, people, "fresh")

    client.post("/leave/")

    assert client.get("/follow/case/").url == "/follow/"


def test_an_official_who_leaves_stays_signed_in(client, people):
    client.force_login(people.zhou_hui)
    enter(client, people, "fresh")

    client.post("/leave/")

    assert client.get("/follow/case/").url == "/follow/" and "_auth_user_id" in client.session


@pytest.mark.parametrize("path", ["/", "/guide/", "/log/", "/about/", "/accessibility/", "/privacy/", "/follow/"])
@pytest.mark.parametrize("face", ["", "?face=kiosk"])
def test_every_public_page_opens_for_a_stranger(client, people, path, face):
    answer = client.get(path + face)

    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/", "/guide/", "/say/what/", "/log/"])
def test_public_pages_open_before_anything_is_set_up(client, db, path):
    cache.clear()
    assert client.get(path).status_code == 200


def test_no_figure_where_there_is_nothing_to_count(client, people, monkeypatch):
    assert "热线办理情况" not in client.get("/").content.decode()  # nothing last month

    some = Figures(date(2026, 10, 1), received=12, answered=9, on_time=8, overdue=1, asked=0, satisfied=0)
    monkeypatch.setattr(home, "figures", lambda: some)

    page = client.get("/").content.decode()
    assert "80.0%" in page and "按期答复 8 件 ÷（已答复 9 件 + 到期未答复 1 件）" in page
    assert "回访满意率" not in page


def test_the_months_figures_are_those_of_the_month_before(people):
    with frozen(datetime(2026, 12, 3, 9, 0)):
        cache.clear()
        found = home.figures()

    assert found is None or found.month == date(2026, 11, 1)


def test_english_pages_say_where_to_go_in_english(client, people):
    client.cookies["face"] = "lang=en"

    page = client.get("/guide/").content.decode()

    assert "call 12368" in page and "Where to go" in page


def test_the_number_of_queries_does_not_grow_with_the_matter(client, people, django_assert_max_num_queries):
    enter(client, people, "answered")
    with django_assert_max_num_queries(20):
        shown(client)
    with django_assert_max_num_queries(12):
        client.get("/")
