"""Noting what was found, telling the unit, and spreading a problem to where it may stand as well."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import copies_of
from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.documents.services import attach
from huilian.engine.numbering.services import next_number
from huilian.engine.procedures import services as cases
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from .. import rules
from ..models import CheckItem, Finding, Target
from .guards import MANAGE, allow, allow_on, locked, said

Source = Finding.Source


@transaction.atomic
def note_finding(
    *,
    unit: Unit,
    fact: str,
    target: Target | None = None,
    item: CheckItem | None = None,
    source: str = "check",
    source_ref: str = "",
    field: str = "",
    amount_cents: int | None = None,
    is_immediate: bool = False,
    files: Sequence[tuple[BinaryIO, str]] = (),
    by: Any,
) -> Finding:
    """Note one problem with its evidence. Nobody of the unit sees it before `feed_back` or `tell_now`.

    `target` where a check found it (then its members may note), else an officer or the system notes what an audit, a
    campaign or a supervisor handed in; `source_ref` is the number there.
    """
    person = allow_on(target, by, finding=True) if target else allow(by, MANAGE, unit)
    finding = _make(
        unit=unit, target=target, item=item, fact=fact, source=source, source_ref=source_ref, field=field,
        amount_cents=amount_cents, is_immediate=is_immediate, person=person, by=by,
    )  # fmt: skip
    for file, name in files:
        attach(file, name, finding, kind="inspection_evidence", by=by)
    return finding


def _make(*, unit: Unit, fact: str, person: Person | None, by: Any, **values: Any) -> Finding:
    """Write the row; whoever calls has asked who may. What was signed off here before is linked as come back."""
    finding = Finding(
        number=next_number("WT"), unit=unit, owner=values.pop("owner", unit), place=unit.place,
        township=copies_of(unit.place)["township"], fact=said(fact, "fact"), noted_on=today(), noted_by=person,
        **values,
    )  # fmt: skip
    if finding.item and finding.target and finding.item.form_id != finding.target.round.form_id:
        raise Invalid(_("This item stands on another sheet."), field="item")
    finding.repeat_of = _before(finding)
    finding.save()
    record(
        "inspections.note", finding, by=by, place=finding.place.code,
        data={"item": finding.item.number if finding.item else None, "source": finding.source},
    )  # fmt: skip
    touch({int(finding.place.code)})
    return finding


def _before(finding: Finding) -> Finding | None:
    """The same item of the same unit, signed off less than a year ago."""
    if finding.item_id is None:
        return None
    rows = Finding.objects.filter(unit=finding.unit, item=finding.item, case__state="closed").order_by("-pk")
    last = rows.select_related("case").first()
    return last if last and rules.relapsed(last.case.closed_at.date(), finding.noted_on) else None


@transaction.atomic
def feed_back(target: Target, *, on: date, told_to: str, opinion: str = "", by: Any) -> list[Finding]:
    """「反馈会」 Tell the unit: from now on it sees its findings, each with a clock of its own."""
    target = Target.objects.select_for_update(of=("self",)).select_related("unit__place").get(pk=target.pk)
    person = allow(by, MANAGE, target.unit)
    if target.told_on:
        raise Conflict(_("%(target)s has its feedback already.") % {"target": target})
    sheet = getattr(target, "sheet", None)
    if sheet is None or sheet.handed_in_at is None:
        raise Conflict(_("The sheet of %(target)s is not handed in yet.") % {"target": target})
    if on > today():
        raise Invalid(_("The meeting has not been held yet."), field="on")
    target.told_on, target.told_to, target.opinion = on, said(told_to, "told_to"), opinion.strip()
    target.save(update_fields=["told_on", "told_to", "opinion"])
    record(
        "inspections.feed_back", target.round, by=by, place=target.place.code,
        data={"unit": target.unit.name, "told_to": target.told_to, "person": person.pk if person else None},
    )  # fmt: skip
    return [_open(finding, by) for finding in target.findings.filter(case=None).select_related("unit", "place")]


@transaction.atomic
def tell_now(finding: Finding, *, by: Any) -> Finding:
    """「立行立改」 Tell the unit of this one at once, on the short clock, before the feedback meeting."""
    finding = locked(finding)
    allow(by, MANAGE, finding.unit)
    if finding.case_id:
        raise Conflict(_("The unit knows of %(finding)s already.") % {"finding": finding.number})
    finding.is_immediate = finding.target_id is not None or finding.is_immediate
    return _open(finding, by)


def _open(finding: Finding, by: Any) -> Finding:
    kind = "spread" if finding.source == Source.SPREAD else "immediate" if finding.is_immediate else "ordinary"
    case = cases.open_case("finding", title=finding.fact[:80], by=by, place=finding.place, unit=finding.owner)
    finding.case = cases.move(case, "tell", by=by, unit=finding.owner, class_key=kind, data={"finding": finding.number})
    finding.told_on = today()
    finding.save()
    touch({int(finding.place.code)})
    return finding


@transaction.atomic
def split(finding: Finding, parts: Iterable[tuple[Unit, str]], *, by: Any) -> list[Finding]:
    """「镇村联改」 Parts of one problem for township and village, each with its own clock; the whole closes last."""
    return _children(finding, list(parts), Source.SPLIT, by)


@transaction.atomic
def spread(finding: Finding, places: Iterable[Place], *, by: Any) -> list[Finding]:
    """「举一反三」 Ask similar villages to look for the same and to answer, found or not, on their own clock."""
    kinds = (Unit.Kind.VILLAGE_COMMITTEE, Unit.Kind.COMMUNITY)
    found = Unit.objects.filter(place__in=list(places), kind__in=kinds, valid_to=None).exclude(place=finding.place)
    asked = set(finding.children.filter(source=Source.SPREAD).values_list("unit", flat=True))
    words = _("Look whether this stands here as well: %(fact)s") % {"fact": finding.public_text or finding.fact}
    return _children(finding, [(unit, words) for unit in found if unit.pk not in asked], Source.SPREAD, by)


def _children(finding: Finding, parts: list[tuple[Unit, str]], source: str, by: Any) -> list[Finding]:
    finding = locked(finding)
    person = allow(by, MANAGE, finding.unit)
    if finding.case_id is None:
        raise Conflict(_("Tell the unit concerned first."))
    if not parts:
        raise Invalid(_("Nobody is left to be given a part."), field="units")
    made = [
        _make(
            unit=unit, fact=text, item=finding.item, source=source, source_ref=finding.number, parent=finding,
            field=finding.field, person=person, by=by,
        )
        for unit, text in parts
    ]  # fmt: skip
    return [_open(child, by) for child in made]
