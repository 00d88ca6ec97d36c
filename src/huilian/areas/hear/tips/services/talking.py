"""The talk between a reporter and the team: each message sealed twice, for the team and for the receipt code."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.foundation import sealing
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

from ..models import Message, Tip
from ..queries.reach import must_step_back
from .guards import team_tip
from .intake import code_secret

MOST = 500  # messages in one tip


@transaction.atomic
def say(tip: Tip, text: str, *, by) -> Message:
    """Write to the reporter. Raises NotAllowed or Invalid (nothing written)."""
    from huilian.engine.access.queries import may

    tip = team_tip(tip, "tips.sort" if may(by, "tips.sort") else "tips.handle", by)
    return _write(tip, text, by, from_reporter=False)


@transaction.atomic
def hear(tip: Tip, text: str, *, objection: bool = False, by) -> Message:
    """A message of the reporter, whom the caller has checked by the receipt code."""
    tip = Tip.objects.select_for_update(of=("self",)).get(pk=tip.pk)
    return _write(tip, text, by, from_reporter=True, objection=objection)


def read_by_code(message: Message, code: str) -> str:
    """What a message says, for who holds the receipt code. Raises sealing.Unopened for another code."""
    about = _about(message.tip, message.n)
    return sealing.unwrap(bytes(message.for_reporter), code_secret(code), about).decode()


def team_of(tip: Tip) -> list:
    """Those who can be given what comes in now: members with a key who need not step back; never nobody."""
    from huilian.engine.vault.services.keys import key_of

    members = tip.members.filter(ended_at=None, until__gt=now()).select_related("user")
    users = [m.user for m in members if key_of(m.user) and not must_step_back(m.user, tip)]
    if not users:
        raise Conflict(_("This tip has nobody to read it now. Please ask at the counter of the commission."))
    return users


def _write(tip: Tip, text: str, by, *, from_reporter: bool, objection: bool = False) -> Message:
    if len(text.strip()) < 2:
        raise Invalid(_("Write the message."), field="text")
    n = tip.messages.count() + 1
    if tip.destroyed_at or n > MOST:
        raise Conflict(_("No more messages can be added to this tip."))
    sealed = sealing.wrap(text.strip().encode(), bytes(tip.reporter_public), _about(tip, n))
    made = Message.objects.create(
        tip=tip, n=n, from_reporter=from_reporter, at=now(), for_reporter=sealed, objection=objection
    )
    vault.seal(tip.subject, made.part, text.strip().encode(), readers=team_of(tip), by=by)
    record("tips.hear" if from_reporter else "tips.say", tip, by=by)
    return made


def _about(tip: Tip, n: int) -> str:
    return f"{tip.subject} talk-{n}"
