"""What a villager sees: without signing in, in both languages, in few queries and few bytes."""

import gzip
import hashlib
import io
import json
import re
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huilian.areas.serve.disclosure import services
from huilian.areas.serve.disclosure.models import Obligation, Question, ReaderCount
from huilian.engine.trail.services import seal
from huilian.faces.portal import counting
from huilian.foundation.now import frozen

from .test_life import PNG

HOME = "/v/999901101201/"


@pytest.fixture
def page(client, published):
    return lambda path=HOME, **more: client.get(path, **more)


def text_of(response) -> str:
    return re.sub(r"<[^>]+>|\s+", "", response.content.decode())


def test_a_village_is_found_by_its_name_or_through_its_township(client, village):
    assert client.get("/v/", {"q": "柳河"})["Location"] == HOME
    towns = client.get("/v/")
    assert "青石镇" in text_of(towns) and "柳河村" in text_of(client.get("/v/", {"town": "999901101000"}))
    assert "没有找到" in text_of(client.get("/v/", {"q": "无此村"}))
    for path in ("/v/999901101299/", "/v/abc/", "/v/999901101000/", "/v/?town=1", "/d/GK0/", "/q/YW0/"):
        assert client.get(path).status_code == 404, path


def test_the_money_stands_in_one_sentence_and_line_by_line(page):
    text = text_of(page())

    assert "2026年10月，村里收入12,846.50元，支出48,000.00元。" in text
    assert "−48,000.00" in text and "+12,846.50" in text and "机耕路硬化工程款" in text
    assert "张建军" not in text


def test_what_is_late_is_said_in_words(client, village, duty):
    with frozen(datetime(2026, 11, 20, 9)):
        text = text_of(client.get(HOME))

    assert "收支逐笔公开" in text and "应于2026年11月10日公开" in text


def test_the_page_is_light_and_asks_the_database_little(client, page, village, published):
    services.ask(published, "这笔款是哪一段路的？")
    page()  # what the process reads once and keeps is not the page's
    with CaptureQueriesContext(connection) as asked:
        response = page()
    assert len(asked) <= 15, [q["sql"][:120] for q in asked]
    assert len(gzip.compress(response.content, 6)) < 7_000
    for path in (
        f"/d/{published.number}/",
        f"{HOME}all/",
        f"{HOME}questions/",
        "/policies/",
        "/columns/",
        f"{HOME}board/",
    ):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200, path
        assert len(asked) <= 15, path


def test_both_languages_and_the_touch_screen(client, page, published):
    client.cookies["face"] = "lang=en"
    english = page().content.decode()
    assert "The money of the village" in english and "took in 12,846.50 yuan" in english
    del client.cookies["face"]

    kiosk = client.get(HOME, {"face": "kiosk"})
    assert 'data-face="kiosk"' in kiosk.content.decode() and kiosk.cookies["village"].value == "999901101201"
    left = client.get("/leave/")
    assert left["Location"] == HOME  # a touch screen begins at its own village


def test_an_item_shows_lines_totals_and_who_checked(client, published):
    seal()
    text = text_of(client.get(f"/d/{published.number}/"))

    assert "村务监督委员会" in text and published.digest in text and "张**" in text
    assert client.get(f"/d/{published.number}/proof.json").json()["entry"]["data"]["digest"] == published.digest


def test_anybody_can_load_the_bytes_of_the_digest_the_csv_and_its_schema(client, published):
    body = client.get(f"/d/{published.number}/body.json").content
    assert hashlib.sha256(body).hexdigest() == published.digest

    rows = client.get(f"/d/{published.number}/lines.csv").content.decode("utf-8-sig").splitlines()
    schema = client.get(f"/d/{published.number}/schema.json").json()
    assert rows[0].split(",") == [f["name"] for f in schema["schema"]["fields"]]
    assert rows[2].split(",")[4] == "48000.00" and schema["digest"] == f"sha256:{published.digest}"


def test_a_withdrawn_item_leaves_its_notice_and_no_lines(client, village, published):
    services.withdraw(published, reason="内容有误要重做", by=village.ma_li)

    text = text_of(client.get(f"/d/{published.number}/"))
    assert "内容有误要重做" in text and "机耕路硬化工程款" not in text
    for name in ("lines.csv", "body.json", "schema.json"):
        assert client.get(f"/d/{published.number}/{name}").status_code == 404
    assert "已撤回" in text_of(client.get(f"{HOME}all/"))


def test_a_draft_is_nobodys_to_read(client, village, books, duty):
    item = services.draft(duty, by=village.ma_li)

    for path in ("", "ask/", "lines.csv", "body.json", "proof.json"):
        assert client.get(f"/d/{item.number}/{path}").status_code == 404


def test_a_question_is_asked_shown_with_its_clock_and_answered(client, village, published):
    path = f"/d/{published.number}/ask/"
    assert "机耕路硬化工程款" in text_of(client.get(path, {"line": 2}))
    assert client.post(path, {"text": "短", "in_public": "yes"}).status_code == 422
    assert client.post(path, {"text": "请打13812345678回我", "in_public": "yes"}).status_code == 422
    trapped = {"text": "这笔款是哪一段路的？", "in_public": "yes", "website": "x"}
    assert client.post(path, trapped).status_code == 422 and not Question.objects.exists()

    sent = client.post(path, {"text": "这笔款是哪一段路的？<b>", "in_public": "yes", "line": "2"})

    question = Question.objects.get()
    assert sent["Location"] == f"/q/{question.case.number}/" and question.line == 2
    shown = client.get(sent["Location"])
    code = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", shown.content.decode())[0]
    assert "<b>" not in shown.content.decode().split("哪一段路的？")[1][:5]
    client.cookies.clear()
    stranger = client.get(sent["Location"]).content.decode()
    assert (code not in stranger and "还剩" in stranger) or "剩" in stranger
    services.answer(question, "村东八组到机井的一段。", by=village.ma_li)
    assert "村东八组" in text_of(client.get(HOME)) and "村东八组" in text_of(client.get(sent["Location"]))
    wrong = client.post(sent["Location"], {"text": "合同没有看到，请公开。", "code": "22222-22222"})
    assert wrong.status_code == 422
    again = client.post(sent["Location"], {"text": "合同没有看到，请公开。", "code": code})
    assert again.status_code == 302 and Question.objects.get().case.unit == village.qingshi_government


def test_words_that_are_not_for_everybody_are_shown_to_nobody(client, village, published):
    question, _code = services.ask(published, "我家隔壁的低保是怎么回事？", in_public=False)

    for path in (HOME, f"/d/{published.number}/", f"/q/{question.case.number}/", f"{HOME}questions/"):
        assert "低保是怎么回事" not in text_of(client.get(path)), path


def test_the_photograph_of_the_board_is_shown(client, village, published):
    services.prove(published, io.BytesIO(PNG), "栏.png", spot="门口", posted_on=date(2026, 11, 3), by=village.ma_li)
    pk = published.proofs.get().photo_id

    assert f"/d/{published.number}/photo/{pk}/" in client.get(f"/d/{published.number}/").content.decode()
    picture = client.get(f"/d/{published.number}/photo/{pk}/")
    assert picture["Content-Type"] == "image/png" and b"".join(picture.streaming_content) == PNG
    assert client.get(f"/d/{published.number}/photo/{pk + 1}/").status_code == 404


def test_the_board_on_paper_holds_every_line_and_a_code(page):
    text = page(f"{HOME}board/").content.decode()

    assert "柳河村三务公开栏" in text and "48,000.00" in text and "审核签名" in text and "data:image/svg+xml" in text


def test_opening_pages_is_counted_by_day_and_nothing_else(client, page, published):
    counting.write()
    ReaderCount.objects.all().delete()
    page()
    page(f"/d/{published.number}/")
    counting.write()

    assert sorted(ReaderCount.objects.values_list("item__number", "count"), key=str) == [
        (published.number, 1), (None, 1),
    ]  # fmt: skip


def test_a_merged_village_leads_to_its_heir(client, village, published):
    from huilian.engine.directory.services import merge_place
    from huilian.engine.trail.actors import SYSTEM

    merge_place(village.shanqian, village.liuhe, on=date(2026, 11, 1), document="安政发〔2026〕9号", by=SYSTEM)

    assert client.get(f"/v/{village.shanqian.code}/")["Location"] == HOME


def test_policies_are_found_by_a_word(client, village):
    assert "逐笔公开" in text_of(client.get("/policies/", {"q": "逐笔"}))
    assert "没有合适的政策" in text_of(client.get("/policies/", {"q": "无此政策"}))
    assert json.dumps(client.get("/policies/", {"subject": "集体经济"}).status_code) == "200"


def test_an_item_that_is_open_to_members_only_is_not_on_the_web(client, village, published):
    published.kind.scope = 1
    published.kind.save()

    assert client.get(f"/d/{published.number}/").status_code == 404
    assert "机耕路" not in text_of(client.get(HOME))
    assert Obligation.objects.filter(kind=published.kind).exists()
