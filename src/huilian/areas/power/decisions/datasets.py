"""What rules may read of decisions. Names of datasets and columns are promises to every rule."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

VILLAGE = Column("village_code", "BIGINT", _("place, by its statistical code of 12 digits"))
DECISION_ID = Column("decision_id", "BIGINT", _("the motion"), default=1)
SCOPE = "CAST(p.code AS BIGINT)"
# The day of the last meeting by which a motion passed a step.
HELD = "SELECT MAX(i.held_on) FROM decisions_agendaitem i WHERE i.motion_id = d.id AND i.outcome = 'passed' AND i"


JUNE = datetime(2026, 6, 13, 9, 0)


def june(day: int) -> date:
    return date(2026, 6, day)


DECISION = Dataset(
    "decision",
    title=_("Motions and decisions"),
    about=_("One motion on its chain: the days of its steps, its amount and whom it names, what was published."),
    key="decision_id",
    dated="proposed_on",
    columns=(
        Column("decision_id", "BIGINT", _("the motion")),
        VILLAGE,
        Column("case_no", "VARCHAR", _("number of the motion"), default="YS20260601-0001"),
        Column("number", "VARCHAR", _("number of the decision; empty until it has passed"), default="JY20260612-0001"),
        Column("chain", "VARCHAR", _("chain"), default="decision.four_two"),
        Column("family", "VARCHAR", _("whose matter: villagers, collective or office"), default="villagers"),
        Column("matter", "VARCHAR", _("kind of matter"), default="welfare"),
        Column("is_open_choice", "BOOLEAN", _("whether the partner is chosen after the decision"), default=False),
        Column("subject", "VARCHAR", _("title of the motion"), default="修缮文化礼堂"),
        Column("state", "VARCHAR", _("open, closed, refused (not passed) or withdrawn"), default="open"),
        Column("step", "VARCHAR", _("step at which it stands"), default="carrying"),
        Column("proposed_on", "DATE", _("day it was brought up"), default=june(1)),
        Column("discussed_on", "DATE", _("meeting of both committees or of the board"), default=june(3)),
        Column("reviewed_on", "DATE", _("meeting of the party members"), default=june(7)),
        Column("decided_on", "DATE", _("meeting that decided; empty until then"), default=june(12)),
        Column("published_on", "DATE", _("moment the decision was published"), default=june(13)),
        Column("results_published_on", "DATE", _("moment the results were published")),
        Column("named_on", "DATE", _("day the motion named a partner; empty if it names none")),
        Column("amount_cents", "BIGINT", _("amount decided; empty if none"), "cents", 5_000_000),
        Column("winner", "VARCHAR", _("whom it names"), default=""),
        Column("winner_norm", "VARCHAR", _("the same, comparable"), default=""),
        Column("is_replaced", "BOOLEAN", _("whether a later decision took its place"), default=False),
        Column("minutes", "BOOLEAN", _("whether every meeting that was held has its minutes"), default=True),
    ),
    sql=f"""SELECT d.id AS decision_id, CAST(p.code AS BIGINT) AS village_code, c.number AS case_no,
        COALESCE(d.number, '') AS number, k.chain, k.side AS family, k.key AS matter, k.is_open_choice,
        d.title AS subject,
        CASE WHEN c.outcome = 'not_passed' THEN 'refused' ELSE c.state END AS state, c.step,
        d.proposed_on AS proposed_on,
        ({HELD}.step IN ('talks', 'board')) AS discussed_on, ({HELD}.step = 'review') AS reviewed_on,
        ({HELD}.is_decisive) AS decided_on,
        (SELECT a.published_on FROM decisions_announcement a WHERE a.motion_id = d.id AND a.kind = 'decision')
          AS published_on,
        (SELECT a.published_on FROM decisions_announcement a WHERE a.motion_id = d.id AND a.kind = 'result')
          AS results_published_on,
        d.winner_named_on AS named_on, d.amount_cents, d.winner, d.winner_norm, d.is_replaced,
        CASE WHEN EXISTS (SELECT 1 FROM decisions_agendaitem i JOIN decisions_meeting m ON m.id = i.meeting_id
          WHERE i.motion_id = d.id AND m.state = 'closed' AND m.minutes_id IS NULL) THEN 0 ELSE 1 END AS minutes
        FROM decisions_motion d JOIN procedures_case c ON c.id = d.case_id JOIN decisions_matter k ON k.id = d.matter_id
        JOIN directory_place p ON p.id = d.place_id WHERE {{scope}}""",
    scope=SCOPE,
)

STEP = Dataset(
    "decision_step",
    title=_("Votes on motions"),
    about=_("One motion on one meeting: who was due, who came, how they voted, what it took."),
    key="row_id",
    dated="held_on",
    columns=(
        Column("row_id", "BIGINT", _("the item of the agenda")),
        VILLAGE,
        DECISION_ID,
        Column("step", "VARCHAR", _("step of the chain"), default="vote"),
        Column("ordinal", "INTEGER", _("which of the motion's meetings it was"), default=4),
        Column("meeting_no", "VARCHAR", _("number of the meeting"), default="HY20260612-0001"),
        Column("body", "VARCHAR", _("body that met"), default="村民代表会议"),
        Column("family", "VARCHAR", _("whose majority: villagers, collective, party or office"), default="villagers"),
        Column("is_decisive", "BOOLEAN", _("whether this meeting decides"), default=True),
        Column("held_on", "DATE", _("day of the meeting"), default=june(12)),
        Column("previous_on", "DATE", _("day of the step before"), default=june(7)),
        Column("state", "VARCHAR", _("called, open, closed or cancelled"), default="closed"),
        Column("due_to_attend", "INTEGER", _("people due; empty before it opened"), default=30),
        Column("present", "INTEGER", _("people present"), default=25),
        Column("yes", "INTEGER", _("yes; empty if it was not voted on"), default=20),
        Column("no", "INTEGER", _("no"), default=3),
        Column("abstain", "INTEGER", _("abstained"), default=2),
        Column("attend_num", "INTEGER", _("share that must be present, numerator"), default=2),
        Column("attend_den", "INTEGER", _("share that must be present, denominator"), default=3),
        Column("attend_more", "BOOLEAN", _("more than that share"), default=False),
        Column("quorum_of", "VARCHAR", _("yes is counted against: due or present"), default="present"),
        Column("pass_num", "INTEGER", _("share that must agree, numerator"), default=1),
        Column("pass_den", "INTEGER", _("share that must agree, denominator"), default=2),
        Column("pass_more", "BOOLEAN", _("more than that share"), default=True),
        Column("outcome", "VARCHAR", _("passed, not_passed, no_quorum, postponed or empty"), default="passed"),
        Column("breaches", "VARCHAR", _("what it did against its chain: order, gap, notice"), default=""),
        Column("minutes_at", "TIMESTAMP", _("moment the minutes were kept; empty if there are none"), default=JUNE),
    ),
    sql="""SELECT i.id AS row_id, CAST(p.code AS BIGINT) AS village_code, i.motion_id AS decision_id, i.step,
        (SELECT COUNT(*) FROM decisions_agendaitem x WHERE x.motion_id = i.motion_id AND x.id <= i.id) AS ordinal,
        m.number AS meeting_no, q.name AS body, q.side AS family, i.is_decisive, i.held_on,
        i.previous_on, m.state, m.due AS due_to_attend, m.present, i.yes, i.no, i.abstain,
        q.attend_num, q.attend_den, q.attend_more, CASE WHEN q.of_all THEN 'due' ELSE 'present' END AS quorum_of,
        q.pass_num, q.pass_den, q.pass_more, i.outcome, CAST(i.breaches AS VARCHAR(60)) AS breaches,
        m.minutes_at
        FROM decisions_agendaitem i JOIN decisions_meeting m ON m.id = i.meeting_id
        JOIN decisions_quorum q ON q.id = m.body_id JOIN directory_place p ON p.id = m.place_id WHERE {scope}""",
    scope=SCOPE,
)

EXECUTION = Dataset(
    "decision_execution",
    title=_("Execution of decisions"),
    about=_("One thing done on a motion, as it was noted."),
    key="execution_id",
    dated="done_on",
    columns=(
        Column("execution_id", "BIGINT", _("the entry")),
        VILLAGE,
        DECISION_ID,
        Column("done_on", "DATE", _("day"), default=june(20)),
        Column("what", "VARCHAR", _("what was carried out"), default="签订施工合同"),
        Column("amount_cents", "BIGINT", _("amount; empty if none"), "cents", 5_000_000),
        Column("winner", "VARCHAR", _("with whom"), default=""),
        Column("winner_norm", "VARCHAR", _("the same, comparable"), default=""),
        Column("reference", "VARCHAR", _("number of the contract or payment"), default=""),
    ),
    sql="""SELECT e.id AS execution_id, CAST(p.code AS BIGINT) AS village_code, e.motion_id AS decision_id,
        e."on" AS done_on, e.what, e.amount_cents, e.winner, e.winner_norm, e.reference
        FROM decisions_execution e JOIN decisions_motion d ON d.id = e.motion_id
        JOIN directory_place p ON p.id = d.place_id WHERE {scope}""",
    scope=SCOPE,
)

DATASETS = [DECISION, STEP, EXECUTION]
