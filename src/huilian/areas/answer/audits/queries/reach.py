"""Audits and findings in reach of a person.

Auditors see all of theirs. The audited person sees their own from the notice on, its findings and the books from the
draft on. The village and the appointing unit see what the report holds.
"""

from typing import Any

from django.db.models import Q, QuerySet

from huilian.engine.access.queries import may, ways_of

from ..models import Audit, Finding, Member, Proposal

PLAN, WORK, REPAIR, RECEIVE = "audits.plan", "audits.work", "audits.repair", "audits.receive"
NEVER, ALWAYS = Q(pk__in=[]), Q(pk__isnull=False)  # an empty Q would vanish beside an "or"


def _ways(model: Any, user: Any, action: str, place: str | None, unit: str | None) -> Q:
    """The rows that posts with `action` reach, as one condition."""
    ways = ways_of(model, user, place=place, unit=unit, action=action) if may(user, action) else []
    if ways is None:
        return ALWAYS
    found = NEVER
    for way in ways:
        found |= way
    return found


def _auditing(user: Any) -> Q:
    """Audits that `user` works on: those of their post, unless they are the audited person, and of their teams."""
    teams = Member.objects.filter(person__user=user.pk, left_on=None).values("audit")
    return (_ways(Audit, user, PLAN, "place", "auditor") & ~Q(person__user=user.pk)) | Q(pk__in=teams)


def _reported(user: Any) -> Q:
    """Audits whose report `user` reads: of their village, or sent to their unit."""
    village = _ways(Audit, user, REPAIR, "place", "unit") & Q(report_on__isnull=False)
    return village | (_ways(Audit, user, RECEIVE, None, "copied_to") & Q(copied_on__isnull=False))


def visible_audits(user: Any) -> QuerySet[Audit]:
    rows = Audit.objects.select_related("case__procedure", "person", "unit", "place", "auditor", "copied_to")
    own = Q(person__user=user.pk, told_on__isnull=False)
    return rows.filter(_auditing(user) | own | _reported(user))


def audits_worked_on(user: Any) -> QuerySet[Audit]:
    """Those whose drafts, evidence and books `user` may read."""
    return visible_audits(user).filter(_auditing(user) | Q(person__user=user.pk, consulted_on__isnull=False))


def visible_findings(user: Any) -> QuerySet[Finding]:
    rows = Finding.objects.select_related("audit__case__procedure", "audit__person", "audit__place")
    audits = Audit.objects.order_by()
    own = Q(audit__person__user=user.pk) & ~Q(state=Finding.State.NOTED)
    reported = Q(audit__in=audits.filter(_reported(user))) & ~Q(state=Finding.State.DROPPED)
    return rows.filter(Q(audit__in=audits.filter(_auditing(user))) | own | reported)


def visible_proposals(user: Any) -> QuerySet[Proposal]:
    rows = Proposal.objects.select_related("appointment__person", "place", "audit")
    return rows.filter(_ways(Proposal, user, PLAN, "place", None))
