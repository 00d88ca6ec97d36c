"""What rules and scores may read of audits. Names of datasets and columns are promises to every rule."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

VILLAGE = Column("village_code", "BIGINT", _("village of the audited person, by its statistical code of 12 digits"))
SCOPE = "CAST(p.code AS BIGINT)"

AUDIT = Dataset(
    "audit",
    title=_("Audits of village heads"),
    about=_("One audit: of whom, for which stretch, and how far it is. One that was given up is left out."),
    key="audit_id",
    dated="ends_on",
    columns=(
        Column("audit_id", "BIGINT", _("the audit")),
        VILLAGE,
        Column("number", "VARCHAR", _("number of the audit"), default="SJ20260601-0001"),
        Column("person_id", "BIGINT", _("who is audited"), default=3, refers="person"),
        Column("phase", "VARCHAR", _("before, during or leaving"), default="leaving"),
        Column("starts_on", "DATE", _("first day audited"), default=date(2021, 3, 1)),
        Column("ends_on", "DATE", _("last day audited"), default=date(2026, 2, 28)),
        Column("report_on", "DATE", _("day of the report; empty before")),
        Column("published_on", "DATE", _("day the result was published; empty before")),
        Column("findings", "INTEGER", _("findings that stand"), default=0),
        Column("amount_cents", "BIGINT", _("amount concerned in findings that stand"), "cents", 0),
    ),
    sql="""SELECT a.id AS audit_id, CAST(p.code AS BIGINT) AS village_code, a.number, a.person_id, a.phase, a.starts_on,
        a.ends_on, a.report_on, a.published_on,
        (SELECT COUNT(*) FROM audits_finding f WHERE f.audit_id = a.id AND f.state <> 'dropped') AS findings,
        (SELECT COALESCE(SUM(f.amount_cents), 0) FROM audits_finding f
         WHERE f.audit_id = a.id AND f.state <> 'dropped') AS amount_cents
        FROM audits_audit a JOIN directory_place p ON p.id = a.place_id JOIN procedures_case c ON c.id = a.case_id
        WHERE c.state <> 'withdrawn' AND {scope}""",
    scope=SCOPE,
)

FINDING = Dataset(
    "audit_finding",
    title=_("Findings of audits"),
    about=_("One finding of a report: amount, responsibility, its day, and how it was put right."),
    key="finding_id",
    dated="due_on",
    columns=(
        Column("finding_id", "BIGINT", _("the finding")),
        VILLAGE,
        Column("number", "VARCHAR", _("number of the finding"), default="SJ20260601-0001-01"),
        Column("matter", "VARCHAR", _("accounts, debts, grants, works, assets or asked"), default="accounts"),
        Column("responsibility", "VARCHAR", _("direct, main or leading"), default="direct"),
        Column("amount_cents", "BIGINT", _("amount concerned"), "cents", 0),
        Column("back_cents", "BIGINT", _("amount to be paid back"), "cents", 0),
        Column("paid_back_cents", "BIGINT", _("amount paid back so far"), "cents", 0),
        Column("paid_back_on", "DATE", _("day it was paid back; empty before")),
        Column("due_on", "DATE", _("last day to put it right"), default=date(2026, 5, 1)),
        Column("promised_for", "DATE", _("day promised; empty before")),
        Column("handed_in_on", "DATE", _("day the repair was handed in; empty before")),
        Column("is_done", "BOOLEAN", _("whether the repair is verified"), default=False),
        Column("is_handed_in", "BOOLEAN", _("whether a repair waits to be verified"), default=False),
    ),
    sql="""SELECT f.id AS finding_id, CAST(p.code AS BIGINT) AS village_code, f.number, f.matter, f.responsibility,
        f.amount_cents, f.back_cents, f.paid_back_cents, f.paid_back_on, f.due_on, f.promised_for, f.handed_in_on,
        CASE WHEN f.state = 'done' THEN 1 ELSE 0 END AS is_done,
        CASE WHEN f.state = 'handed_in' THEN 1 ELSE 0 END AS is_handed_in
        FROM audits_finding f JOIN audits_audit a ON a.id = f.audit_id JOIN directory_place p ON p.id = a.place_id
        WHERE f.due_on IS NOT NULL AND f.state <> 'dropped' AND {scope}""",
    scope=SCOPE,
)

DATASETS = [AUDIT, FINDING]
