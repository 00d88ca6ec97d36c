"""The settlement, the warranty, the release of what was kept back, the score."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.procedures.definition import Limit, Limits
from huilian.foundation import money
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .. import hooks, rules
from ..models import Project
from ..queries.reach import changes_of
from ..queries.scores import facts_of
from .guards import allow, free_of, locked, move

GIVE_BACK = 14  # days after the warranty within which kept-back money is checked and returned (建质〔2017〕138号 §11)


@transaction.atomic
def claim(
    project: Project, *, amount_cents: int, measured: Mapping[int, Decimal] | None = None, by: Any,
    expected: int | None = None,
) -> Project:  # fmt: skip
    """Ask for the settlement, with what was measured of each line (by the line's position)."""
    project = locked(project, "settling")
    allow(by, "works.propose", project.place)
    _check_sum(project, amount_cents)
    for item in project.items.all():
        if (found := (measured or {}).get(item.position)) is not None:
            if found < 0:
                raise Invalid(_("A quantity is not below zero."), field="measured")
            item.measured = found
            item.save(update_fields=["measured"])
    project.claimed_cents = amount_cents
    target = project.case.definition.step("auditing")
    return move(project, "claim", by, to=target.roles[0], expected=expected, data={"cents": amount_cents})


def _check_sum(project: Project, cents: int) -> None:
    """Raise Invalid above contract and approved changes: what costs more is a change, and is decided on as one."""
    most = (project.contract_cents or 0) + changes_of(project)
    if not 0 < cents <= most:
        raise Invalid(
            _("Contract and approved changes make %(most)s. What costs more is entered as a change first.")
            % {"most": money.text(most)},
            field="amount_cents",
        )


@transaction.atomic
def return_claim(project: Project, *, note: str, by: Any, expected: int | None = None) -> Project:
    """The account is sent back to be worked out again."""
    project = locked(project, "auditing")
    _auditor(project, by)
    project.claimed_cents = None
    return move(project, "return_claim", by, to="works_clerk", note=note.strip(), expected=expected)


@transaction.atomic
def settle(project: Project, *, amount_cents: int, note: str = "", by: Any, expected: int | None = None) -> Project:
    """Settle the work at no more than was asked for. The warranty begins with the day of acceptance."""
    project = locked(project, "auditing")
    _auditor(project, by)
    free_of(project.contractor, by)
    _check_sum(project, amount_cents)
    if amount_cents > (project.claimed_cents or 0):
        raise Invalid(
            _("Only %(asked)s was asked for.") % {"asked": money.text(project.claimed_cents or 0)},
            field="amount_cents",
        )
    project.settled_cents, project.settled_on = amount_cents, today()
    months = project.limit_class.warranty_months
    project.warranty_until = rules.months_after(project.accepted_on, months)
    project.score = rules.score(facts_of(project)).points
    left = max((project.warranty_until - today()).days, 0) + GIVE_BACK
    move(
        project, "settle", by, to="village_head", note=note.strip(), expected=expected,
        limits=Limits(step=Limit(left, "day")), data={"cents": amount_cents, "claimed": project.claimed_cents},
    )  # fmt: skip
    hooks.ask(hooks.settled, project, by=by)
    return project


def _auditor(project: Project, by: Any):
    roles = project.case.definition.step("auditing").roles
    return allow(by, "works.review" if "works_reviewer" in roles else "works.decide", project.place)


@transaction.atomic
def release(project: Project, *, by: Any, expected: int | None = None) -> Project:
    """The warranty is over: what was kept back may be paid, the file is archived, the score is final."""
    project = locked(project, "warranty")
    person = allow(by, "works.decide", project.place)
    free_of(project.contractor, by)
    if today() <= project.warranty_until:
        raise Conflict(
            _("The warranty runs until %(day)s. Go on from the day after.") % {"day": project.warranty_until}
        )
    if person is not None and person == project.overseer:
        raise NotAllowed(_("Whoever watched the site does not release the money as well."))
    project.released_on = today()
    project.score = rules.score(facts_of(project)).points
    return move(project, "release", by, expected=expected, data={"until": project.warranty_until.isoformat()})
