"""The vault in the browser: a key made, unlocked and lost, openings by two, the ceremonies of the keeper."""

import re
from datetime import timedelta

import pytest
from django.urls import path

from huilian.engine.trail.models import Event
from huilian.engine.vault import services as vault
from huilian.engine.vault.kinds import page_of, part_name, register
from huilian.engine.vault.models import Key, Opening
from huilian.engine.vault.services import keys
from huilian.engine.vault.web import COOKIE, needs_key, token_of
from huilian.foundation.now import frozen, now

from .conftest import WORDS

pytestmark = pytest.mark.django_db
MAKE, UNLOCK = "/desk/vault/make/", "/desk/vault/unlock/"


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["face"] = "lang=en"


@pytest.fixture
def box(cast, unlocked):
    for name in ("shen_yu", "lin_zheng", "jiang_hong"):
        unlocked(name)
    return vault.seal(
        "tip:JB1", "identity", "王五".encode(), readers=[cast.shen_yu], agreers=[cast.lin_zheng], by=cast.bai_lu
    )


def enter(client, user, token: str) -> None:
    client.force_login(user)
    client.cookies[COOKIE] = token


def test_a_key_is_made_unlocked_and_locked_in_the_browser(cast, client, sheets):
    client.force_login(cast.shen_yu)

    assert client.get(UNLOCK).url.startswith(MAKE)
    assert client.post(MAKE, {"passphrase": WORDS, "again": "else"}).status_code == 422
    assert client.post(MAKE, {"passphrase": "短", "again": "短"}).status_code == 422 and not Key.objects.filter(
        user=cast.shen_yu
    )
    assert client.post(MAKE, {"passphrase": WORDS, "again": WORDS, "next": "/desk/cases/"}).url.endswith(
        "?next=%2Fdesk%2Fcases%2F"
    )
    assert client.post(MAKE, {"passphrase": WORDS, "again": WORDS}).status_code == 422
    wrong = client.post(UNLOCK, {"passphrase": "不是这几个字不是这几个字"})
    assert wrong.status_code == 422 and COOKIE not in wrong.cookies
    right = client.post(UNLOCK, {"passphrase": WORDS, "next": "/desk/cases/"})
    assert right.url == "/desk/cases/"
    cookie = right.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and (cookie["path"], cookie["max-age"]) == (
        "/desk/", 900,
    )  # fmt: skip
    assert "unlocked in this browser" in client.get("/desk/vault/").content.decode()

    assert client.post("/desk/vault/lock/").cookies[COOKIE].value == ""
    assert "unlocked in this browser" not in client.get("/desk/vault/").content.decode()


def test_after_unlocking_nobody_is_led_to_another_site(cast, client, unlocked):
    unlocked("shen_yu")
    client.force_login(cast.shen_yu)

    assert client.post(UNLOCK, {"passphrase": WORDS, "next": "https://elsewhere.example/"}).url == "/desk/vault/"


def test_the_words_and_the_key_are_changed(cast, client, unlocked):
    enter(client, cast.shen_yu, unlocked("shen_yu"))
    new = "另外几个互不相干的词语"
    before = keys.key_of(cast.shen_yu)

    again = {"passphrase": new + new, "again": new + new}
    assert client.post("/desk/vault/words/", {"old": "错的", **again}).status_code == 422
    assert client.post("/desk/vault/words/", {"old": WORDS, **again}).url == "/desk/vault/"
    assert client.get("/desk/vault/renew/").url.startswith(UNLOCK)
    client.cookies[COOKIE] = vault.unlock(new + new, by=cast.shen_yu)
    assert client.post("/desk/vault/renew/", {"passphrase": "短", "again": "短"}).status_code == 422
    assert client.post("/desk/vault/renew/", {"passphrase": WORDS, "again": WORDS}).url == "/desk/vault/"

    assert keys.key_of(cast.shen_yu) != before and vault.unlock(WORDS, by=cast.shen_yu)


@needs_key
def read(request):
    from django.http import HttpResponse

    return HttpResponse(token_of(request))


urlpatterns = [path("desk/read/", read)]


def test_a_page_that_needs_a_key_leads_to_it_and_is_kept_nowhere(cast, rf, unlocked):
    def ask(user, token="", method="get", **more):
        request = getattr(rf, method)("/desk/read/?a=1", **more)
        request.user, request.COOKIES[COOKIE] = user, token
        return read(request)

    token = unlocked("shen_yu")

    assert ask(cast.bai_lu).url == f"{MAKE}?next=%2Fdesk%2Fread%2F%3Fa%3D1"
    assert ask(cast.shen_yu).url == f"{UNLOCK}?next=%2Fdesk%2Fread%2F%3Fa%3D1"
    assert ask(cast.shen_yu, "nonsense", "post", HTTP_REFERER="/desk/x/").url == f"{UNLOCK}?next=%2Fdesk%2Fx%2F"
    assert ask(cast.bai_lu, token).url.startswith(MAKE), "the token of another opens nothing"
    shown = ask(cast.shen_yu, token)
    assert shown.content.decode() == token and "no-store" in shown["Cache-Control"]
    assert shown.cookies[COOKIE].value == token
    with frozen(now() + timedelta(minutes=16)):
        assert ask(cast.shen_yu, token).url.startswith(UNLOCK)


def test_one_asks_another_agrees_or_refuses_on_the_page(cast, client, box, unlocked):
    first = vault.ask_opening(box, "核对身份", token=unlocked("shen_yu"), by=cast.shen_yu)
    second = vault.ask_opening(box, "再次核对", token=unlocked("shen_yu"), by=cast.shen_yu)

    enter(client, cast.jiang_hong, unlocked("jiang_hong"))
    assert client.post(f"/desk/vault/openings/{first.pk}/agree/").status_code == 404
    enter(client, cast.lin_zheng, unlocked("lin_zheng"))
    assert "核对身份" in client.get("/desk/vault/openings/").content.decode()
    assert client.post(f"/desk/vault/openings/{second.pk}/refuse/", {"note": ""}).status_code == 422
    client.post(f"/desk/vault/openings/{second.pk}/refuse/", {"note": "目的不清"})
    client.post(f"/desk/vault/openings/{first.pk}/agree/")
    enter(client, cast.shen_yu, unlocked("shen_yu"))
    page = client.get("/desk/vault/openings/").content.decode()

    assert [o.state for o in Opening.objects.order_by("pk")] == ["agreed", "refused"]
    assert "目的不清" in page and "王五" not in page
    assert client.get("/desk/vault/").status_code == 200


def test_only_the_keeper_holds_ceremonies_and_a_refusal_is_recorded(cast, client):
    client.force_login(cast.shen_yu)

    for page in ("", "sheets/", "boxes/", "retire/"):
        assert client.post(f"/desk/vault/recovery/{page}").status_code in (403, 405)

    assert not Key.objects.exists() and Event.objects.filter(verb="access.refuse").count() == 3


def test_the_sheets_are_printed_once_renewed_and_open_what_was_lost(cast, client, keeper):
    """The whole ceremony on the pages: sheets, a box, a lost passphrase, a new key, two sheets."""
    client.force_login(keeper)
    codes = re.findall(r'class="code">([A-Z2-7-]+)<', client.post("/desk/vault/recovery/sheets/").content.decode())
    assert len(codes) == 3
    assert client.post("/desk/vault/recovery/sheets/", {"one": codes[0], "other": codes[0]}).status_code == 422
    page = client.post("/desk/vault/recovery/sheets/", {"one": codes[0], "other": codes[2]}).content.decode()
    new = re.findall(r'class="code">([A-Z2-7-]+)<', page)
    vault.make_key(WORDS, by=cast.shen_yu)
    box = vault.seal("tip:JB1", "content", b"x", readers=[cast.shen_yu], by=cast.bai_lu)

    assert client.post("/desk/vault/recovery/retire/", {"user": cast.shen_yu.pk}).status_code == 422
    client.post("/desk/vault/recovery/retire/", {"user": cast.shen_yu.pk, "lost": "on"})
    assert '<span class="num">1</span>' in client.get("/desk/vault/recovery/").content.decode()
    vault.make_key(WORDS, by=cast.shen_yu)
    given = {"to": cast.shen_yu.pk, "purpose": "口令遗忘"}
    sheets = "/desk/vault/recovery/boxes/"
    assert client.post(sheets, {**given, "one": codes[0], "other": codes[1]}).status_code == 422
    assert client.post(sheets, {**given, "one": new[0], "other": new[1], "subjects": "JB9"}).status_code == 422
    done = client.post(sheets, {**given, "one": new[0], "other": new[1], "subjects": "JB1"})

    assert done.url == "/desk/vault/recovery/"
    assert vault.open_box(box, token=vault.unlock(WORDS, by=cast.shen_yu), purpose="核查", by=cast.shen_yu) == b"x"


def test_an_area_says_where_its_boxes_lead_and_parts_have_names():
    register("probe", lambda number: f"/desk/probe/{number}/")

    assert page_of("probe:JB1") == "/desk/probe/JB1/" and page_of("unknown:1") == ""
    assert part_name("file-2") == "File 2" and part_name("other") == "Sealed box"
