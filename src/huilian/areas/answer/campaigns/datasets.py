"""What rules and assessments may read of campaigns. Names of datasets and columns are promises to every rule."""

from datetime import date, datetime

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

FUEL = Dataset(
    "car_fuel",
    title=_("Fuel of official cars"),
    about=_("One filling of an official car with what its tank holds."),
    key="fuel_id",
    dated="filled_at",
    columns=(
        Column("fuel_id", "BIGINT", _("the filling")),
        VILLAGE,
        Column("car_id", "BIGINT", _("official car"), default=1),
        Column("plate", "VARCHAR", _("plate"), default="A00001"),
        Column("tank_litres", "INTEGER", _("what its tank holds"), "litres", default=60),
        Column("litres", "DOUBLE", _("litres filled"), "litres", default=40.0),
        Column("filled_at", "TIMESTAMP", _("moment it was filled"), default=datetime(2026, 6, 1, 9, 0)),
        Column("minute", "BIGINT", _("minute of that moment, counted from 1970"), "minutes", default=29671260),
    ),
    sql="""SELECT f.id AS fuel_id, CAST(p.code AS BIGINT) AS village_code, f.car_id, c.number AS plate, c.tank_litres,
        CAST(f.litres AS DOUBLE PRECISION) AS litres, f.at AS filled_at, f.minute
        FROM campaigns_fuelling f JOIN campaigns_car c ON c.id = f.car_id
        JOIN directory_unit u ON u.id = c.unit_id JOIN directory_place p ON p.id = u.place_id WHERE {scope}""",
    scope=SCOPE,
)

SIGHTING = Dataset(
    "car_sighting",
    title=_("Sightings of official cars"),
    about=_("One sighting of an official car, whether off duty, and whether an order entered before it covers it."),
    key="sighting_id",
    dated="seen_at",
    columns=(
        Column("sighting_id", "BIGINT", _("the sighting")),
        VILLAGE,
        Column("car_id", "BIGINT", _("official car"), default=1),
        Column("plate", "VARCHAR", _("plate"), default="A00001"),
        Column("seen_at", "TIMESTAMP", _("moment it was seen"), default=datetime(2026, 6, 6, 20, 0)),
        Column("place_seen", "VARCHAR", _("spot where it was seen"), default="镇外"),
        Column("off_duty", "BOOLEAN", _("whether outside of office hours"), default=True),
        Column("orders", "INTEGER", _("orders entered before it that cover that moment"), default=0),
    ),
    sql="""SELECT s.id AS sighting_id, CAST(p.code AS BIGINT) AS village_code, s.car_id, c.number AS plate,
        s.at AS seen_at, s."where" AS place_seen, s.off_duty,
        (SELECT COUNT(*) FROM campaigns_trip t WHERE t.car_id = s.car_id AND t.leaves_at <= s.at
        AND t.returns_at >= s.at AND t.entered_at <= s.at) AS orders
        FROM campaigns_sighting s JOIN campaigns_car c ON c.id = s.car_id
        JOIN directory_unit u ON u.id = c.unit_id JOIN directory_place p ON p.id = u.place_id WHERE {scope}""",
    scope=SCOPE,
)

DATASETS = [PROBLEM, CAUTION, FUEL, SIGHTING]
