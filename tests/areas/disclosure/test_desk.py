"""The desk: from the list of duties to the published item, by pages alone."""

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huilian.areas.serve.disclosure import services
from huilian.areas.serve.disclosure.models import Item, Kind, Obligation
from huilian.foundation.now import frozen

from .test_life import PNG
from .test_portal import text_of

DESK = "/desk/disclosure/"


@pytest.fixture
def at(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def test_the_list_has_colours_and_only_ones_own_villages(at, village, duty):
    with frozen(datetime(2026, 11, 20, 9)):
        with CaptureQueriesContext(connection) as asked:
            text = text_of(at(village.ma_li).get(DESK))
        other = text_of(at(village.fang_yu).get(DESK))

    assert "超期10天" in text and "收支逐笔公开" in text and len(asked) <= 25
    assert "收支逐笔公开" not in other
    assert at(village.he_wei).get(DESK).status_code == 403


def test_a_month_goes_from_duty_to_board_by_pages_alone(at, village, books, duty):
    clerk = at(village.ma_li)
    started = clerk.post(f"{DESK}duty/{duty.pk}/")
    item = Item.objects.get()
    home = f"{DESK}item/{item.number}/"
    assert started["Location"] == home and "张**" in clerk.get(home).content.decode()
    assert clerk.get(f"{DESK}duty/{duty.pk}/")["Location"] == home
    clerk.post(f"{home}send/")
    assert "待我审核" not in text_of(clerk.get(DESK))

    checker = at(village.tian_you)
    assert item.title in text_of(checker.get(DESK))
    checker.post(f"{home}check/", {"passed": "no", "note": "缺一笔"})
    assert "缺一笔" in text_of(checker.get(home))
    clerk = at(village.ma_li)
    clerk.post(f"{home}renew/")
    clerk.post(f"{home}send/")
    at(village.tian_you).post(f"{home}check/", {"passed": "yes"})
    clerk = at(village.ma_li)
    clerk.post(f"{home}publish/")
    assert clerk.get(f"/d/{item.number}/").status_code == 200
    photo = SimpleUploadedFile("栏.png", PNG)
    clerk.post(f"{home}board/", {"photo": photo, "spot": "村委会门口", "posted_on": "2026-11-03"})

    assert Obligation.objects.get(pk=duty.pk).is_complete
    assert clerk.get(f"{DESK}board/999901101201.pdf").content.startswith(b"%PDF")


def test_a_typed_item_keeps_what_was_typed_and_names_the_line_that_is_wrong(at, village):
    kind = Kind.objects.get(key="village.relief")
    clerk = at(village.ma_li)
    made = clerk.post(
        f"{DESK}event/", {"place": village.liuhe.pk, "kind": kind.pk, "matter": "三季度低保", "on": "2026-11-20"}
    )
    page = clerk.post(made["Location"])["Location"]
    assert page.endswith("/edit/")
    typed = {"title": "三季度低保", "stage": 1, "note": "", "rows": 1, "r0c0": "张建军", "r0c1": "三组", "r0c6": "五百"}

    wrong = clerk.post(page, typed)
    assert wrong.status_code == 422 and "五百" in wrong.content.decode() and "第1行" in text_of(wrong)
    assert clerk.post(page, {**typed, "r0c6": "500"}).status_code == 302

    item = Item.objects.get()
    assert item.rows == [["张**", "三组", "", "", "", "", 50_000]]
    sheet = SimpleUploadedFile(
        "名单.csv", "姓名,村民小组,项目,依据,数量,标准,金额（元）\n李四,一组,低保,,1,,520\n".encode()
    )
    clerk.post(page, {**typed, "r0c6": "500", "file": sheet})
    item.refresh_from_db()
    assert item.rows == [["李**", "一组", "低保", "", "1", "", 52_000]]
    assert clerk.get(page.replace("edit/", "template.xlsx")).content[:2] == b"PK"


def test_what_may_not_be_published_is_shown_before_it_is_sent(at, village):
    kind = Kind.objects.get(key="village.relief")
    duty = services.add_event(kind, village.liuhe, "三季度低保", on=date(2026, 11, 20), by=village.ma_li)
    item = services.draft(duty, by=village.ma_li)
    row = ["张建军", "三组", "身份证11010519491231002X", "", "", "", 1]
    services.change(item, title="x", rows=[row], by=village.ma_li)
    home = f"{DESK}item/{item.number}/"
    clerk = at(village.ma_li)

    assert "公民身份号码" in text_of(clerk.get(home))
    sent = clerk.post(f"{home}send/", follow=True)
    assert "不得公开" in text_of(sent) and Item.objects.get().state == "draft"


def test_a_withdrawal_and_a_correction_need_a_reason(at, village, books, published):
    home = f"{DESK}item/{published.number}/"
    clerk = at(village.ma_li)
    assert clerk.post(f"{home}reason/withdraw/", {"reason": ""}).status_code == 422
    fresh = clerk.post(f"{home}reason/correct/", {"reason": "金额录错"})["Location"]
    assert Item.objects.get(version=2).number in fresh
    clerk.post(f"{DESK}item/{Item.objects.get(version=2).number}/discard/")
    clerk.post(f"{home}reason/withdraw/", {"reason": "整件重做后再公开"})

    assert "整件重做后再公开" in text_of(at(village.wang_min).get(f"{DESK}withdrawals/"))
    assert clerk.get(f"{home}reason/burn/").status_code == 404


def test_the_township_sees_its_villages_and_excuses(at, village, published, duty):
    officer = at(village.wang_min)
    with frozen(datetime(2026, 11, 20, 9)):
        text = text_of(officer.get(f"{DESK}township/"))
        row = Obligation.objects.get(place=village.liuhe, kind__key="village.progress")
        officer.post(f"{DESK}duty/{row.pk}/", {"excuse": "1", "reason": "本月没有决议"})

    assert "柳河村" in text and "未上栏" in text and "东湾村" not in text
    assert Obligation.objects.get(pk=row.pk).excuse == "本月没有决议"
    assert at(village.ma_li).get(f"{DESK}township/").status_code == 403


def test_nobody_opens_an_item_out_of_reach(at, village, books, duty):
    item = services.draft(duty, by=village.ma_li)
    other = at(village.fang_yu)

    for path in ("", "edit/", "board/", "reason/withdraw/"):
        assert other.get(f"{DESK}item/{item.number}/{path}").status_code == 404, path
    assert other.post(f"{DESK}item/{item.number}/send/").status_code == 404
    assert other.get(f"{DESK}board/999901101201.pdf").status_code == 404
    assert Item.objects.get().state == "draft"


def test_a_question_is_answered_on_the_page_of_its_case(at, village, published):
    question, _code = services.ask(published, "这笔款是哪一段路的？", line=2)
    clerk = at(village.ma_li)
    path = f"/desk/cases/{question.case.number}/"
    assert "机耕路硬化工程款" in text_of(clerk.get(path))

    clerk.post(f"{path}answer/", {"answer": "村东八组到机井的一段。", "expected": question.case.revision})

    assert "村东八组" in text_of(clerk.get(f"/q/{question.case.number}/"))
