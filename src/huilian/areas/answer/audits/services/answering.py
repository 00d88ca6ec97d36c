"""The audited person answers each finding, the auditors weigh the answers, the report is issued, used and published."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Unit
from huilian.engine.documents.services import attach
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from ..models import Audit, Finding, Taking
from ..queries.due import setting, step_due
from .guards import allow, allow_work, locked_audit, locked_finding, move, said, tell
from .planning import tell_head
from .working import take

State, Way = Finding.State, Finding.Way
REPAIR_DAYS = 60


@transaction.atomic
def answer(finding: Finding, *, text: str, files: Sequence[tuple[BinaryIO, str]] = (), by: Any) -> Finding:
    """The audited person says what they have to say; it stands beside the finding for good.

    Somebody of the team enters it for them only with the signed paper. Answered again before it is weighed, the last
    words count and both stand in the history.
    """
    locked_audit(finding.audit, "answers")
    finding = locked_finding(finding, State.SENT, State.ANSWERED)
    person = getattr(by, "person", None)
    own = person is not None and person.pk == finding.audit.person_id
    if not own:
        allow_work(by, finding.audit)
        if not files:
            raise Invalid(_("Attach the answer as the audited person signed it."), field="files")
    finding.answer, finding.answered_on = said(text, "text"), today()
    finding.answered_how, finding.state = Way.SELF if own else Way.PAPER, State.ANSWERED
    finding.save()
    for file, name in files:
        attach(file, name, finding, kind="audit_answer", by=by)
    tell(finding.audit, "answer", by, number=finding.number)
    return finding


@transaction.atomic
def weigh(finding: Finding, *, upheld: bool, opinion: str, by: Any) -> Finding:
    """Uphold or drop a finding that was answered, with the reason. One not answered by its day may be weighed too."""
    audit = locked_audit(finding.audit, "answers")
    finding = locked_finding(finding, State.SENT, State.ANSWERED, State.UPHELD, State.DROPPED)
    allow_work(by, audit)
    if finding.state == State.SENT:
        due = step_due(audit)
        if due and today() <= due:
            raise Conflict(_("The audited person may answer until %(day)s.") % {"day": due})
        finding.answered_how = Way.NONE
    finding.opinion = said(opinion, "opinion")
    finding.state = State.UPHELD if upheld else State.DROPPED
    finding.save()
    tell(audit, "weigh", by, number=finding.number, upheld=upheld)
    return finding


@transaction.atomic
def conclude_answers(audit: Audit, *, by: Any) -> Audit:
    """All answers are weighed: on to the report. Raises Conflict with the findings that wait."""
    audit = locked_audit(audit, "answers")
    allow_work(by, audit)
    waiting = audit.findings.exclude(state__in=[State.UPHELD, State.DROPPED]).values_list("number", flat=True)
    if waiting:
        raise Conflict(_("Not weighed yet: %(numbers)s.") % {"numbers": "、".join(waiting)})
    return move(audit, "weigh", by)


@transaction.atomic
def begin_repairs(audit: Audit, *, conclusion: str, by: Any) -> Audit:
    """「出具审计报告」 Issue the report: the books are taken again beside the first look; findings get their day."""
    audit = locked_audit(audit, "report")
    allow(by, audit)
    audit.conclusion, audit.report_on = said(conclusion, "conclusion"), today()
    due = today() + timedelta(days=setting("repair_days", REPAIR_DAYS))
    upheld = audit.findings.filter(state=State.UPHELD).update(state=State.REPAIR, due_on=due)
    taken = take(audit, Taking.Stage.REPORT)
    move(audit, "issue", by, data={"findings": upheld, "digest": taken.digest})
    tell_head(audit, "audits.reported", due=due.isoformat())
    return audit


@transaction.atomic
def advise(audit: Audit, *, unit: Unit, advice: str, by: Any) -> Audit:
    """「审计结果运用建议」 Send the result to the unit that appoints, in words and on paper: never as a mark."""
    audit = locked_audit(audit, "repair", "closed")
    allow(by, audit)
    if unit.pk == audit.unit_id:
        raise Invalid(_("The result goes to the unit that appoints, not to the audited one."), field="unit")
    audit.copied_to, audit.advice, audit.copied_on = unit, said(advice, "advice"), today()
    audit.save(update_fields=["copied_to", "advice", "copied_on"])
    tell(audit, "advise", by, unit=unit.name)
    return audit


@transaction.atomic
def publish(audit: Audit, *, text: str, by: Any) -> Audit:
    """「公布审计结果」 Let every villager read the result, by office. Private persons are not to be named in it."""
    audit = locked_audit(audit, "repair", "closed")
    allow(by, audit)
    text = said(text, "text")
    if audit.person.name in text:
        raise Invalid(_("Name the office, not the person."), field="text")
    audit.public_text, audit.published_on = text, audit.published_on or today()
    audit.save(update_fields=["public_text", "published_on"])
    tell(audit, "publish", by)
    return audit


@transaction.atomic
def close(audit: Audit, *, by: Any) -> Audit:
    """Close an audit whose result is published and whose findings are all put right."""
    audit = locked_audit(audit, "repair")
    allow(by, audit)
    open_ = audit.findings.exclude(state__in=[State.DONE, State.DROPPED]).values_list("number", flat=True)
    if open_:
        raise Conflict(_("Not put right yet: %(numbers)s.") % {"numbers": "、".join(open_)})
    if not audit.published_on:
        raise Conflict(_("The law wants the result published. Publish it first."))
    return move(audit, "close", by)
