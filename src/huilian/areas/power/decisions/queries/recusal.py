"""「回避」 Who at a meeting is concerned by what a motion names, and therefore neither speaks nor votes on it."""

from collections.abc import Iterable
from types import SimpleNamespace

from huilian.engine.access.queries import recused
from huilian.engine.directory.models import Organisation, Person
from huilian.foundation.names import norm

from ..models import AgendaItem, Attendance


def concerned(item: AgendaItem, people: Iterable[Attendance]) -> list[Attendance]:
    """Those of `people` whom the motion names, or who are kin of whom it names or declared its firm as their kin's.

    Kinship is known only of people with an entry in the directory; the others say it themselves (`step_back`).
    """
    if not (winner := item.motion.winner.strip()):
        return []
    persons = list(Person.objects.filter(name=winner))
    firms = list(Organisation.objects.filter(name=winner))
    return [
        a
        for a in people
        if norm(a.seat.name) == item.motion.winner_norm
        or (a.seat.person_id and recused(SimpleNamespace(person=a.seat.person), persons=persons, units=firms))
    ]
