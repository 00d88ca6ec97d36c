"""The mirror: whole loads by the fast way give what loads through the transaction in hand give."""

from datetime import date, datetime

import pytest
from django.db import connection, transaction

from huilian.engine.screening import rule
from huilian.engine.screening.store import Store

from .toy import TEXT
from .world import DONGWAN, LIUHE, VOUCHER, create, pay


@pytest.fixture
def table(transactional_db):
    create()
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE toy_voucher")


def rows(store):
    return store.con.execute("SELECT * FROM base.voucher ORDER BY voucher_id").fetchall()


def test_both_ways_of_loading_give_the_same_rows(table):
    pay(12345678901234567, 150_000)
    pay(2, 5, village=DONGWAN, method="bank", payee="云溪文具店")
    fast, slow = Store({"voucher": VOUCHER}), Store({"voucher": VOUCHER})

    fast.load()
    with transaction.atomic():
        slow.load()

    assert (fast.faults, slow.faults) == ({}, {})
    assert rows(fast) == rows(slow)
    assert rows(fast)[1] == (
        12345678901234567, LIUHE, date(2026, 5, 3), datetime(2026, 5, 3, 23, 30), False, "cash",
        "王小明", 150_000, None,
    )  # fmt: skip


def test_a_rule_prepared_on_an_empty_table_sees_the_rows_that_come(table):
    store = Store({"voucher": VOUCHER})
    store.load()
    found = rule.parse(TEXT)
    day = date(2026, 6, 30)
    before = [len(store.find(found, found.values, day, schema=s)) for s in ("base", "part")]

    pay(1, 90_000)
    store.reload([LIUHE])
    store.narrow([LIUHE])
    small = [len(store.find(found, found.values, day, schema=s)) for s in ("base", "part")]
    pay(2, 150_000)
    store.reload([LIUHE])
    store.narrow([LIUHE])
    after = [len(store.find(found, found.values, day, schema=s)) for s in ("base", "part")]

    assert (before, small, after) == ([0, 0], [0, 0], [1, 1])


def test_the_mirror_reaches_nothing_but_itself(tmp_path):
    import duckdb

    store = Store({"voucher": VOUCHER})
    for sql in (
        f"COPY (SELECT 1) TO '{tmp_path}/x.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        f"ATTACH '{tmp_path}/x.db'",
        "SET enable_external_access=true",
        "INSTALL httpfs",
    ):
        with pytest.raises(duckdb.Error):
            store.con.execute(sql)
    store.close()


def test_evidence_gives_rows_with_their_digest_and_sealed_ones_the_digest_alone(table):
    from dataclasses import replace

    pay(1, 150_000)
    open_, sealed = Store({"voucher": VOUCHER}), Store({"voucher": replace(VOUCHER, sealed=True)})
    open_.load()
    sealed.load()

    told = open_.evidence(["voucher:1", "voucher:9", "nothing:1", "voucher:x"])
    hidden = sealed.evidence(["voucher:1"])

    assert list(told) == ["voucher:1"] and told["voucher:1"]["fields"]["payee"] == "王小明"
    assert list(hidden["voucher:1"]["fields"]) == ["sealed"] and len(hidden["voucher:1"]["fields"]["sealed"]) == 64
