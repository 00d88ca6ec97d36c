"""「我要反映」: five questions, nothing lost on the way, one matter however often the button is pressed."""

from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huilian.areas.hear.hotline import queries
from huilian.areas.hear.hotline.models import Order
from huilian.engine.documents.models import Attachment
from huilian.engine.procedures.models import Case
from huilian.engine.trail.models import Event
from huilian.faces.portal import drafts
from huilian.foundation.now import frozen, now
from tests.areas.hotline.test_citizen import PNG

TEXT = "村口的路灯坏了一个多月。晚上看不见路，希望尽快修好。"


def answer_all(client, people, text=TEXT, **named):
    client.post("/say/what/", {"topic": "城乡建设", "go": "next"})
    client.post("/say/where/", {"q": "柳河", "where": "小卖部旁", "go": "find"})
    client.post("/say/where/", {"place": people.liuhe.pk, "where": "小卖部旁", "go": "next"})
    client.post("/say/story/", {"text": text, "go": "next"})
    return client.post("/say/name/", {"named": "no", "go": "next", **named})


def sent_order(client) -> Order:
    return Order.objects.select_related("case").get(case__number=client.session["portal_sent"]["number"])


def test_a_matter_without_a_name_gets_a_number_and_a_code_that_opens_it(client, people):
    assert answer_all(client, people).url == "/say/check/"

    answer = client.post("/say/check/", {"go": "next"}, follow=True)

    assert answer.redirect_chain[-1][0] == "/say/done/"
    order = sent_order(client)
    assert (order.caller_name, order.caller_phone, order.topic, order.channel.key) == ("", "", "城乡建设", "web")
    assert order.case.place == people.liuhe and order.case.title == "村口的路灯坏了一个多月"
    code = client.session["portal_sent"]["code"]
    assert f"{code[:5]}-{code[5:]}" in answer.content.decode()
    assert queries.order_followed(order.case.number, code) == order


def test_the_code_typed_back_opens_the_matter_and_is_shown_no_more(client, people):
    answer_all(client, people)
    client.post("/say/check/", {"go": "next"})
    code = client.session["portal_sent"]["code"]

    wrong = client.post("/say/done/", {"code": "AAAAA-AAAAA"})
    right = client.post("/say/done/", {"code": code.lower()})

    assert wrong.status_code == 422 and "不一样" in wrong.content.decode()
    assert right.url == "/follow/case/" and "portal_sent" not in client.session
    assert client.get("/say/done/").url == "/follow/"
    assert TEXT[:10] in client.get("/follow/case/").content.decode()


def test_pressing_send_again_makes_no_second_matter(client, people):
    before = Case.objects.count()
    answer_all(client, people)

    for _i in range(3):  # the line was cut, and the button was pressed again
        assert client.post("/say/check/", {"go": "next"}).url == "/say/done/"

    assert Case.objects.count() == before + 1


def test_two_presses_at_once_make_one_matter(client, people):
    before = Case.objects.count()
    answer_all(client, people)
    twin = Client()
    twin.cookies = client.cookies

    request = client.get("/say/check/").wsgi_request  # read the draft before the other one sends it
    twin.post("/say/check/", {"go": "next"})
    result = drafts.send_once(request, lambda draft: pytest.fail("sent a second time"))

    assert Case.objects.count() == before + 1 and result["number"].startswith("HX")


def test_going_back_keeps_even_what_is_not_right_yet(client, people):
    client.post("/say/what/", {"topic": "-", "go": "next"})
    client.post("/say/where/", {"where": "老桥头", "go": "next"})

    assert client.post("/say/story/", {"text": "坏了", "go": "back"}).url == "/say/where/"

    assert "老桥头" in client.get("/say/where/").content.decode()
    assert "坏了" in client.get("/say/story/").content.decode()


def test_the_village_is_found_by_name_or_by_township_without_a_script(client, people):
    client.post("/say/where/", {"q": "东湾", "go": "find"})
    found = client.get("/say/where/").content.decode()
    assert "白沙乡 东湾村" in found and "柳河村" not in found

    client.post("/say/where/", {"go": f"town:{people.qingshi.pk}"})
    assert "山前村" in client.get("/say/where/").content.decode()

    assert client.post("/say/where/", {"place": people.shanqian.pk, "go": "next"}).url == "/say/story/"
    assert "青石镇 山前村" in client.get("/say/where/").content.decode()


def test_a_place_elsewhere_cannot_be_slipped_in(client, people):
    answer = client.post("/say/where/", {"place": "999999", "go": "next"})

    assert answer.status_code == 422 and drafts.draft_of(answer.wsgi_request).place == 0


def test_a_page_out_of_turn_leads_to_the_first_open_question(client, people):
    assert client.get("/say/").url == "/say/what/"
    assert client.get("/say/check/").url == "/say/what/"
    client.post("/say/what/", {"topic": "-", "go": "next"})
    assert client.post("/say/check/", {"go": "next"}).url == "/say/where/"


def test_photos_are_kept_with_the_draft_and_handed_in_with_the_matter(client, people):
    client.post("/say/what/", {"topic": "-", "go": "next"})
    client.post("/say/where/", {"where": "村口", "go": "next"})
    files = [SimpleUploadedFile("路灯.png", PNG), SimpleUploadedFile("多余.png", PNG)]
    client.post("/say/story/", {"text": TEXT, "files": files, "go": "add"})
    kept = client.session["portal_draft"]["files"]
    client.post("/say/story/", {"text": TEXT, "go": f"remove:{kept[1]['id']}"})
    assert not default_storage.exists(kept[1]["path"])
    client.post("/say/name/", {"named": "no", "go": "next"})

    client.post("/say/check/", {"go": "next"})

    handed_in = Attachment.objects.get(subject_id=sent_order(client).case.number)
    assert (handed_in.name, handed_in.kind) == ("路灯.png", "hotline_proof")
    assert not default_storage.exists(kept[0]["path"])  # the draft leaves nothing behind


def test_a_programme_named_like_a_photo_is_refused_and_the_text_is_kept(client, people):
    upload = SimpleUploadedFile("路灯.jpg", b"MZ\x90\x00" + b"\x00" * 200)

    answer = client.post("/say/story/", {"text": TEXT, "files": [upload], "go": "next"})

    assert answer.status_code == 422 and "路灯.jpg" in answer.content.decode()
    assert TEXT in answer.content.decode() and client.session["portal_draft"]["files"] == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "请选一项"),
        ({"named": "yes"}, "请填写姓名"),
        ({"named": "no", "phone": "12"}, "7 至 13 位"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_lost(client, people, given, words):
    answer = client.post("/say/name/", {**given, "go": "next"})

    assert answer.status_code == 422 and words in answer.content.decode()
    assert given.get("phone", "") in answer.content.decode()


def test_name_and_secrecy_reach_the_hotline(client, people):
    answer_all(client, people, named="yes", name="张小明", phone="13812345726", secret="on")

    client.post("/say/check/", {"go": "next"})

    order = sent_order(client)
    assert (order.caller_name, order.caller_phone, order.keeps_secret) == ("张小明", "13812345726", True)


def test_a_name_typed_and_then_withheld_is_not_sent(client, people):
    answer_all(client, people, named="no", name="张小明")

    client.post("/say/check/", {"go": "next"})

    assert sent_order(client).caller_name == ""


def test_a_charge_is_never_taken_in_and_is_shown_the_way_to_12388(client, people):
    before = Case.objects.count()

    answer = client.post("/say/what/", {"topic": "!charge", "go": "next"}, follow=True)

    assert "12388" in answer.content.decode() and answer.redirect_chain[-1][0] == "/say/not-here/"
    assert Case.objects.count() == before


def test_words_of_a_charge_are_sent_only_after_the_writer_decided(client, people):
    before = Case.objects.count()
    answer_all(client, people, text="举报我们村的王书记贪污修路的钱，路到现在没修好。")

    stopped = client.post("/say/check/", {"go": "next"})
    assert stopped.status_code == 200 and "还没有提交" in stopped.content.decode()
    assert Case.objects.count() == before

    client.post("/say/check/", {"no_charge": "on", "go": "next"})
    assert Case.objects.count() == before + 1


def test_a_program_that_fills_every_field_sends_nothing(client, people):
    before = Case.objects.count()
    answer_all(client, people)

    answer = client.post("/say/check/", {"website": "http://x", "go": "next"})

    assert Case.objects.count() == before and "还没有提交" in answer.content.decode()


def test_one_browser_sends_five_an_hour_and_keeps_what_it_wrote(client, people):
    start = datetime(2026, 11, 20, 9, 0)
    for i in range(5):
        with frozen(start + timedelta(minutes=i)):
            answer_all(client, people)
            assert client.post("/say/check/", {"go": "next"}).url == "/say/done/"
    with frozen(start + timedelta(minutes=6)):
        answer_all(client, people)
        assert "一小时" in client.post("/say/check/", {"go": "next"}).content.decode()
    with frozen(start + timedelta(minutes=70)):
        assert client.post("/say/check/", {"go": "next"}).url == "/say/done/"


def test_no_network_address_is_kept_anywhere(client, people):
    answer_all(client, people)
    client.post("/say/check/", {"go": "next"}, REMOTE_ADDR="203.0.113.77")

    order = sent_order(client)
    everything = [order.__dict__, order.case.__dict__, dict(client.session.items())]
    everything += [event.__dict__ for event in Event.objects.filter(subject_id=order.case.number)]
    assert "203.0.113.77" not in str(everything)


def test_leaving_wipes_the_draft_and_its_files(client, people):
    client.post("/say/story/", {"text": TEXT, "files": [SimpleUploadedFile("路灯.png", PNG)], "go": "add"})
    path = client.session["portal_draft"]["files"][0]["path"]

    client.post("/leave/")

    assert "portal_draft" not in client.session and not default_storage.exists(path)


def test_a_touch_screen_wipes_by_itself_and_stays_a_touch_screen(client, people):
    page = client.get("/?face=kiosk").content.decode()
    assert 'data-face="kiosk"' in page and 'content="90;url=/leave/"' in page
    client.post("/preferences/", {"size": "elder", "next": "/"})
    client.post("/say/what/", {"topic": "-", "go": "next"})

    client.get("/leave/")

    assert "portal_draft" not in client.session
    page = client.get("/").content.decode()
    assert 'data-face="kiosk"' in page and 'data-size="std"' in page


def test_a_touch_screen_says_so_to_the_hotline(client, people):
    client.get("/?face=kiosk")
    answer_all(client, people)
    client.post("/say/check/", {"go": "next"})

    assert sent_order(client).channel.key == "kiosk"


def test_files_of_drafts_left_lying_are_swept(client, people):
    client.post("/say/story/", {"text": TEXT, "files": [SimpleUploadedFile("路灯.png", PNG)], "go": "add"})
    path = client.session["portal_draft"]["files"][0]["path"]

    drafts.sweep(now() - timedelta(days=1))
    assert default_storage.exists(path)
    drafts.sweep(now() + timedelta(minutes=1))
    assert not default_storage.exists(path)


def test_pages_of_a_person_are_kept_by_no_cache(client, people):
    for path in ("/say/what/", "/say/story/", "/follow/"):
        assert "no-store" in client.get(path)["Cache-Control"]
