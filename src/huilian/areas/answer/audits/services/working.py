"""Taking the books, evidence and findings; the draft goes to the audited person."""

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.documents.services import attach
from huilian.foundation import hashing
from huilian.foundation.errors import Invalid
from huilian.foundation.now import now, today

from .. import hooks
from ..models import Audit, Evidence, Finding, Matter, Taking
from ..queries.due import step_due
from .guards import allow_work, locked_audit, move, said, tell
from .planning import tell_head

State = Finding.State


def take(audit: Audit, stage: str) -> Taking:
    """Freeze what the books say of the stretch, up to today, with its digest."""
    body = hashing.plain(hooks.draw(audit.place, audit.starts_on, min(audit.ends_on, today())))
    return Taking.objects.create(
        audit=audit, stage=stage, taken_at=now(), body=body, digest=hashing.digest(hashing.dump(body)).hex()
    )


@transaction.atomic
def begin(audit: Audit, *, agreed: bool = False, by: Any) -> Audit:
    """「进点」 Begin to take evidence: the figures of the books are drawn and frozen.

    Raises Invalid before the notice had its days, unless the audited person agreed to an earlier day.
    """
    audit = locked_audit(audit, "notice")
    allow_work(by, audit)
    if audit.starts_on > today():
        raise Invalid(_("The stretch that is audited has not begun."))
    due = step_due(audit)
    if due and today() < due and not agreed:
        raise Invalid(
            _("The notice has its days until %(day)s, unless the audited person agrees to begin.") % {"day": due},
            field="agreed",
        )
    taken = take(audit, Taking.Stage.BEGIN)
    return move(audit, "begin", by, data={"digest": taken.digest, "agreed": agreed})


@transaction.atomic
def add_evidence(
    audit: Audit, *, matter: str, fact: str, source: str, files: Sequence[tuple[BinaryIO, str]] = (), by: Any
) -> Evidence:
    """「取证记录」 Write down one fact and where it was seen, with copies."""
    audit = locked_audit(audit, "evidence")
    person = allow_work(by, audit)
    row = Evidence.objects.create(
        number=f"{audit.number}-Z{audit.evidence.count() + 1:02d}", audit=audit, matter=_matter(audit, matter),
        fact=said(fact, "fact"), source=said(source, "source"), taken_on=today(), taken_by=person,
    )  # fmt: skip
    for file, name in files:
        attach(file, name, row, kind="audit_evidence", by=by)
    tell(audit, "add_evidence", by, number=row.number)
    return row


@transaction.atomic
def save_finding(
    audit: Audit, finding: Finding | None = None, *, matter: str, fact: str, responsibility: str, basis: str,
    evidence: Iterable[Evidence], amount_cents: int | None = None, back_cents: int | None = None, by: Any,
) -> Finding:  # fmt: skip
    """Note a finding, or change one that the audited person has not seen. It rests on evidence of this audit.

    Raises Invalid where it rests on none, or more is to be paid back than is concerned.
    """
    audit = locked_audit(audit, "evidence", "draft")
    person = allow_work(by, audit)
    rows = list(evidence)
    if not rows or any(row.audit_id != audit.pk for row in rows):
        raise Invalid(_("A finding rests on records of evidence of this audit."), field="evidence")
    amount, back = amount_cents or 0, back_cents or 0
    if not 0 <= back <= amount:
        raise Invalid(_("No more can be paid back than the amount concerned."), field="back_cents")
    number = f"{audit.number}-{audit.findings.count() + 1:02d}"
    finding = finding or Finding(audit=audit, number=number, noted_by=person)
    if finding.audit_id != audit.pk or finding.state != State.NOTED:
        raise Invalid(_("What the audited person has seen is not changed any more."))
    finding.matter, finding.responsibility = _matter(audit, matter), responsibility
    finding.fact, finding.basis = said(fact, "fact"), said(basis, "basis")
    finding.amount_cents, finding.back_cents = amount, back
    finding.save()
    finding.evidence.set(rows)
    tell(audit, "save_finding", by, number=finding.number)
    return finding


def _matter(audit: Audit, matter: str) -> str:
    if matter not in audit.scope:
        raise Invalid(_("This matter does not belong to the audit: %(scope)s.") % {"scope": scope_of(audit)},
                      field="matter")  # fmt: skip
    return matter


def scope_of(audit: Audit) -> str:
    return "、".join(str(Matter(key).label) for key in audit.scope)


@transaction.atomic
def write_draft(audit: Audit, *, draft: str, by: Any) -> Audit:
    """Write the draft of the report."""
    audit = locked_audit(audit, "evidence")
    allow_work(by, audit)
    audit.draft = said(draft, "draft")
    return move(audit, "draft", by)


@transaction.atomic
def consult(audit: Audit, *, by: Any) -> Audit:
    """「征求意见」 The audited person reads the draft and the findings, and answers each."""
    audit = locked_audit(audit, "draft")
    allow_work(by, audit)
    audit.consulted_on = today()
    sent = audit.findings.filter(state=State.NOTED).update(state=State.SENT)
    move(audit, "consult", by, data={"findings": sent})
    tell_head(audit, "audits.consulted", due=str(step_due(audit)))
    return audit


@transaction.atomic
def look_again(audit: Audit, *, note: str, by: Any) -> Audit:
    """「补充取证」 Back to the evidence: what is found then goes to the audited person again."""
    audit = locked_audit(audit, "draft", "report")
    allow_work(by, audit)
    return move(audit, "look_again", by, note=said(note, "note"))
