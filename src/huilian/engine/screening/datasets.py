"""What the rules of group XT read: the system's own alerts, verdicts, deliveries of data, and looks at what is sealed.

Rows that belong to no village stand under the county's code: a change in a village does not read them again, the
nightly pass does.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from .dataset import Column, Dataset

COUNTY = "(SELECT MIN(CAST(c.code AS BIGINT)) FROM directory_place c WHERE c.level = 3 AND c.valid_to IS NULL)"
# Joined in first: with no other than villages to read, the table behind it is not gone through.
ONE = "(SELECT MIN(CAST(c.code AS BIGINT)) AS code FROM directory_place c WHERE c.level = 3 AND c.valid_to IS NULL) k"
COUNTY_CODE = Column("village_code", "BIGINT", _("the county: these rows belong to no village"), default=999901000000)

ALERT = Dataset(
    "alert",
    title=_("Alerts in villages"),
    about=_("Every alert whose place is a village, in whatever state."),
    key="alert_id",
    order=30,
    dated="raised_at",
    columns=(
        Column("alert_id", "BIGINT", _("the alert")),
        Column("village_code", "BIGINT", _("village of the alert, 12-digit statistical code")),
        Column("number", "VARCHAR", _("number of the alert"), default="YJ20260610-0001"),
        Column("rule", "VARCHAR", _("rule that raised the alert"), default="ZJ01"),
        Column("subject", "VARCHAR", _("what the alert is about, as kind:number"), default="voucher:1"),
        Column("level", "INTEGER", _("highest level of the alert, 1 to 3"), default=1),
        Column("state", "VARCHAR", _("prompt, open, lapsed or closed"), default="open"),
        Column("verdict", "VARCHAR", _("true, partly, untrue, data_error; empty while undecided"), default=""),
        Column("raised_at", "TIMESTAMP", _("moment the alert was raised"), default=datetime(2026, 6, 10, 9, 0)),
        Column("signed_at", "TIMESTAMP", _("when the alert was signed for; empty if nobody has")),
        Column("ended_at", "TIMESTAMP", _("when the alert ended")),
    ),
    sql="""SELECT a.id AS alert_id, CAST(p.code AS BIGINT) AS village_code, a.number, a.rule, a.subject, a.level,
        a.state, a.verdict, a.raised_at, a.signed_at, a.ended_at
        FROM alerts_alert a JOIN directory_place p ON p.id = a.place_id WHERE p.level = 5 AND {scope}""",
    scope="CAST(p.code AS BIGINT)",
)

RULE_STAT = Dataset(
    "rule_stat",
    title=_("How often rules were right"),
    about=_("Verdicts on the alerts of one rule. Errors in the data are not the rule's."),
    key="rule_stat_id",
    order=31,
    columns=(
        Column("rule_stat_id", "BIGINT", _("the row: the rule's first alert")),
        COUNTY_CODE,
        Column("rule", "VARCHAR", _("the rule, by its id"), default="ZJ01"),
        Column("raised", "INTEGER", _("alerts of the rule"), default=30),
        Column("decided", "INTEGER", _("alerts found true, partly true or not true"), default=20),
        Column("untrue", "INTEGER", _("alerts found not true"), default=0),
        Column("data_errors", "INTEGER", _("alerts that came of an error in the data"), default=0),
    ),
    sql=f"""SELECT MIN(a.id) AS rule_stat_id, {COUNTY} AS village_code, a.rule, COUNT(*) AS raised,
        SUM(CASE WHEN a.verdict IN ('true', 'partly', 'untrue') THEN 1 ELSE 0 END) AS decided,
        SUM(CASE WHEN a.verdict = 'untrue' THEN 1 ELSE 0 END) AS untrue,
        SUM(CASE WHEN a.verdict = 'data_error' THEN 1 ELSE 0 END) AS data_errors
        FROM alerts_alert a WHERE {{scope}} GROUP BY a.rule""",
    scope=COUNTY,
)

FEED = Dataset(
    "feed",
    title=_("Deliveries of data"),
    about=_("When data from outside was last delivered, and how much of it had errors."),
    key="feed_id",
    order=32,
    columns=(
        Column("feed_id", "BIGINT", _("the data feed")),
        COUNTY_CODE,
        Column("name", "VARCHAR", _("name of the feed"), default="bank"),
        Column("every_days", "INTEGER", _("days between two deliveries as planned"), "days", 30),
        Column("last_at", "TIMESTAMP", _("moment of the last delivery"), default=datetime(2026, 6, 20, 9, 0)),
        Column("rows", "INTEGER", _("rows of the last delivery"), default=1000),
        Column("faults", "INTEGER", _("rows with errors in the last delivery"), default=0),
    ),
    sql=f"""SELECT f.id AS feed_id, {COUNTY} AS village_code, f.name, f.every_days, f.last_at, f.rows, f.faults
        FROM screening_feed f WHERE {{scope}}""",
    scope=COUNTY,
)

SEALED_LOOK = Dataset(
    "sealed_look",
    title=_("Looks at what is sealed"),
    about=_("Every opening of sealed data, as the trail recorded it. What was opened stays in the trail."),
    key="event_id",
    order=33,
    dated="looked_at",
    columns=(
        Column("event_id", "BIGINT", _("event of the trail")),
        COUNTY_CODE,
        Column("actor_id", "VARCHAR", _("who looked, by the number of the account"), default="7", refers="account"),
        Column("looked_at", "TIMESTAMP", _("moment of the look"), default=datetime(2026, 6, 10, 9, 0)),
        Column("subject_kind", "VARCHAR", _("kind of thing that was opened"), default="directory.kin"),
    ),
    sql=f"""SELECT e.id AS event_id, k.code AS village_code, e.actor_id, e.at AS looked_at, e.subject_kind
        FROM {ONE} CROSS JOIN trail_event e WHERE {{scope}} AND e.verb = 'access.open_sealed'""",
    scope="k.code",
)

DATA_EXPORT = Dataset(
    "data_export",
    title=_("Exports of lists"),
    about=_("Every export of a register or list, as the trail recorded it."),
    key="event_id",
    order=34,
    dated="exported_at",
    columns=(
        Column("event_id", "BIGINT", _("event of the trail")),
        COUNTY_CODE,
        Column("actor_id", "VARCHAR", _("who exported, by the number of the account"), default="7", refers="account"),
        Column("exported_at", "TIMESTAMP", _("moment of the export"), default=datetime(2026, 6, 10, 9, 0)),
        Column("rows", "INTEGER", _("rows of the export"), default=100),
    ),
    sql=f"""SELECT e.id AS event_id, k.code AS village_code, e.actor_id, e.at AS exported_at,
        CAST(e.data ->> 'rows' AS INTEGER) AS rows
        FROM {ONE} CROSS JOIN trail_event e WHERE {{scope}} AND e.verb IN ('registers.export', 'desk.export')""",
    scope="k.code",
)

DATASETS = [ALERT, RULE_STAT, FEED, SEALED_LOOK, DATA_EXPORT]
