"""Two small datasets and a sound rule, for tests of the machinery."""

from huilian.engine.screening.dataset import Column, Dataset

VILLAGE = Column("village_code", "BIGINT", "village")
DATASETS = {
    d.name: d
    for d in (
        Dataset(
            name="voucher",
            title="Vouchers",
            key="voucher_id",
            columns=[
                Column("voucher_id", "BIGINT"),
                VILLAGE,
                Column("voucher_date", "DATE", default="2026-05-01"),
                Column("method", "VARCHAR", default="bank"),
                Column("payee", "VARCHAR", default="某人", personal=True),
                Column("total_cents", "BIGINT", unit="cents", default=0),
                Column("area_mu", "DOUBLE", unit="mu"),
            ],
            sql="SELECT 1 WHERE {scope}",
            scope="village_code",
        ),
        Dataset(
            name="cadre",
            title="Cadres",
            key="row_id",
            columns=[Column("row_id", "BIGINT"), VILLAGE, Column("name", "VARCHAR", personal=True)],
            sql="SELECT 1 WHERE {scope}",
            scope="village_code",
        ),
    )
}
HEAD = """/*
id: ZJ91
names: {zh: 大额现金支付, en: Cash payment over the limit}
group: ZJ
grain: village
reads: [voucher]
parameters:
  yellow_cents: {value: 100000, unit: cents, zh: 黄色起点, en: yellow from, origin: default}
levels: {yellow: {zh: 超过限额, en: over the limit}, red: {zh: 超过十倍, en: over ten times}}
explain: {zh: "{voucher_date}付给{payee}现金{total_cents:money}，超过{yellow_cents:money}的限额",
          en: "On {voucher_date} {total_cents:money} in cash went to {payee}, over the limit of {yellow_cents:money}"}
weight: 2
status: active
owner: agriculture
*/
"""
SQL = """SELECT v.village_code, 'voucher:' || CAST(v.voucher_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN v.total_cents > 10 * $yellow_cents THEN 3 ELSE 1 END AS level,
       'voucher:' || CAST(v.voucher_id AS VARCHAR) AS evidence,
       v.voucher_date, v.payee, v.total_cents
FROM voucher v
WHERE v.method = 'cash' AND v.total_cents > $yellow_cents
"""
CASES = """as_of: 2026-06-30
cases:
  - name: {zh: 超限, en: over}
    rows: {voucher: [{voucher_id: 1, method: cash, total_cents: 100001}]}
    expect: [{subject: "voucher:1", level: 1}]
  - name: far over
    rows: {voucher: [{method: cash, total_cents: 2000000}]}
    expect: [{subject: "voucher:1", level: 3}]
  - name: exactly the limit
    rows: {voucher: [{method: cash, total_cents: 100000}]}
    expect: []
  - name: not cash
    rows: {voucher: [{method: bank, total_cents: 2000000}]}
    expect: []
"""
TEXT = HEAD + SQL
