"""Every act with a form or a button: its words, the post it needs, when it is there. One view serves them all."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.access.queries import may

from . import forms, services
from .models import Fault, Handover, Incident, Talk
from .queries import reach
from .services.talks import MARKS

SEE = reach.SEE


@dataclass(frozen=True)
class Act:
    """`run(row, data, by)` calls the service; `when(row, user)` says whether the button is shown."""

    title: object
    action: str
    run: Callable
    form: type[forms.About] = forms.About
    when: Callable = lambda row, user: True


@dataclass(frozen=True)
class Thing:
    """A kind of row: which of them a person sees, by which field it is addressed, where its page is, its acts."""

    visible: Callable
    key: str
    page: Callable
    acts: dict[str, Act]


def _with(service):
    return lambda row, data, by: service(row, **data, by=by)


def _talks(talk: Talk, user) -> bool:
    return user in (talk.talker, talk.second)


def _there(talk: Talk, user) -> bool:
    return _talks(talk, user) or user == talk.guard


def _gives(talk: Talk, user) -> bool:
    waits = talk.handovers.filter(taken_at=None).exists()
    if waits:
        return False
    return _talks(talk, user) if talk.state == "agreed" else talk.state == "ended" and user == talk.guard


def _moment(kind: str) -> Act:
    """A moment of the talk that may be noted now."""

    def fits(talk: Talk, user) -> bool:
        if talk.state != "inside" or not _there(talk, user):
            return False
        last = talk.marks.filter(kind__in=MARKS).last()
        if kind == "look":
            return user == talk.guard and last is not None
        return (last.kind if last else "") in MARKS[kind]

    words = {
        "start": _("The talk begins"), "rest": _("A rest begins"), "meal": _("A meal begins"),
        "resume": _("The talk goes on"), "end": _("The talk ends"), "look": _("Looked in"),
    }  # fmt: skip
    return Act(words[kind], SEE, lambda row, data, by: services.mark(row, kind, by=by), when=fits)


TALK = {
    "decide": Act(_("Decide on the talk"), "office.approve", _with(services.decide), forms.DecideForm,
                  lambda t, u: t.state == "asked" and not _there(t, u)),
    "medical": Act(_("Write the medical check down"), "office.guard", _with(services.note_medical), forms.MedicalForm,
                   lambda t, u: t.state == "agreed" and u == t.guard and not t.medical_at),
    "hand-over": Act(_("Hand the person over"), SEE, _with(services.hand_over), forms.HandOverForm, _gives),
    **{kind: _moment(kind) for kind in ("start", "look", "rest", "meal", "resume", "end")},
    "incident": Act(_("Report an incident"), SEE, _with(services.report_incident), forms.IncidentForm,
                    lambda t, u: t.state in ("agreed", "inside", "ended") and _there(t, u)),
    "give-up": Act(_("Give the talk up"), "office.book", _with(services.give_up),
                   when=lambda t, u: t.state in ("asked", "agreed") and _talks(t, u)),
}  # fmt: skip


def _follow(close: bool) -> Callable:
    return lambda row, data, by: services.follow_up(row, **data, close=close, by=by)


def _finish(row, data, by):
    files = [(file, file.name) for file in data.pop("files") or []]
    return services.finish(row, **data, files=files, by=by)


def _of_talks(model) -> Callable:
    return lambda user: model.objects.filter(talk__in=reach.visible_to(user).order_by()).select_related("talk")


def faults(user):
    """Rows in the queue, for who exchanges files."""
    rows = Fault.objects.select_related("package__profile")
    return rows if may(user, "office.exchange") else rows.none()


def _talk(talk: Talk) -> str:
    return reverse("office-talk", args=[talk.number])


THINGS = {
    "talk": Thing(reach.visible_to, "number", _talk, TALK),
    "handover": Thing(_of_talks(Handover), "pk", lambda row: _talk(row.talk), {
        "take": Act(_("Sign for the person"), SEE, lambda row, data, by: services.take_over(row, by=by),
                    when=lambda row, user: row.taken_at is None and row.taker == user),
    }),
    "task": Thing(reach.visible_tasks, "pk", lambda row: reverse("office-office", args=[row.unit_id]), {
        "finish": Act(_("Enter that it is done"), reach.WORK, _finish, forms.FinishForm,
                      lambda row, user: row.done_on is None),
    }),
    "document": Thing(reach.visible_adoptions, "pk", lambda row: reverse("office-document", args=[row.pk]), {
        "read": Act(_("I have read it"), reach.WORK, lambda row, data, by: services.sign_read(row, by=by),
                    when=lambda row, user: not row.ended_on and not row.readings.filter(user=user).exists()),
        "withdraw": Act(_("Take it out of force"), reach.WORK, lambda row, data, by: services.withdraw(row, by=by),
                        when=lambda row, user: not row.ended_on),
    }),
    "fault": Thing(faults, "pk", lambda row: reverse("office-profile", args=[row.package.profile.key]), {
        "settle": Act(_("Settle it by hand"), "office.exchange", _with(services.settle), forms.SettleForm,
                      lambda row, user: row.settled_at is None),
    }),
    "incident": Thing(_of_talks(Incident), "number", lambda row: _talk(row.talk), {
        "follow": Act(_("Write what was done"), SEE, _follow(False), forms.FollowForm,
                      lambda row, user: row.closed_at is None),
        "close": Act(_("Close the incident"), "office.approve", _follow(True), forms.FollowForm,
                     lambda row, user: row.closed_at is None),
    }),
}  # fmt: skip


def buttons(kind: str, row, user) -> list[tuple[str, object]]:
    """(address, words) of what `user` may do with `row` now."""
    thing = THINGS[kind]
    key = getattr(row, thing.key)
    return [
        (reverse("office-act", args=[kind, key, verb]), act.title)
        for verb, act in thing.acts.items()
        if may(user, act.action) and act.when(row, user)
    ]
