"""What rules and assessments may read of campaigns. Names of datasets and columns are promises to every rule."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

VILLAGE = Column("village_code", "BIGINT", _("place of the unit, by its statistical code of 12 digits"))
SCOPE = "CAST(p.code AS BIGINT)"

PROBLEM = Dataset(
    "campaign_problem",
    title=_("Problems of campaigns"),
    about=_("One problem a campaign took up: its unit, its clock, whether it is signed off. For assessments."),
    key="problem_id",
    dated="decided_on",
    columns=(
        Column("problem_id", "BIGINT", _("the problem")),
        VILLAGE,
        Column("unit_id", "BIGINT", _("unit concerned"), default=1),
        Column("campaign", "VARCHAR", _("number of the campaign"), default="ZZ20260101-0001"),
        Column("kind", "VARCHAR", _("kind of campaign"), default="inaction"),
        Column("aspect", "VARCHAR", _("aspect of a campaign; empty if none"), default=""),
        Column("decided_on", "DATE", _("day it was taken up"), default=date(2026, 6, 1)),
        Column("is_closed", "BOOLEAN", _("whether it is signed off"), default=False),
        Column("colour", "INTEGER", _("colour of its clock, 3 is late"), default=0),
    ),
    sql="""SELECT x.id AS problem_id, CAST(p.code AS BIGINT) AS village_code, x.unit_id, g.number AS campaign,
        k.key AS kind, COALESCE(a.key, '') AS aspect, x.decided_on,
        CASE WHEN c.state = 'closed' THEN 1 ELSE 0 END AS is_closed, c.colour
        FROM campaigns_problem x JOIN campaigns_campaign g ON g.id = x.campaign_id
        JOIN campaigns_campaignkind k ON k.id = g.kind_id LEFT JOIN campaigns_aspect a ON a.id = x.aspect_id
        JOIN procedures_case c ON c.id = x.case_id JOIN directory_place p ON p.id = x.place_id
        WHERE c.state <> 'withdrawn' AND {scope}""",
    scope=SCOPE,
)

CAUTION = Dataset(
    "caution",
    title=_("Cautions about efficiency"),
    about=_("One caution that stands: its unit and the days of its effect, without a name. For assessments."),
    key="caution_id",
    dated="starts_on",
    columns=(
        Column("caution_id", "BIGINT", _("the caution")),
        VILLAGE,
        Column("unit_id", "BIGINT", _("unit of the person"), default=1),
        Column("person_id", "BIGINT", _("person in office, by the number of the directory"), default=1),
        Column("starts_on", "DATE", _("first day of its effect"), default=date(2026, 3, 1)),
        Column("ends_on", "DATE", _("last day of its effect"), default=date(2026, 8, 31)),
    ),
    sql="""SELECT x.id AS caution_id, CAST(p.code AS BIGINT) AS village_code, x.unit_id, x.person_id, x.starts_on,
        x.ends_on FROM campaigns_caution x JOIN directory_place p ON p.id = x.place_id
        WHERE x.state IN ('given', 'appealed') AND {scope}""",
    scope=SCOPE,
)

DATASETS = [PROBLEM, CAUTION]
