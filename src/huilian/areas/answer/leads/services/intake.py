"""Registering, opening, writing into a lead."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Organisation, Person, Place, Unit
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.engine.vault.queries import boxes_of
from huilian.engine.vault.services.keys import key_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now

from .. import rules
from ..models import Concern, Lead, Member, Note
from ..queries.marks import marks_of
from ..queries.reach import must_step_back, visible_to, who_may
from .guards import allow, allow_any, begin, in_state, keep, leave, note, readers, said

CODES = ("source", "naming", "discipline", "field", "micro", "rank", "standing", "amount")
TOLD = ("name", "identity", "unit", "post", "grade", "politics")  # of a person, in the box


@transaction.atomic
def register(
    *,
    source: str,
    source_number: str = "",
    summary: str,
    persons: Sequence[Person | Organisation | dict] = (),
    unit: Unit | None = None,
    place: Place | None = None,
    received_at: datetime | None = None,
    competent: bool = True,
    facts: dict[str, str] | None = None,
    files: Iterable[tuple[str, BinaryIO]] = (),
    token: str = "",
    by,
    **codes: str,
) -> Lead:
    """Register a lead. `summary`, `persons` and `facts` (happened, where, amount, evidence) go into its sealed box,
    read by the case managers who need not step back; marks of the persons stay outside for recusal and links.

    A lead on a cadre above this county's competence may not be entered at all (处理检举控告工作规则 §14–18): Invalid.
    """
    require(by, "leads.register")
    codes = {"source": source, "field": "other", "discipline": "masses", "rank": "other", **codes}
    if codes["rank"] == rules.ABOVE:
        raise Invalid(
            _("A lead on a cadre administered above goes to the head in person, on paper, within five working days. "
              "It may not be entered here."), field="rank",
        )  # fmt: skip
    lead = Lead(
        source_number=source_number.strip()[:40], unit=unit, place=place or (unit.place if unit else None),
        received_at=received_at or now(), people=len(persons), **{key: codes.get(key, "") for key in CODES},
    )  # fmt: skip
    if lead.received_at > now():
        raise Invalid(_("It cannot have been received in the future."), field="received_at")
    for name in CODES:
        if getattr(lead, name) not in [value for value, _label in Lead._meta.get_field(name).choices]:
            raise Invalid(_("Choose one of the kinds."), field=name)
    marks = [marks_of(person, unit) for person in persons]
    lead.number = next_number("XS", on=moment(lead.received_at).date())
    lead.save()
    Concern.objects.bulk_create(
        Concern(lead=lead, no=no, digest=digest) for no, own in enumerate(marks, 1) for digest in sorted(own)
    )
    _admit_managers(lead)
    team, names = readers(lead), []
    for n, (name, file) in enumerate(files, 1):
        vault.seal_file(lead.subject, f"file-{n}", file, readers=team, by=by)
        names.append(name)
    content = {
        "summary": said(summary, "summary"), "persons": [_told(person) for person in persons], "files": names,
        **{key: value for key, value in (facts or {}).items() if value},
    }  # fmt: skip
    vault.seal(lead.subject, "content", json.dumps(content, ensure_ascii=False).encode(), readers=team, by=by)
    clock = begin(lead, "opinion" if competent else "transfer", by=by, at=lead.received_at, place=lead.place)
    return keep(lead, "leads.register", by, source=lead.get_source_display(), due=clock.due_on.isoformat())


def _admit_managers(lead: Lead) -> None:
    free = [user for user in who_may("leads.keep") if key_of(user) and not must_step_back(user, lead)]
    if not free:
        raise Conflict(_("No case manager with a key may see this lead. It goes to the head of the commission."))
    Member.objects.bulk_create(
        Member(lead=lead, user=user, duty=Member.Duty.MANAGER, since=now(), stated_at=now()) for user in free
    )


def _told(person) -> dict[str, str]:
    if isinstance(person, dict):
        return {key: str(person[key]) for key in TOLD if person.get(key)}
    if isinstance(person, Person):
        held = person.appointments.filter(ends_on=None).select_related("post__unit").first()
        return {"name": person.name, **({"unit": str(held.post.unit), "post": held.post.name} if held else {})}
    return {"name": person.name, "identity": person.credit_code}


@transaction.atomic
def open_lead(lead: Lead, *, purpose: str, token: str, by: User) -> tuple[dict, list[tuple[Note, str]]]:
    """The sealed content and the notes that `by` holds. Each look is written down before anything is returned.

    Handlers and members of a team have signed that nothing keeps them away before they read.
    """
    if not visible_to(by).filter(pk=lead.pk).exists():
        raise NotAllowed(_("This lead is not yours to see."))
    member = lead.members.get(user=by)
    if member.stated_at is None:
        raise Conflict(_("First sign that nothing keeps you away from this lead and that you keep it secret."))
    held = {box.part: box for box in boxes_of(lead.subject) if box.grants.filter(key__user=by).exists()}
    if "content" not in held:
        raise NotAllowed(_("Its box does not open with your key."))

    def text(part: str) -> str:
        return vault.open_box(held[part], token=token, purpose=purpose, by=by).decode()

    notes = [(n, text(n.part)) for n in lead.notes.select_related("by") if n.part in held]
    return json.loads(text("content")), notes


def open_attachment(lead: Lead, n: int, *, purpose: str, token: str, by: User) -> tuple[str, Iterator[bytes]]:
    """Name and pieces of sealed file `n`, counted from 1. Raises as `open_lead`, Conflict where there is none."""
    with transaction.atomic():
        content, _notes = open_lead(lead, purpose=purpose, token=token, by=by)
        box = boxes_of(lead.subject).filter(part=f"file-{n}").first()
        if box is None:
            raise Conflict(_("There is no such attachment."))
    return content["files"][n - 1], vault.open_file(box, token=token, purpose=purpose, by=by)


@transaction.atomic
def state_clear(lead: Lead, *, by) -> Member:
    """「回避声明、保密承诺」 Sign that nothing keeps one away and that it stays secret: before the first look."""
    allow(by, "leads.see", lead)
    member = lead.members.select_for_update(of=("self",)).get(user=by)
    if member.stated_at is None:
        member.stated_at = now()
        member.save()
        record("leads.state_clear", lead, by=by)
    return member


@transaction.atomic
def step_back(lead: Lead, *, by) -> Member:
    """「回避」 Declare an interest: from now on the lead is closed to oneself. Why, nobody asks in writing here."""
    allow(by, "leads.see", lead)
    member = lead.members.select_for_update(of=("self",)).get(user=by)
    leave(lead, by, by=by)
    member.duty, member.until = Member.Duty.RECUSED, now()
    member.save()
    Lead.objects.filter(pk=lead.pk, handler=by).update(handler=None, state=Lead.State.REGISTERED)
    record("leads.step_back", lead, by=by)
    return member


@transaction.atomic
def write(lead: Lead, *, kind: str, text: str, by) -> Note:
    """Progress, a new fact, or an instruction of a leader; sealed. A new fact asks for a new weighing."""
    actions = [f"leads.approve{level}" for level in rules.LEVELS]
    if kind == Note.Kind.INSTRUCTION:
        lead = allow_any(by, actions, lead)
    elif kind in (Note.Kind.PROGRESS, Note.Kind.FACT):
        lead = allow_any(by, ["leads.handle", "leads.keep"], lead)
    else:
        raise Invalid(_("Choose one of the kinds."), field="kind")
    if not lead.is_open:
        in_state(lead, Lead.State.REGISTERED)
    made = note(lead, kind, text, by=by)
    record("leads.write", lead, by=by, data={"kind": made.get_kind_display()})
    return made


@transaction.atomic
def join_repeat(lead: Lead, first: Lead, *, by) -> Lead:
    """「重复件」 Keep a lead as a repeat of an earlier one; it stays in the register and is handled with it."""
    lead = allow(by, "leads.keep", lead)
    if first.pk == lead.pk or first.repeat_of_id or not visible_to(by).filter(pk=first.pk).exists():
        raise Invalid(_("Choose an earlier lead that is no repeat itself."), field="first")
    lead.repeat_of = first
    return keep(lead, "leads.join_repeat", by, first=first.number)
