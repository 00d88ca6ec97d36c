"""What citizens may know: receptions to come, and of their own petition or visit all by number and code."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from huilian.engine.clocks.queries import Face, clock_face
from huilian.engine.look.text import say
from huilian.engine.procedures.models import CaseStep, Extension
from huilian.foundation.now import now, today

from .. import codes
from ..models import Ground, Petition, Review, Slot, Visit

RESTING = ("answered", "reviewed")  # it waits for the person
OFFERED = ("received", "deciding", "working", "delivering", "answered")


def petition_by_code(number: str, code: str) -> Petition | None:
    """The petition, when the code belongs to it. A wrong number and a wrong code look alike."""
    found = petition_numbered(number)
    return found if codes.fits(code, found.code_digest if found else "") else None


def petition_numbered(number: str) -> Petition | None:
    """The petition whose code the caller has checked before."""
    joined = ("case__procedure", "case__clock", "case__lamp", "case__unit", "path", "ground")
    return Petition.objects.select_related(*joined).filter(case__number=number.strip().upper()).first()


@dataclass(frozen=True)
class View:
    """A petition as its petitioner sees it. The answer is shown once it was handed over or opened here."""

    petition: Petition
    stages: tuple[dict[str, str], ...]
    clock: Face | None
    unit: str
    more_time: Extension | None
    answer: tuple[tuple[str, str], ...]
    waits_to_be_read: bool
    reviews: tuple[Review, ...]
    may_review: bool
    review_until: date | None
    may_rate: bool
    is_final: bool
    left: str


def view_of(petition: Petition) -> View:
    case = petition.case
    reviews = tuple(petition.reviews.order_by("pk"))
    last = reviews[-1] if reviews else None
    until = last.ask_until if last and last.ask_until else petition.ask_until
    told = petition.delivered_at is not None
    names = ("claim", "facts", "law", "opinion", "remedy")
    parts = tuple((str(Petition._meta.get_field(name).verbose_name), getattr(petition, name)) for name in names)
    final = case.outcome == "final"
    return View(
        petition=petition,
        stages=_stages(petition),
        clock=clock_face(case.lamp) if case.lamp_id and case.is_open and case.step not in RESTING else None,
        unit=case.unit.name if case.unit_id else "",
        more_time=Extension.objects.filter(case=case, approved=True).order_by("-pk").first(),
        answer=parts if told else (),
        waits_to_be_read=case.step == "delivering",
        reviews=reviews,
        may_review=case.step in ("answered", "reviewed") and until is not None and today() <= until,
        review_until=until,
        may_rate=told and petition.stars is None,
        is_final=final,
        left=Ground.objects.get(key="final").guidance if final else petition.ground.guidance if petition.ground else "",
    )  # fmt: skip


def _stages(petition: Petition) -> tuple[dict[str, str], ...]:
    """The steps that were gone and, while it is open, those still to come up to the answer."""
    case = petition.case
    passed = set(CaseStep.objects.filter(case=case).values_list("step", flat=True))
    shown = [s for s in case.definition.steps if s.key in passed or (case.is_open and s.key in OFFERED)]
    return tuple(
        {"name": say(s.name), "state": "now" if s.key == case.step and case.is_open else _state(s.key, passed)}
        for s in shown
    )


def _state(key: str, passed: set[str]) -> str:
    return "done" if key in passed else "todo"


def receptions() -> QuerySet[Slot]:
    """Receptions to come that are not cancelled, with `free`, how many places are left. Who receives where and when is
    public; who comes is not."""
    taken = Count("visits", filter=~Q(visits__state=Visit.State.GONE))
    coming = Slot.objects.filter(cancelled="", starts_at__gt=now()).select_related("leader", "unit", "town")
    return coming.annotate(free=F("seats") - taken).order_by("starts_at", "pk")


def visit_by_code(number: str, code: str) -> Visit | None:
    """The visit, when the code belongs to it."""
    found = visit_numbered(number)
    return found if codes.fits(code, found.code_digest if found else "") else None


def visit_numbered(number: str) -> Visit | None:
    """The visit whose code the caller has checked before."""
    joined = ("slot__leader", "slot__town", "unit")
    return Visit.objects.select_related(*joined).filter(number=number.strip().upper()).first()
