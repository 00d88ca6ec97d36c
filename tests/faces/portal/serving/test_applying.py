"""「我要申请」 step by step: kept on every step, wrong papers told at once, sent once, forgotten by a touch screen."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from huilian.areas.serve.services.models import Application, Draft, DraftFile
from huilian.engine.documents.models import Attachment

WHO = {"name": "赵桂花", "phone": "13812345678", "deliver_to": "home", "go": "next"}
IDENTITY = "110101194912310024"
BASE = "/services/item/SH-01"


def photo(name="身份证.jpg", size=(64, 48)):
    kept = BytesIO()
    Image.new("RGB", size, "white").save(kept, "JPEG")
    return SimpleUploadedFile(name, kept.getvalue(), "image/jpeg")


@pytest.fixture
def begun(client, county):
    """Begun from the page of the village, with name and telephone."""
    client.post(f"{BASE}/begin/", {"v": county.liuhe.code})
    client.post(f"{BASE}/apply/who/", WHO)
    return client


def key() -> str:
    return Draft.objects.get().said["key"]


def send(client, known, **more):
    return client.post(f"{BASE}/apply/check/", {"identity": IDENTITY, "key": known, "go": "next", **more})


def test_from_the_guide_to_number_and_code(begun, county):
    assert begun.get(f"{BASE}/apply/").url == f"{BASE}/apply/papers/"
    begun.post(f"{BASE}/apply/papers/", {"paper_identity": photo(), "upload": "a", "go": "next"})
    check = begun.get(f"{BASE}/apply/check/").content.decode()
    assert "赵桂花" in check and "柳河村" in check and "送到我家" in check

    assert send(begun, key()).url == "/services/sent/"

    application = Application.objects.get()
    assert (application.channel, application.point, application.deliver_to) == ("web", county.room, "home")
    assert application.case.step == "consult" and application.papers.get(material__key="identity").state == "given"
    slip = begun.get("/services/sent/").content.decode()
    assert application.number in slip and not Draft.objects.exists()


def test_the_village_is_asked_when_it_is_not_known(client, county):
    client.post(f"{BASE}/begin/")
    assert client.get(f"{BASE}/apply/").url == f"{BASE}/apply/where/"
    found = client.get(f"{BASE}/apply/where/?q=柳河").content.decode()
    assert county.liuhe.code in found

    answer = client.post(f"{BASE}/apply/where/", {"place": county.liuhe.code})

    assert answer.url == f"{BASE}/apply/who/" and Draft.objects.get().said["place"] == county.liuhe.code


def test_a_wrong_answer_is_kept_and_told(client, county):
    client.post(f"{BASE}/begin/", {"v": county.liuhe.code})

    answer = client.post(f"{BASE}/apply/who/", {**WHO, "phone": "12"})

    assert answer.status_code == 422 and "这个电话不对" in answer.content.decode()
    assert Draft.objects.get().said["name"] == "赵桂花"
    assert client.get(f"{BASE}/apply/check/").url == f"{BASE}/apply/who/"


def test_the_identity_number_is_typed_when_it_is_sent_and_kept_in_no_draft(begun):
    missing = begun.post(f"{BASE}/apply/check/", {"identity": "", "key": key(), "go": "next"})
    wrong = send(begun, key(), identity="110101194912310025")

    assert missing.status_code == wrong.status_code == 422 and not Application.objects.exists()
    assert "identity" not in Draft.objects.get().said


def test_a_wrong_paper_is_told_at_its_slot_and_the_others_are_kept(begun):
    program = SimpleUploadedFile("户口簿.jpg", b"MZ\x90\x00" + bytes(200))

    answer = begun.post(
        f"{BASE}/apply/papers/", {"paper_identity": photo(), "paper_household": program, "upload": "a", "go": "next"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422 and "户口簿" in page.split('id="wrong_household"')[1].split("</p>")[0]
    assert DraftFile.objects.get().material.key == "identity"


def test_the_same_step_sent_twice_over_a_bad_line_keeps_a_paper_once(begun):
    for _twice in range(2):
        begun.post(f"{BASE}/apply/papers/", {"paper_identity": photo(), "upload": "once", "go": "next"})

    assert DraftFile.objects.count() == 1


def test_a_paper_is_taken_out_again(begun):
    begun.post(f"{BASE}/apply/papers/", {"paper_identity": photo(), "upload": "a", "go": "add"})

    begun.post(f"{BASE}/apply/papers/", {"go": f"remove:{DraftFile.objects.get().pk}"})

    assert not Attachment.objects.exists()


def test_sent_twice_because_the_answer_was_lost_it_arrives_once_with_the_same_code(begun):
    same = key()
    send(begun, same)
    first = begun.session["portal_applied"]

    assert send(begun, same).url == "/services/sent/"

    again = begun.session["portal_applied"]
    assert Application.objects.count() == 1 and (again["number"], again["code"]) == (first["number"], first["code"])


def test_a_script_is_told_where_to_go(begun):
    answer = begun.post(f"{BASE}/apply/who/", WHO, headers={"X-Sent-By": "script"})

    assert answer.status_code == 200 and answer.json() == {"to": f"{BASE}/apply/papers/"}


def test_another_browser_sees_nothing_of_a_draft(begun):
    assert Client().get(f"{BASE}/apply/who/").url == f"{BASE}/"


def test_a_touch_screen_forgets_draft_files_and_code(begun):
    begun.post(f"{BASE}/apply/papers/", {"paper_identity": photo(), "upload": "a", "go": "add"})

    begun.get("/?face=kiosk")
    assert begun.get("/leave/").headers["Clear-Site-Data"] == '"storage"'

    assert not Draft.objects.exists() and not Attachment.objects.exists()
    assert begun.get(f"{BASE}/apply/").url == f"{BASE}/"


def test_the_code_typed_back_opens_the_application(begun):
    send(begun, key())
    code = begun.session["portal_applied"]["code"]

    assert begun.post("/services/sent/", {"code": "AAAAAAAAAA"}).status_code == 422
    assert begun.post("/services/sent/", {"code": code.lower()}).url == "/follow/application/"


def test_a_program_that_fills_in_everything_sends_nothing(begun):
    assert send(begun, key(), website="x").status_code == 422
    assert not Application.objects.exists()
