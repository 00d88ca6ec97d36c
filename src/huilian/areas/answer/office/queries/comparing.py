"""Offices beside one another: facilities, standard, documents, duties, staff. Offices are compared, never persons."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Sum

from huilian.engine.directory.models import Appointment, Place, Post, Unit
from huilian.engine.directory.powers import in_office
from huilian.foundation.now import today

from ..models import Adoption, Check, DutyTask, Item, Slot


@dataclass
class Office:
    """One office with its counts as (there, of)."""

    unit: Unit
    seven: tuple[int, int] = (0, 0)
    standard: tuple[int, int] = (0, 0)
    papers: tuple[int, int] = (0, 0)
    duties: tuple[int, int] = (0, 0)
    late: int = 0
    staff: tuple[int, int] = (0, 0)
    adopted: dict[int, Adoption] = field(default_factory=dict)


def compared(units: Iterable[Unit]) -> list[Office]:
    """Each office; the whole in a handful of queries."""
    found = {unit.pk: Office(unit) for unit in units}
    day = today()
    items = dict(Item.objects.filter(list__in=("seven", "standard"), is_active=True).values_list("pk", "list"))
    asked, last = Counter(items.values()), {}
    for check in Check.objects.filter(unit__in=found, item__in=items).order_by("pk"):
        last[check.unit_id, check.item_id] = check.is_good
    good = Counter((unit, items[item]) for (unit, item), fine in last.items() if fine)
    slots = set(Slot.objects.filter(list="office", is_active=True).values_list("pk", flat=True))
    for adoption in Adoption.objects.filter(unit__in=found, ended_on=None):
        found[adoption.unit_id].adopted[adoption.slot_id] = adoption
    tasks = DutyTask.objects.filter(unit__in=found, due_on__year=day.year).order_by().values("unit")
    late = Q(done_on=None, due_on__lt=day) | Q(done_on__gt=F("due_on"))
    counted = {row["unit"]: row for row in tasks.annotate(
        n=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False)), late=Count("pk", filter=late))}  # fmt: skip
    quotas = dict(_posts(found).values_list("unit").annotate(Sum("quota")).order_by())
    held = Appointment.objects.filter(in_office(day), post__in=_posts(found)).order_by()
    staff = dict(held.values_list("post__unit").annotate(Count("person", distinct=True)))
    for key, office in found.items():
        row = counted.get(key, {"n": 0, "done": 0, "late": 0})
        office.seven, office.standard = ((good[key, name], asked[name]) for name in ("seven", "standard"))
        office.papers = (len(slots & office.adopted.keys()), len(slots))
        office.duties, office.late = (row["done"], row["n"]), row["late"]
        office.staff = (staff.get(key, 0), quotas.get(key) or 0)
    return list(found.values())


def _posts(units: Iterable[int]):
    return Post.objects.filter(unit__in=list(units), valid_to=None)


def staffing(unit: Unit) -> list[Post]:
    """Posts of an office with `n_held`, the people appointed to them today."""
    held = Appointment.objects.filter(in_office(today()), post__unit=unit).order_by().values_list("post")
    counted = dict(held.annotate(Count("person", distinct=True)))
    posts = list(_posts([unit.pk]).order_by("-is_head", "name"))
    for post in posts:
        post.n_held = counted.get(post.pk, 0)
    return posts


def answers_for(slots: str, offices: Iterable[Office]) -> list[Office]:
    """Offices that a list of documents asks: institutions of mechanism one are the county's."""
    return [o for o in offices if slots == Slot.List.OFFICE or o.unit.place.level == Place.Level.COUNTY]


def readers_of(adoption: Adoption):
    """(who read and when, people of the office who have not)."""
    read = list(adoption.readings.select_related("user"))
    people = Appointment.objects.filter(in_office(today()), post__unit=adoption.unit).select_related("person")
    names = {a.person.pk: a.person for a in people if a.person.user_id not in {r.user_id for r in read}}
    return read, list(names.values())
