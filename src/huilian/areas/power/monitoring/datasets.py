"""What rules may read of cases and penalties. Names of datasets and columns are promises to every rule."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huilian.engine.procedures.sealed import sql_kinds
from huilian.engine.screening.dataset import Column, Dataset

# A case without a place stands under the county's own code.
PLACE = (
    "COALESCE(CAST(p.code AS BIGINT), (SELECT MIN(CAST(k.code AS BIGINT)) FROM directory_place k WHERE k.level = 3))"
)
VILLAGE = Column("village_code", "BIGINT", _("place of the case, by its statistical code of 12 digits"))
# The alerts' own cases are left out: they have rules of their own (XT).
JUNE = datetime(2026, 6, 1, 9, 0)
OURS = f"c.kind NOT IN {sql_kinds('alert')}"

MATTER = Dataset(
    "matter",
    title=_("Cases"),
    about=_("Every case of every kind but alerts: when it came, ended, was sent back."),
    key="matter_id",
    dated="received_at",
    columns=(
        Column("matter_id", "BIGINT", _("the case")),
        VILLAGE,
        Column("number", "VARCHAR", _("number of the case"), default="YZ20260601-0001"),
        Column("kind", "VARCHAR", _("kind of case"), default="service"),
        Column("procedure_key", "VARCHAR", _("key of the procedure it runs"), default="service"),
        Column("class_key", "VARCHAR", _("class within the kind"), default=""),
        Column("unit_id", "BIGINT", _("unit responsible; 0 if none"), default=1),
        Column("received_at", "TIMESTAMP", _("moment it came"), default=JUNE),
        Column("closed_at", "TIMESTAMP", _("moment it ended; empty while it runs")),
        Column("within_minute", "BOOLEAN", _("whether it came and ended within the same minute"), default=False),
        Column("state", "VARCHAR", _("open, closed, refused, merged or withdrawn"), default="open"),
        Column("returns", "INTEGER", _("how often it was sent back to be corrected"), default=0),
        Column("refusal_note", "VARCHAR", _("ground written at the refusal; empty if none"), default=""),
    ),
    sql=f"""SELECT c.id AS matter_id, {PLACE} AS village_code, c.number, c.kind,
        r.key AS procedure_key, c.class_key,
        COALESCE(c.unit_id, 0) AS unit_id, c.received_at, c.closed_at,
        CASE WHEN SUBSTR(CAST(c.closed_at AS VARCHAR(32)), 1, 16) = SUBSTR(CAST(c.received_at AS VARCHAR(32)), 1, 16)
          THEN 1 ELSE 0 END AS within_minute, c.state,
        (SELECT COUNT(*) FROM procedures_casestep s WHERE s.case_id = c.id AND s.left_by = 'return') AS returns,
        CASE WHEN c.state = 'refused' THEN COALESCE((SELECT MAX(e.data ->> 'note') FROM trail_event e
          WHERE e.subject_kind = 'procedures.case' AND e.subject_id = c.number AND e.verb LIKE '%refuse%'), '')
          ELSE '' END AS refusal_note
        FROM procedures_case c JOIN procedures_procedure r ON r.id = c.procedure_id
        LEFT JOIN directory_place p ON p.id = c.place_id WHERE {OURS} AND {{scope}}""",
    scope=PLACE,
)

PENALTY = Dataset(
    "penalty",
    title=_("Penalties"),
    about=_("One penalty that was proposed: its offence, its band and its fine."),
    key="penalty_id",
    dated="received_at",
    columns=(
        Column("penalty_id", "BIGINT", _("the penalty")),
        VILLAGE,
        Column("number", "VARCHAR", _("number of the case"), default="CF20260601-0001"),
        Column("matter_code", "VARCHAR", _("code of the offence"), default="CF-001"),
        Column("band_id", "BIGINT", _("the band"), default=1),
        Column("band_name", "VARCHAR", _("gravity of the band"), default="一般"),
        Column("low_cents", "BIGINT", _("lowest fine of the band"), "cents", 10_000),
        Column("high_cents", "BIGINT", _("highest fine of the band"), "cents", 50_000),
        Column("amount_cents", "BIGINT", _("fine"), "cents", 20_000),
        Column("deviation", "VARCHAR", _("reason for leaving the band; empty if none"), default=""),
        Column("received_at", "TIMESTAMP", _("moment the case came"), default=JUNE),
    ),
    sql=f"""SELECT x.id AS penalty_id, {PLACE} AS village_code, c.number, m.code AS matter_code, x.band_id,
        b.name AS band_name, b.low_cents, b.high_cents, x.amount_cents, x.deviation,
        c.received_at
        FROM monitoring_penalty x JOIN procedures_case c ON c.id = x.case_id
        JOIN monitoring_penaltymatter m ON m.id = x.matter_id JOIN monitoring_penaltyband b ON b.id = x.band_id
        LEFT JOIN directory_place p ON p.id = c.place_id WHERE x.amount_cents IS NOT NULL AND {{scope}}""",
    scope=PLACE,
)

DATASETS = [MATTER, PENALTY]
