"""Repeats and links between leads, by marks alone. Who may not see a lead learns that there is one, not which."""

from collections import defaultdict

from django.utils.translation import gettext as _

from ..models import Concern, Lead
from ..rules import linked
from .reach import visible_to

NEAR = 3  # further than this everybody is linked with everybody


def likely_repeats(lead: Lead, user) -> list[Lead]:
    """Earlier leads in reach with a person and the field in common."""
    same = Concern.objects.filter(digest__in=lead.concerns.values("digest")).exclude(lead=lead).values("lead")
    return list(visible_to(user).filter(pk__in=same, field=lead.field, received_at__lte=lead.received_at)[:10])


def links_of(lead: Lead, user) -> list[tuple[int, Lead | None]]:
    """How far away (1 to 3 steps) each linked lead is, and the lead itself where `user` may see it."""
    marks: dict[str, set[str]] = defaultdict(set)
    reached, frontier = {lead.pk}, {lead.pk}
    for _hop in range(NEAR):
        near = Concern.objects.filter(digest__in=Concern.objects.filter(lead__in=frontier).values("digest"))
        frontier = set(near.values_list("lead", flat=True)) - reached
        if not frontier:
            break
        reached |= frontier
    for number, digest in Concern.objects.filter(lead__in=reached).values_list("lead__number", "digest"):
        marks[number].add(digest)
    steps = linked(lead.number, marks)
    seen = {found.number: found for found in visible_to(user).filter(number__in=steps)}
    return sorted(
        ((step, seen.get(number)) for number, step in steps.items()),
        key=lambda row: (row[0], row[1] is None, row[1].number if row[1] else ""),
    )


def words(found: Lead | None) -> str:
    return found.number if found else str(_("another lead; ask the case manager"))
