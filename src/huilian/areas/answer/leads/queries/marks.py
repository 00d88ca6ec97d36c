"""Marks: keyed digests by which persons are compared without a name standing anywhere."""

from collections.abc import Iterable

from django.db.models import Q

from huilian.engine.directory.identity import key_of, keyed
from huilian.engine.directory.models import Appointment, Kin, Organisation, Person
from huilian.engine.directory.powers import in_office
from huilian.foundation.now import today


def marks_of(person: Person | Organisation | dict, unit=None) -> set[str]:
    """Marks of somebody a lead names: a person or firm of the directory, or what is known of them
    ({"name", "identity"}). A name counts with the unit: namesakes are many. Raises Invalid for a wrong number."""
    if isinstance(person, Person):
        return _of_people([person])
    if isinstance(person, Organisation):
        return {key_of(person.credit_code)} if person.credit_code else {keyed("organisation", str(person.pk))}
    found = {key_of(person["identity"])} if person.get("identity") else set()
    if unit is not None and person.get("name"):
        found.add(_named(person["name"], unit.pk))
    return found


def marks_around(user) -> set[str]:
    """Marks of a user and of declared kin, on either side: a lead with one of them is not theirs to see."""
    me = getattr(user, "person", None)
    if me is None:
        return set()
    kin = Kin.sealed.filter(withdrawn_on=None)
    mine = list(kin.filter(person=me).select_related("relative"))
    theirs = kin.filter(Q(relative=me) | (Q(identity_digest=me.identity_digest) if me.identity_digest else Q()))
    people = {me, *(k.relative for k in mine if k.relative), *(k.person for k in theirs.select_related("person"))}
    firms = {keyed("organisation", str(k.organisation_id)) for k in mine if k.organisation_id}
    return _of_people(people) | {k.identity_digest for k in mine if k.identity_digest} | firms


def _of_people(people: Iterable[Person]) -> set[str]:
    people = list(people)
    held = Appointment.objects.filter(in_office(today()), person__in=[p.pk for p in people])
    names = {p.pk: p.name for p in people}
    return (
        {keyed("person", str(p.pk)) for p in people}
        | {p.identity_digest for p in people if p.identity_digest}
        | {_named(names[person], unit) for person, unit in held.values_list("person", "post__unit")}
    )


def _named(name: str, unit: int) -> str:
    return keyed("name", f"{name}@{unit}")
