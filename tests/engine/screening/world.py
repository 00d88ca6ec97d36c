"""A table of vouchers in the application's own database, two rules over it, and the people of the cast."""

from datetime import date, datetime

import pytest
from django.db import connection

from huilian.engine.screening import catalogue, queries
from huilian.engine.screening.dataset import Column, Dataset
from huilian.foundation.now import CHINA

from ..alerts import world as alerts_world
from .toy import TEXT

LIUHE, SHANQIAN, DONGWAN = 999901101201, 999901101202, 999901102201
VOUCHER = Dataset(
    name="voucher",
    title="Vouchers",
    key="voucher_id",
    columns=[
        Column("voucher_id", "BIGINT"),
        Column("village_code", "BIGINT"),
        Column("voucher_date", "DATE"),
        Column("entered_at", "TIMESTAMP"),
        Column("is_reversed", "BOOLEAN"),
        Column("method", "VARCHAR"),
        Column("payee", "VARCHAR", personal=True),
        Column("total_cents", "BIGINT"),
        Column("area_mu", "DOUBLE"),
    ],
    sql="SELECT id AS voucher_id, village_code, voucher_date, entered_at, is_reversed, method, payee, total_cents, "
    "area_mu FROM toy_voucher v WHERE {scope} ORDER BY id",
    scope="v.village_code",
)
# A rule of the county: villages that pay far more cash than the others.
COUNTY = (
    TEXT[: TEXT.index("*/")]
    .replace("ZJ91", "ZJ92")
    .replace("grain: village", "grain: county")
    .replace(
        "{voucher_date}付给{payee}现金{total_cents:money}，超过{yellow_cents:money}的限额", "现金{cash_cents:money}"
    )
    .replace(
        "On {voucher_date} {total_cents:money} in cash went to {payee}, over the limit of {yellow_cents:money}",
        "{cash_cents:money} in cash",
    )
    + """*/
SELECT v.village_code, 'village:' || CAST(v.village_code AS VARCHAR) AS subject, '' AS key, 1 AS level,
       STRING_AGG('voucher:' || CAST(v.voucher_id AS VARCHAR), ' ' ORDER BY v.voucher_id) AS evidence,
       CAST(SUM(v.total_cents) AS BIGINT) AS cash_cents
FROM voucher v
WHERE v.method = 'cash'
GROUP BY v.village_code
HAVING SUM(v.total_cents) > $yellow_cents AND (SELECT COUNT(*) FROM voucher w) > 2
"""
)


@pytest.fixture
def house(cast, monkeypatch, tmp_path):
    """The two rules as files of the house, over the table."""
    alerts_world.build(cast)
    create()
    files = []
    for name, text in (("ZJ91", TEXT), ("ZJ92", COUNTY)):
        files.append(tmp_path / f"{name}.sql")
        files[-1].write_text(text, encoding="utf-8")
    monkeypatch.setattr(catalogue, "_declared", lambda: {"voucher": VOUCHER})
    monkeypatch.setattr(catalogue, "_files", lambda: tuple(files))
    queries.house_rules.cache_clear()
    yield cast
    queries.house_rules.cache_clear()


def create() -> None:
    with connection.cursor() as cursor:
        moment = "timestamptz" if connection.vendor == "postgresql" else "datetime"
        cursor.execute(
            "CREATE TABLE toy_voucher (id bigint primary key, village_code bigint, voucher_date date, "
            f"entered_at {moment}, is_reversed bool, method varchar(8), payee varchar(40), total_cents bigint, "
            "area_mu double precision)"
        )


def pay(number: int, cents: int, *, village: int = LIUHE, method: str = "cash", payee: str = "王小明") -> None:
    """One payment of 3 May 2026, entered at 23:30 in China."""
    entered = datetime(2026, 5, 3, 23, 30, tzinfo=CHINA)
    if connection.vendor == "sqlite":
        entered = "2026-05-03 15:30:00"
    unpay(number)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO toy_voucher VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [number, village, date(2026, 5, 3), entered, False, method, payee, cents, None],
        )


def unpay(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM toy_voucher WHERE id = %s", [number])
