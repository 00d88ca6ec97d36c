"""The citizen's side: handed in on a telephone, followed by code, read, graded, a review asked for."""

import re

from huilian.areas.hear.petitions import services
from huilian.areas.hear.petitions.models import Petition
from huilian.areas.hear.petitions.queries import public
from huilian.foundation.now import today

from .conftest import ANSWER, NOTICE, at, took

GIVEN = {
    "kind": "demand", "place": "青石镇柳河村", "title": "关于三组饮水的诉求", "people": "1", "name": "张桂兰",
    "text": "三组饮水浑浊半年，请求检测水质并整改。", "phone": "13812345678", "address": "青石镇柳河村三组",
}  # fmt: skip


def test_from_the_telephone_to_the_final_word(office, client):
    sent = client.post("/petition/", GIVEN, follow=True).content.decode()
    petition = Petition.objects.get()
    code = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", sent)[0]
    assert petition.case.number in sent and petition.channel == "web" and petition.place == office.cast.liuhe
    assert client.post("/petition/sent/", {"code": code}).headers["Location"] == "/follow/petition/"

    petition = services.forward(petition, unit=office.cast.housing, by=office.clerk)
    petition = services.accept(petition, text=NOTICE, by=office.handler)
    services.answer(petition, ANSWER, by=office.handler)
    page = client.get("/follow/petition/").content.decode()
    assert "处理意见已签发" in page and ANSWER["facts"] not in page

    page = client.post("/follow/petition/read/", follow=True).content.decode()
    assert ANSWER["facts"] in page and ANSWER["remedy"] in page
    petition.refresh_from_db()
    assert (petition.delivered_way, petition.ask_until.isoformat()) == ("online", "2026-07-03")
    assert client.post("/follow/petition/rate/", {}).status_code == 422
    client.post("/follow/petition/rate/", {"stars": "2", "words": "拖得久"})
    assert client.post("/follow/petition/review/", {"reason": "不"}).status_code == 422
    client.post("/follow/petition/review/", {"reason": "没有说明原因"})

    petition.refresh_from_db()
    assert (petition.stars, petition.case.step) == (2, "review")


def test_a_charge_against_an_official_leads_away_and_leaves_nothing(office, client):
    response = client.post("/petition/", {**GIVEN, "kind": "report"})

    assert response.headers["Location"] == "/report/"
    assert not Petition.objects.exists() and "桂兰" not in str(dict(client.session))


def test_what_is_missing_stands_at_its_field(office, client):
    page = client.post("/petition/", {**GIVEN, "address": "", "place": "无此村"})

    assert page.status_code == 422 and {"address", "place"} <= set(page.context["form"].errors)


def test_number_and_code_belong_together(office):
    taken = took(office)
    number = taken.petition.case.number

    assert public.petition_by_code(number, taken.code.lower()) == taken.petition
    assert public.petition_by_code(number, "22222-22222") is None and public.petition_by_code("XF1", taken.code) is None


def test_after_the_final_review_the_page_says_what_is_left(office):
    petition = took(office).petition
    petition = services.forward(petition, unit=office.cast.housing, by=office.clerk)
    petition = services.accept(petition, text=NOTICE, by=office.handler)
    petition = services.answer(petition, ANSWER, by=office.handler)
    petition = services.read_online(petition)
    for _stage in range(2):
        services.ask_review(petition, reason="不同意处理意见")
        services.decide_review(
            petition, organ="安澜县人民政府", result="upheld", text="事实清楚，予以维持原意见。", by=office.reviewer
        )

    view = public.view_of(public.petition_numbered(petition.case.number))
    assert view.is_final and not view.may_review and "法院" in view.left and len(view.reviews) == 2


def test_the_page_stops_offering_a_review_when_the_time_is_over(office):
    petition = took(office).petition
    petition = services.forward(petition, unit=office.cast.housing, by=office.clerk)
    petition = services.accept(petition, text=NOTICE, by=office.handler)
    petition = services.read_online(services.answer(petition, ANSWER, by=office.handler))
    assert public.view_of(petition).may_review and petition.delivered_at.date() == today()

    with at(2026, 7, 4):
        assert not public.view_of(petition).may_review
