"""「疑问」 Asked under an item, answered within ten days before everybody, carried upwards when nobody answers."""

import secrets

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Unit
from huilian.engine.directory.queries import standing
from huilian.engine.locking import locked
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Case, State
from huilian.engine.trail.actors import SYSTEM, Actor
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now, today

from .. import people, rules
from ..models import Item, Question
from ..sealing import WHAT
from .guards import changed, user_of

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SHORTEST, LONGEST = 6, 500
CITIZEN = Actor("citizen", label="")
STEPS = ("village", "township", "county")


def code_digest(code: str) -> str:
    """What is kept of the code with which the asker can come back."""
    return salted_hmac("disclosure.question", "".join(code.split()).upper().replace("-", "")).hexdigest()


@transaction.atomic
def ask(item: Item, text: str, *, line: int | None = None, in_public: bool = True, by=CITIZEN) -> tuple[Question, str]:
    """Ask about an item or one of its lines. Returns the question and the asker's code, which is not kept.

    The ten natural days (本县默认, requirements S0-20) begin at once; the village committee answers first.
    """
    text = text.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise Invalid(
            _("Write your question in %(least)s to %(most)s characters.") % {"least": SHORTEST, "most": LONGEST},
            field="text",
        )
    found = rules.leaks((), (), text)
    if found:
        raise Invalid(
            _("Your question holds %(what)s. Everybody can read it, so please take that out.")
            % {"what": WHAT[found[0].what]()},
            field="text",
        )
    item = Item.objects.select_related("place", "kind").get(pk=item.pk)
    if not item.is_public:
        raise NotAllowed(_("This is not published."))
    if line is not None and not 1 <= line <= item.row_count:
        raise Invalid(_("There is no such line in this item."), field="line")
    unit = _unit(item, "village")
    case = cases.open_case(
        "question",
        title=_title(item, line),
        by=by,
        place=item.place,
        unit=unit,
        source="web",
        data={"item": item.number},
    )
    code = "".join(secrets.choice(CODE_LETTERS) for _i in range(10))
    question = Question.objects.create(
        case=case,
        item=item,
        place=item.place,
        line=line,
        text=text,
        in_public=in_public,
        code_digest=code_digest(code),
        asked_at=case.received_at,
        asked_on=moment(case.received_at).date(),
        due_on=case.due_on,
    )
    changed(question)
    people.tell(unit, "disclosure.asked", case, {"number": case.number, "title": item.title})
    return question, code


def _title(item: Item, line: int | None) -> str:
    about = item.title[:120]
    return f"问“{about}”第{line}行" if line else f"问“{about}”"


@transaction.atomic
def answer(question: Question, text: str, *, by, expected: int | None = None) -> Question:
    """Answer before everybody. Only the answer stops the clock."""
    text = text.strip()
    if len(text) < SHORTEST:
        raise Invalid(_("Answer in a sentence that villagers can understand."), field="answer")
    found = rules.leaks((), (), text)
    if found:
        raise Invalid(
            _("The answer holds %(what)s, which may not be published. Take it out.") % {"what": WHAT[found[0].what]()},
            field="answer",
        )
    case = cases.move(question.case, "answer", by=by, note=text, expected=expected)
    question = Question.objects.select_for_update().get(pk=question.pk)
    question.answer, question.answered_at, question.answered_by = text, now(), user_of(by)
    question.answered_on, question.answered_unit = today(), case.unit
    question.save(update_fields=["answer", "answered_at", "answered_on", "answered_by", "answered_unit"])
    changed(question)
    return question


@transaction.atomic
def ask_again(question: Question, text: str, code: str, *, by=CITIZEN) -> Question:
    """Who asked is not content with the village's answer: the level above answers. Needs the code."""
    if not constant_time_compare(code_digest(code), question.code_digest):
        raise NotAllowed(_("This code does not belong to this question."))
    text = text.strip()
    if not SHORTEST <= len(text) <= LONGEST or rules.leaks((), (), text):
        raise Invalid(_("Say in a sentence what the answer leaves open, without private numbers."), field="text")
    case = Case.objects.get(pk=question.case_id)
    if case.state != State.CLOSED or question.answered_unit_id is None:
        raise Conflict(_("This question has no answer yet."))
    level = "county" if question.answered_unit.kind == Unit.Kind.TOWNSHIP_GOVERNMENT else "township"
    if question.answered_unit_id == getattr(_unit(question.item, "county"), "pk", None):
        raise Conflict(_("The county has answered already. You can still take it to the hotline."))
    unit = _unit(question.item, level)
    cases.move(case, f"again_{level}", by=by, unit=unit, note=text)
    question = Question.objects.select_for_update().get(pk=question.pk)
    question.text = f"{question.text}\n—— {text}"
    question.answer, question.answered_at, question.answered_on = "", None, None
    question.answered_by = question.answered_unit = None
    question.save()
    changed(question)
    people.tell(unit, "disclosure.asked", case, {"number": case.number, "title": question.item.title})
    return question


@transaction.atomic
def hide(question: Question, reason: str, *, by) -> Question:
    """Keep the words of a question from the public page, with a reason everybody reads: it insults or names a person.

    The question itself, its clock and its answer stay.
    """
    from .guards import require_here

    require_here(by, "disclosure.oversee", question.place)
    if len(reason.strip()) < 4:
        raise Invalid(_("Say why; everybody can read it."), field="reason")
    question = locked(Question.objects.select_related("case"), question.pk)
    question.hidden_reason = reason.strip()[:200]
    question.save(update_fields=["hidden_reason"])
    cases.act(
        question.case, "hide", by=by, holder="anyone", roles=people.OVERSEERS, data={"reason": question.hidden_reason}
    )
    return question


def escalate_overdue(*, by=SYSTEM) -> int:
    """Carry every question upwards that was not answered in time: village → township → county. Returns how many."""
    moved = 0
    late = Case.objects.filter(kind="question", state=State.OPEN, step__in=STEPS[:2], due_on__lt=today())
    for pk in list(late.values_list("pk", flat=True)):
        moved += _escalate(pk, by)
    return moved


@transaction.atomic
def _escalate(pk: int, by) -> int:
    question = Question.objects.select_related("case", "item__place", "item__kind").get(case=pk)
    case = Case.objects.select_for_update(of=("self",)).select_related("clock", "procedure").get(pk=pk)
    if not case.is_open or case.step not in STEPS[:2] or case.due_on is None or case.due_on >= today():
        return 0  # answered in the meantime
    above = STEPS[STEPS.index(case.step) + 1]
    unit = _unit(question.item, above)
    cases.move(case, f"escalate_{above}", by=by, unit=unit, note=_("Not answered in time."))
    people.tell(unit, "disclosure.escalated", case, {"number": case.number, "title": question.item.title})
    return 1


def _unit(item: Item, level: str) -> Unit | None:
    """Who answers at a level: the village's committee, its township's government, the county's department."""
    if level == "village":
        wanted, place = (Unit.Kind.VILLAGE_COMMITTEE, Unit.Kind.COMMUNITY), item.place
    elif level == "township":
        wanted, place = (Unit.Kind.TOWNSHIP_GOVERNMENT,), item.place.parent
    else:
        return people.county_office(item.place)
    found = Unit.objects.filter(standing(), place=place, kind__in=wanted).order_by("pk").first()
    return found or (None if level == "county" else _unit(item, STEPS[STEPS.index(level) + 1]))
