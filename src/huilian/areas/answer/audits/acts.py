"""Every act on an audit or a finding: its words, its form, when it can be done. One view serves them all.

Who may is asked in the services; `by` says for whom a button is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.access.queries import may

from . import forms, services
from .models import Finding, Member
from .queries import reach

State = Finding.State


@dataclass(frozen=True)
class Act:
    """`run(row, data, by)` calls the service; `when(row)` says whether it can be done now."""

    title: object
    run: Callable
    form: type[forms.About] = forms.About
    when: Callable = lambda row: True
    by: Callable = lambda row, user: may(user, reach.PLAN)


@dataclass(frozen=True)
class Thing:
    visible: Callable
    key: str
    page: Callable
    acts: dict[str, Act]


def _with(service):
    def run(row, data, by):
        if "files" in data:
            data["files"] = [(file, file.name) for file in data["files"] or []]
        return service(row, **data, by=by)

    return run


def _at(*steps):
    return lambda audit: audit.case.step in steps


def _is(*states):
    return lambda finding: finding.state in states


def _auditors(row, user) -> bool:
    audit = row.audit if isinstance(row, Finding) else row
    return may(user, reach.WORK) and audit.person_id != getattr(getattr(user, "person", None), "pk", 0)


def _answers(finding, user) -> bool:
    return finding.audit.person.user_id == user.pk or _auditors(finding, user)


def _repairs(finding, user) -> bool:
    return finding.audit.person.user_id == user.pk or may(user, reach.REPAIR)


def _save_finding(row, data, by):
    finding = row if isinstance(row, Finding) else None
    return services.save_finding(finding.audit if finding else row, finding, **data, by=by)


AUDIT = {
    "notify": Act(_("Serve the notice"), _with(services.notify_head), when=_at("planned")),
    "begin": Act(_("Begin to take evidence"), _with(services.begin), forms.BeginForm, _at("notice"), _auditors),
    "evidence": Act(_("Record evidence"), _with(services.add_evidence), forms.EvidenceForm, _at("evidence"),
                    _auditors),
    "finding": Act(_("Enter a finding"), _save_finding, forms.FindingForm, _at("evidence", "draft"), _auditors),
    "draft": Act(_("Write the draft"), _with(services.write_draft), forms.DraftForm, _at("evidence"), _auditors),
    "consult": Act(_("Send the draft to the audited person"), _with(services.consult), when=_at("draft"),
                   by=_auditors),
    "conclude": Act(_("All answers are weighed"), _with(services.conclude_answers), when=_at("answers"),
                    by=_auditors),
    "issue": Act(_("Issue the report"), _with(services.begin_repairs), forms.ReportForm, _at("report")),
    "publish": Act(_("Publish the result"), _with(services.publish), forms.PublishForm, _at("repair", "closed")),
    "advise": Act(_("Send the result to the unit that appoints"), _with(services.advise), forms.AdviceForm,
                  _at("repair", "closed")),
    "close": Act(_("Close the audit"), _with(services.close), when=_at("repair")),
    "member": Act(_("Put somebody into the team"), _with(services.add_member), forms.MemberForm,
                  _at("planned", "notice", "evidence", "draft", "answers", "report")),
    "again": Act(_("Back to the evidence"), _with(services.look_again), forms.NoteForm, _at("draft", "report"),
                 _auditors),
    "cancel": Act(_("Give the audit up"), _with(services.cancel), forms.NoteForm, _at("planned", "notice")),
}  # fmt: skip
FINDING = {
    "change": Act(_("Change the finding"), _save_finding, forms.FindingForm,
                  lambda f: f.state == State.NOTED and f.audit.case.step in ("evidence", "draft"), _auditors),
    "answer": Act(_("Answer the finding"), _with(services.answer), forms.AnswerForm,
                  lambda f: f.state in (State.SENT, State.ANSWERED) and f.audit.case.step == "answers", _answers),
    "weigh": Act(_("Weigh the answer"), _with(services.weigh), forms.WeighForm,
                 lambda f: f.state in (State.SENT, State.ANSWERED, State.UPHELD, State.DROPPED)
                 and f.audit.case.step == "answers", _auditors),
    "promise": Act(_("Promise to put it right"), _with(services.promise), forms.PromiseForm, _is(State.REPAIR),
                   _repairs),
    "hand-in": Act(_("Hand the repair in"), _with(services.hand_in), forms.RepairForm,
                   lambda f: f.state == State.REPAIR and f.promised_for, _repairs),
    "verify": Act(_("Verify the repair"), _with(services.verify), forms.VerifyForm, _is(State.HANDED_IN)),
    "send-back": Act(_("Not put right: send it back"), _with(services.send_back), forms.NoteForm,
                     _is(State.HANDED_IN)),
}  # fmt: skip


def _audit_page(audit) -> str:
    return reverse("audits-audit", args=[audit.number])


def _members(user):
    return Member.objects.filter(audit__in=reach.visible_audits(user).order_by()).select_related("audit")


THINGS = {
    "audit": Thing(reach.visible_audits, "number", _audit_page, AUDIT),
    "finding": Thing(reach.visible_findings, "number", lambda f: f"{_audit_page(f.audit)}#{f.number}", FINDING),
    "member": Thing(_members, "pk", lambda m: _audit_page(m.audit), {
        "leave": Act(_("Take out of the team"), _with(services.remove_member), forms.ReasonForm,
                     lambda m: m.left_on is None)}),
    "proposal": Thing(reach.visible_proposals, "pk", lambda p: reverse("audits-home"), {
        "aside": Act(_("Put it aside"), _with(services.put_aside), forms.ReasonForm,
                     lambda p: not p.audit_id and not p.put_aside)}),
}  # fmt: skip


def buttons(kind: str, row, user) -> list[tuple[str, object]]:
    """(address, words) of what `user` may do with `row` now."""
    thing = THINGS[kind]
    key = getattr(row, thing.key)
    return [
        (reverse("audits-act", args=[kind, key, verb]), act.title)
        for verb, act in thing.acts.items()
        if act.by(row, user) and act.when(row)
    ]
