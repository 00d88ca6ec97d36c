"""What a page of a work shows: its eight stages, its money, what happened, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from huilian.engine.directory.models import Place

from ..models import Event, Pay, Photo, Project
from ..rules import of
from .reach import changes_of

Stage = Project.Stage
# The eight stages from filing to archive; each with the steps of a procedure that belong to it.
EIGHT = (
    (pgettext_lazy("stage of a work", "Proposal"), (Stage.PROPOSED,), "decision_no"),
    (pgettext_lazy("stage of a work", "Budget"), (Stage.BUDGET, Stage.REVIEW), ""),
    (gettext_lazy("Builder found"), (Stage.AWARDING, Stage.PUBLISHED), "awarded_on"),
    (pgettext_lazy("stage of a work", "Contract"), (Stage.CONTRACTING,), "signed_on"),
    (pgettext_lazy("stage of a work", "Building"), (Stage.BUILDING,), "finished_on"),
    (pgettext_lazy("stage of a work", "Acceptance"), (Stage.ACCEPTING,), "accepted_on"),
    (pgettext_lazy("stage of a work", "Settlement"), (Stage.SETTLING, Stage.AUDITING), "settled_on"),
    (gettext_lazy("Warranty and archive"), (Stage.WARRANTY, Stage.CLOSED), "released_on"),
)
PUBLIC = (Stage.PUBLISHED, Stage.CONTRACTING, Stage.BUILDING, Stage.ACCEPTING, Stage.SETTLING, Stage.AUDITING,
          Stage.WARRANTY, Stage.CLOSED)  # fmt: skip


def stages(project: Project) -> list[dict[str, Any]]:
    """The eight stages with their state (done, now, ahead) and what is known of each."""
    at = next((n for n, (_name, steps, _f) in enumerate(EIGHT) if project.stage in steps), len(EIGHT))
    ended = project.stage in (Stage.CLOSED, Stage.WITHDRAWN)
    rows = []
    for n, (name, _steps, field) in enumerate(EIGHT):
        known = getattr(project, field) if field else ""
        sub = known.isoformat() if isinstance(known, date) else known or ""
        state = "done" if n < at or (ended and project.stage == Stage.CLOSED) else "now" if n == at else "ahead"
        rows.append({"name": name, "sub": sub, "state": state})
    return rows


@dataclass(frozen=True)
class Sum_:
    """One amount of a work beside the largest of them."""

    label: str
    cents: int
    most: int


def sums(project: Project) -> list[Sum_]:
    """Budget, contract, changes, asked for, paid, settled: what is known of them."""
    paid = project.pays.aggregate(
        asked=Sum("amount_cents", filter=~Q(state=Pay.State.DROPPED)),
        paid=Sum("amount_cents", filter=Q(state=Pay.State.PAID)),
    )
    rows = [
        (_("Budget of the work"), project.budget_cents or project.estimate_cents),
        (_("Contract sum"), project.contract_cents),
        (_("Approved changes"), changes_of(project) if project.contract_cents is not None else None),
        (_("Payments asked for"), paid["asked"]),
        (_("Paid out so far"), paid["paid"]),
        (_("Settled at"), project.settled_cents),
        (_("Kept back"), of(project.settled_cents, project.retention_permille) if project.settled_cents else None),
    ]
    most = max((cents or 0 for _label, cents in rows), default=0)
    return [Sum_(str(label), cents, most) for label, cents in rows if cents is not None]


def events_of(project: Project) -> list[Event]:
    """What happened on the site, the latest first, with its photographs."""
    photos = Prefetch("photos", Photo.objects.select_related("attachment"))
    return list(project.events.select_related("noted_by").prefetch_related(photos).order_by("-on", "-pk"))


def public_works(place: Place | None = None) -> QuerySet[Project]:
    """The works everybody may look at: from the publication of the choice on."""
    rows = Project.objects.filter(stage__in=PUBLIC, limit_class__is_purchase=False)
    rows = rows.select_related("place", "township", "contractor", "overseer", "limit_class", "unit")
    return rows.filter(place=place) if place else rows


def by_stage(rows: QuerySet[Project]) -> Sequence[tuple[Any, int]]:
    """How many of `rows` stand at each of the eight stages."""
    from django.db.models import Count

    counted = dict(rows.order_by().values_list("stage").annotate(n=Count("pk")))
    return [(name, sum(counted.get(step, 0) for step in steps)) for name, steps, _field in EIGHT]
