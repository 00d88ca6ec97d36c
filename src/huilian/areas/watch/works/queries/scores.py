"""What works score, and what the scores of a builder or of somebody who watches sites come to."""

from datetime import date
from typing import Any

from django.db.models import Avg, Count, QuerySet

from huilian.engine.procedures.models import Card
from huilian.foundation.now import today

from ..models import Acceptance, Change, Contractor, Event, Project
from ..rules import Facts, share
from .reach import changes_of


def facts_of(project: Project) -> Facts:
    """What the score of a work is made of, read from its file."""
    contract = project.contract_cents or 0
    total = contract + changes_of(project)
    approved = project.changes.filter(state=Change.State.APPROVED).values_list("amount_cents", flat=True)
    last: date = project.finished_on or today()
    return Facts(
        days_late=(last - project.ends_on).days if project.ends_on else 0,
        changes_permille=share(sum(map(abs, approved)), contract),
        settled_permille=share(project.settled_cents, total) if project.settled_cents and total else 1000,
        rounds=max(project.acceptances.exclude(result=Acceptance.Result.OPEN).count(), 1),
        defects=project.events.filter(kind=Event.Kind.DEFECT).count(),
        cards=Card.objects.filter(case=project.case_id).exclude(upheld=False).count() if project.case_id else 0,
    )


def firms(works: QuerySet[Project]) -> list[dict[str, Any]]:
    """Builders with the mean score of their settled works among `works`, the best known first."""
    rows = works.filter(score__isnull=False).order_by().values("contractor", "contractor__name")
    return list(rows.annotate(n=Count("pk"), mean=Avg("score")).order_by("-n", "contractor__name"))


def overseers(works: QuerySet[Project]) -> list[dict[str, Any]]:
    """Those who watched sites, with the mean score of their settled works among `works`."""
    rows = works.filter(score__isnull=False, overseer__isnull=False).order_by().values("overseer__name")
    return list(rows.annotate(n=Count("pk"), mean=Avg("score")).order_by("-n", "overseer__name"))


def score_of(contractor: Contractor) -> float | None:
    """The mean score of a builder's settled works; None while there is none."""
    return contractor.projects.aggregate(mean=Avg("score"))["mean"]
