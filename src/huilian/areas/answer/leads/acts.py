"""Every act on a lead with a form: its words, its form, the post it needs, when its button is there.

One view (`views.acting`) serves them all at act/<kind>/<key>/<verb>/. The services ask everything again.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.access.queries import may

from . import forms, rules, services
from .models import Evidence, Letter, MeetingItem, StockItem, Task
from .queries import reach


@dataclass(frozen=True)
class Act:
    """`run(row, data, token, by)` calls the service; `when(row, user)` says whether the button is shown."""

    title: object
    actions: tuple[str, ...]
    run: Callable
    form: type[forms.About] = forms.About
    when: Callable = lambda row, user: True


@dataclass(frozen=True)
class Thing:
    visible: Callable
    key: str
    page: Callable
    acts: dict[str, Act]


def _plain(service):
    return lambda row, data, token, by: service(row, **data, by=by)


def _keyed(service):
    return lambda row, data, token, by: service(row, **data, token=token, by=by)


def _state(*states: str, mine: bool = False) -> Callable:
    return lambda row, user: row.state in states and (not mine or row.handler_id == user.pk)


def _open(row, user) -> bool:
    return row.is_open


def _mine(row, user) -> bool:
    return row.is_open and row.handler_id == user.pk


def _weigh(row, data, token, by):
    return services.weigh(row, {key: data[key] for key in rules.WEIGHTS}, cause=data["cause"], by=by)


def _waiting(row, user) -> bool:
    found = row.proposals.filter(state="waiting").first()
    return bool(found and may(user, f"leads.approve{found.level}"))


def _decide(row, data, token, by):
    return services.decide(row.proposals.get(state="waiting"), **data, by=by)


def _stating(row, user) -> bool:
    return row.members.filter(user=user, stated_at=None).exists() and not _taking(row, user)


def _taking(row, user) -> bool:
    return row.handovers.filter(taken_at=None, taker=user).exists()


def _evidence(row, data, token, by):
    files = [(file.name, file) for file in data.pop("files") or []]
    return services.add_evidence(row, **data, files=files, by=by)


HANDLE, KEEP, TRY = ("leads.handle",), ("leads.keep",), ("leads.try",)
APPROVE = tuple(f"leads.approve{level}" for level in rules.LEVELS)

LEAD = {
    "take": Act(_("Sign for it"), HANDLE, _plain(services.take_over), when=_taking),
    "state": Act(_("Sign the statement on recusal and secrecy"), HANDLE, _plain(services.state_clear), when=_stating),
    "decide": Act(_("Decide"), APPROVE, _decide, forms.DecideForm, _waiting),
    "hand-over": Act(
        _("Hand the lead over"), (*KEEP, *HANDLE),
        lambda row, data, token, by: services.hand_over(row, data["taker"], office=data["office"], token=token, by=by),
        forms.HandOverForm,
        lambda row, user: row.is_open and (may(user, "leads.keep") or row.handler_id == user.pk),
    ),
    "weigh": Act(_("Weigh it"), (*HANDLE, *KEEP), _weigh, forms.WeighForm, _open),
    "propose": Act(
        _("Propose a disposal"), HANDLE, _keyed(services.propose), forms.ProposeForm,
        _state(*rules.NEXT, mine=True),
    ),
    "inquire": Act(
        _("Talk or letter of inquiry"), HANDLE, _plain(services.inquire), forms.InquireForm,
        _state("interview", mine=True),
    ),
    "answer": Act(
        _("Take the answer in"), HANDLE, _plain(services.take_answer), forms.AnswerForm, _state("interview", mine=True)
    ),
    "report-inquiry": Act(
        _("Report on the talk or answer"), HANDLE, _plain(services.report_inquiry), forms.TextForm,
        _state("interview", mine=True),
    ),
    "plan": Act(
        _("Plan the verification"), HANDLE, _keyed(services.plan_verification), forms.PlanForm,
        _state("verify", mine=True),
    ),
    "report": Act(
        _("Report on the verification"), HANDLE, _plain(services.report_verification), forms.TextForm,
        _state("verify", mine=True),
    ),
    "sign": Act(_("Sign the report"), HANDLE, _plain(services.sign_report), when=lambda row, user: row.verifications
                .filter(reported_at__isnull=False, signatures__user=user, signatures__at=None).exists()),
    "trial": Act(
        _("Hand the file to the trial office"), HANDLE,
        lambda row, data, token, by: services.send_to_trial(row, data["officer"], token=token, by=by),
        forms.OfficerForm, _state("filed", mine=True),
    ),
    "accept": Act(_("Take the file in"), TRY, _plain(services.accept_trial), when=_state("filed")),
    "outcome": Act(
        _("Enter an outcome"), (*TRY, *HANDLE), _plain(services.enter_outcome), forms.OutcomeForm,
        lambda row, user: (row.state in ("trial", "decided") and may(user, "leads.try"))
        or (row.state == "closed" and row.way == "remind" and may(user, "leads.handle")),
    ),
    "announce": Act(_("Announce the decisions"), TRY, _plain(services.announce), forms.AnnounceForm, _state("decided")),
    "archive": Act(_("Close the case"), TRY, _plain(services.archive), forms.ArchiveForm, _state("decided")),
    "feed-back": Act(
        _("The reporter was told"), KEEP, _plain(services.feed_back), forms.FeedBackForm,
        lambda row, user: row.state == "closed" and row.naming in ("real", "joint") and not row.fed_back_on,
    ),
    "write": Act(_("Write a note"), (*HANDLE, *KEEP), _plain(services.write), forms.WriteForm, _open),
    "instruct": Act(
        _("Write an instruction"), APPROVE,
        lambda row, data, token, by: services.write(row, kind="instruction", **data, by=by), forms.TextForm, _open,
    ),
    "evidence": Act(_("Enter a piece of evidence"), (*HANDLE, *TRY), _evidence, forms.EvidenceForm),
    "letter": Act(_("Write to another organ"), (*KEEP, *HANDLE), _plain(services.send_letter), forms.LetterForm,
                  lambda row, user: row.is_open and (may(user, "leads.keep") or row.handler_id == user.pk)),
    "repeat": Act(_("Keep it as a repeat"), KEEP, _plain(services.join_repeat), forms.RepeatForm,
                  lambda row, user: row.repeat_of_id is None),
    "recheck": Act(_("Check the answer again"), KEEP, _plain(services.recheck_inquiry), forms.RecheckForm,
                   lambda row, user: row.inquiries.filter(reported_on__isnull=False, rechecked_on=None).exists()),
    "clear": Act(_("Clear the name"), HANDLE, _plain(services.clear_name), forms.ClearForm,
                 lambda row, user: row.state == "closed" and not row.outcomes.exists()),
    "false": Act(_("A false accusation was determined"), KEEP, _plain(services.find_false), forms.FalseForm,
                 _state("closed")),
    "step-back": Act(_("Step back from it"), ("leads.see",), _plain(services.step_back)),
}  # fmt: skip
LETTER = {
    "receipt": Act(_("Take the answer in"), (*KEEP, *HANDLE), _plain(services.take_receipt), forms.ReceiptForm,
                   lambda row, user: row.answered_on is None),
}  # fmt: skip
MEETING = {
    "table": Act(_("Put a lead on the table"), KEEP, _plain(services.table), forms.TableForm,
                 lambda row, user: row.closed_at is None),
    "close": Act(_("Close the minutes"), KEEP, _plain(services.close_meeting),
                 when=lambda row, user: row.closed_at is None),
}  # fmt: skip
ITEM = {
    "conclude": Act(_("Note the conclusion"), KEEP, _plain(services.conclude), forms.TextForm,
                    lambda row, user: row.meeting.closed_at is None),
    "task": Act(_("Give a task"), KEEP, _plain(services.give_task), forms.TaskForm,
                lambda row, user: row.meeting.closed_at is None),
}  # fmt: skip
STOCK = {
    "check": Act(_("Look at it again"), (*HANDLE, *KEEP), _plain(services.check_again), forms.CheckForm,
                 lambda row, user: row.signed_on is None),
    "sign-off": Act(_("Sign it off"), (*KEEP, "leads.approve3"), _plain(services.sign_off),
                    when=lambda row, user: row.checked_on and not row.signed_on and row.checker_id != user.pk),
}  # fmt: skip


def _is_kept(row, user) -> bool:
    return row.state == "kept"


EVIDENCE = {
    "keeper": Act(_("Another keeper or place"), (*HANDLE, *TRY), _plain(services.move_evidence), forms.KeeperForm,
                  _is_kept),
    "release": Act(_("Hand over or return it"), (*HANDLE, *TRY), _plain(services.release_evidence), forms.ReleaseForm,
                   _is_kept),
}  # fmt: skip


def _of_lead(model, path: str = "lead") -> Callable:
    return lambda user: model.objects.filter(**{f"{path}__in": reach.visible_to(user).order_by()})


def _lead_page(lead) -> str:
    return reverse("leads-lead", args=[lead.number])


def _meeting_page(meeting) -> str:
    return reverse("leads-meeting", args=[meeting.number])


THINGS = {
    "lead": Thing(reach.visible_to, "number", _lead_page, LEAD),
    "evidence": Thing(_of_lead(Evidence), "pk", lambda row: _lead_page(row.lead), EVIDENCE),
    "letter": Thing(_of_lead(Letter), "number", lambda row: _lead_page(row.lead), LETTER),
    "meeting": Thing(reach.visible_meetings, "number", _meeting_page, MEETING),
    "item": Thing(_of_lead(MeetingItem), "pk", lambda row: _meeting_page(row.meeting), ITEM),
    "task": Thing(
        _of_lead(Task, "item__lead"), "pk", lambda row: _lead_page(row.item.lead),
        {"finish": Act(_("It is done"), ("leads.see",), _plain(services.finish_task),
                       when=lambda row, user: row.user_id == user.pk and row.done_on is None)},
    ),
    "stock": Thing(
        _of_lead(StockItem), "pk", lambda row: reverse("leads-stocktake", args=[row.stocktake.number]), STOCK
    ),
}  # fmt: skip


def buttons(kind: str, row, user) -> list[tuple[str, object]]:
    """Addresses and words of what `user` may do to a row as it stands."""
    thing = THINGS[kind]
    return [
        (reverse("leads-act", args=[kind, getattr(row, thing.key), verb]), act.title)
        for verb, act in thing.acts.items()
        if any(may(user, action) for action in act.actions) and act.when(row, user)
    ]
