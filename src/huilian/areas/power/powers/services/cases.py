"""Using a power: a case of an item is started, goes from unit to unit, and may be stopped by a forbidden act."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Unit
from huilian.engine.look.text import say
from huilian.engine.procedures import services as procedures
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.models import Case
from huilian.engine.procedures.queries import current_procedure
from huilian.engine.screening.services.feeding import touch
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.masking import mask_text
from huilian.foundation.now import today

from .. import rules
from ..models import ItemCase, NegativeMark
from ..queries.cases import has_flow, item_case_of, stopped_by, unit_for
from ..queries.lists import body_of, item_of, items_of
from .lists import user_of


@transaction.atomic
def start(unit: Unit, code: str, *, title: str, reason: str = "", by) -> ItemCase:
    """Start a case of a power of `unit`, on the flow in force.

    A power that the unit's list in force does not hold can be used only with a reason; rule CX14 then raises it.
    """
    require(by, "powers.run")
    if unit.pk not in units_of(by):
        raise NotAllowed(_("Start a case for a unit you work in; %(unit)s is not one.") % {"unit": unit})
    code, reason = code.strip().upper(), reason.strip()
    read = rules.read_code(code)
    if read is None or read.family != "power" or not has_flow(code):
        raise Invalid(
            _("There is no power %(code)s with a flow. Choose one from the list.") % {"code": code}, field="code"
        )
    if read.body != body_of(unit):
        raise NotAllowed(_("%(code)s is no power of a body such as %(unit)s.") % {"code": code, "unit": unit})
    item = item_of(unit, code)
    if item is None and not reason:
        raise Invalid(
            _("The list in force of %(unit)s does not hold %(code)s. Say why it is used all the same; it will be seen.")
            % {"unit": unit, "code": code},
            field="reason",
        )
    procedure = current_procedure(item.procedure if item and item.procedure else rules.procedure_key(code))
    classes = procedure.definition.classes
    case = procedures.open_case(
        procedure.key, title=title, place=unit.place, unit=unit, class_key=classes[0].key if classes else "",
        procedure=procedure, by=by,
    )  # fmt: skip
    noted = ItemCase.objects.create(
        case=case, unit=unit, code=code, item=item, opened_on=today(), reason="" if item else reason[:300]
    )
    said = {"code": code, "unit": unit.name}
    record("powers.start" if item else "powers.off_list", case, by=by, data={**said, "reason": noted.reason})
    touch([unit.place.code], by=by)
    return noted


@transaction.atomic
def cite(case: Case, unit: Unit, code: str, *, reason: str, by) -> ItemCase:
    """Note which item of `unit` a case of another area uses, such as a request to pay; that area asks who may.

    An item that the list in force does not hold is kept with the reason, and a forbidden act is marked: rule CX14
    raises both. A later citation takes the place of an earlier one; a mark stands until it is lifted.
    """
    code = code.strip().upper()
    read = rules.read_code(code)
    if read is None or read.body != body_of(unit):
        raise Invalid(
            _("%(code)s is no item of %(unit)s. Choose one from its list.") % {"code": code, "unit": unit},
            field="power_item",
        )
    item = item_of(unit, code)
    cited = {"unit": unit, "code": code, "item": item, "reason": "" if item else reason.strip()[:300]}
    noted, _is_new = ItemCase.objects.update_or_create(
        case=case, defaults=cited, create_defaults={**cited, "opened_on": today()}
    )
    verb = "powers.cite" if item else "powers.off_list"
    record(verb, case, by=by, data={"code": code, "unit": unit.name, "reason": noted.reason})
    if item and read.family == "negative":
        fact = {"fact": reason.strip(), "marked_by": user_of(by), "marked_on": today()}
        if NegativeMark.objects.get_or_create(case=noted, item=item, lifted_on=None, defaults=fact)[1]:
            record("powers.mark", case, by=by, data={"code": code, "fact": mask_text(reason.strip())})
    touch([unit.place.code], by=by)
    return noted


@transaction.atomic
def move(case: Case, verb: str, *, by, unit: Unit | None = None, **given) -> Case:
    """Make a move of a case of an item; the unit with the post that the next step asks for takes it over.

    Raises Conflict while a mark of a forbidden act stops the case: it may then only be sent back, refused or given up.
    """
    noted = item_case_of(case)
    to_make = case.definition.move(verb, case.step)
    if noted and to_make and to_make.target:
        goes_on = to_make.drawn != "none" and to_make.outcome not in ("refused", "withdrawn")
        if goes_on and (mark := stopped_by(noted)):
            raise Conflict(
                _("%(number)s is stopped: %(act)s. It can be refused or given up, until the mark is lifted.")
                % {"number": case.number, "act": mark.item}
            )
        step = case.definition.step(to_make.target)
        if unit is None and step.kind != "end" and step.holder == "unit":
            unit = unit_for(noted, step)
            if unit is None:
                raise Invalid(
                    _("No unit has a post for “%(step)s”. Ask the security administrator to give one the role.")
                    % {"step": say(step.name)}
                )
            unit = None if unit.pk == case.unit_id else unit
    return procedures.move(case, verb, by=by, unit=unit, **given)


@transaction.atomic
def mark(case: Case, code: str, *, fact: str, by) -> NegativeMark:
    """Mark a forbidden act in a case of an item. One that stops cases stops this one at once."""
    require(by, "powers.mark")
    noted = ItemCase.objects.select_for_update(of=("self",)).select_related("unit__place", "case").get(case=case)
    item = items_of(noted.unit, "negative").filter(code=code.strip().upper()).first()
    if item is None:
        raise Invalid(
            _("Choose a forbidden act from the list in force of %(unit)s.") % {"unit": noted.unit}, field="code"
        )
    if not fact.strip():
        raise Invalid(_("Say what was found."), field="fact")
    made, is_new = NegativeMark.objects.get_or_create(
        case=noted, item=item, lifted_on=None,
        defaults={"fact": fact.strip(), "marked_by": user_of(by), "marked_on": today()},
    )  # fmt: skip
    if not is_new:
        raise Conflict(_("%(act)s is marked in this case already.") % {"act": item})
    record("powers.mark", case, by=by, data={"code": item.code, "fact": mask_text(made.fact)})
    touch([noted.unit.place.code], by=by)
    return made


@transaction.atomic
def lift(mark: NegativeMark, *, why: str, by) -> NegativeMark:
    """Lift a mark that was wrong or has been put right. Who set it may not."""
    require(by, "powers.lift")
    row = NegativeMark.objects.select_for_update(of=("self",)).select_related("item", "case__case").get(pk=mark.pk)
    if row.lifted_on:
        raise Conflict(_("This mark is lifted already."))
    if row.marked_by_id and row.marked_by_id == getattr(by, "pk", None):
        raise NotAllowed(_("Who set a mark does not lift it. Ask another person who may."))
    if not why.strip():
        raise Invalid(_("Give the reason in a sentence."), field="why")
    row.lifted_by, row.lifted_on, row.lifted_why = user_of(by), today(), why.strip()[:300]
    row.save(update_fields=["lifted_by", "lifted_on", "lifted_why"])
    record("powers.lift", row.case.case, by=by, data={"code": row.item.code, "why": row.lifted_why})
    touch([row.case.unit.place.code], by=by)
    return row
