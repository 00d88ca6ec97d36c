"""Preferences, icons, pages of trouble, and forms as they are written."""

import brotli
import pytest
from django import forms
from django.core.exceptions import RequestDataTooBig
from django.test import Client, RequestFactory
from django.utils.translation import override

from huilian.engine.look import icons, preferences, views
from huilian.foundation.errors import Conflict, Invalid, NotAllowed


def test_preferences_survive_the_cookie_and_nonsense_is_ignored():
    chosen = preferences.read("size=elder&lang=en&theme=pink&x&=y")

    assert (chosen.size, chosen.lang, chosen.theme) == ("elder", "en", "light")
    assert preferences.read(chosen.cookie) == chosen


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_setting_a_preference_never_leads_elsewhere(client, there):
    answer = client.post("/preferences/", {"size": "elder", "next": there})

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_setting_a_preference_leads_back_and_keeps_the_others(client):
    client.cookies["face"] = "theme=dark"

    answer = client.post("/preferences/", {"lang": "en", "next": "/look/desk/?page=2"})

    assert answer["Location"] == "/look/desk/?page=2"
    assert answer.cookies["face"].value == "theme=dark&lang=en"


def test_the_icons_may_be_kept_for_a_year_and_an_old_address_is_gone(client):
    for sprite in icons.sprites():
        plain = client.get(f"/icons/{sprite.digest}.svg")
        packed = client.get(f"/icons/{sprite.digest}.svg", headers={"accept-encoding": "gzip, br"})

        assert "immutable" in plain["Cache-Control"] and plain.content.decode() == sprite.body
        assert packed["Content-Encoding"] == "br" and brotli.decompress(packed.content) == plain.content
    assert client.get("/icons/0123456789ab.svg").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("lang", "words"), [("", "没有找到这个页面"), ("lang=en", "There is no such page")])
def test_a_missing_page_says_so_in_the_language_chosen(client, lang, words):
    client.cookies["face"] = lang

    answer = client.get("/no/such/")

    assert answer.status_code == 404 and words in answer.content.decode()


@pytest.mark.parametrize(
    ("refused", "status"), [(NotAllowed("谁可以"), 403), (Conflict("换人了"), 409), (Invalid("日期不对"), 422)]
)
def test_a_refusal_is_shown_with_its_own_sentence(refused, status):
    answer = views.refusal(RequestFactory().get("/"), refused)

    assert answer.status_code == status and str(refused) in answer.content.decode()


def test_a_refusal_after_a_swap_becomes_a_message_and_leaves_the_page():
    request = RequestFactory().post("/")
    request.htmx = True

    answer = views.refusal(request, Invalid("日期不对"))

    assert answer["HX-Retarget"] == "#toasts" and "<html" not in answer.content.decode()


def test_too_much_at_once_is_413():
    with override("en"):
        assert views.bad_request(RequestFactory().post("/"), RequestDataTooBig()).status_code == 413


def test_a_fault_of_ours_shows_the_number_that_the_log_has(caplog):
    request = RequestFactory().get("/desk/")
    request.trace = "1a2b3c4d"

    answer = views.server_error(request)

    assert answer.status_code == 500 and "1a2b3c4d" in caplog.text


def test_a_form_sent_without_its_seal_is_refused_in_plain_words():
    answer = Client(enforce_csrf_checks=True).post("/preferences/", {"size": "elder"})

    assert answer.status_code == 403 and "页面停留时间过长" in answer.content.decode()


class Sample(forms.Form):
    """Two fields, in parts."""

    name = forms.CharField(label="姓名", help_text="与身份证一致")
    phone = forms.CharField(label="电话", required=False)
    sections = [("您是谁", ["name", "phone"])]


def test_a_form_says_what_is_needed_and_binds_errors_to_their_field():
    with override("zh-hans"):
        form = Sample({})
        form.is_valid()
        page = form.render()

    assert "必填" in page and "选填" in page and "<legend>您是谁</legend>" in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page and 'id="id_name_error"' in page
    assert '<a href="#id_name">姓名：请填写此项。</a>' in page
