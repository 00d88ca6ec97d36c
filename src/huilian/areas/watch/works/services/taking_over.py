"""Works from a paper ledger, entered as the paper says: what was wrong stays visible and the rules speak of it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import copies_of
from huilian.engine.numbering.services import next_number
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now, today

from ..models import Acceptance, Project, Signature
from .guards import allow, tell

DAYS = ("awarded_on", "signed_on", "starts_on", "ends_on", "started_on", "finished_on", "accepted_on", "settled_on")
SUMS = ("estimate_cents", "budget_cents", "contract_cents", "settled_cents")


@transaction.atomic
def take_over(values: Mapping[str, Any], *, by: Any) -> Project:
    """Enter a work of the past. It has no case and no further steps; only what is impossible is refused.

    `values`: fields of the work, and `signers`, how many signed its acceptance on paper.
    """
    given = dict(values)
    signers = given.pop("signers", 0)
    unit = given["unit"]
    allow(by, "works.take_over", unit.place)
    for name in DAYS:
        if given.get(name) and given[name] > today():
            raise Invalid(_("This day has not come yet."), field=name)
    for name in SUMS:
        if given.get(name) is not None and given[name] < 0:
            raise Invalid(_("An amount is not below zero."), field=name)
    given["estimate_cents"] = given.get("estimate_cents") or given.get("budget_cents") or given.get("contract_cents")
    if not given["estimate_cents"]:
        raise Invalid(_("Write the amount, more than nothing."), field="budget_cents")
    given["budget_cents"] = given.get("budget_cents") or given["estimate_cents"]
    if given.get("contract_no") and Project.objects.filter(contract_no=given["contract_no"]).exists():
        raise Conflict(
            _("There is a contract %(number)s already.") % {"number": given["contract_no"]}, field="contract_no"
        )
    done = bool(given.get("finished_on"))
    project = Project(place=unit.place, township=copies_of(unit.place)["township"], **given)
    project.proposed_on = min((given[name] for name in DAYS if given.get(name)), default=today())
    project.number = next_number("GCL")
    project.progress = 100 if done else given.get("progress") or 0
    project.stage = Project.Stage.CLOSED if project.settled_on or project.accepted_on else Project.Stage.BUILDING
    project.save()
    if project.accepted_on:
        held = Acceptance.objects.create(
            project=project, position=1, held_on=project.accepted_on, result="passed", quality=_("from the ledger")
        )
        Signature.objects.bulk_create(
            Signature(acceptance=held, role="village", name=str(n + 1), at=now()) for n in range(signers)
        )
    tell(project, "take_over", by, title=project.title, cents=project.budget_cents)
    return project
