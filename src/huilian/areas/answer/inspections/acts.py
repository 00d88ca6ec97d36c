"""Every act outside a case: its words, its form, the post it needs, when it can be done. One view serves them all."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.access.queries import may

from . import forms, forms_tasks, services
from .models import Member
from .queries import reach

MANAGE, PLAN = "inspections.manage", "inspections.plan"


@dataclass(frozen=True)
class Act:
    """`run(row, data, by)` calls the service; `when(row)` says whether the button is shown."""

    title: object
    action: str
    run: Callable
    form: type[forms.About] = forms.About
    when: Callable = lambda row: True


@dataclass(frozen=True)
class Thing:
    """A kind of row: which of them a person sees, by which field it is addressed, where its page is, its acts."""

    visible: Callable
    key: str
    page: Callable
    acts: dict[str, Act]


def _with(service, **renamed):
    def run(row, data, by):
        if "files" in data:
            data["files"] = [(file, file.name) for file in data["files"] or []]
        return service(row, **{renamed.get(k, k): v for k, v in data.items()}, by=by)

    return run


def _planned(round_) -> bool:
    return round_.state == "planned"


ROUND = {
    "target": Act(_("Add whom it looks at"), PLAN, _with(services.add_target), forms.TargetForm, _planned),
    "announce": Act(_("Announce the lot for the team"), PLAN, _with(services.announce_team), forms.LotForm,
                    lambda r: _planned(r) and not r.draw_id and r.kind != "mutual"),
    "draw": Act(_("Draw the team"), PLAN, _with(services.draw_team), forms.WordsForm,
                lambda r: _planned(r) and r.draw_id and r.draw.state == "announced"),
    "pair": Act(_("Draw who checks whom"), PLAN, _with(services.pair_up), forms.WordsForm,
                lambda r: _planned(r) and r.kind == "mutual"),
    "authorise": Act(_("Give an authority"), PLAN, _with(services.authorise), forms.AuthorityForm,
                     lambda r: r.state in ("planned", "running")),
    "begin": Act(_("Begin the round"), PLAN, _with(services.begin), when=_planned),
    "close": Act(_("Close the round"), PLAN, _with(services.close_round), when=lambda r: r.state == "running"),
    "session": Act(_("Enter a session of the class"), PLAN, _with(services.hold_session), forms_tasks.SessionForm,
                   lambda r: r.state == "running" and r.kind == "class"),
    "cancel": Act(_("Give the round up"), PLAN, _with(services.cancel_round), forms.ReasonForm, _planned),
}  # fmt: skip
TARGET = {
    "finding": Act(_("Note a finding"), "inspections.fill",
                   lambda row, data, by: services.note_finding(
                       unit=row.unit, target=row, by=by, item=data["item"], fact=data["fact"],
                       is_immediate=data["is_immediate"], files=[(f, f.name) for f in data["files"] or []]),
                   forms.FindingForm, lambda t: t.told_on is None and t.round.state == "running"),
    "feedback": Act(_("Give the feedback"), MANAGE, _with(services.feed_back), forms.FeedbackForm,
                    lambda t: t.told_on is None and t.round.state == "running" and bool(t.sheet.handed_in_at)),
}  # fmt: skip
FINDING = {
    "tell": Act(_("Tell the unit now"), MANAGE, _with(services.tell_now), when=lambda f: f.case_id is None),
    "split": Act(_("Divide it among township and villages"), MANAGE,
                 lambda row, data, by: services.split(row, [(u, data["text"]) for u in data["units"]], by=by),
                 forms.SplitForm, lambda f: f.case_id and f.case.is_open),
    "spread": Act(_("Look for the same in similar villages"), MANAGE, _with(services.spread), forms.SpreadForm,
                  lambda f: f.case_id is not None),
    "publish": Act(_("Let everybody read it"), MANAGE, _with(services.publish_finding), forms.PublishForm,
                   lambda f: f.case_id is not None),
    "codes": Act(_("Make slips with codes"), MANAGE, _with(services.issue_codes), forms.CountForm,
                 lambda f: f.published_on is not None),
    "visit": Act(_("Enter what people said at a visit"), MANAGE, _with(services.note_visit), forms.VisitForm,
                 lambda f: f.case_id and f.case.step in ("review", "closed")),
    "letter": Act(_("Send a letter"), MANAGE,
                  lambda row, data, by: services.send_letter(data.pop("kind"), finding=row, **data, by=by),
                  forms.LetterForm, lambda f: f.case_id is not None),
}  # fmt: skip
LETTER = {
    "answer": Act(_("Answer the letter"), "inspections.answer", _with(services.answer_letter), forms.AnswerForm,
                  lambda row: row.answered_on is None),
    "remind": Act(_("Remind of the answer"), MANAGE, _with(services.remind), when=lambda row: row.answered_on is None),
    "outcome": Act(_("Enter the follow-up"), MANAGE, _with(services.follow_up_letter), forms.OutcomeForm),
}  # fmt: skip
TALK = {
    "held": Act(_("Enter the record of the talk"), MANAGE, _with(services.hold_talk), forms_tasks.HeldForm,
                lambda t: t.state == "invited"),
    "follow": Act(_("Say what was done"), "inspections.answer", _with(services.follow_up), forms_tasks.FollowForm,
                  lambda t: t.state == "held"),
    "end": Act(_("End the talk"), MANAGE, _with(services.end_talk), forms_tasks.NoteForm,
               lambda t: t.state == "followed"),
}  # fmt: skip
MEETING = {
    "held": Act(_("Enter the conclusions"), PLAN, _with(services.hold_meeting), forms_tasks.MinutesForm,
                lambda m: m.held_on is None),
    "task": Act(_("Make a conclusion a task"), PLAN, _with(services.give_tasks), forms_tasks.TaskForm,
                lambda m: m.held_on is not None),
}  # fmt: skip
TASK = {
    "done": Act(_("Hand the task in"), "inspections.answer", _with(services.hand_in_task), forms_tasks.DoneForm,
                lambda t: t.done_on is None),
    "accept": Act(_("Accept the task"), MANAGE, _with(services.accept_task), forms_tasks.AcceptForm,
                  lambda t: t.state == "done"),
    "return": Act(_("Not done: send it back"), MANAGE, _with(services.return_task), forms_tasks.NoteForm,
                  lambda t: t.state == "done"),
}  # fmt: skip


def _members(user):
    return Member.objects.filter(round__in=reach.visible_rounds(user).order_by())


def _round(round_) -> str:
    return reverse("inspections-round", args=[round_.number])


def _finding(finding) -> str:
    return reverse("inspections-finding", args=[finding.number])


THINGS = {
    "round": Thing(reach.visible_rounds, "number", _round, ROUND),
    "target": Thing(reach.visible_targets, "pk", lambda t: _round(t.round), TARGET),
    "member": Thing(_members, "pk", lambda m: _round(m.round), {
        "end": Act(_("End this authority"), PLAN, _with(services.end_authority), forms.ReasonForm,
                   lambda m: not m.ended)}),
    "finding": Thing(reach.visible_findings, "number", _finding, FINDING),
    "letter": Thing(reach.visible_letters, "number", lambda row: reverse("inspections-letters"), LETTER),
    "talk": Thing(reach.visible_talks, "number", lambda t: reverse("inspections-talk", args=[t.number]), TALK),
    "meeting": Thing(reach.visible_meetings, "number", lambda m: reverse("inspections-meeting", args=[m.number]),
                     MEETING),
    "task": Thing(reach.visible_tasks, "number", lambda t: reverse("inspections-task", args=[t.number]), TASK),
}  # fmt: skip


def buttons(kind: str, row, user) -> list[tuple[str, object]]:
    """(address, words) of what `user` may do with `row` now."""
    thing = THINGS[kind]
    key = getattr(row, thing.key)
    return [
        (reverse("inspections-act", args=[kind, key, verb]), act.title)
        for verb, act in thing.acts.items()
        if may(user, act.action) and act.when(row)
    ]
