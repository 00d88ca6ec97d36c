"""Every act on a row that is no case: its words, its form, the post it needs, when it can be done.

One view (`views.acting`) serves them all at act/<kind>/<key>/<verb>/.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.access.queries import may
from huilian.engine.directory.models import Unit
from huilian.engine.procedures.guards import units_of
from huilian.foundation.now import now, today

from . import forms, services
from .models import Contest
from .queries import reach


def _always(row, user) -> bool:
    return True


@dataclass(frozen=True)
class Act:
    """`run(row, data, by)` calls the service; `when(row, user)` says whether the button is shown."""

    title: object
    run: Callable
    form: type[forms.About] = forms.About
    when: Callable = _always


@dataclass(frozen=True)
class Thing:
    """A kind of row: which of them a person sees, where its page is, what can be done to it."""

    visible: Callable
    page: Callable
    acts: dict[str, Act]


def _kept(service):
    return lambda row, data, by: service(row, **data, by=by)


def _text(service, name: str):
    return lambda row, data, by: service(row, **{name: data["text"]}, by=by)


def _receives(*states):
    return lambda row, user: row.state in states and may(user, "petitions.receive")


def _carries(row, user) -> bool:
    return row.state == "met" and (may(user, "petitions.receive") or row.unit_id in units_of(user))


def _leads(row, user) -> bool:
    return getattr(getattr(user, "person", None), "pk", None) == row.leader_id


def _works_on(row, user) -> bool:
    handles = row.petition.case.unit_id in units_of(user)
    return row.signed_on is None and (_leads(row, user) or handles or may(user, "petitions.charge"))


SLOT = {
    "book": Act(_("Book somebody in"), _kept(services.book), forms.BookForm,
                lambda s, user: not s.cancelled and s.ends_at > now() and may(user, "petitions.take")),
    "change": Act(_("Correct the slot"), lambda row, data, by: services.save_slot(row, data, by=by), forms.SlotForm,
                  lambda s, user: not s.cancelled and s.ends_at > now() and may(user, "petitions.receive")),
    "cancel": Act(_("Cancel the slot"), _text(services.cancel_slot, "reason"), forms.TextForm,
                  lambda s, user: not s.cancelled and may(user, "petitions.receive")),
}  # fmt: skip
VISIT = {
    "arrive": Act(_("The visitor is here"), _kept(services.arrive), when=_receives("booked")),
    "miss": Act(_("The visitor did not come"), _kept(services.miss), when=_receives("booked")),
    "talk": Act(_("Record the talk"), _kept(services.note_talk), forms.TalkForm, _receives("here")),
    "outcome": Act(_("Tell what came of it"), _text(services.carry_out, "outcome"), forms.TextForm, _carries),
}
CHARGE = {
    "note": Act(_("Note a visit or a step"), _kept(services.note_charge), forms.ChargeNoteForm, _works_on),
    "propose": Act(_("Propose to close it"), _text(services.propose_end, "result"), forms.TextForm, _works_on),
    "sign": Act(_("Close it by signature"), _kept(services.sign_end),
                when=lambda c, user: c.signed_on is None and c.asked_close_on is not None and _leads(c, user)),
}  # fmt: skip
CONTEST = {
    "apply": Act(_("Apply for my township"),
                 lambda row, data, by: services.apply_for(row, own_unit(by), statement=data["text"], by=by),
                 forms.TextForm,
                 lambda c, user: today() <= c.apply_until and may(user, "petitions.apply") and own_unit(user)),
}  # fmt: skip
ENTRY = {
    "decide": Act(_("Decide on the entry"), _kept(services.decide_entry), forms.DecideEntryForm,
                  lambda e, user: e.state == "applied" and may(user, "petitions.contest")),
    "withdraw": Act(_("Take the award back"), _text(services.withdraw_award, "reason"), forms.TextForm,
                    lambda e, user: e.state == "awarded" and may(user, "petitions.contest")),
}  # fmt: skip


def own_unit(user):
    """The township government in which somebody holds a post."""
    return Unit.objects.filter(pk__in=units_of(user), kind=Unit.Kind.TOWNSHIP_GOVERNMENT).order_by("pk").first()


def _slot(row) -> str:
    return reverse("petitions-slot", args=[row.pk])


def _contest(row) -> str:
    return reverse("petitions-contest")


THINGS: dict[str, Thing] = {
    "slot": Thing(reach.visible_slots, _slot, SLOT),
    "visit": Thing(reach.visible_visits, lambda v: _slot(v.slot), VISIT),
    "charge": Thing(
        reach.visible_charges, lambda c: reverse("desk-case", args=[c.petition.case.number]), CHARGE
    ),
    "contest": Thing(lambda user: Contest.objects.all(), _contest, CONTEST),
    "entry": Thing(reach.visible_entries, _contest, ENTRY),
}  # fmt: skip


def buttons(kind: str, row, user) -> list[tuple[str, object]]:
    """Addresses and words of what `user` may do to a row as it stands."""
    return [
        (reverse("petitions-act", args=[kind, row.pk, verb]), act.title)
        for verb, act in THINGS[kind].acts.items()
        if act.when(row, user)
    ]
