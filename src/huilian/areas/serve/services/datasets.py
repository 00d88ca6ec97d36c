"""What rules may read of the services: applications, hand-overs with their days, ratings; no applicant."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

VILLAGE = "CAST(p.code AS BIGINT)"  # of a point in a township or county its place's own code, which no village has

APPLICATION = f"""
SELECT a.id AS application_id, {VILLAGE} AS village_code, c.number AS case_number, i.code AS item_code,
       i.name AS item_name, a.point_id AS point_id, a.channel AS channel, a.mode AS mode,
       a.fee_cents AS fee_cents, i.fee_cents AS listed_fee_cents, a.trips AS trips, i.trips AS promised_trips,
       c.received_at AS received_at, a.promised_on AS promised_on, c.closed_at AS closed_at, c.state AS state,
       a.result AS result,
       (SELECT COUNT(*) FROM services_papernotice n WHERE n.application_id = a.id) AS demands
FROM services_application a
JOIN procedures_case c ON c.id = a.case_id
JOIN services_item i ON i.id = a.item_id
JOIN services_point t ON t.id = a.point_id
JOIN directory_place p ON p.id = t.place_id
WHERE {{scope}}
"""

LEG = f"""
SELECT l.id AS leg_id, {VILLAGE} AS village_code, l.application_id AS application_id, c.number AS case_number,
       l.kind AS kind, l.unit_id AS unit_id, u.name AS unit_name, l.level AS level, l.days AS days,
       l.started_at AS started_at, k.due_at AS due_at, l.ended_at AS ended_at,
       k.state = 'paused' AS is_paused
FROM services_leg l
JOIN services_application a ON a.id = l.application_id
JOIN procedures_case c ON c.id = a.case_id
JOIN directory_unit u ON u.id = l.unit_id
JOIN clocks_clock k ON k.id = l.clock_id
JOIN services_point t ON t.id = a.point_id
JOIN directory_place p ON p.id = t.place_id
WHERE {{scope}}
"""

RATING = f"""
SELECT r.id AS rating_id, {VILLAGE} AS village_code, r.application_id AS application_id, c.number AS case_number,
       r.stars AS stars, r.rated_at AS rated_at, r.state AS state, r.called_at AS called_at,
       r.corrected_at AS corrected_at, r.closed_at AS closed_at
FROM services_rating r
JOIN services_application a ON a.id = r.application_id
JOIN procedures_case c ON c.id = a.case_id
JOIN services_point t ON t.id = a.point_id
JOIN directory_place p ON p.id = t.place_id
WHERE {{scope}}
"""

DATASETS = [
    Dataset(
        name="application",
        title=_("Applications for services"),
        about=_("Every application with its fee, trips and dates. The applicant is not in it."),
        key="application_id",
        dated="received_at",
        columns=[
            Column("application_id", "BIGINT", _("the application")),
            Column("village_code", "BIGINT", _("code of the place of the point that took it in")),
            Column("case_number", "VARCHAR", _("number of the case"), default="BJ20260601-0001"),
            Column("item_code", "VARCHAR", _("code of the item"), default="SH-01"),
            Column("item_name", "VARCHAR", _("name of the item"), default="低保、特困、临时救助申领"),
            Column("point_id", "BIGINT", _("the point that took it in"), default=1),
            Column("channel", "VARCHAR", _("window, web, kiosk, visit or phone"), default="window"),
            Column(
                "mode", "VARCHAR", _("now, guided, joint, agent or active; empty before acceptance"), default="agent"
            ),
            Column("fee_cents", "BIGINT", _("what was taken"), unit="cents", default=0),
            Column(
                "listed_fee_cents", "BIGINT", _("what the catalogue allows: always nothing"), unit="cents", default=0
            ),
            Column("trips", "INTEGER", _("trips of the applicant so far"), default=0),
            Column("promised_trips", "INTEGER", _("trips promised"), default=1),
            Column("received_at", "TIMESTAMP", _("when it came in")),
            Column("promised_on", "DATE", _("day of the promise; empty before acceptance")),
            Column("closed_at", "TIMESTAMP", _("when it was over; empty while open")),
            Column("state", "VARCHAR", _("open, closed, refused or withdrawn"), default="open"),
            Column("result", "VARCHAR", _("granted, denied, advised or empty"), default=""),
            Column("demands", "INTEGER", _("notices of missing papers"), default=0),
        ],
        sql=APPLICATION,
        scope=VILLAGE,
        order=70,
    ),
    Dataset(
        name="service_leg",
        title=_("Hand-overs of services"),
        about=_(
            "Every stay of an application with a unit, on the clock of its level: 2, 5 or 10 working days at most."
        ),
        key="leg_id",
        dated="started_at",
        columns=[
            Column("leg_id", "BIGINT", _("the hand-over")),
            Column("village_code", "BIGINT", _("code of the place of the point that took it in")),
            Column("application_id", "BIGINT", _("the application"), default=1),
            Column("case_number", "VARCHAR", _("number of the case"), default="BJ20260601-0001"),
            Column("kind", "VARCHAR", _("own, co (a department that helps) or up (the next level)"), default="own"),
            Column("unit_id", "BIGINT", _("the unit that has it"), default=1),
            Column("unit_name", "VARCHAR", _("its name"), default="青石镇便民服务中心"),
            Column("level", "INTEGER", _("5 village, 4 township, 3 county"), default=4),
            Column("days", "INTEGER", _("working days it has"), unit="days", default=5),
            Column("started_at", "TIMESTAMP", _("when it was handed over")),
            Column("due_at", "TIMESTAMP", _("when its time is over, by the working-day calendar")),
            Column("ended_at", "TIMESTAMP", _("when it was done; empty while it is not")),
            Column("is_paused", "BOOLEAN", _("whether its clock rests"), default=False),
        ],
        sql=LEG,
        scope=VILLAGE,
        order=71,
    ),
    Dataset(
        name="rating",
        title=_("Ratings of services"),
        about=_("Every rating with what was done about a bad one. Words of the applicant are not in it."),
        key="rating_id",
        dated="rated_at",
        columns=[
            Column("rating_id", "BIGINT", _("the rating")),
            Column("village_code", "BIGINT", _("code of the place of the point that took it in")),
            Column("application_id", "BIGINT", _("the application"), default=1),
            Column("case_number", "VARCHAR", _("number of the case"), default="BJ20260601-0001"),
            Column("stars", "INTEGER", _("1 to 5; 1 and 2 are bad"), default=1),
            Column("rated_at", "TIMESTAMP", _("when it was given")),
            Column("state", "VARCHAR", _("good, call, appeal, correct, check, closed or slip"), default="call"),
            Column("called_at", "TIMESTAMP", _("when the applicant was called back")),
            Column("corrected_at", "TIMESTAMP", _("when it was corrected")),
            Column("closed_at", "TIMESTAMP", _("when the applicant had been asked again")),
        ],
        sql=RATING,
        scope=VILLAGE,
        order=72,
    ),
]
