"""Two lists compared by a number. Neither number nor name is kept: only rows and keyed digests."""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory import identity
from huilian.engine.directory.models import Unit
from huilian.engine.numbering.services import next_number
from huilian.engine.sheets import Column, parse, read
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from .. import rules
from ..models import Aspect, Campaign, Comparison, Difference, Problem
from .guards import campaign_for, said
from .problems import note_problem

NAMES = ("身份证号码", "公民身份号码", "证件号码", "证件号", "统一社会信用代码", "社会信用代码")
KEY = Column("key", "身份证号", kind="code", aliases=NAMES)
MOST = 5000  # differences kept: more are a wrong pair of lists


@transaction.atomic
def plan_comparison(campaign: Campaign, values: Mapping[str, Any], *, by: Any) -> Comparison:
    """Say which two lists are compared, what would be wrong, and by when."""
    campaign = campaign_for(campaign, by, states=("planned", "running"))
    task = Comparison.objects.create(number=next_number("BD"), campaign=campaign, **values)
    record("campaigns.plan_comparison", task, by=by, data={"title": task.title})
    return task


@transaction.atomic
def compare(task: Comparison, left: BinaryIO, right: BinaryIO, *, by: Any) -> Comparison:
    """Compare the two lists as they are now; what an earlier run found and nobody took up makes room for it."""
    task = Comparison.objects.select_for_update(of=("self",)).get(pk=task.pk)
    campaign_for(task.campaign, by)
    task.unread = 0
    first, second = list(_keys(task, left, "left_rows")), list(_keys(task, right, "right_rows"))
    found = rules.compare(first, second)
    differences = found.side(task.wrong)
    if len(differences) > MOST:
        raise Invalid(
            _("%(n)s differences: these lists do not belong together, or another difference is meant.")
            % {"n": len(differences)}
        )
    task.both, task.done_on, task.done_by = len(found.both), today(), getattr(by, "person", None)
    task.save()
    task.differences.filter(problem=None).delete()
    known = set(task.differences.values_list("digest", flat=True))
    Difference.objects.bulk_create(
        Difference(comparison=task, digest=digest, left_row=a, right_row=b)
        for digest, (a, b) in differences.items()
        if digest not in known
    )
    record("campaigns.compare", task, by=by, data={"n": len(differences)})
    return task


def _keys(task: Comparison, file: BinaryIO, rows: str) -> Iterator[tuple[int, str]]:
    """(row, keyed digest) of a list; a row whose number cannot be one is counted, nothing of it is kept."""
    parsed = parse(read(file, known=[KEY.names]), [KEY])
    setattr(task, rows, len(parsed.records) + parsed.faulty)
    task.unread += parsed.faulty
    for row in parsed.records:
        try:
            yield row.row, identity.key_of(row.values["key"] or "")
        except Invalid:
            task.unread += 1


@transaction.atomic
def take_up_differences(
    task: Comparison, differences: list[Difference], *, unit: Unit, fact: str, aspect: Aspect | None = None, by: Any
) -> Problem:
    """Make one problem of differences somebody looked at; it names the rows of the lists."""
    chosen = list(task.differences.select_for_update(of=("self",)).filter(pk__in=[d.pk for d in differences]))
    if not chosen:
        raise Invalid(_("Choose the rows it is about."), field="differences")
    if any(d.problem_id for d in chosen):
        raise Conflict(_("Somebody took up one of these rows a moment ago."))
    rows = "；".join(_("rows %(rows)s") % {"rows": d} for d in chosen)
    problem = note_problem(
        task.campaign, unit=unit, fact=f"{said(fact, 'fact')}\n{task.left} / {task.right}：{rows}", aspect=aspect,
        source="comparison", source_ref=f"{task.number}-{chosen[0].pk}", by=by,
    )  # fmt: skip
    task.differences.filter(pk__in=[d.pk for d in chosen]).update(problem=problem)
    return problem
