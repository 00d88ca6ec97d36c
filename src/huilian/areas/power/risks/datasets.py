"""What rules may read of integrity risks. Names of datasets and columns are promises to every rule."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

PLACE = "CAST(p.code AS BIGINT)"

POINT = Dataset(
    "risk_point",
    title=_("Risk points in force"),
    about=_("One point of a unit's directory in force: its grade, its measures, its last review."),
    key="point_id",
    dated="reviewed_on",
    columns=(
        Column("point_id", "BIGINT", _("the risk point")),
        Column("village_code", "BIGINT", _("place of the unit, by its statistical code of 12 digits")),
        Column("number", "VARCHAR", _("number of the point"), default="FX20260601-0001"),
        Column("name", "VARCHAR", _("risk point"), default="变更签证"),
        Column("unit_name", "VARCHAR", _("name of the unit"), default="某局"),
        Column("grade", "INTEGER", _("grade 1 to 3; 1 is the highest"), default=2),
        Column("reviewed_on", "DATE", _("day of the last review"), default=date(2026, 6, 1)),
        Column("measures", "INTEGER", _("measures that count now"), default=3),
        Column("is_post_abolished", "BOOLEAN", _("whether its post no longer exists"), default=False),
    ),
    sql=f"""SELECT x.id AS point_id, {PLACE} AS village_code, x.number, x.name, u.name AS unit_name, x.grade,
        x.reviewed_on, (SELECT COUNT(*) FROM risks_measure m WHERE m.point_id = x.id AND m.ended_on IS NULL)
        AS measures, CASE WHEN t.valid_to IS NULL THEN 0 ELSE 1 END AS is_post_abolished
        FROM risks_riskpoint x JOIN directory_unit u ON u.id = x.unit_id JOIN directory_place p ON p.id = u.place_id
        LEFT JOIN directory_post t ON t.id = x.post_id WHERE x.reviewed_on IS NOT NULL
        AND x.state IN ('draft', 'graded', 'final') AND {{scope}}""",
    scope=PLACE,
)

DATASETS = [POINT]
