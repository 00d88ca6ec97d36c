"""An application for who sent it: status, missing papers, result, rating, taking it back; complaints by number."""

import pytest

from huilian.areas.serve.services.models import Paper, Rating
from huilian.areas.serve.services.services import applying, handling, papers, telling
from huilian.engine.procedures.services import publish_all
from huilian.project import discover
from tests.areas.services.conftest import VILLAGER
from tests.faces.portal.serving.test_applying import photo

PAGE = "/follow/application/"


@pytest.fixture
def sent(county):
    return applying.apply(county.item["SH-05"], applicant=VILLAGER, place=county.liuhe)


def open_it(client, application) -> str:
    return client.post("/follow/", {"number": application.number, "code": application.code}).url


def shown(client) -> str:
    return client.get(PAGE).content.decode()


def test_number_and_code_open_it_and_the_name_is_masked(client, sent):
    assert client.get(PAGE).url == "/follow/"

    assert open_it(client, sent) == PAGE

    page = shown(client)
    assert "赵桂花" not in page and "赵" in page and VILLAGER["phone"] not in page
    assert page.count("<li class=") >= 7  # the seven steps


def test_a_wrong_code_opens_nothing(client, sent):
    assert client.post("/follow/", {"number": sent.number, "code": "AAAAAAAAAA"}).status_code == 422
    assert client.get(PAGE).url == "/follow/"


def test_missing_papers_are_handed_in_each_in_its_slot(client, county, sent):
    handling.receive(sent, by=county.bai_lu)
    papers.ask_papers(sent, by=county.bai_lu)
    open_it(client, sent)
    missing = [paper.material.key for paper in sent.papers.filter(is_required=True)]
    assert all(f"paper_{key}" in shown(client) for key in missing)

    answer = client.post(f"{PAGE}papers/", {f"paper_{key}": photo() for key in missing})

    assert answer.url == PAGE and not sent.papers.filter(is_required=True).exclude(state=Paper.State.GIVEN).exists()
    sent.case.refresh_from_db()
    assert sent.case.step == "receive"


def test_an_unreadable_paper_is_told_at_its_slot(client, county, sent):
    handling.receive(sent, by=county.bai_lu)
    papers.ask_papers(sent, by=county.bai_lu)
    open_it(client, sent)
    key = sent.papers.filter(is_required=True).first().material.key
    torn = photo()
    torn.file.truncate(60)

    answer = client.post(f"{PAGE}papers/", {f"paper_{key}": torn})

    assert answer.status_code == 422 and f'id="wrong_{key}"' in answer.content.decode()


@pytest.fixture
def decided(county):
    taken = applying.apply(
        county.item["SH-02"], applicant=VILLAGER, point=county.centre, channel="window",
        seen=["identity", "household"], by=county.shi_lei,
    )  # fmt: skip
    handling.finish_now(taken, result="granted", text="已参保登记", by=county.shi_lei)
    telling.tell(taken, way="handed", proof="本人签收", by=county.shi_lei)
    return taken


def test_the_result_is_read_and_rated_once(client, decided):
    open_it(client, decided)
    assert "已参保登记" in shown(client)
    assert client.post(f"{PAGE}rate/", {"words": "快"}).status_code == 422

    client.post(f"{PAGE}rate/", {"stars": "4", "words": "办得快", "call_me": "on"})

    rating = Rating.objects.get()
    assert (rating.stars, rating.words, rating.state) == (4, "办得快", "call")
    assert "/rate/" not in shown(client)


def test_it_is_taken_back_with_a_reason(client, sent):
    open_it(client, sent)
    assert client.post(f"{PAGE}give-up/", {"note": ""}).status_code == 422

    client.post(f"{PAGE}give-up/", {"note": "已在外地办理"})

    sent.case.refresh_from_db()
    assert sent.case.state == "withdrawn" and "give-up" not in shown(client)


def test_a_complaint_about_a_matter_is_sent_and_followed(client, sent):
    publish_all([p for p in discover.files("procedures/*.yaml") if p.stem == "act_complaint"])
    nobody = client.post("/complain/", {"number": "BJ20200101-0001", "text": "窗口向我收了五十元。"})
    assert nobody.status_code == 422

    client.post("/complain/", {"number": sent.number, "text": "窗口向我收了五十元。"})

    kept = client.session["portal_complained"]
    assert kept["number"] in client.get("/complain/sent/").content.decode()
    assert client.post("/complain/sent/", {"code": kept["code"]}).url == "/follow/complaint/"
    assert "窗口向我收了五十元" in client.get("/follow/complaint/").content.decode()
