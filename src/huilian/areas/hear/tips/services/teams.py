"""The team of a tip: access for a purpose and a time, ended by its day, by an interest, or by leaving the post."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import may
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.engine.vault.queries import boxes_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now, today

from ..models import Interest, Member, Tip
from ..queries.reach import SEE, must_step_back
from .guards import team_tip


@transaction.atomic
def assign(tip: Tip, user, *, purpose: str, until: datetime, token: str, identity: bool = False, by) -> Member:
    """Let `user` open the tip until a day and for a purpose: with `identity` also ask for who reported.

    Raises NotAllowed (the user must step back, has no such post), Conflict (no key) or Invalid; then nothing is given.
    """
    tip, until = team_tip(tip, "tips.sort" if may(by, "tips.sort") else "tips.handle", by), moment(until)
    if len(purpose.strip()) < 2:
        raise Invalid(_("Say for what purpose."), field="purpose")
    if until <= now():
        raise Invalid(_("The end of the access lies in the past."), field="until")
    if not may(user, SEE) or must_step_back(user, tip):
        raise NotAllowed(_("%(name)s cannot be of this team.") % {"name": user})
    for box in boxes_of(tip.subject):
        if box.part == "identity" and not identity:
            continue
        vault.grant(box, user, until=until, purpose=purpose.strip(), token=token, by=by)
    made, _new = Member.objects.update_or_create(
        tip=tip, user=user, ended_at=None, defaults={"purpose": purpose.strip(), "until": until, "given_at": now()}
    )
    record("tips.assign", tip, by=by, data={"to": user.get_username(), "until": f"{until:%Y-%m-%d %H:%M}"})
    return made


@transaction.atomic
def end_access(tip: Tip, user, *, by) -> None:
    """Take somebody out of the team. Raises Conflict where nobody else could open the tip."""
    tip = team_tip(tip, "tips.sort" if may(by, "tips.sort") else "tips.handle", by)
    withdrawn(tip, user, by)


@transaction.atomic
def declare_interest(tip: Tip, *, by) -> Interest:
    """Step back from a tip because of an interest: from now on it is not there for `by`. Raises Conflict where nobody
    else could open it."""
    tip = team_tip(tip, SEE, by)
    withdrawn(tip, by, by)
    made, _new = Interest.objects.get_or_create(tip=tip, user=by, defaults={"declared_at": now()})
    record("tips.declare_interest", tip, by=by)
    return made


def withdrawn(tip: Tip, user, by) -> None:
    """End a membership and the grants that came with it, in the caller's transaction."""
    if not tip.members.filter(ended_at=None, until__gt=now()).exclude(user=user).exists():
        raise Conflict(_("Nobody else could open it then. Give access to somebody first."))
    _end(tip, user, by)


def note_refusal(number: str, *, by) -> None:
    """Write down that somebody asked for a tip that is not for them. Nothing is said of it to whoever asked."""
    tip = Tip.objects.filter(number=number).first()
    if tip is not None:
        record("tips.refuse_look", tip, by=by)


def clear_out(*, by) -> int:
    """End the access of those who left their post, whose time is over, or who must step back since; how many."""
    ended = 0
    for member in Member.objects.filter(ended_at=None).select_related("tip", "user"):
        over = member.until <= now() or not may(member.user, SEE) or must_step_back(member.user, member.tip)
        if not over:
            continue
        with transaction.atomic():
            _end(member.tip, member.user, by)
        ended += 1
    return ended


def _end(tip: Tip, user, by) -> None:
    """A half of a paired box that nobody else holds stays in the vault, where it opens nothing without membership."""
    tip.members.filter(user=user, ended_at=None).update(ended_at=now())
    tip.charges.filter(leader=user, ended_on=None, signed_on=None).update(ended_on=today())
    for box in boxes_of(tip.subject).filter(grants__key__user=user):
        with suppress(Conflict), transaction.atomic():
            vault.withdraw(box, user, by=by)
    record("tips.end_access", tip, by=by, data={"from": user.get_username()})
