"""What rules may read of petitions: matters, never people. Names of datasets and columns are promises to every rule."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

VILLAGE = Column("village_code", "BIGINT", _("place concerned, by its statistical code of 12 digits"))
SCOPE = "CAST(p.code AS BIGINT)"
JUNE = datetime(2026, 6, 1, 9, 0)

PETITION = Dataset(
    "petition",
    title=_("Petitions"),
    about=_("One petition: where, with which unit, how many people, whether it repeats another or skipped a level. "
            "Nothing of who handed it in."),
    key="petition_id",
    dated="received_at",
    columns=(
        Column("petition_id", "BIGINT", _("the petition")),
        VILLAGE,
        Column("township_id", "BIGINT", _("township of the place"), default=1, refers="place"),
        Column("unit_id", "BIGINT", _("unit it lies with; 0 while it is with none"), default=1, refers="unit"),
        Column("number", "VARCHAR", _("number of the petition"), default="XF20260601-0001"),
        Column("received_at", "TIMESTAMP", _("moment it was received"), default=JUNE),
        Column("people", "INTEGER", _("people who raise it together"), "people", 1),
        Column("is_visit", "BOOLEAN", _("whether it was raised on a visit"), default=False),
        Column("is_skip", "BOOLEAN", _("whether the visit skipped a level"), default=False),
        Column("first_id", "BIGINT", _("the first petition on the matter; itself where it is the first"), default=0),
        Column("is_open", "BOOLEAN", _("whether it is still open"), default=True),
        Column("is_late", "BOOLEAN", _("whether its answer was delivered late"), default=False),
        Column("due_on", "DATE", _("day by which the unit must act; empty where nothing runs")),
        Column("delivered_at", "TIMESTAMP", _("moment its answer was delivered; empty before")),
    ),
    sql="""SELECT x.id AS petition_id, CAST(p.code AS BIGINT) AS village_code,
        CASE WHEN p.level = 5 THEN p.parent_id ELSE p.id END AS township_id, COALESCE(c.unit_id, 0) AS unit_id,
        c.number, c.received_at, x.people, CASE WHEN x.channel = 'visit' THEN 1 ELSE 0 END AS is_visit, x.is_skip,
        COALESCE(x.repeat_of_id, x.id) AS first_id, CASE WHEN c.state = 'open' THEN 1 ELSE 0 END AS is_open, x.is_late,
        CASE WHEN c.state = 'open' AND c.step NOT IN ('answered', 'reviewed') AND NOT c.is_paused THEN c.due_on END
          AS due_on, x.delivered_at
        FROM petitions_petition x JOIN procedures_case c ON c.id = x.case_id
        JOIN directory_place p ON p.id = x.place_id WHERE {scope}""",
    scope=SCOPE,
)  # fmt: skip

EVENT = Dataset(
    "petition_event",
    title=_("Steps of petitions"),
    about=_("One stay of a petition at a step."),
    key="event_id",
    dated="entered_at",
    columns=(
        Column("event_id", "BIGINT", _("the stay")),
        VILLAGE,
        Column("petition_id", "BIGINT", _("the petition"), default=1),
        Column("step", "VARCHAR", _("key of the step"), default="working"),
        Column("unit_id", "BIGINT", _("unit it lay with; 0 if none"), default=1, refers="unit"),
        Column("entered_at", "TIMESTAMP", _("moment it came to the step"), default=JUNE),
        Column("left_at", "TIMESTAMP", _("moment it left the step; empty while it stays")),
    ),
    sql="""SELECT s.id AS event_id, CAST(p.code AS BIGINT) AS village_code, x.id AS petition_id, s.step,
        COALESCE(s.unit_id, 0) AS unit_id, s.entered_at, s.left_at
        FROM procedures_casestep s JOIN petitions_petition x ON x.case_id = s.case_id
        JOIN directory_place p ON p.id = x.place_id WHERE {scope}""",
    scope=SCOPE,
)

DATASETS = [PETITION, EVENT]
