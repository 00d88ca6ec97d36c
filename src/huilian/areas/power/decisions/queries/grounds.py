"""Whether something may rest on a decision: what payments, contracts, listings, works and seals ask."""

from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.procedures.grounds import Asked, Ground
from huilian.foundation.errors import Invalid
from huilian.foundation.money import text as money

from .. import rules
from ..models import EarlierDecision, Keeping, Motion
from .chain import objection_to

FIELD = "decision_no"


def check(number: str, asked: Asked) -> Ground:
    """The decision `number`, or Refused in one sentence: unknown, of another place, for something else, too little.

    Where a village's decisions are not made here yet, any number is taken as it is written.
    """
    motion = Motion.objects.select_related("matter", "place", "case").filter(number=number).first()
    if motion is None:
        return _earlier(number, asked)
    if motion.place_id != asked.place.pk:
        raise _no(_("Decision %(number)s is one of %(place)s."), number, place=motion.place)
    if motion.is_replaced:
        raise _no(_("Decision %(number)s was replaced by a later one. Give that number."), number)
    if objection_to(motion):
        raise _no(
            _("The supervision committee objects to %(number)s; until that is settled nothing rests on it."), number
        )
    if asked.purpose not in motion.matter.purposes.split():
        raise _no(_("Decision %(number)s is about “%(matter)s” and not good for this."), number, matter=motion.matter)
    _enough(number, motion.amount_cents, motion.matter.tolerance_percent, asked)
    return _ground(motion)


def find(number: str) -> Ground | None:
    """The decision with this number, whatever may be said of it."""
    motion = Motion.objects.select_related("case").filter(number=number).first()
    return _ground(motion) if motion else None


def _ground(motion: Motion) -> Ground:
    url = reverse("desk-case", args=[motion.case.number])
    return Ground(motion.number, motion.title, url, motion.decided_on, motion.winner)


def _earlier(number: str, asked: Asked) -> Ground:
    kept = Keeping.objects.filter(place=asked.place).first()
    if kept is None:
        return Ground(number)
    found = EarlierDecision.objects.filter(place=asked.place, number=number).first()
    if found is None:
        raise _no(
            _("There is no decision %(number)s of %(place)s. Those since %(day)s are made here; an older one is first "
              "entered in the list of earlier decisions."),
            number, place=asked.place, day=kept.since,
        )  # fmt: skip
    _enough(number, found.amount_cents, 10, asked)
    return Ground(number, found.title, "", found.decided_on, found.winner)


def _enough(number: str, decided: int | None, tolerance: int, asked: Asked) -> None:
    if asked.amount_cents is None or decided is None or rules.within(asked.amount_cents, decided, tolerance):
        return
    raise _no(
        _("Decision %(number)s is for %(decided)s yuan; %(asked)s yuan is over %(percent)s %% more. Decide anew."),
        number, decided=money(decided), asked=money(asked.amount_cents), percent=tolerance,
    )  # fmt: skip


def _no(words: str, number: str, **more) -> Invalid:
    return Invalid(words % {"number": number, **more}, field=FIELD)
