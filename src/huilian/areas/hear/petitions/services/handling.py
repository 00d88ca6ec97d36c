"""「受理·答复·送达」 The competent organ decides, handles, answers in five parts, delivers."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.calendar.queries import calendar_for
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.models import Extension
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from .. import rules
from ..models import Petition
from .guards import CITIZEN, locked, said
from .intake import cases_free

HEADS = ("unit_head",)
Way = Petition.Way


@transaction.atomic
def accept(petition: Petition, *, text: str, by, expected: int | None = None) -> Petition:
    """Accept it and tell so in writing today; the sixty days, or ten workdays of the simple way, count from here."""
    petition = locked(petition)
    cases_free(petition, by)
    class_key = "simple" if petition.is_simple else petition.kind
    petition.told_text, petition.told_at, petition.accepted_at = said(text, "text", 10), now(), now()
    petition.case = cases.move(petition.case, "accept", class_key=class_key, by=by, expected=expected)
    petition.save(update_fields=["told_text", "told_at", "accepted_at"])
    return petition


@transaction.atomic
def ask_more_time(petition: Petition, *, days: int, reason: str, by) -> Extension:
    """Ask the head of the organ for at most thirty more days; simple handling has none."""
    petition = locked(petition)
    if petition.case.step not in ("working", "delivering") or petition.case.class_key not in ("demand", "suggestion"):
        raise Conflict(_("Only the sixty days of handling can be extended."))
    if not 1 <= days <= rules.MOST_MORE:
        raise Invalid(_("At most %(most)s days more.") % {"most": rules.MOST_MORE}, field="days")
    return cases.ask_extension(petition.case, workdays=days, reason=reason, by=by)


@transaction.atomic
def decide_more_time(petition: Petition, *, approve: bool, remark: str = "", by) -> Extension:
    """The head of the organ decides; never who asked."""
    petition = locked(petition)
    if petition.case.unit_id not in units_of(by, HEADS):
        raise NotAllowed(_("Only the head of %(unit)s approves more time.") % {"unit": petition.case.unit})
    asked = Extension.objects.filter(case=petition.case, approved=None).first()
    if asked is None:
        raise Conflict(_("Nobody asks for more time here."))
    return cases.decide_extension(asked, approve=approve, remark=remark, by=by, roles=HEADS)


@transaction.atomic
def tell_more_time(petition: Petition, *, by) -> Extension:
    """Note that the person was told of the new day and the reason."""
    petition = locked(petition)
    if petition.case.unit_id not in units_of(by):
        raise NotAllowed(_("Only the people of %(unit)s may do this.") % {"unit": petition.case.unit})
    granted = Extension.objects.filter(case=petition.case, approved=True, told_at=None).first()
    if granted is None:
        raise Conflict(_("No new day waits to be told."))
    return cases.tell_extension(granted, by=by)


@transaction.atomic
def answer(petition: Petition, parts: Mapping[str, str], *, by, expected: int | None = None) -> Petition:
    """Sign the written answer. It states claim, facts, grounds in law, opinion and remedy, or it is none."""
    petition = locked(petition)
    cases_free(petition, by)
    for name in rules.missing_parts(parts):
        raise Invalid(
            _("An answer states %(part)s. Write it.") % {"part": Petition._meta.get_field(name).verbose_name},
            field=name,
        )
    for name in rules.ANSWER_PARTS:
        setattr(petition, name, parts[name].strip())
    petition.answered_at = now()
    petition.case = cases.move(petition.case, "answer", by=by, expected=expected)
    petition.save(update_fields=[*rules.ANSWER_PARTS, "answered_at"])
    return petition


@transaction.atomic
def deliver(petition: Petition, *, way: str, proof: str = "", by, expected: int | None = None) -> Petition:
    """The person has the answer in hand: that stops the clock and begins the thirty days for a review."""
    petition = locked(petition)
    if way not in Way.values:
        raise Invalid(_("Choose how it was delivered."), field="way")
    if way != Way.ONLINE:
        proof = said(proof, "proof")
    return _delivered(petition, way, proof, by, expected)


@transaction.atomic
def read_online(petition: Petition, *, by=CITIZEN) -> Petition:
    """The person opens the signed answer with their code: delivered at this moment. Nothing happens otherwise."""
    petition = locked(petition)
    if petition.case.step != "delivering":
        return petition
    return _delivered(petition, Way.ONLINE, "", by, None)


def _delivered(petition: Petition, way: str, proof: str, by, expected) -> Petition:
    verb = "read_online" if way == Way.ONLINE and by is CITIZEN else "deliver"
    petition.case = cases.move(petition.case, verb, by=by, expected=expected, data={"way": way})
    petition.delivered_at, petition.delivered_way, petition.proof = now(), way, proof
    petition.is_late = petition.is_late or petition.case.clock.is_late  # a later review does not wipe it out
    petition.ask_until = rules.ask_until(today(), calendar_for(petition.place))
    petition.save(update_fields=["delivered_at", "delivered_way", "proof", "is_late", "ask_until"])
    return petition


@transaction.atomic
def close(petition: Petition, *, by, expected: int | None = None) -> Petition:
    """Close an answered petition when no review can be asked any more."""
    petition = locked(petition)
    last = petition.reviews.order_by("pk").last()
    until = last.ask_until if last and last.ask_until else petition.ask_until
    if until and today() <= until:
        raise Conflict(_("Until %(day)s a review can still be asked for.") % {"day": until})
    petition.case = cases.move(petition.case, "close", by=by, expected=expected)
    return petition


@transaction.atomic
def rate(petition: Petition, *, stars: int, words: str = "", by=CITIZEN) -> Petition:
    """The petitioner's grade, once, after the answer is delivered."""
    petition = locked(petition)
    if petition.delivered_at is None:
        raise Conflict(_("There is no answer yet. You can rate it when you have it."))
    if petition.stars:
        raise Conflict(_("This petition was already rated."))
    if stars not in Petition.Grade.values:
        raise Invalid(_("Choose one of the five grades."), field="stars")
    petition.stars, petition.words = stars, words.strip()[:500]
    petition.save(update_fields=["stars", "words"])
    record("petitions.rate", petition.case, by=by, data={"stars": stars})
    return petition


@transaction.atomic
def plan(petition: Petition, *, text: str, due_on: date, by) -> Petition:
    """「化解方案」 How an old matter is settled and by when."""
    petition = locked(petition)
    if petition.case.unit_id not in units_of(by):
        raise NotAllowed(_("Only the people of %(unit)s may do this.") % {"unit": petition.case.unit})
    if due_on < today():
        raise Invalid(_("The day lies in the past."), field="due_on")
    petition.plan, petition.plan_due_on = said(text, "text"), due_on
    petition.save(update_fields=["plan", "plan_due_on"])
    record("petitions.plan", petition.case, by=by, data={"due": due_on.isoformat()})
    return petition
