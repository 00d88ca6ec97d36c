"""Who may act on a lead, the lead locked, words sealed, limits started and stopped."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from huilian.engine.access.queries import may, require
from huilian.engine.accounts.models import User
from huilian.engine.clocks import services as clocks
from huilian.engine.clocks.models import Clock
from huilian.engine.trail.rules import subject_key
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.engine.vault.queries import boxes_of
from huilian.engine.vault.services.keys import key_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from ..models import Lead, Member, Note, Term
from ..queries.reach import must_step_back, visible_to


def allow(by, action: str, lead: Lead) -> Lead:
    """The lead, locked, which `by` may see and do `action` to. Raises NotAllowed without a word about the lead."""
    require(by, action)
    if not visible_to(by).filter(pk=lead.pk).exists():
        raise NotAllowed(_("This lead is not yours to see."))
    return Lead.objects.select_for_update(of=("self",)).get(pk=lead.pk)


def allow_any(by, actions: Iterable[str], lead: Lead) -> Lead:
    """As `allow`, by the first of several posts that `by` holds."""
    actions = list(actions)
    return allow(by, next((action for action in actions if may(by, action)), actions[0]), lead)


def in_state(lead: Lead, *states: str) -> None:
    if lead.state not in states:
        raise Conflict(
            _("%(number)s is “%(state)s”; this cannot be done now.")
            % {"number": lead, "state": lead.get_state_display()}
        )


def said(text: str, field: str = "text") -> str:
    if not text.strip():
        raise Invalid(_("Write it in a sentence."), field=field)
    return text.strip()


def readers(lead: Lead) -> list[User]:
    """Those of the team who have a key and need not step back."""
    found = lead.members.filter(Member.running(now())).exclude(duty=Member.Duty.RECUSED).select_related("user")
    return [m.user for m in found if key_of(m.user) and not must_step_back(m.user, lead)]


def note(lead: Lead, kind: str, text: str, *, by) -> Note:
    """Seal words about a lead to its team; in clear stands only that they were written."""
    part = f"note-{lead.notes.count() + 1}"
    vault.seal(lead.subject, part, said(text).encode(), readers=readers(lead), by=by)
    return Note.objects.create(lead=lead, kind=kind, part=part, by=by if isinstance(by, User) else None, at=now())


def join(lead: Lead, user: User, duty: str, *, purpose: str, until: datetime | None = None, token: str, by) -> Member:
    """Let `user` into the team (一事一授权): every box that `by` opens opens for them too, until the time is over."""
    if must_step_back(user, lead):
        raise NotAllowed(_("%(name)s must keep away from this lead.") % {"name": user})
    if key_of(user) is None:
        raise Conflict(_("%(name)s has no key of the vault yet.") % {"name": user})
    for box in boxes_of(lead.subject):
        if user != by and box.grants.filter(key__user=by).exists():
            vault.grant(box, user, until=until, purpose=purpose, token=token, by=by)
    member, made = Member.objects.get_or_create(
        lead=lead, user=user, defaults={"duty": duty, "purpose": purpose, "since": now(), "until": until}
    )
    if not made and member.duty != Member.Duty.MANAGER:
        member.duty, member.purpose, member.since, member.until = duty, purpose, now(), until
        member.stated_at = None
        member.save()
    return member


def leave(lead: Lead, user: User, *, by) -> None:
    """Take a person's access to every box of a lead back."""
    for box in boxes_of(lead.subject):
        if box.grants.filter(key__user=user).exists():
            vault.withdraw(box, user, by=by)


def running(subject, kind: str) -> Clock | None:
    name = ":".join(subject_key(subject))
    return Clock.objects.filter(subject=name, kind=kind).exclude(state=Clock.State.STOPPED).first()


def begin(subject, key: str, *, by, at: datetime | None = None, place=None) -> Clock:
    """Start the limit that the county has set for `key`."""
    term = Term.objects.filter(key=key).first()
    if term is None:
        raise Conflict(_("The county has set no limit of time for this step."))
    return clocks.start(
        subject, length=term.length, unit=term.unit, kind=key, start_at=at, place=place, basis=term.basis, by=by,
        within=True,
    )  # fmt: skip


def end(subject, *kinds: str, by) -> bool:
    """Stop what runs of these limits; whether any was past its time."""
    late = False
    for kind in kinds:
        if clock := running(subject, kind):
            late = clocks.stop(clock, by=by, within=True).is_late or late
    return late


def keep(lead: Lead, verb: str, by, **data) -> Lead:
    lead.save()
    record(verb, lead, by=by, data=data)
    return lead
