"""「风险防控管理报告」 Drafted from the figures of a quarter, reviewed by another, issued; proposals are tracked."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Unit
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now, today

from .. import rules, wording
from ..models import Proposal, Report
from ..queries.figures import figures
from .guards import allow, another, locked, said

S = Report.State


@transaction.atomic
def draft_report(year: int, quarter: int, *, by) -> Report:
    """Count a quarter that is over and write its draft. A draft that is not reviewed yet is counted anew."""
    require(by, "risks.report")
    if quarter not in (1, 2, 3, 4):
        raise Invalid(_("A year has the quarters 1 to 4."), field="quarter")
    since, before = rules.quarter(year, quarter)
    if before > today():
        raise Invalid(_("This quarter is not over yet."), field="quarter")
    found = Report.objects.select_for_update().filter(year=year, quarter=quarter).first()
    if found and found.state != S.DRAFT:
        raise Conflict(_("The report of this quarter is already reviewed; nothing was changed."))
    counted = figures(since, before)
    row = found or Report(number=next_number("FB", on=today()), year=year, quarter=quarter)
    row.figures, row.text = counted, "\n".join(wording.sentences(year, quarter, counted))
    row.drafted_by, row.drafted_at = getattr(by, "person", None), now()
    row.save()
    record("risks.draft_report", row, by=by, data={"year": year, "quarter": quarter})
    return row


@transaction.atomic
def edit_report(report: Report, text: str, *, by) -> Report:
    """Correct the sentences of a draft. The figures stay as they were counted."""
    require(by, "risks.report")
    row = locked(report, S.DRAFT, related=())
    row.text = said(text, "text")
    row.save()
    record("risks.edit_report", row, by=by, data={})
    return row


@transaction.atomic
def propose_improvement(report: Report, unit: Unit, text: str, *, due_on: date, by) -> Proposal:
    """Add a proposal to a unit, with a day."""
    require(by, "risks.report")
    row = locked(report, S.DRAFT, S.REVIEWED, related=())
    if due_on <= today():
        raise Invalid(_("Give the unit at least a day."), field="due_on")
    made = Proposal.objects.create(report=row, unit=unit, text=said(text, "text")[:300], due_on=due_on)
    record("risks.propose_improvement", row, by=by, data={"unit": unit.name})
    return made


@transaction.atomic
def review_report(report: Report, *, by) -> Report:
    """Reviewed by somebody else than who drafted it."""
    require(by, "risks.approve")
    row = locked(report, S.DRAFT, related=())
    person = getattr(by, "person", None)
    another(person, row.drafted_by_id)
    row.state, row.reviewed_by = S.REVIEWED, person
    row.save()
    record("risks.review_report", row, by=by, data={})
    return row


@transaction.atomic
def issue_report(report: Report, *, by) -> Report:
    """Issue the reviewed report."""
    require(by, "risks.report")
    row = locked(report, S.REVIEWED, related=())
    row.state, row.issued_on = S.ISSUED, today()
    row.save()
    record("risks.issue_report", row, by=by, data={})
    return row


@transaction.atomic
def finish_proposal(proposal: Proposal, result: str, *, by) -> Proposal:
    """The unit tells what it did about a proposal of an issued report."""
    row = Proposal.objects.select_for_update(of=("self",)).select_related("unit__place", "report").get(pk=proposal.pk)
    allow(by, "risks.answer", row.unit)
    if row.report.state != S.ISSUED or row.done_on:
        raise Conflict(_("The report is not issued yet, or this proposal is answered already."))
    row.result, row.done_on = said(result, "result")[:300], today()
    row.save()
    record("risks.finish_proposal", row.report, by=by, data={"unit": row.unit.name, "result": row.result})
    return row
