"""「八项制度·绩效工具」 Signing norms, checking the rules, duty and who was there, the people's diary, cards."""

import secrets
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Person
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.hashing import digest
from huilian.foundation.now import now, today

from ..models import (
    Checklist,
    DiaryEntry,
    Norm,
    NormCheck,
    Point,
    SelfCheck,
    Shift,
    Signature,
    SupervisionCard,
)
from ..queries.codes import LETTERS
from ..queries.rules_kept import findings
from .people import own_point, require_point, works_in

CARD_LENGTH = 8


def _me(by) -> Person:
    person = getattr(by, "person", None)
    if person is None:
        raise NotAllowed(_("Your account belongs to nobody in the directory. Ask the system administrator."))
    return person


@transaction.atomic
def sign(norm: Norm, *, promise: str = "", by) -> Signature:
    """Sign a norm as it stands; who signs a pledge may add a promise of their own, which stands on the public page."""
    require(by, "service.see")
    person, point, norm = _me(by), own_point(by), Norm.objects.get(pk=norm.pk)
    if not norm.is_current:
        raise Conflict(_("This text is no longer in force. Open the page again and sign the new one."))
    if Signature.objects.filter(norm=norm, person=person).exists():
        raise Conflict(_("You have signed this already."))
    signature = Signature.objects.create(
        norm=norm,
        person=person,
        point=point,
        promise=promise.strip()[:200],
        digest=digest(norm.text.encode()).hex(),
        signed_at=now(),
    )
    record("services.sign", norm, by=by, data={"what": norm.name, "version": norm.version})
    return signature


@transaction.atomic
def check_rules(point: Point, *, remark: str = "", by) -> NormCheck:
    """Check the eight rules at a point: what they give today is counted and kept, once a day."""
    require_point(by, "service.oversee", point)
    rows = [{"key": f.key, "good": f.good, "counted": f.counted, "failing": f.failing} for f in findings(point)]
    check, _made = NormCheck.objects.update_or_create(
        point=point, on=today(), defaults={"findings": rows, "remark": remark.strip(), "by": by}
    )
    failing = "、".join(row["key"] for row in rows if row["failing"])
    record("services.check_rules", point, by=by, data={"failing": failing or "–"}, place=point.place)
    return check


@transaction.atomic
def plan_shift(point: Point, *, on: date, person: Person, by) -> Shift:
    """Put somebody of the point on duty on a day."""
    require_point(by, "service.oversee", point)
    if on < today():
        raise Invalid(_("Duty is planned for today or later."), field="on")
    if not works_in(person, point.unit):
        raise Invalid(_("%(agent)s does not work at this point.") % {"agent": person.name}, field="person")
    shift, made = Shift.objects.get_or_create(point=point, on=on, person=person)
    if not made:
        raise Conflict(_("%(person)s is on duty on that day already.") % {"person": person.name})
    record("services.plan_shift", point, by=by, data={"on": on.isoformat(), "person": person.name})
    return shift


@transaction.atomic
def drop_shift(shift: Shift, *, by) -> None:
    """Take somebody off the rota again, before the day."""
    require_point(by, "service.oversee", shift.point)
    if shift.on <= today():
        raise Conflict(_("The day has come; what happened on it stays. Note an absence instead."))
    record("services.drop_shift", shift.point, by=by, data={"on": shift.on.isoformat(), "person": shift.person.name})
    shift.delete()


@transaction.atomic
def sign_in(shift: Shift, *, spot: str, by) -> Shift:
    """Be there on the day, oneself or as the stand-in. Where is written, never measured."""
    shift = Shift.objects.select_for_update(of=("self",)).select_related("point", "person").get(pk=shift.pk)
    if _me(by).pk not in (shift.person_id, shift.stand_in_id):
        raise NotAllowed(_("Only who is on duty signs in here."))
    if shift.on != today():
        raise Conflict(_("Signing in is for the day itself."))
    if shift.signed_in_at:
        raise Conflict(_("You have signed in already."))
    if not spot.strip():
        raise Invalid(_("Write where you are on duty."), field="spot")
    shift.signed_in_at, shift.spot = now(), spot.strip()[:80]
    shift.save(update_fields=["signed_in_at", "spot"])
    record("services.sign_in", shift.point, by=by, data={"on": shift.on.isoformat(), "spot": shift.spot})
    return shift


@transaction.atomic
def note_absence(shift: Shift, *, absence: str, stand_in: Person | None = None, by) -> Shift:
    """Why somebody cannot be there, and who stands in: by themselves before the day is over, or by the head."""
    shift = Shift.objects.select_for_update(of=("self",)).select_related("point__unit", "person").get(pk=shift.pk)
    if _me(by).pk != shift.person_id:
        require_point(by, "service.oversee", shift.point)
    if shift.signed_in_at:
        raise Conflict(_("%(person)s was there on that day.") % {"person": shift.person.name})
    if len(absence.strip()) < 2:
        raise Invalid(_("Give the reason in a few words."), field="absence")
    if stand_in and (stand_in.pk == shift.person_id or not works_in(stand_in, shift.point.unit)):
        raise Invalid(_("The stand-in is somebody else of this point."), field="stand_in")
    shift.absence, shift.stand_in = absence.strip()[:200], stand_in
    shift.save(update_fields=["absence", "stand_in"])
    record("services.note_absence", shift.point, by=by, data={"on": shift.on.isoformat(), "person": shift.person.name})
    return shift


@transaction.atomic
def write_diary(
    *, on: date, heard: str, household: str = "", done: str = "", follow_on: date | None = None, by
) -> DiaryEntry:
    """Write into the people's diary what was heard in a household. What was said stays out of the trail."""
    require(by, "service.diary")
    person, point = _me(by), own_point(by)
    if on > today():
        raise Invalid(_("The day lies ahead."), field="on")
    if len(heard.strip()) < 4:
        raise Invalid(_("Write in a sentence what was heard."), field="heard")
    if follow_on and follow_on < on:
        raise Invalid(_("The day to come back lies before the visit."), field="follow_on")
    entry = DiaryEntry.objects.create(
        person=person,
        point=point,
        place=point.place,
        on=on,
        household=household.strip(),
        heard=heard.strip(),
        done=done.strip(),
        follow_on=follow_on,
        written_at=now(),
    )
    record("services.diary", point, by=by, data={"on": on.isoformat()})
    return entry


@transaction.atomic
def settle_diary(entry: DiaryEntry, *, done: str, case_number: str = "", by) -> DiaryEntry:
    """Write what came of an entry; where it became a case, its number."""
    entry = DiaryEntry.objects.select_for_update(of=("self",)).select_related("point").get(pk=entry.pk)
    if _me(by).pk != entry.person_id:
        raise NotAllowed(_("Only who wrote the entry closes it."))
    if entry.settled_on:
        raise Conflict(_("This entry is settled already."))
    if len(done.strip()) < 4:
        raise Invalid(_("Write what came of it."), field="done")
    entry.done, entry.settled_on, entry.case_number = done.strip(), today(), case_number.strip()
    entry.save(update_fields=["done", "settled_on", "case_number"])
    record("services.settle_diary", entry.point, by=by, data={"on": entry.on.isoformat()})
    return entry


@transaction.atomic
def issue_card(point: Point, person: Person, *, by) -> SupervisionCard:
    """Issue a supervision card for somebody of a point; an earlier one of theirs is withdrawn."""
    require_point(by, "service.oversee", point)
    if not works_in(person, point.unit):
        raise Invalid(_("%(agent)s does not work at this point.") % {"agent": person.name}, field="person")
    SupervisionCard.objects.filter(point=point, person=person, withdrawn_on=None).update(withdrawn_on=today())
    code = "".join(secrets.choice(LETTERS) for _i in range(CARD_LENGTH))
    card = SupervisionCard.objects.create(code=code, point=point, person=person, issued_on=today())
    record("services.card", point, by=by, data={"person": person.name, "code": code})
    return card


@transaction.atomic
def withdraw_card(card: SupervisionCard, *, by) -> SupervisionCard:
    """The card leads nowhere any more."""
    require_point(by, "service.oversee", card.point)
    if card.withdrawn_on:
        raise Conflict(_("This card was withdrawn already."))
    card.withdrawn_on = today()
    card.save(update_fields=["withdrawn_on"])
    record("services.withdraw_card", card.point, by=by, data={"code": card.code})
    return card


@transaction.atomic
def check_self(point: Point, checklist: Checklist, *, met: list[bool], note: str = "", by) -> SelfCheck:
    """Go through a checklist, line by line, as the lines stand today."""
    require_point(by, "service.take", point)
    if len(met) != len(checklist.lines):
        raise Invalid(_("Answer every line of the list."), field="met")
    check, _made = SelfCheck.objects.update_or_create(
        point=point,
        checklist=checklist,
        on=today(),
        defaults={"met": met, "lines": checklist.lines, "note": note.strip(), "by": by},
    )
    record("services.check_self", point, by=by, data={"what": checklist.name, "met": sum(met), "of": len(met)})
    return check
