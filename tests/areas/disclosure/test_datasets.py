"""What rules read: a row for every duty, with literal values, narrowed to a village."""

from datetime import date

from django.db import connection

from huilian.areas.serve.disclosure import services
from huilian.areas.serve.disclosure.datasets import DATASETS

BY_NAME = {d.name: d for d in DATASETS}


def rows(name: str, villages=None) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(BY_NAME[name].query(villages))
        return [dict(zip([c[0] for c in cursor.description], row, strict=True)) for row in cursor.fetchall()]


def test_the_columns_are_those_that_are_declared(village, published):
    services.ask(published, "这笔款是哪一段路的？")

    for dataset in DATASETS:
        assert list(rows(dataset.name)[0]) == [c.name for c in dataset.columns]


def test_a_publication_and_what_is_missing(village, published):
    found = {r["kind"]: r for r in rows("disclosure")}

    money, missing = found["finance.monthly"], found["service.duty"]
    assert (money["rows"], money["expected_rows"], money["total_cents"], money["min_days"]) == (2, 2, 4_800_000, 15)
    assert str(money["published_on"]) == "2026-11-03" and money["body_hash"] == published.lines_digest != ""
    assert money["checker_id"] == village.tian_you.pk and money["withdrawn_on"] is None
    assert missing["published_on"] is None and missing["rows"] == 0
    assert rows("disclosure", [999901102201]) == []
    assert len(rows("disclosure", [999901101201])) == len(found)


def test_a_withdrawal_is_seen_and_an_excused_duty_is_not(village, published, duty):
    services.withdraw(published, reason="内容有误要重做", by=village.ma_li)
    row = next(r for r in rows("disclosure") if r["kind"] == "finance.monthly")
    assert row["published_on"] is None and str(row["withdrawn_on"]) == "2026-11-03" and row["days_shown"] == 0

    services.excuse(duty, "账务移交中", by=village.wang_min)

    assert not any(r["kind"] == "finance.monthly" for r in rows("disclosure"))


def test_a_question_keeps_the_villages_own_limit(village, published):
    question, _code = services.ask(published, "这笔款是哪一段路的？")

    row = rows("question")[0]
    assert str(row["due_on"]) == str(date(2026, 11, 13)) and row["answered_on"] is None
    services.answer(question, "村东八组到机井的一段。", by=village.ma_li)
    assert str(rows("question")[0]["answered_on"]) == "2026-11-03"
