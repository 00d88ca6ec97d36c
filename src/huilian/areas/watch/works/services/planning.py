"""From the proposal to a budget that the township has seen."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import copies_of
from huilian.engine.directory.models import Unit
from huilian.engine.procedures import grounds
from huilian.engine.procedures import services as cases
from huilian.foundation import money
from huilian.foundation.errors import Invalid
from huilian.foundation.now import today

from .. import rules
from ..models import Item, LimitClass, Project
from ..queries.reach import prices_at, reference_of
from .guards import allow, locked, move, tell

TYPED = ("title", "scope", "site", "fund", "estimate_cents", "decision_no", "is_emergency", "asset_class")
CLERK = "works_clerk"


@transaction.atomic
def propose(unit: Unit, limit_class: LimitClass, values: Mapping[str, Any], *, by: Any) -> Project:
    """Propose a work or ask for a purchase. The class by amount says which way it goes and whether it needs a decision.

    `values`: those of `TYPED`. Raises Invalid for an amount outside the class, or a decision that does not hold.
    """
    allow(by, "works.propose", unit.place)
    township = copies_of(unit.place)["township"]
    project = Project(unit=unit, place=unit.place, township=township, limit_class=limit_class, proposed_on=today())
    return _begin(project, values, by)


def _begin(project: Project, values: Mapping[str, Any], by: Any) -> Project:
    for name in TYPED:
        if name in values:
            value = values[name]
            setattr(project, name, value.strip() if isinstance(value, str) else value)
    for name, words in (
        ("title", _("Write what the work is called.")),
        ("scope", _("Write what is done.")),
        ("site", _("Write where it is done.")),
        ("fund", _("Write what it is paid from.")),
    ):
        if not getattr(project, name):
            raise Invalid(words, field=name)
    if not project.estimate_cents or project.estimate_cents <= 0:
        raise Invalid(_("Write the amount, more than nothing."), field="estimate_cents")
    check_class(project, project.estimate_cents, "estimate_cents")
    if project.limit_class.is_purchase:
        project.budget_cents = project.estimate_cents
    rest_on_decision(project, project.estimate_cents)
    project.case = cases.open_case(
        project.limit_class.procedure,
        title=project.title,
        by=by,
        place=project.place,
        unit=project.unit,
        class_key="work",
        data={"cents": project.estimate_cents},
    )
    project.number = project.case.number
    project.save()
    return move(project, "submit", by, to=CLERK)


def check_class(project: Project, cents: int, field: str) -> None:
    """Raise Invalid where the amount belongs into another class: nothing is smaller than it is by its name."""
    sort = project.limit_class
    if cents <= sort.above_cents or (sort.up_to_cents is not None and cents > sort.up_to_cents):
        same = LimitClass.objects.filter(is_purchase=sort.is_purchase, above_cents__lt=cents).order_by("-above_cents")
        right = next((one for one in same if one.up_to_cents is None or cents <= one.up_to_cents), None)
        raise Invalid(
            _("%(amount)s is not “%(class)s”. Take “%(right)s”.")
            % {"amount": money.text(cents), "class": sort, "right": right or "—"},
            field=field,
        )


def rest_on_decision(project: Project, cents: int, number: str | None = None) -> None:
    """Raise what the decision does not allow. Emergencies are built first; their decision is entered afterwards."""
    number = project.decision_no if number is None else number
    if project.limit_class.needs_decision and not (project.is_emergency and not number):
        grounds.require(
            "decision", number, place=project.place, purpose="work", amount_cents=cents, about=project.title
        )


@transaction.atomic
def set_items(project: Project, rows: Sequence[Mapping[str, Any]], *, by: Any) -> Project:
    """Write the budget line by line, all lines anew; each stands beside the reference price of the library.

    `rows`: trade, name, spec, measure, quantity, price_cents and, where known, length_m, width_m, depth_m.
    """
    project = locked(project)
    allow(by, "works.propose", project.place)
    if project.stage != "budget" and not (project.limit_class.is_purchase and project.stage == "awarding"):
        project = locked(project, "budget")
    if not rows:
        raise Invalid(_("A budget has at least one line."), field="items")
    prices = list(prices_at(project.place))
    items = [_item(project, n, row, prices) for n, row in enumerate(rows, 1)]
    project.items.all().delete()
    Item.objects.bulk_create(items)
    project.budget_cents = sum(item.amount_cents for item in items)
    project.save(update_fields=["budget_cents"])
    tell(project, "items", by, lines=len(items), cents=project.budget_cents)
    return project


def _item(project: Project, n: int, row: Mapping[str, Any], prices: list) -> Item:
    item = Item(project=project, position=n, **row)
    for name, words in (
        ("name", _("Line %(n)s needs the procedure of work.")),
        ("measure", _("Line %(n)s needs its unit of measure.")),
    ):
        if not getattr(item, name, ""):
            raise Invalid(words % {"n": n}, field="items", row=n)
    if not item.quantity or item.quantity <= 0 or not item.price_cents or item.price_cents <= 0:
        raise Invalid(_("Line %(n)s needs a quantity and a unit price above zero.") % {"n": n}, field="items", row=n)
    item.quantity = Decimal(item.quantity)
    item.amount_cents = rules.amount(item.quantity, item.price_cents)
    item.reference = reference_of(item, prices)
    item.reference_cents = item.reference.price_cents if item.reference else None
    return item


@transaction.atomic
def send_budget(project: Project, *, by: Any, expected: int | None = None) -> Project:
    """The budget is ready; where the procedure says so the township looks at it."""
    project = locked(project, "budget")
    allow(by, "works.propose", project.place)
    if not project.budget_cents:
        raise Invalid(_("A budget has at least one line."), field="items")
    check_class(project, project.budget_cents, "items")
    rest_on_decision(project, project.budget_cents)
    target = project.case.definition.move("send_budget", "budget")
    to = "works_reviewer" if target and target.target == "review" else CLERK
    return move(project, "send_budget", by, to=to, expected=expected, data={"cents": project.budget_cents})


@transaction.atomic
def approve_budget(project: Project, *, note: str = "", by: Any, expected: int | None = None) -> Project:
    """The township has looked at the budget."""
    project = locked(project, "review")
    allow(by, "works.review", project.place)
    return move(project, "approve_budget", by, to=CLERK, note=note.strip(), expected=expected)


@transaction.atomic
def return_budget(project: Project, *, note: str, by: Any, expected: int | None = None) -> Project:
    """The township sends the budget back with what is to be changed."""
    project = locked(project, "review")
    allow(by, "works.review", project.place)
    return move(project, "return_budget", by, to=CLERK, note=note.strip(), expected=expected)


@transaction.atomic
def withdraw(project: Project, *, note: str, by: Any, expected: int | None = None) -> Project:
    """Give a work up before its contract."""
    project = locked(project)
    allow(by, "works.propose", project.place)
    return move(project, "withdraw", by, note=note.strip(), expected=expected)
