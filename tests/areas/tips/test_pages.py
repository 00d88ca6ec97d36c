"""The desk's pages for those of a team: opened with key and purpose, acted on, rewritten, copied; nothing kept."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huilian.areas.hear.tips import services
from huilian.areas.hear.tips.models import Pledge, Tip, Visit
from huilian.engine.vault.models import Look, Opening
from huilian.engine.vault.queries import boxes_of
from huilian.foundation.now import now
from tests.vault import unlock

from .conftest import NAMED, REPORTER, TEXT, accepted, take

pytestmark = pytest.mark.django_db
HOME = "/desk/tips/"
OLD = "報賬員冒領低保金兩萬一千元。"


@pytest.fixture
def page(client, unlocked):
    """`page(user, path, data)`: the page as the user with an unlocked key sees it."""

    def go(user, path="", data=None, **more):
        unlocked(user)
        return client.get(HOME + path, **more) if data is None else client.post(HOME + path, data, **more)

    return go


def words(answer) -> str:
    return answer.content.decode()


def test_a_letter_is_typed_in_and_its_code_shown_once(desk, page):
    given = {
        "channel": "letter",
        "sort": "accusation",
        "level": "own",
        "text": TEXT,
        "named": "named",
        "persons": "李晓\n",
    }
    assert page(desk.he_wei, "take/", given).status_code == 403
    assert page(desk.fu_qin, "take/", given).status_code == 422 and not Tip.objects.exists()

    answer = page(desk.fu_qin, "take/", {**given, "name": "周大山", "phone": "13900001111"})

    tip = Tip.objects.get()
    assert tip.number in words(answer) and re.search(r"<strong>[2-9A-Z]{16}</strong>", words(answer))
    listed = words(page(desk.fu_qin))
    assert tip.number in listed and TEXT not in listed


def test_a_letter_comes_with_scans_and_papers_in_whatever_encoding(desk, page):
    given = {"channel": "letter", "sort": "accusation", "level": "own", "text": TEXT, "named": "anonymous"}
    told = "附件：报账员三年共冒领低保金两万一千元。"
    wrong = SimpleUploadedFile("信.txt", "村の会計係がお金を".encode("shift_jis"), "text/plain; charset=gb2312")
    refused = page(desk.fu_qin, "take/", {**given, "files": [wrong]})
    assert refused.status_code == 422 and "Save it as UTF-8" in words(refused) and not Tip.objects.exists()

    def letters():
        return [SimpleUploadedFile("信.txt", told.encode("gb18030"), "text/plain; charset=utf-8"),
                SimpleUploadedFile("信.txt", OLD.encode("big5"), "text/plain; charset=gb2312")]  # fmt: skip

    program = SimpleUploadedFile("a.exe", b"MZ" + bytes(60))
    assert page(desk.fu_qin, "take/", {**given, "files": [*letters(), program]}).status_code == 422

    assert page(desk.fu_qin, "take/", {**given, "files": letters()}).status_code == 200

    tip = Tip.objects.get()
    read = [page(desk.fu_qin, f"{tip.number}/read/file-{n}/", {"purpose": "登记"}).getvalue().decode() for n in (1, 2)]
    assert read == [told, OLD]


def test_a_leader_is_put_in_charge_and_signs_on_the_page_and_a_lead_is_one_click_away(desk, page):
    tip = accepted(desk, take(desk).tip)
    where = f"{tip.number}/"
    assert f"/desk/leads/new/?source=tip&amp;number={tip.number}" in words(page(desk.guo_jing, where))
    given = {"leader": desk.wan_li.pk, "specific": 20, "verifiable": 20, "serious": 20, "power": 0, "source": 0,
             "repeated": 0, "urgent": 0, "reason": "群众反映强烈", "due_on": "2099-01-01"}  # fmt: skip
    assert page(desk.guo_jing, where + "charge/", {**given, "specific": 21}).status_code == 422

    assert page(desk.guo_jing, where + "charge/", given).url == f"{HOME}{where}"

    assert page(desk.guo_jing, where + "conclude/", {}).status_code == 404, "not before the signature"
    page(desk.wan_li, where + "note/", {"kind": "visit", "text": "走访三户"})
    page(desk.guo_jing, where + "propose/", {"result": "已退赔到户"})
    assert page(desk.guo_jing, where + "sign/", {}).status_code == 404
    assert page(desk.wan_li, where + "sign/", {}).status_code == 302
    shown = words(page(desk.wan_li, where))
    assert "signed" in shown and "走访三户" not in shown and "群众反映强烈" not in shown
    assert "led by 万里" in words(page(desk.wan_li))


def test_what_a_form_brings_is_looked_at_for_its_token_all_the_same(desk):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.fu_qin)

    assert strict.post(HOME + "take/", {"text": TEXT}).status_code == 403


def test_the_page_says_nothing_until_it_is_opened_for_a_purpose(desk, page, django_assert_max_num_queries):
    tip = take(desk, **NAMED).tip
    with django_assert_max_num_queries(60):
        shown = page(desk.fu_qin, f"{tip.number}/")
    assert TEXT not in words(shown) and "李晓" not in words(shown)
    assert page(desk.fu_qin, f"{tip.number}/read/content/", {"purpose": ""}).status_code == 422
    assert not Look.objects.exists()

    opened = page(desk.fu_qin, f"{tip.number}/read/content/", {"purpose": "登记"})

    assert TEXT in words(opened) and "no-store" in opened["Cache-Control"] and Look.objects.get().purpose == "登记"


def test_who_reported_is_read_by_two(desk, page):
    tip = take(desk, **NAMED).tip
    page(desk.fu_qin, f"{tip.number}/identity/", {"purpose": "回复受理"})
    page(desk.mo_ran, "", None)
    services_opening = Opening.objects.get()
    from huilian.engine.vault import services as vault

    vault.agree_opening(services_opening, token=unlock(desk.mo_ran), by=desk.mo_ran)

    assert "周大山" in words(page(desk.fu_qin, f"{tip.number}/identity/", {}))


def test_accepted_on_the_page_it_is_gone_from_the_desk_and_with_the_handler(desk, page):
    tip = take(desk).tip
    form = words(page(desk.fu_qin, f"{tip.number}/accept/"))
    assert "郭静" in form and "万里" not in form
    given = {"handlers": [desk.guo_jing.pk], "until": "2099-01-01T18:00"}

    assert page(desk.fu_qin, f"{tip.number}/accept/", given).url == HOME
    assert page(desk.guo_jing, f"{tip.number}/").status_code == 200
    assert page(desk.guo_jing, f"{tip.number}/accept/").status_code == 404, "not at this step"
    assert page(desk.guo_jing, f"{tip.number}/conclude/", {}).url == f"{HOME}{tip.number}/"
    assert Tip.objects.get().case.step == "closed"
    assert tip.number in words(page(desk.pu_yu, "figures/")), "case management has the number"


def test_a_summary_is_proposed_and_sealed(desk, page):
    tip = take(desk, text="我叫周大山，电话13900001111。报账员李晓冒领低保金。").tip

    proposed = words(page(desk.fu_qin, f"{tip.number}/rewrite/", {}))
    assert "〔反映人〕" in proposed and "〔电话〕" in proposed
    assert page(desk.fu_qin, f"{tip.number}/rewrite/", {"text": "电话13900001111"}).status_code == 422
    page(desk.fu_qin, f"{tip.number}/rewrite/", {"text": "反映报账员冒领低保金。"})

    assert boxes_of(tip.subject).filter(part="summary").count() == 1


def test_a_copy_is_asked_for_allowed_and_marked_with_its_maker(desk, page):
    tip = take(desk).tip
    page(desk.fu_qin, f"{tip.number}/copy/", {"purpose": "集体研判"})
    copy = tip.copies.get()
    assert tip.number in words(page(desk.wan_li, "approvals/"))
    page(desk.wan_li, f"approvals/copy/{copy.pk}/", {"agreed": "yes"})

    paper = words(page(desk.fu_qin, f"copy/{copy.pk}/", {}))

    assert paper.count("付琴 fu_qin") == 24 and TEXT in paper
    assert page(desk.fu_qin, f"copy/{copy.pk}/", {}).status_code == 409


def test_a_head_decides_on_petitions_by_number(desk, page):
    tip = take(desk).tip
    services.ask_petition(tip, note="邻里纠纷", by=desk.fu_qin)
    page(desk.wan_li, f"approvals/petition/{tip.pk}/", {"agreed": "no", "note": "涉及村干部"})

    assert Tip.objects.get().case.step == "sorting"


def test_pledge_and_video_visits_have_their_pages(desk, page):
    page(desk.fu_qin, "take/pledge/", {})
    at = f"{now().year + 1}-03-02T09:00"
    page(desk.fu_qin, "visits/", {"room": desk.qingshi.pk, "starts_at": at, "minutes": 30})
    visit = Visit.objects.get()
    services.book_visit(visit, by=REPORTER)

    assert Pledge.objects.get().user == desk.fu_qin and "青石镇" in words(page(desk.fu_qin, "visits/"))
    assert page(desk.fu_qin, f"visits/{visit.pk}/record/").status_code == 200
    assert page(desk.tian_ye, f"visits/{visit.pk}/record/").status_code == 404
    assert page(desk.fu_qin, f"visits/{visit.pk}/missed/", {}).status_code == 409


def test_numbers_tell_no_few_and_count_looks(desk, page):
    tips = [take(desk).tip for _n in range(3)]
    accepted(desk, tips[0])
    page(desk.fu_qin, f"{tips[1].number}/read/content/", {"purpose": "登记"})

    told = words(page(desk.an_qi, "figures/"))
    assert "付琴" in told and tips[0].number not in told and TEXT not in told
    assert page(desk.guo_jing, "figures/").status_code == 403
    assert page(desk.pu_yu, "figures/", {"text": "一件大事"}).status_code == 403
    page(desk.an_qi, "figures/", {"text": "一件谁也不该看的事"})
    assert Tip.objects.filter(is_canary=True).count() == 1
