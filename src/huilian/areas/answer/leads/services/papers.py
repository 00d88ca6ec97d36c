"""Papers of a lead: filled from what the box says, numbered, sealed, kept in versions."""

import json
from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.engine.vault.queries import boxes_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now, today

from .. import papers as library
from ..models import Lead, Paper
from ..queries.reach import visible_to
from .guards import allow_any, readers
from .intake import open_lead


def suggested(lead: Lead, *, template: str, purpose: str, token: str, by) -> dict[str, str]:
    """What the register and the opened box say for the fields of a template. The look is written down."""
    content, _notes = open_lead(lead, purpose=purpose, token=token, by=by)
    people = content.get("persons", [])
    score = lead.scores.first()
    with translation.override("zh-hans"):
        known = {
            "number": lead.number, "received": _day(moment(lead.received_at).date()),
            "source": lead.get_source_display(), "field": lead.get_field_display(),
            "discipline": lead.get_discipline_display(), "office": lead.office,
            "handler": str(lead.handler or ""), "today": _day(today()), "grade": lead.grade,
            "points": str(score.total) if score else "",
            "way": dict(lead.proposals.model.Way.choices).get(lead.way, ""),
            "persons": "、".join(p.get("name", "") for p in people),
            "unit": people[0].get("unit", "") if people else str(lead.unit or ""),
            "post": people[0].get("post", "") if people else "",
            **{key: content.get(key, "") for key in ("summary", "amount", "happened", "where")},
        }  # fmt: skip
    return {key: str(known.get(key, "")) for key in _template(template).fields}


@transaction.atomic
def make_paper(lead: Lead, *, template: str, values: dict[str, str], again: str = "", by) -> Paper:
    """Seal a paper with its values. `again` is the number of a paper of this lead that it corrects: a new version.

    In clear stand its kind, number, version, who made it and when.
    """
    lead = allow_any(by, ["leads.handle", "leads.keep", "leads.try"], lead)
    kind = _template(template)
    before = lead.papers.filter(number=again).order_by("version").last() if again else None
    if again and (before is None or before.template != template):
        raise Invalid(_("This lead has no such paper of this kind."), field="again")
    if unknown := set(values) - set(kind.fields):
        raise Invalid(_("This paper has no field %(name)s.") % {"name": sorted(unknown)[0]}, field="values")
    day = today()
    if before:
        number, version, serial = before.number, before.version + 1, _serial(before.number)
    else:
        serial = int(next_number(f"WS{kind.code}", on=date(day.year, 1, 1)).rpartition("-")[2])
        number, version = library.number_of(kind, day.year, serial), 1
    made = Paper(lead=lead, template=template, number=number, version=version, by=by, at=now())
    made.part = f"paper-{lead.papers.count() + 1}"
    body = {"values": {k: v for k, v in values.items() if v}, "serial": serial, "day": day.isoformat()}
    vault.seal(lead.subject, made.part, json.dumps(body, ensure_ascii=False).encode(), readers=readers(lead), by=by)
    made.save()
    record("leads.paper", lead, by=by, data={"number": number, "version": version})
    return made


def open_paper(paper: Paper, *, purpose: str, token: str, by):
    """The paper as a form of the house, opened with one's key; the look is written down."""
    if not visible_to(by).filter(pk=paper.lead_id).exists():
        raise NotAllowed(_("This lead is not yours to see."))
    box = boxes_of(paper.lead.subject).filter(part=paper.part).first()
    if box is None:
        raise Conflict(_("The box of this paper is not there."))
    body = json.loads(vault.open_box(box, token=token, purpose=purpose, by=by))
    return library.compose(
        _template(paper.template), body["values"], sender=library.SENDER, serial=body["serial"],
        day=date.fromisoformat(body["day"]),
    )  # fmt: skip


def _template(key: str) -> library.Template:
    found = library.templates().get(key)
    if found is None:
        raise Invalid(_("There is no such template."), field="template")
    return found


def _serial(number: str) -> int:
    return int(number.rpartition("〕")[2].removesuffix("号"))


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"
