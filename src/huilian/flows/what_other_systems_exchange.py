"""「三个系统的数据交换」 Petitions and leads give other systems numbers, days, states and codes."""

from collections.abc import Iterator
from datetime import date

from huilian.areas.answer.leads.queries import figures as leads
from huilian.areas.answer.office.hooks import Source, sources
from huilian.areas.hear.petitions.queries import reach as petitions
from huilian.engine.procedures.models import State
from huilian.foundation.now import moment

CHANNELS, KINDS = petitions.Petition.Channel.values, petitions.Petition.Kind.values


def _day(at) -> str:
    return moment(at).date().isoformat() if at else ""


def _petitions(since: date, until: date) -> Iterator[dict[str, str]]:
    rows = petitions.Petition.objects.filter(case__received_at__date__range=(since, until)).order_by("pk")
    for row in rows.select_related("case", "place").iterator():
        yield {
            "number": row.case.number, "received": _day(row.case.received_at), "channel": row.channel, "kind": row.kind,
            "place": row.place.code, "state": row.case.state, "closed": _day(row.case.closed_at),
        }  # fmt: skip


def _leads(since: date, until: date) -> Iterator[dict[str, str]]:
    for row in leads.received_between(since, until):
        yield {
            "number": row.number, "received": _day(row.received_at), "source": row.source, "field": row.field,
            "state": row.state, "closed": _day(row.closed_at),
        }  # fmt: skip


sources["petitions"] = Source(
    ("number", "received", "channel", "kind", "place", "state", "closed"),
    {"channel": tuple(CHANNELS), "kind": tuple(KINDS), "state": tuple(State.values)},
    _petitions,
    lambda number: petitions.Petition.objects.filter(case__number=number).exists(),
)
sources["leads"] = Source(
    ("number", "received", "source", "field", "state", "closed"), leads.codes(), _leads, leads.is_number
)
