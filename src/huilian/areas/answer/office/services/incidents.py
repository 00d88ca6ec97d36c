"""Incidents, and opening what is sealed of a talk."""

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.inbox.services import notify
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.engine.vault.queries import boxes_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from ..models import Incident, Talk
from ..queries.reach import visible_to
from .guards import allow, readers, said, seal


@transaction.atomic
def report_incident(talk: Talk, *, kind: str, happened_at: datetime, text: str, by) -> Incident:
    """Report an incident at once; everybody who reads the talk's boxes is told, approvers among them."""
    talk = allow(by, "office.see", talk)
    if by not in (talk.talker, talk.second, talk.guard):
        raise NotAllowed(_("Only who was there reports what happened."))
    if happened_at > now():
        raise Invalid(_("It cannot have happened in the future."), field="happened_at")
    if kind not in Incident.Kind.values:
        raise Invalid(_("Choose one of the kinds."), field="kind")
    made = Incident.objects.create(
        talk=talk, number=next_number("AQ"), kind=kind, happened_at=happened_at, reported_at=now(), by=by
    )
    seal(talk, made.part, {"text": said(text)}, by=by)
    to = {grant.key.user for box in boxes_of(talk.subject) for grant in box.grants.select_related("key__user")}
    notify([u for u in to if u and u != by], "office.incident", talk, {"number": made.number},
           f"/desk/office/talk/{talk.number}/", level=3)  # fmt: skip
    record("office.report_incident", talk, by=by, data={"number": made.number, "kind": made.get_kind_display()})
    return made


@transaction.atomic
def follow_up(incident: Incident, *, text: str, close: bool = False, by) -> Incident:
    """Write what was done about an incident, sealed; only an approver closes it."""
    talk = allow(by, "office.approve" if close else "office.see", incident.talk)
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if by not in readers(talk):
        raise NotAllowed(_("What was said of this person is sealed to others."))
    if incident.closed_at:
        raise Conflict(_("%(number)s is closed.") % {"number": incident})
    incident.follow_ups += 1
    seal(talk, f"{incident.part}-{incident.follow_ups}", {"text": said(text)}, by=by)
    if close:
        incident.closed_at, incident.closed_by = now(), by
    incident.save()
    record("office.follow_up", talk, by=by, data={"number": incident.number, "n": incident.follow_ups})
    return incident


def open_talk(talk: Talk, *, purpose: str, token: str, by) -> dict[str, dict]:
    """What `by` may open of a talk, by part; every look is written down first. Raises NotAllowed."""
    if not visible_to(by).filter(pk=talk.pk).exists():
        raise NotAllowed(_("This talk is not yours to see."))
    boxes = [box for box in boxes_of(talk.subject) if box.grants.filter(key__user=by).exists()]
    if not boxes:
        raise NotAllowed(_("What was said of this person is sealed to others."))
    with transaction.atomic():
        return {box.part: json.loads(vault.open_box(box, token=token, purpose=purpose, by=by)) for box in boxes}
