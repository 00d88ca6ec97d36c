"""The year's rounds: planned on one calendar of the four forces, with targets, a team by lot, authorities that end."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import copies_of
from huilian.engine.directory.models import Appointment, Organisation, Person, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.directory.roles import roles_that_may
from huilian.engine.draws import services as draws
from huilian.engine.draws.models import Draw
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from .. import rules
from ..models import Member, Round, Sheet, Target
from .guards import allow, locked_round, must_step_back, said

PLAN = "inspections.plan"
State = Round.State
FAULTS = {
    "no_township": lambda: _("This mode looks at a township together with its villages: add the township."),
    "no_village": lambda: _("This mode looks at a township together with its villages: add a village."),
    "village_elsewhere": lambda: _("A village stands among the targets whose township does not."),
    "not_below": lambda: _("An extended round looks below the inspected body, not at a township itself."),
    "own_township": lambda: _("In a crossed round nobody of the team belongs to the township of a target."),
    "class_size": lambda: (
        _("A small class has %(least)s to %(most)s units (county default).")
        % {"least": rules.CLASS_LEAST, "most": rules.CLASS_MOST}
    ),
    "class_topic": lambda: _("Say which problem the units of the class share."),
    "one_level": lambda: _("A joint round needs a second leading unit and people of both in the team."),
}


@transaction.atomic
def save_round(round_: Round | None, values: Mapping[str, Any], *, by: Any) -> Round:
    """Enter a round into the calendar, or change one that has not begun."""
    row = locked_round(round_, State.PLANNED) if round_ else Round()
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    said(row.title, "title")
    allow(by, PLAN, row.unit)
    if row.ends_on < row.starts_on:
        raise Invalid(_("The last day lies before the first."), field="ends_on")
    if row.mode == Round.Mode.JOINT and row.joint_unit_id in (None, row.unit_id):
        raise Invalid(FAULTS["one_level"](), field="joint_unit")
    if round_ is None:
        row.number = next_number("XC")
    row.save()
    for target in row.targets.select_related("unit"):
        _check_gap(row, target)
    record("inspections.plan", row, by=by, data={"title": row.title, "from": row.starts_on.isoformat()})
    return row


@transaction.atomic
def add_target(round_: Round, unit: Unit, *, firm: Organisation | None = None, reason: str = "", by: Any) -> Target:
    """Add whom the round looks at. Raises Invalid where somebody looked there less than six months before or will
    look there less than six months after, and no reason is given."""
    round_ = locked_round(round_, State.PLANNED)
    allow(by, PLAN, round_.unit)
    if round_.targets.filter(unit=unit, firm=firm).exists():
        raise Invalid(_("%(unit)s is a target of this round already.") % {"unit": unit}, field="unit")
    copies = copies_of(unit.place)
    target = Target(
        round=round_, unit=unit, firm=firm, place=unit.place, township=copies["township"], reason=reason.strip()
    )
    _check_gap(round_, target)
    target.save()
    record("inspections.target", round_, by=by, data={"unit": unit.name, "reason": target.reason})
    return target


def _check_gap(round_: Round, target: Target) -> None:
    if target.reason or round_.kind in rules.NOT_A_VISIT:
        return
    if other := close_by(round_, target):
        raise Invalid(
            _(
                "%(unit)s is looked at by “%(round)s” from %(from)s to %(to)s, less than six months apart."
                " Give a reason."
            )
            % {"unit": target.unit, "round": other, "from": other.starts_on, "to": other.ends_on},
            field="reason",
        )


def close_by(round_: Round, target: Target) -> Round | None:
    """Another round of any force that comes to the same unit less than six months before or after."""
    others = Round.objects.filter(targets__unit=target.unit, targets__firm=target.firm).exclude(pk=round_.pk)
    for other in others.exclude(state=State.CANCELLED).exclude(kind__in=rules.NOT_A_VISIT):
        early, late = sorted((other, round_), key=lambda r: r.starts_on)
        if rules.too_close(early.ends_on, late.starts_on):
            return other
    return None


def pool() -> list[Person]:
    """Who holds a post of the pool of inspectors today."""
    keys = {role.key for role in roles_that_may("inspections.fill")} - {"inspection_officer"}
    held = Appointment.objects.filter(in_office(today())).select_related("post", "person__user").order_by("person")
    return list({a.person_id: a.person for a in held if keys & set(a.post.roles)}.values())


@transaction.atomic
def announce_team(round_: Round, *, wanted: int, by: Any) -> Draw:
    """Publish who stands in the lot for the team, and who steps back and why; then anybody may call words."""
    round_ = locked_round(round_, State.PLANNED)
    allow(by, PLAN, round_.unit)
    if round_.draw_id:
        raise Conflict(_("The lot for this team is announced already."))
    targets = list(round_.targets.select_related("unit__place", "round"))
    if not targets:
        raise Invalid(_("Add the targets first: who must step back depends on them."), field="wanted")
    able, out = [], []
    for person in pool():
        why = must_step_back(person, targets, crossed=round_.mode == "crossed")
        row = {"key": f"person:{person.pk}", "label": person.name}
        if why:
            out.append({**row, "reason": why})
        else:
            able.append(row)
    round_.draw = draws.announce(
        purpose=_("Team of %(round)s") % {"round": round_.title}, candidates=able, wanted=wanted, excluded=out,
        place=round_.unit.place, by=by,
    )  # fmt: skip
    round_.save(update_fields=["draw"])
    return round_.draw


@transaction.atomic
def draw_team(round_: Round, *, words: str = "", by: Any) -> list[Member]:
    """Draw the team and give each of it an authority until the last day of the round."""
    round_ = locked_round(round_, State.PLANNED)
    allow(by, PLAN, round_.unit)
    if not round_.draw_id:
        raise Invalid(_("Announce the lot first."), field="words")
    draw = draws.reveal(Draw.objects.get(pk=round_.draw_id), words=words, by=by)
    people = {f"person:{p.pk}": p for p in pool()}
    return [_authorise(round_, people[key], by=by, is_drawn=True) for key in draw.result]


@transaction.atomic
def authorise(
    round_: Round, person: Person, *, duty: str = "member", until: date | None = None, may_find: bool = True, by: Any
) -> Member:
    """「一事一授权」 Let `person` look into the targets of this one round until a day. Raises NotAllowed, Invalid."""
    round_ = locked_round(round_, State.PLANNED, State.RUNNING)
    allow(by, PLAN, round_.unit)
    return _authorise(round_, person, by=by, duty=duty, until=until, may_find=may_find)


def _authorise(
    round_: Round, person: Person, *, by: Any, until: date | None = None, is_drawn: bool = False, **values: Any
) -> Member:
    targets = list(round_.targets.select_related("unit__place"))
    mutual = round_.kind == Round.Kind.MUTUAL  # there each unit's people check another unit, see `pair_up`
    if not mutual and (why := must_step_back(person, targets, crossed=round_.mode == "crossed")):
        raise Invalid(f"{person.name}：{why}", field="person")
    if round_.members.filter(person=person).exists():
        raise Invalid(_("%(name)s belongs to this team already.") % {"name": person.name}, field="person")
    until = until or round_.ends_on
    starts = min(max(today(), round_.starts_on), until)
    if until < today():
        raise Invalid(_("The last day of the authority is over already."), field="until")
    member = Member.objects.create(
        number=next_number("SQ"), round=round_, person=person, is_drawn=is_drawn, starts_on=starts, ends_on=until,
        **values,
    )  # fmt: skip
    record("inspections.authorise", round_, by=by, data={"person": person.name, "until": until.isoformat()})
    return member


@transaction.atomic
def end_authority(member: Member, *, reason: str, by: Any) -> Member:
    """End an authority before its day; from tomorrow it opens nothing, from today if it began today."""
    member = Member.objects.select_for_update(of=("self",)).select_related("round__unit__place").get(pk=member.pk)
    allow(by, PLAN, member.round.unit)
    if member.ended or member.ends_on < today():
        raise Conflict(_("This authority has ended already."))
    member.ended, member.ends_on = said(reason, "reason"), today()
    member.starts_on = min(member.starts_on, member.ends_on)
    member.save(update_fields=["ended", "ends_on", "starts_on"])
    record("inspections.end_authority", member.round, by=by, data={"person": member.person_id, "reason": member.ended})
    return member


@transaction.atomic
def pair_up(round_: Round, *, words: str = "", by: Any) -> dict[Unit, Unit]:
    """「互查」 Decide by lot which of the round's units checks which: never itself, never where its people have kin or
    held a post, not the unit of last time where that can be. The order of the lot decides, so anybody can do it again.
    """
    round_ = locked_round(round_, State.PLANNED)
    allow(by, PLAN, round_.unit)
    if round_.kind != Round.Kind.MUTUAL:
        raise Invalid(_("Only in a mutual check do units check one another."))
    targets = {t.unit_id: t for t in round_.targets.select_related("unit__place", "round")}
    if len(targets) < 2:
        raise Invalid(_("A mutual check needs two units at least."))
    draw = draws.announce(
        purpose=_("Who checks whom in %(round)s") % {"round": round_.title},
        candidates=[{"key": f"unit:{pk:09d}", "label": t.unit.name} for pk, t in targets.items()],
        wanted=len(targets), place=round_.unit.place, by=by,
    )  # fmt: skip
    draw = draws.reveal(draw, words=words, by=by)
    order = [int(key.removeprefix("unit:")) for key in draw.result]
    found = rules.pairs(order, _kin_pairs(targets), _last_pairs(round_, order))
    if not found:
        raise Invalid(_("With the kin and former posts of their people these units cannot check one another. Add one."))
    for checker, checked in found.items():
        targets[checked].checker_id = checker
        targets[checked].save(update_fields=["checker"])
    round_.draw = draw
    round_.save(update_fields=["draw"])
    record(
        "inspections.pair", round_, by=by, data={"pairs": [[checker, checked] for checker, checked in found.items()]}
    )
    return {targets[checker].unit: targets[checked].unit for checker, checked in found.items()}


def _kin_pairs(targets: Mapping[int, Target]) -> set[tuple[int, int]]:
    """(checker, target) that may not be: one of the checker's people would have to step back there."""
    held = Appointment.objects.filter(in_office(today()), post__unit__in=targets).select_related("person__user", "post")
    return {
        (a.post.unit_id, pk)
        for a in held
        for pk, target in targets.items()
        if a.post.unit_id != pk and must_step_back(a.person, [target])
    }


def _last_pairs(round_: Round, units: list[int]) -> dict[int, int]:
    rows = Target.objects.filter(checker__in=units, unit__in=units, round__kind=Round.Kind.MUTUAL)
    return dict(rows.exclude(round=round_).order_by("round__starts_on", "pk").values_list("checker", "unit"))


@transaction.atomic
def begin(round_: Round, *, by: Any) -> Round:
    """Begin: every target gets its sheet. Raises Invalid with what is missing."""
    round_ = locked_round(round_, State.PLANNED)
    allow(by, PLAN, round_.unit)
    targets = list(round_.targets.select_related("unit", "place", "township"))
    if not targets:
        raise Invalid(_("Nobody is looked at yet: add a target."))
    members = list(round_.members.select_related("person"))
    if not members:
        raise Invalid(_("Nobody has an authority for this round yet."))
    if round_.kind == Round.Kind.MUTUAL and any(t.checker_id is None for t in targets):
        raise Invalid(_("Who checks whom is not drawn yet."))
    team = [_as_place(u) for m in members for u in _home_units(m.person)]
    faults = rules.mode_faults(
        round_.mode, [_as_place(t.unit) for t in targets], team, joint=bool(round_.joint_unit_id)
    )
    if round_.kind == Round.Kind.SMALL_CLASS:
        faults += rules.class_faults(len(targets), round_.topic)
    if faults:
        raise Invalid(" ".join(FAULTS[code]() for code in faults))
    Sheet.objects.bulk_create([Sheet(target=target) for target in targets])
    round_.state = State.RUNNING
    round_.save(update_fields=["state"])
    record("inspections.begin", round_, by=by, data={"targets": len(targets), "members": len(members)})
    return round_


def _home_units(person: Person) -> list[Unit]:
    held = Appointment.objects.filter(in_office(today()), person=person).select_related("post__unit__place")
    return [a.post.unit for a in held]


def _as_place(unit: Unit) -> rules.Place:
    town = copies_of(unit.place)["township"]
    return rules.Place(unit.place.path, town.path if town else "", unit.pk)  # type: ignore[attr-defined]


@transaction.atomic
def close_round(round_: Round, *, by: Any) -> Round:
    """Close a round whose targets all have their feedback; authorities end with it."""
    round_ = locked_round(round_, State.RUNNING)
    allow(by, PLAN, round_.unit)
    if round_.targets.filter(told_on=None).exists():
        raise Conflict(_("Not every target has its feedback yet."))
    round_.members.filter(ends_on__gt=today()).update(ends_on=today(), ended=_("the round is closed"))
    round_.state = State.CLOSED
    round_.save(update_fields=["state"])
    record("inspections.close_round", round_, by=by)
    return round_


@transaction.atomic
def cancel_round(round_: Round, *, reason: str, by: Any) -> Round:
    """Give a round up that has not begun."""
    round_ = locked_round(round_, State.PLANNED)
    allow(by, PLAN, round_.unit)
    round_.state = State.CANCELLED
    round_.save(update_fields=["state"])
    record("inspections.cancel_round", round_, by=by, data={"reason": said(reason, "reason")})
    return round_
