"""What rules may read of findings and repairs. Names of datasets and columns are promises to every rule."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

VILLAGE = Column("village_code", "BIGINT", _("place of the unit, by its statistical code of 12 digits"))
SCOPE = "CAST(p.code AS BIGINT)"

FINDING = Dataset(
    "finding",
    title=_("Findings and repairs"),
    about=_("One finding a unit was told of: its item, its clock, its proofs, who signed it off, what people say."),
    key="finding_id",
    dated="told_on",
    columns=(
        Column("finding_id", "BIGINT", _("the finding")),
        VILLAGE,
        Column("number", "VARCHAR", _("number of the finding"), default="WT20260601-0001"),
        Column("unit_id", "BIGINT", _("unit concerned"), default=1),
        Column("item_id", "BIGINT", _("check item it cites; empty if none")),
        Column("item_text", "VARCHAR", _("words of the item"), default="白条"),
        Column("source", "VARCHAR", _("who found it"), default="check"),
        Column("noted_on", "DATE", _("day it was noted"), default=date(2026, 6, 1)),
        Column("told_on", "DATE", _("day the unit was told"), default=date(2026, 6, 2)),
        Column("due_on", "DATE", _("last day of its clock"), default=date(2026, 8, 1)),
        Column("handed_in_at", "TIMESTAMP", _("moment the unit handed the repair in; empty before")),
        Column("closed_at", "TIMESTAMP", _("moment it was signed off; empty before")),
        Column("closed_by", "BIGINT", _("who signed it off; empty before")),
        Column("closed_minute", "BIGINT", _("minute of the sign-off, counted from 1970; empty before"), "minutes"),
        Column("is_closed", "BOOLEAN", _("whether it is signed off"), default=False),
        Column("proofs", "INTEGER", _("proofs handed in"), default=1),
        Column("say_yes", "INTEGER", _("people who say it was put right"), default=0),
        Column("say_no", "INTEGER", _("people who say it was not put right"), default=0),
    ),
    sql="""SELECT f.id AS finding_id, CAST(p.code AS BIGINT) AS village_code, f.number, f.unit_id, f.item_id,
        COALESCE(i.text, '') AS item_text, f.source, f.noted_on, f.told_on, c.due_on, f.handed_in_at,
        c.closed_at, f.closed_by_id AS closed_by, f.closed_minute,
        CASE WHEN c.state = 'closed' THEN 1 ELSE 0 END AS is_closed,
        (SELECT COUNT(*) FROM inspections_proof x WHERE x.finding_id = f.id) AS proofs,
        (SELECT COUNT(*) FROM inspections_voice v WHERE v.finding_id = f.id AND v.verdict = 'yes') AS say_yes,
        (SELECT COUNT(*) FROM inspections_voice v WHERE v.finding_id = f.id AND v.verdict = 'no') AS say_no
        FROM inspections_finding f JOIN procedures_case c ON c.id = f.case_id
        JOIN directory_place p ON p.id = f.place_id LEFT JOIN inspections_checkitem i ON i.id = f.item_id
        WHERE f.told_on IS NOT NULL AND c.state <> 'withdrawn' AND {scope}""",
    scope=SCOPE,
)

PROOF = Dataset(
    "repair_proof",
    title=_("Proofs of repairs"),
    about=_("One paper or photograph that shows what was done, by its fingerprint."),
    key="proof_id",
    dated="kept_at",
    columns=(
        Column("proof_id", "BIGINT", _("the proof")),
        VILLAGE,
        Column("finding_id", "BIGINT", _("the finding"), default=1),
        Column("number", "VARCHAR", _("number of the finding"), default="WT20260601-0001"),
        Column("sha256", "VARCHAR", _("fingerprint of the file"), default="aa"),
        Column("kept_at", "TIMESTAMP", _("moment it was handed in"), default=datetime(2026, 6, 20, 9, 0)),
    ),
    sql="""SELECT x.id AS proof_id, CAST(p.code AS BIGINT) AS village_code, x.finding_id, f.number, x.sha256, x.kept_at
        FROM inspections_proof x JOIN inspections_finding f ON f.id = x.finding_id
        JOIN directory_place p ON p.id = f.place_id WHERE {scope}""",
    scope=SCOPE,
)

RESULT = Dataset(
    "inspection_result",
    title=_("Results of checks"),
    about=_("One unit that a round looked at: findings, how many were put right, late, come back. For assessments."),
    key="target_id",
    dated="told_on",
    columns=(
        Column("target_id", "BIGINT", _("the target of a round")),
        VILLAGE,
        Column("unit_id", "BIGINT", _("unit looked at"), default=1),
        Column("round_number", "VARCHAR", _("number of the round"), default="XC20260601-0001"),
        Column("kind", "VARCHAR", _("kind of check"), default="inspection"),
        Column("told_on", "DATE", _("day of the feedback"), default=date(2026, 6, 2)),
        Column("findings", "INTEGER", _("problems found"), default=3),
        Column("closed", "INTEGER", _("of them signed off"), default=3),
        Column("late", "INTEGER", _("of them late: open, or handed in, after the last day"), default=0),
        Column("repeated", "INTEGER", _("of them come back after a repair"), default=0),
    ),
    sql="""SELECT t.id AS target_id, CAST(p.code AS BIGINT) AS village_code, t.unit_id, r.number AS round_number,
        r.kind, t.told_on, COUNT(f.id) AS findings,
        COALESCE(SUM(CASE WHEN c.state = 'closed' THEN 1 ELSE 0 END), 0) AS closed,
        COALESCE(SUM(CASE WHEN k.colour = 3 THEN 1 ELSE 0 END), 0) AS late,
        COALESCE(SUM(CASE WHEN f.repeat_of_id IS NOT NULL THEN 1 ELSE 0 END), 0) AS repeated
        FROM inspections_target t JOIN inspections_round r ON r.id = t.round_id
        JOIN directory_place p ON p.id = t.place_id LEFT JOIN inspections_finding f ON f.target_id = t.id
        LEFT JOIN procedures_case c ON c.id = f.case_id LEFT JOIN clocks_clock k ON k.id = c.clock_id
        WHERE t.told_on IS NOT NULL AND {scope}
        GROUP BY t.id, p.code, t.unit_id, r.number, r.kind, t.told_on""",
    scope=SCOPE,
)

DATASETS = [FINDING, PROOF, RESULT]
