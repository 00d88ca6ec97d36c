"""「五统一检查」 One trade held against the five unities, from what is on record (S2-52)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huilian.engine.procedures.models import CaseStep
from huilian.foundation.now import moment, today

from ..models import Deposit, Lot, Notice, Unity


@dataclass(frozen=True)
class Check:
    """One unity: kept, not kept, or (None) too early to say; `why` says what was found."""

    unity: Unity
    kept: bool | None
    why: str


def checks_of(lot: Lot) -> list[Check]:
    """The five, each from the record of the lot alone."""
    notices = list(lot.notices.all())
    answers = {
        "guidance": _guidance(lot),
        "platform": _platform(lot, notices),
        "information": _information(notices),
        "process": _process(lot),
        "service": _service(lot),
    }
    return [Check(unity, *answers[unity.key]) for unity in Unity.objects.all() if unity.key in answers]


def _guidance(lot: Lot) -> tuple[bool | None, str]:
    if lot.place.level > lot.place.Level.TOWNSHIP and not lot.town_opinion:
        return (
            (None, _("the township has not spoken yet"))
            if lot.case.is_open
            else (False, _("no opinion of the township"))
        )
    if lot.witnesses.exists():
        return True, _("opinion and supervision are on record")
    return (None if lot.case.is_open else False), _("nobody of the supervision has attended")


def _platform(lot: Lot, notices: list[Notice]) -> tuple[bool | None, str]:
    if not notices:
        return None, _("not published yet")
    deal = lot.deals.exclude(state__in=("overturned", "broken")).first()
    if deal and not (lot.auction_id or lot.registrations.filter(offers__isnull=False).exists()):
        return False, _("a deal without a price on record")
    return True, _("notice, bidders and prices are on record")


def _information(notices: list[Notice]) -> tuple[bool | None, str]:
    first = next((n for n in reversed(notices) if n.kind == Notice.Kind.LISTING), None)
    if first is None:
        return None, _("not published yet")
    if first.until and moment(first.until).date() < first.least_until:
        return False, _("published for less than the shortest time")
    if first.posted_on is None:
        late = moment(first.until).date() < today()
        return (False if late else None), _("not on the village board yet")
    return True, _("published long enough, on the village board too")


def _process(lot: Lot) -> tuple[bool | None, str]:
    if Deposit.objects.filter(registration__lot=lot, state="rejected", due_back_on__lt=today()).exists():
        return False, _("a deposit that does not count was not paid back in time")
    if not lot.decision_no:
        return False, _("no decision")
    return True, _("on a decision, step by step")


def _service(lot: Lot) -> tuple[bool | None, str]:
    late = CaseStep.objects.filter(case=lot.case, clock__colour=3, clock__isnull=False).exists()
    if late:
        return False, _("a step took longer than its time")
    if Deposit.objects.filter(
        registration__lot=lot, state__in=("arrived", "confirmed"), due_back_on__lt=today()
    ).exists():
        return False, _("a deposit was not paid back in time")
    return True, _("every step in its time")
