"""What one may come for, where, who is there, what is on offer."""

from datetime import timedelta

import pytest

from huilian.areas.serve.services.models import SignUp, Window
from huilian.areas.serve.services.services import conduct, points
from huilian.foundation.now import today


def shown(client, path) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_items_are_found_by_a_word_and_by_class(client, county):
    by_word = shown(client, "/services/?q=流动党员")
    by_class = shown(client, "/services/?class=party")
    nothing = shown(client, "/services/?q=没有这样的事")

    assert "流动党员登记" in by_word and "党费交纳证明" not in by_word
    assert "流动党员登记" in by_class and "党费交纳证明" in by_class
    assert "没有查到" in nothing


def test_a_guide_says_what_to_bring_how_long_and_that_it_is_free(client, county):
    item = county.item["SH-01"]

    page = shown(client, f"/services/item/SH-01/?v={county.liuhe.code}")

    assert all(m.name in page for m in item.materials.all()) and "不收费" in page
    assert page.index("柳河村便民服务室") < page.index("青石镇便民服务中心") < page.index("安澜县政务服务中心")
    whole = sum(d for d, level in ((item.days_village, 5), (item.days_township, 4), (item.days_county, 3))
                if level >= item.decided_at)  # fmt: skip
    assert f"{whole} 个工作日" in page


def test_without_a_village_the_hall_of_the_county_is_named(client, county):
    page = shown(client, "/services/item/SH-01/")

    assert "安澜县政务服务中心" in page and "柳河村便民服务室" not in page


def test_what_is_not_there_is_not_found(client, county):
    assert client.get("/services/item/NONE/").status_code == 404
    assert client.get("/services/point/999999/").status_code == 404
    assert client.get("/s/NOTHING/").status_code == 404


def test_a_point_says_who_is_on_duty_and_which_windows_are_open(client, county):
    conduct.plan_shift(county.room, on=today(), person=county.niu_tao.person, by=county.cao_jun)
    Window.objects.create(point=county.room, number="1", name="综合窗口")

    page = shown(client, f"/services/point/{county.room.pk}/")

    assert "牛涛" in page and "0999-1234567" in page and "综合窗口" in page


def test_a_card_leads_to_whom_it_is_about_until_it_is_withdrawn(client, county):
    card = conduct.issue_card(county.room, county.niu_tao.person, by=county.cao_jun)

    page = shown(client, f"/s/{card.code}/")
    conduct.withdraw_card(card, by=county.cao_jun)

    assert "牛涛" in page and "柳河村便民服务室" in page
    assert client.get(f"/s/{card.code}/").status_code == 404


@pytest.fixture
def course(county):
    values = {
        "point": county.room, "kind": "training", "title": "果树剪枝培训", "text": "周六上午，村部。", "seats": 1,
        "opens_on": today(), "closes_on": today() + timedelta(days=7),
    }  # fmt: skip
    return points.save_posting(None, values, by=county.niu_tao)


def test_signing_up_needs_a_telephone_and_ends_when_the_seats_are_taken(client, course):
    path = f"/services/postings/{course.number}/"

    wrong = client.post(path, {"name": "赵桂花", "phone": ""})
    right = client.post(path, {"name": "赵桂花", "phone": "13812345678"})

    assert wrong.status_code == 422 and "赵桂花" in wrong.content.decode()
    assert right.status_code == 302 and SignUp.objects.get().name == "赵桂花"
    assert "名额已满" in shown(client, path)
    assert "果树剪枝培训" in shown(client, "/services/postings/")


def test_a_program_that_fills_in_everything_is_not_signed_up(client, course):
    given = {"name": "赵桂花", "phone": "13812345678", "website": "x"}

    assert client.post(f"/services/postings/{course.number}/", given).status_code == 422
    assert not SignUp.objects.exists()
