"""Talks: invited with an occasion, held, followed up by the unit, ended; after three zeros by the next quarter."""

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Post, Unit
from huilian.engine.directory.queries import in_office_at
from huilian.engine.documents.services import attach
from huilian.engine.inbox.services import notify
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from .. import rules
from ..models import Talk
from ..queries import zeros
from ..queries.reasons import reasons
from .guards import MANAGE, allow, said

ANSWER = "inspections.answer"
State = Talk.State


@transaction.atomic
def invite(
    post: Post, reason: str, *, sender: Unit, demand: str, meet_on: date, due_on: date, why: str = "",
    quarter: rules.Span | None = None, by: Any,
) -> Talk:  # fmt: skip
    """Invite who holds `post` to a talk. `reason` is the key ("alert:YJ…") of one of `reasons`; its words are the
    draft of why. Raises Invalid where nothing of that number stands against the unit."""
    unit = post.unit
    allow(by, MANAGE, unit)
    found = {r.key: r for r in reasons(unit, by, quarter)}.get(reason)
    if found is None:
        raise Invalid(_("This does not stand against %(unit)s (any more).") % {"unit": unit}, field="reason")
    if Talk.objects.filter(unit=unit, kind=found.kind, source=found.number, ended_on=None).exists():
        raise Conflict(_("There is a talk about this already."))
    if not today() <= meet_on <= due_on:
        raise Invalid(_("The talk is today or later, and what it asks for is due after it."), field="meet_on")
    holder = next((a.person for a in in_office_at(unit) if a.post_id == post.pk), None)
    span = rules.quarter(found.number)
    talk = Talk.objects.create(
        number=next_number("YT"), unit=unit, post=post, person=holder, sender=sender, kind=found.kind,
        source=found.number, why=why.strip() or found.words, demand=said(demand, "demand"), invited_on=today(),
        meet_on=meet_on, due_on=due_on, before=zeros.figures_of(unit, span) if span else [],
    )  # fmt: skip
    if holder and holder.user:
        told = {"number": talk.number, "day": meet_on.isoformat()}
        notify([holder.user], "inspections.invited", talk, told, link=reverse("inspections-talk", args=[talk.number]))
    record("inspections.invite", talk, by=by, place=unit.place.code, data={"unit": unit.name, "why": found.key})
    return talk


def _locked(talk: Talk, *states: str) -> Talk:
    found = Talk.objects.select_for_update(of=("self",)).select_related("unit__place").get(pk=talk.pk)
    if found.state not in states:
        raise Conflict(
            _("Talk %(number)s is already “%(state)s”; nothing was changed.")
            % {"number": found.number, "state": found.get_state_display()}
        )
    return found


def _kept(talk: Talk, verb: str, by: Any) -> Talk:
    talk.save()
    record(f"inspections.{verb}", talk, by=by, place=talk.unit.place.code)
    return talk


@transaction.atomic
def hold_talk(talk: Talk, *, held_on: date, text: str, by: Any) -> Talk:
    """Enter the record of the talk. Raises Invalid where the day has not come."""
    talk = _locked(talk, State.INVITED)
    allow(by, MANAGE, talk.unit)
    if not talk.invited_on <= held_on <= today():
        raise Invalid(_("The talk was held between the invitation and today."), field="held_on")
    talk.held_on, talk.record = held_on, said(text, "text")
    return _kept(talk, "hold_talk", by)


@transaction.atomic
def follow_up(talk: Talk, *, text: str, files: Sequence[tuple[BinaryIO, str]] = (), by: Any) -> Talk:
    """The unit says what it did about it."""
    talk = _locked(talk, State.HELD)
    allow(by, ANSWER, talk.unit)
    talk.follow_up, talk.followed_on = said(text, "text"), today()
    for file, name in files:
        attach(file, name, talk, kind="inspection_follow_up", by=by)
    return _kept(talk, "follow_up", by)


@transaction.atomic
def end_talk(talk: Talk, *, note: str, by: Any) -> Talk:
    """End it with what came of it. After three zeros the next quarter is looked at, once it is over."""
    talk = _locked(talk, State.FOLLOWED)
    allow(by, MANAGE, talk.unit)
    if talk.kind == Talk.Why.ZEROS and (span := rules.quarter(talk.source)):
        if span.next.last >= today():
            raise Conflict(_("It is checked by the figures of %(quarter)s, which is not over.")
                           % {"quarter": span.next.label})  # fmt: skip
        talk.after = zeros.figures_of(talk.unit, span.next)
    talk.ended_on, talk.end_note = today(), said(note, "note")
    return _kept(talk, "end_talk", by)
