"""The reporter's side: the code is all there is, and it is enough."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from huilian.areas.hear.tips import services
from huilian.areas.hear.tips.models import Tip
from huilian.areas.hear.tips.services import following, reporter
from huilian.areas.hear.tips.services.opening import content_of
from huilian.engine.trail import receipts
from huilian.engine.trail.models import Event
from huilian.engine.vault.queries import boxes_of
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import frozen, now
from tests.vault import unlock

from .conftest import TEXT, accepted

pytestmark = pytest.mark.django_db
WHO = "许小满"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def photo() -> SimpleUploadedFile:
    kept = BytesIO()
    picture = Image.new("RGB", (40, 30), "white")
    noted = picture.getexif()
    noted[0x013B] = WHO  # the artist
    picture.save(kept, "JPEG", exif=noted)
    return SimpleUploadedFile(f"{WHO}的照片.jpg", kept.getvalue())


@pytest.fixture
def handed(desk):
    """A tip over the web, and its code."""
    return reporter.hand_in(text=TEXT, persons=["李晓"], unit=desk.liuhe_committee, files=[(photo(), "a.jpg")])


def closed(desk, tip):
    tip = accepted(desk, tip)
    return services.conclude(tip, by=desk.guo_jing)


# Services


def test_files_are_cleaned_and_renamed_before_they_are_sealed(desk, handed):
    token = unlock(desk.fu_qin)

    said = content_of(handed.tip, purpose="登记", token=token, by=desk.fu_qin)

    assert said["files"] == ["1.jpg"] and said["text"] == TEXT


def test_what_cannot_be_cleaned_is_refused_and_nothing_is_kept(desk):
    with pytest.raises(Invalid, match="Photograph the screen"):
        reporter.hand_in(text=TEXT, files=[(BytesIO(b"MZ" + bytes(60)), "a.exe")])
    with pytest.raises(Invalid, match="At most 6"):
        reporter.hand_in(text=TEXT, files=[(BytesIO(b"x"), "a")] * 7)

    assert not Tip.objects.exists()


def test_the_team_writes_and_only_the_code_reads(desk, handed):
    tip = accepted(desk, handed.tip)
    services.say(tip, "请说明是哪一年的账。", by=desk.guo_jing)
    reporter.add(tip, "是前年的，账在镇代理中心。", files=[(photo(), "b.jpg")])

    seen = following.followed(tip, handed.code)

    assert [(m.mine, m.text) for m in seen.talk] == [
        (False, "请说明是哪一年的账。"),
        (True, "是前年的，账在镇代理中心。"),
    ]
    assert seen.files == 2 and seen.standing == "It has been accepted and is being handled."
    assert {look.post.split()[-1] for look in seen.looks} <= {"付琴", "郭静"}  # posts carry these names in this cast
    with pytest.raises(Exception, match="does not open"):
        following.followed(tip, "2222-3333-4444-5555")


def test_what_is_added_is_refused_without_words_and_nothing_is_kept(desk, handed):
    with pytest.raises(Invalid):
        reporter.add(handed.tip, " ", files=[(photo(), "b.jpg")])

    assert following.files_of(handed.tip) == 1 and not Event.objects.filter(verb="tips.hear").exists()


def test_an_objection_needs_a_result_and_something_new(desk, handed):
    with pytest.raises(Conflict):
        reporter.add(handed.tip, "我不同意这个处理结果。", objection=True)
    tip = closed(desk, handed.tip)
    with pytest.raises(Invalid):
        reporter.add(tip, "不服", objection=True)

    reporter.add(tip, "有新的转账记录，见附件。", files=[(photo(), "c.jpg")], objection=True)

    assert following.followed(tip, handed.code).talk[-1].objection and tip.messages.get().objection


def test_revenge_opens_a_protected_matter_at_once_under_the_same_code(desk, handed):
    with pytest.raises(Invalid):
        reporter.protect(handed.tip, "")

    made = reporter.protect(handed.tip, "昨天把我家的地头水停了。")

    assert made.fast_lane and made.case.step == "sorting_fast" and made.pk != handed.tip.pk
    assert reporter.enter(handed.code).pk == handed.tip.pk
    assert following.followed(handed.tip, handed.code).protection == [
        (made.number, "It is registered and being looked at.")
    ]
    assert Event.objects.get(verb="tips.protect").data == {"number": made.number}


def test_the_handling_is_rated_when_it_is_over(desk, handed):
    with pytest.raises(Conflict):
        reporter.rate(handed.tip, 5)
    tip = closed(desk, handed.tip)
    with pytest.raises(Invalid):
        reporter.rate(tip, 6)

    reporter.rate(tip, 2)

    assert Event.objects.get(verb="tips.rate").data == {"grade": 2} and following.followed(tip, handed.code).is_rated


def test_a_code_mistyped_twenty_times_is_slow_and_opens_all_the_same(desk, handed):
    wrong, waits = handed.code[:-1] + ("2" if handed.code[-1] != "2" else "3"), []
    moment = now()
    for _try in range(20):
        while True:
            with frozen(moment), pytest.raises(Conflict) as refused:
                reporter.enter(wrong)
            if not isinstance(refused.value, reporter.Waiting):
                break
            waits.append(int(re.search(r"\d+", str(refused.value))[0]))
            moment += timedelta(seconds=waits[-1])

    assert waits == sorted(waits) and waits[0] <= 3 and waits[-1] in (60, 61) and sum(waits) > 600
    with frozen(moment), pytest.raises(reporter.Waiting):
        reporter.enter(handed.code)
    with frozen(moment + timedelta(seconds=61)):
        assert reporter.enter(handed.code) == handed.tip
        assert reporter.enter(handed.code.lower()) == handed.tip  # at once, from then on


def test_under_attack_patience_shrinks_but_a_right_code_opens_at_once(desk, handed):
    cache.set("report", reporter.ATTACK, 900)
    with pytest.raises(Conflict):
        reporter.enter("ZZZZ" + handed.code[4:])
    with pytest.raises(reporter.Waiting):
        reporter.enter("ZZZZ" + handed.code[4:])

    assert reporter.enter(handed.code) == handed.tip


def test_a_text_message_becomes_a_tip_and_a_second_one_goes_to_it(desk):
    reply = reporter.take_message("村里的低保被会计领走了", "13912345678")
    tip = Tip.objects.get(channel="sms")
    code = reply.split()[-1]

    assert reporter.take_message(f"{code} 会计姓李", "13912345678") == "Received."
    assert "低保" not in reply and tip.messages.count() == 1 and tip.named == "anonymous"
    assert {box.part: box.paired for box in boxes_of(tip.subject)}["identity"]


# Pages


def page(client, address, **posted):
    answer = client.post(f"/report/{address}", posted) if posted else client.get(f"/report/{address}")
    answer.text = answer.content.decode()
    return answer


def test_from_the_first_page_to_the_receipt_without_a_cookie_or_a_script(client, desk):
    client.cookies.clear()
    client.cookies["face"] = "lang=en"
    first = page(client, "")
    assert "12345" in first.text and "false accusation" in first.text and "<script" not in first.text
    told = {"by": "code", "text": TEXT, "persons": "李晓", "about": desk.liuhe_committee.name, "level": "own"}
    assert TEXT in page(client, "write/", **told, go="check").text
    assert page(client, "write/", **{**told, "text": "短"}, go="check").status_code == 422

    sent = page(client, "write/", **told, go="send", files=[photo()])
    code = re.search(r'name="shown" value="([^"]+)"', sent.text)[1]
    mistyped = page(client, "code/", shown=code, typed="AAAA")
    opened = page(client, "code/", shown=code, typed=code.lower().replace("-", " "))

    tip = Tip.objects.get()
    assert tip.unit == desk.liuhe_committee and following.files_of(tip) == 1
    assert mistyped.status_code == 422 and code in mistyped.text
    assert opened.status_code == 200 and tip.number in opened.text
    receipt = client.get(re.search(r"/log/receipt/\d+", opened.text)[0])
    assert receipts.check(receipt.content.decode())
    for answer in (first, sent, opened):
        assert not answer.cookies and "no-store" in answer["Cache-Control"] and "Set-Cookie" not in answer
        assert "<title>" in answer.text and "Report" not in re.search("<title>(.*)</title>", answer.text)[1]
        assert not re.search(r"""(?:src|href|action)="(?!/|tel:|data:|#|http://testserver/)""", answer.text)
    assert not client.session.keys()


def test_every_act_on_the_page_of_a_code(client, desk, handed):
    tip = accepted(desk, handed.tip)
    told = {"code": handed.code}
    assert page(client, "follow/").status_code == 200
    assert page(client, "follow/", code="AAAA").status_code == 422
    assert "It has been sealed" in page(client, "follow/", **told, act="add", text="账在代理中心").text
    assert page(client, "follow/", **told, act="rate", grade="5").status_code == 422
    assert "JB" in page(client, "follow/", **told, act="protect", text="他们停了我家的水").text
    services.conclude(tip, by=desk.guo_jing)
    assert page(client, "follow/", **told, act="object", text="有新的转账记录可以查").status_code == 200
    assert "kept as you gave it" in page(client, "follow/", **told, act="rate", grade="5").text
    left = page(client, "leave/")
    assert left.status_code == 302 and left["Clear-Site-Data"] == '"cache"'


def test_a_touch_screen_goes_home_by_itself(client, desk):
    client.cookies["face"] = "face=kiosk"
    assert 'http-equiv="refresh"' in page(client, "").text


def test_too_much_at_once_is_refused_with_one_sentence(client, desk):
    answer = client.post("/report/write/", {"go": "send"}, CONTENT_LENGTH=str(400 << 20))

    assert answer.status_code == 413 and "310 MB" in answer.content.decode()


def test_the_gateway_of_text_messages_shows_its_secret(client, desk, settings):
    told = {"text": "村里的低保被会计领走了", "from": "13912345678"}
    assert client.post("/report/message/", told).status_code == 404
    settings.SMS_INBOUND = "s3cret"
    assert client.post("/report/message/", told, headers={"X-Token": "wrong"}).status_code == 404

    answer = client.post("/report/message/", told, headers={"X-Token": "s3cret"})

    assert answer.json()["reply"].startswith("Received. Code: ") and Tip.objects.get().channel == "sms"


def test_a_fault_says_nothing_of_what_was_being_said(client, desk, caplog, monkeypatch):
    def broken(**told):
        raise ValueError(f"invalid literal: {told['text']}")

    monkeypatch.setattr(reporter, "take_in", broken)

    answer = page(client, "write/", by="code", text=TEXT, level="own", go="send")

    assert answer.status_code == 500 and answer["X-Trace"] in answer.text
    assert "ValueError" in caplog.text and TEXT not in caplog.text


def test_the_server_keeps_no_list_of_who_asked_for_what():
    from huilian.project.cli.serve import _web

    assert not [word for word in _web("127.0.0.1:8000", 2) if "access" in word]


def test_a_video_visit_is_booked_without_an_account_its_code_typed_back_and_given_up(desk, client):
    at = now() + timedelta(days=2)
    visit = services.offer_visit(room=desk.qingshi, starts_at=at, by=desk.fu_qin)
    where, told = "/report/visit/", "报账员冒领低保金的事"
    shown = client.get(where)
    assert desk.qingshi.name in shown.content.decode() and "付琴" in shown.content.decode() and not shown.cookies
    assert client.post(where, {"go": "book", "visit": "x"}).status_code == 422

    booked = client.post(where, {"go": "book", "visit": visit.pk, "text": told})

    code = re.search(r'name="shown" value="([^"]+)"', booked.content.decode())[1]
    assert not booked.cookies and told not in booked.content.decode()
    assert client.post(where, {"go": "book", "visit": visit.pk}).status_code == 422, "taken"
    assert client.post(where, {"go": "typed", "shown": code, "typed": "2222"}).status_code == 422
    assert (
        desk.qingshi.name in client.post(where, {"go": "typed", "shown": code, "typed": code.lower()}).content.decode()
    )
    assert client.post(where, {"go": "find", "code": "2345-2345"}).status_code == 422
    assert client.post(where, {"go": "find", "code": code}).status_code == 200
    assert client.post(where, {"go": "give_up", "code": code}).status_code == 200
    visit.refresh_from_db()
    assert visit.booked_at is None and not boxes_of(visit.subject).exists()


def test_the_officer_reads_on_the_desk_what_a_visit_will_be_about(desk, client, unlocked):
    visit = services.offer_visit(room=desk.qingshi, starts_at=now() + timedelta(days=2), by=desk.fu_qin)
    services.book_visit(visit, text="想说低保的事", by=reporter.REPORTER)
    note = f"/desk/tips/visits/{visit.pk}/note/"
    unlocked(desk.tian_ye)
    assert client.post(note, {"purpose": "看看"}).status_code == 404
    unlocked(desk.fu_qin)

    assert note in client.get("/desk/tips/visits/").content.decode()
    assert "想说低保的事" in client.post(note, {"purpose": "准备接访"}).content.decode()
