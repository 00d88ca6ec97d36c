"""What rules may read of publications: one row for each duty with what became of it, and the questions."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

DISCLOSURE = """
SELECT o.id AS disclosure_id, CAST(p.code AS BIGINT) AS village_code,
       k.key AS kind, k.name AS kind_zh, k.name_en AS kind_en,
       k.affairs AS affairs, o.period AS period,
       o.due_on AS due_on, o.met_on AS published_on, COALESCE(i.row_count, 0) AS rows,
       COALESCE(i.total_cents, 0) AS total_cents, i.checked_at AS checked_at, i.checked_by_id AS checker_id,
       COALESCE(f.photo_digest, '') AS photo_hash, COALESCE(i.lines_digest, '') AS body_hash,
       i.days_shown AS days_shown, k.min_days AS min_days,
       CASE WHEN i.state = 'withdrawn' THEN i.ended_on END AS withdrawn_on, i.expected_rows AS expected_rows
FROM disclosure_obligation o
JOIN disclosure_kind k ON k.id = o.kind_id
JOIN directory_place p ON p.id = o.place_id
LEFT JOIN disclosure_item i ON i.id = (
    SELECT MAX(v.id) FROM disclosure_item v
    WHERE v.obligation_id = o.id AND v.state IN ('published', 'withdrawn'))
LEFT JOIN disclosure_proof f ON f.id = (SELECT MAX(g.id) FROM disclosure_proof g WHERE g.item_id = i.id)
WHERE o.excuse = '' AND {scope}
"""

QUESTION = """
SELECT q.id AS question_id, CAST(p.code AS BIGINT) AS village_code, i.obligation_id AS disclosure_id,
       q.asked_on AS asked_on, q.due_on AS due_on, q.answered_on AS answered_on
FROM disclosure_question q
JOIN disclosure_item i ON i.id = q.item_id
JOIN directory_place p ON p.id = q.place_id
WHERE {scope}
"""

DATASETS = [
    Dataset(
        name="disclosure",
        title=_("Publications"),
        about=_("Every duty of a village to publish something, with what was published. Excused duties are left out."),
        key="disclosure_id",
        dated="due_on",
        columns=[
            Column("disclosure_id", "BIGINT", _("the duty")),
            Column("village_code", "BIGINT", _("the village")),
            Column("kind", "VARCHAR", _("line of the catalogue, such as finance.monthly"), default="finance.monthly"),
            Column("kind_zh", "VARCHAR", _("name of that line in Chinese"), default="收支逐笔公开"),
            Column(
                "kind_en", "VARCHAR", _("name of that line in English"), default="Income and spending, line by line"
            ),
            Column("affairs", "VARCHAR", _("party, village, finance or service"), default="finance"),
            Column("period", "VARCHAR", _("2026-10, 2026Q3, 2026H1, 2026, the day of the event, or always")),
            Column("due_on", "DATE", _("last day on which it may go up")),
            Column("published_on", "DATE", _("day it went up first; empty while it is not up")),
            Column("rows", "INTEGER", _("lines of the version that is up"), default=0),
            Column("total_cents", "BIGINT", _("spending, else the sum of its amounts"), unit="cents", default=0),
            Column("checked_at", "TIMESTAMP", _("when it was checked; empty when nobody did")),
            Column("checker_id", "BIGINT", _("account of who checked it"), refers="account"),
            Column("photo_hash", "VARCHAR", _("SHA-256 of the newest photograph of the board"), default=""),
            Column("body_hash", "VARCHAR", _("SHA-256 of the lines; empty without lines"), default=""),
            Column("days_shown", "INTEGER", _("days it was up; empty while it still is"), unit="days"),
            Column("min_days", "INTEGER", _("days it must be up"), unit="days", default=0),
            Column("withdrawn_on", "DATE", _("day of the withdrawal, when it was withdrawn and nothing came after")),
            Column("expected_rows", "INTEGER", _("lines there should be by the books, where they are known")),
        ],
        sql=DISCLOSURE,
        scope="CAST(p.code AS BIGINT)",
        order=60,
    ),
    Dataset(
        name="question",
        title=_("Questions about publications"),
        about=_("What villagers asked under a publication, and when the village had to answer."),
        key="question_id",
        dated="asked_on",
        columns=[
            Column("question_id", "BIGINT", _("the question")),
            Column("village_code", "BIGINT", _("the village")),
            Column("disclosure_id", "BIGINT", _("the duty whose publication it is about")),
            Column("asked_on", "DATE", _("day it was asked")),
            Column("due_on", "DATE", _("last day for the answer of the village")),
            Column("answered_on", "DATE", _("day of the answer; empty while there is none")),
        ],
        sql=QUESTION,
        scope="CAST(p.code AS BIGINT)",
        order=61,
    ),
]
