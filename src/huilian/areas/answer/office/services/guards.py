"""Who may act, the row locked, words sealed to those whom the talk concerns."""

import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.accounts.models import User
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.engine.vault.services.keys import key_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

from .. import hooks
from ..models import Talk
from ..queries.reach import visible_to, who_may


def allow(by, action: str, talk: Talk) -> Talk:
    """The talk, locked, which `by` may see and do `action` to. Raises NotAllowed."""
    require(by, action)
    if not visible_to(by).filter(pk=talk.pk).exists():
        raise NotAllowed(_("This talk is not yours to see."))
    return Talk.objects.select_for_update(of=("self",)).get(pk=talk.pk)


def allow_guard(by, talk: Talk) -> Talk:
    """As `allow`, for the safety officer of this talk alone."""
    talk = allow(by, "office.guard", talk)
    if talk.guard_id != by.pk:
        raise NotAllowed(_("%(name)s is the safety officer of this talk.") % {"name": talk.guard})
    return talk


def in_state(talk: Talk, *states: str) -> None:
    if talk.state not in states:
        raise Conflict(
            _("%(number)s: “%(state)s”. This cannot be done now.") % {"number": talk, "state": talk.get_state_display()}
        )


def keeper_of(case_number: str) -> hooks.Keeper:
    """Who keeps the case. Raises Invalid for a number of no kind of case."""
    found = next((keeper for letters, keeper in hooks.cases.items() if case_number.startswith(letters)), None)
    if found is None:
        raise Invalid(_("A talk is held for a case. Enter the number of a lead."), field="case_number")
    return found


def readers(talk: Talk) -> list[User]:
    """The three of the talk, who asked, and approvers who need not step back, as far as they have a key."""
    keeper = keeper_of(talk.case_number)
    asking = [talk.asked_by] if talk.asked_by else []
    approvers = [u for u in who_may("office.approve") if key_of(u) and not keeper.keeps_away(u, talk.case_number)]
    return list(dict.fromkeys([talk.talker, talk.second, talk.guard, *asking, *approvers]))


def seal(talk: Talk, part: str, words: dict[str, Any], *, by) -> None:
    vault.seal(talk.subject, part, json.dumps(words, ensure_ascii=False).encode(), readers=readers(talk), by=by)


def said(text: str, field: str = "text") -> str:
    if not text.strip():
        raise Invalid(_("Write it in a sentence."), field=field)
    return text.strip()


def keep(talk: Talk, verb: str, by, **data) -> Talk:
    talk.save()
    record(verb, talk, by=by, data=data)
    return talk


def told(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
