"""The county's own majorities and matters; rolls; since when a village keeps its decisions here."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory import identity
from huilian.engine.procedures.grounds import PURPOSES
from huilian.engine.procedures.models import Procedure
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from ..models import EarlierDecision, Keeping, Matter, Quorum, Seat
from .guards import allow

COUNTY = "county"


@transaction.atomic
def save_quorum(row: Quorum | None, values: Mapping, *, by) -> Quorum:
    """Set a body's majority from a day on. The row in force ends the day before; meetings held keep theirs."""
    require(by, "decisions.catalogue")
    old = Quorum.objects.select_for_update().filter(key=row.key if row else values["key"], valid_to=None).first()
    base = {f.name: getattr(old, f.name) for f in Quorum._meta.fields} if old else {}
    new = Quorum(**{**base, **values, "id": None, "origin": COUNTY, "valid_to": None})
    new.valid_from = values.get("valid_from") or today()
    for num, den in ((new.attend_num, new.attend_den), (new.pass_num, new.pass_den)):
        if not num or not den or num > den:
            raise Invalid(_("A share lies above nothing and is not more than the whole."), field="attend_num")
    if old:
        if new.valid_from <= old.valid_from:
            raise Invalid(_("The new text begins after the one in force."), field="valid_from")
        old.valid_to = new.valid_from - timedelta(days=1)
        old.save(update_fields=["valid_to"])
    new.save()
    record("decisions.save_quorum", f"decisions.quorum:{new.key}", by=by, data={"name": new.name})
    return new


@transaction.atomic
def save_matter(row: Matter | None, values: Mapping, *, by) -> Matter:
    """Say how a kind of matter is decided. Its majority must be one of its own side: villagers' or the collective's."""
    require(by, "decisions.catalogue")
    row = row or Matter(valid_from=today())
    for name, value in values.items():
        setattr(row, name, value)
    row.origin = COUNTY
    body = Quorum.objects.filter(key=row.quorum_key, valid_to=None).first()
    if body is None:
        raise Invalid(_("There is no body “%(key)s” in force.") % {"key": row.quorum_key}, field="quorum_key")
    if body.side != row.side:
        raise Invalid(
            _("A matter of the %(side)s is not decided by the majority of %(body)s.")
            % {"side": row.get_side_display(), "body": body},
            field="quorum_key",
        )
    if not row.chain.startswith("decision.") or not Procedure.objects.filter(key=row.chain).exists():
        raise Invalid(_("There is no chain “%(key)s”.") % {"key": row.chain}, field="chain")
    if set(row.purposes.split()) - PURPOSES:
        raise Invalid(_("Known purposes: %(known)s.") % {"known": ", ".join(sorted(PURPOSES))}, field="purposes")
    row.save()
    record("decisions.save_matter", f"decisions.matter:{row.key}", by=by, data={"name": row.name})
    return row


@transaction.atomic
def keep_here(row: Keeping | None, values: Mapping, *, by) -> Keeping:
    """Let a village decide here from a day on: its numbers must then stand in the register."""
    require(by, "decisions.catalogue")
    place = row.place if row else values["place"]
    kept, _made = Keeping.objects.update_or_create(place=place, defaults={"since": values["since"]})
    record("decisions.keep_here", f"decisions.keeping:{place.code}", by=by, data={"since": f"{kept.since:%Y-%m-%d}"})
    return kept


@transaction.atomic
def save_earlier(row: EarlierDecision | None, values: Mapping, *, by) -> EarlierDecision:
    """Enter a decision from before the register, so that what still rests on it can name it."""
    row = row or EarlierDecision(place=values["place"])
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.unit = None
    allow(by, "decisions.keep", row)
    kept = Keeping.objects.filter(place=row.place).first()
    if row.decided_on > today() or (kept and row.decided_on >= kept.since):
        raise Invalid(_("Decisions since %(day)s are made here.") % {"day": kept.since if kept else today()},
                      field="decided_on")  # fmt: skip
    row.save()
    record("decisions.save_earlier", f"decisions.earlier:{row.pk}", by=by, data={"number": row.number})
    return row


@transaction.atomic
def save_seat(row: Seat | None, values: Mapping, *, by) -> Seat:
    """Enter somebody on the roll of a body, or correct the entry. Nobody stands on a roll twice."""
    values = dict(values)
    row = row or Seat()
    if number := values.pop("identity_number", ""):
        row.identity_digest = identity.digest(number)
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.place = row.unit.place
    allow(by, "decisions.keep", row)
    if row.person and row.person.identity_digest:
        row.identity_digest = row.person.identity_digest
    if not Quorum.objects.filter(key=row.body, is_rolled=True).exists():
        raise Invalid(_("There is no body “%(key)s” with a roll.") % {"key": row.body}, field="body")
    same = Seat.objects.filter(place=row.place, body=row.body, ended_on=None).exclude(pk=row.pk)
    if same.filter(name=row.name, group=row.group).exists() or (
        row.identity_digest and same.filter(identity_digest=row.identity_digest).exists()
    ):
        raise Conflict(_("%(name)s stands on this roll already.") % {"name": row})
    if row.is_head and same.filter(is_head=True).exists():
        raise Conflict(_("This body has a head already. End that entry first."))
    row.save()
    record("decisions.save_seat", f"decisions.roll:{row.place.code}", by=by, data={"body": row.body})
    return row


@transaction.atomic
def end_seat(row: Seat, *, on: date, why: str, by) -> Seat:
    """Take somebody off a roll from a day on: died, left, term over. From that day on they count for no majority."""
    row = Seat.objects.select_for_update(of=("self",)).select_related("place", "unit").get(pk=row.pk)
    allow(by, "decisions.keep", row)
    if row.ended_on:
        raise Conflict(_("This entry has ended already."))
    if on < row.starts_on or why not in Seat.Ended.values:
        raise Invalid(_("Give the day and why it ended."), field="on")
    row.ended_on, row.ended_why = on, why
    row.save(update_fields=["ended_on", "ended_why"])
    record("decisions.end_seat", f"decisions.roll:{row.place.code}", by=by, data={"body": row.body, "why": why})
    return row
