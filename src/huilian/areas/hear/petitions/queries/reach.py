"""Rows in reach of a person."""

from django.db.models import Q, QuerySet

from huilian.engine.access.queries import may, scope, scope_of
from huilian.engine.directory.models import Place
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.models import Case
from huilian.engine.procedures.queries import cases_visible_to

from ..models import Charge, Entry, OnlineMatter, Petition, Slot, SupervisionPaper, Visit

SEE = "petitions.see"


def visible_petitions(user) -> QuerySet[Petition]:
    """Petitions that `user` may read: by a post for petitions within its reach, or because they lie with their unit."""
    found = Petition.objects.select_related("case__procedure", "case__unit", "case__lamp", "place", "about")
    seen = Q(case__in=scope(Case.objects.all(), user, action=SEE).order_by().values("pk"))
    return found.filter(
        seen | Q(case__unit__in=units_of(user), case__in=cases_visible_to(user).order_by().values("pk"))
    )


def may_read(petition: Petition, user) -> bool:
    """Whether `user` may read what is asked; a case page is seen by more people than a petition is meant for."""
    return visible_petitions(user).filter(pk=petition.pk).exists()


def may_reveal(petition: Petition, user) -> bool:
    """Whether `user` may open who handed it in: the petitions office, the unit it lies with, the organ of review."""
    return may(user, "petitions.reveal") and may_read(petition, user)


def townships(user) -> QuerySet[Place]:
    """Townships in reach of those who read petitions."""
    reach, found = scope_of(user, SEE), Place.objects.filter(level=Place.Level.TOWNSHIP, valid_to=None)
    if reach.whole:
        return found
    ways = Q(pk__in=[pk for pk, _level, _path in reach.places])
    for _pk, level, path in reach.places:
        if level < Place.Level.TOWNSHIP:
            ways |= Q(path__startswith=path)
    return found.filter(ways)


def visible_slots(user) -> QuerySet[Slot]:
    found = Slot.objects.select_related("leader", "unit", "town")
    return scope(found, user, place="unit__place", unit="unit", action=SEE)


def visible_visits(user) -> QuerySet[Visit]:
    found = Visit.objects.select_related("slot__leader", "unit", "petition__case")
    return found.filter(slot__in=visible_slots(user).order_by())


def visible_charges(user) -> QuerySet[Charge]:
    """Matters led by a leader: those of the petitions in reach, and one's own."""
    found = Charge.objects.select_related("petition__case", "petition__place", "leader")
    own = Q(leader=getattr(user, "person", None)) if getattr(user, "person", None) else Q(pk=None)
    return found.filter(own | Q(petition__in=visible_petitions(user).order_by()))


def visible_matters(user) -> QuerySet[OnlineMatter]:
    found = OnlineMatter.objects.select_related("case__unit", "case__lamp", "heat", "place")
    return found.filter(case__in=cases_visible_to(user).order_by()) if may(user, SEE) else found.none()


def visible_papers(user) -> QuerySet[SupervisionPaper]:
    found = SupervisionPaper.objects.select_related("case__unit", "case__lamp")
    return found.filter(case__in=cases_visible_to(user).order_by()) if may(user, SEE) else found.none()


def visible_entries(user) -> QuerySet[Entry]:
    found = Entry.objects.select_related("contest", "unit__place")
    return scope(found, user, place="unit__place", unit="unit", action=SEE)
