"""People, their appointments, and their declared kin."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .. import identity, powers, roles
from ..models import Appointment, Kin, Organisation, Person, Post, Unit

Kind = Appointment.Kind


def add_person(*, name: str, phone: str = "", identity_number: str = "", user=None, by) -> Person:
    """Enter a person. The identity number is checked and kept only as a keyed digest, to match and never to show."""
    with transaction.atomic():
        powers.require(by, "directory.change")
        person = Person(name=name.strip(), phone=phone.strip(), user=user)
        if not person.name:
            raise Invalid(_("A person needs a name."), field="name")
        if identity_number:
            person.identity_digest = identity.digest(identity_number)
            _refuse_twin(person)
        if user is not None and Person.objects.filter(user=user).exists():
            raise Conflict(_("This account belongs to somebody else."), field="user")
        person.save()
        record("directory.add_person", person, by=by, data={"name": person.name})
        return person


def change_person(person: Person, *, name: str | None = None, phone: str | None = None, user=None, by) -> Person:
    """Change name or telephone, or link an account. The trail says which fields, not the number itself."""
    with transaction.atomic():
        powers.require(by, "directory.change")
        person = Person.objects.select_for_update().get(pk=person.pk)
        fields = []
        for field, value in (("name", name), ("phone", phone), ("user", user)):
            if value is not None and getattr(person, field) != value:
                setattr(person, field, value.strip() if isinstance(value, str) else value)
                fields.append(field)
        if not person.name:
            raise Invalid(_("A person needs a name."), field="name")
        if user is not None and Person.objects.filter(user=user).exclude(pk=person.pk).exists():
            raise Conflict(_("This account belongs to somebody else."), field="user")
        if fields:
            person.save(update_fields=fields)
            powers.changed()
            record("directory.change_person", person, by=by, data={"fields": fields})
        return person


def _refuse_twin(person: Person) -> None:
    twin = Person.objects.filter(identity_digest=person.identity_digest).exclude(pk=person.pk).first()
    if twin:
        raise Conflict(
            _("This identity number is already entered for %(name)s. Use that entry.") % {"name": twin.name},
            field="identity_number",
        )


def appoint(
    person: Person,
    post: Post,
    *,
    starts_on: date,
    ends_on: date | None = None,
    kind: str = Kind.REGULAR,
    home_unit: Unit | None = None,
    document: str = "",
    by,
) -> Appointment:
    """Put a person into a post; `ends_on` is the last day. The only way in which anybody is given rights.

    Refused: a post that ends earlier; the same post twice; a second regular head of a unit; one of the three
    administrators together with anything else; a secondment without the home unit.
    """
    with transaction.atomic():
        powers.require(by, "directory.appoint")
        post = Post.objects.select_for_update(of=("self",)).select_related("unit__place").get(pk=post.pk)
        person = Person.objects.select_for_update().get(pk=person.pk)
        _check_period(post, starts_on, ends_on)
        _check_kind(person, post, kind, home_unit, starts_on)
        for held in post.appointments.filter(touching(starts_on, ends_on)).select_related("person"):
            if held.person_id == person.pk:
                raise Conflict(
                    _("%(person)s holds this post from %(day)s already.")
                    % {"person": person.name, "day": held.starts_on}
                )
            if post.is_head and kind == Kind.REGULAR == held.kind:
                raise Conflict(
                    _("%(holder)s heads %(unit)s in this time. End that appointment first, or appoint as acting.")
                    % {"holder": held.person.name, "unit": post.unit.name}
                )
        refuse_clash(person, starts_on, ends_on, post.roles)
        appointment = Appointment.objects.create(
            person=person,
            post=post,
            kind=kind,
            home_unit=home_unit,
            starts_on=starts_on,
            ends_on=ends_on,
            document=document,
        )
        powers.changed()
        data = {
            "person": person.name,
            "post": post.name,
            "unit": post.unit.name,
            "kind": kind,
            "from": starts_on.isoformat(),
            "to": ends_on.isoformat() if ends_on else "",
            "roles": post.roles,
            "document": document,
        }
        record("directory.appoint", appointment, by=by, data=data, place=post.unit.place)
        return appointment


def _check_period(post: Post, starts_on: date, ends_on: date | None) -> None:
    if ends_on and ends_on < starts_on:
        raise Invalid(_("The last day lies before the first."), field="ends_on")
    for last in (post.valid_to, post.unit.valid_to):
        if last and (ends_on is None or ends_on > last):
            raise Invalid(
                _("%(post)s exists only until %(day)s.") % {"post": post, "day": last.isoformat()}, field="ends_on"
            )


def _check_kind(person: Person, post: Post, kind: str, home_unit: Unit | None, starts_on: date) -> None:
    if kind not in Kind.values:
        raise Invalid(_("An appointment is regular, acting or seconded."), field="kind")
    if (kind == Kind.SECONDED) != (home_unit is not None):
        raise Invalid(_("A secondment, and only a secondment, names the home unit."), field="home_unit")
    if home_unit is None:
        return
    if home_unit.pk == post.unit_id:
        raise Invalid(_("Nobody can be seconded to their own unit."), field="home_unit")
    at_home = person.appointments.filter(post__unit__in=powers.with_units_below([home_unit.pk]))
    if not at_home.filter(touching(starts_on, None)).exists():
        raise Invalid(
            _("%(person)s holds no post at %(unit)s.") % {"person": person.name, "unit": home_unit.name},
            field="home_unit",
        )


def touching(starts_on: date, ends_on: date | None) -> Q:
    """Appointments that share a day with the period."""
    not_over = Q(ends_on=None) | Q(ends_on__gte=starts_on)
    return not_over & Q(starts_on__lte=ends_on) if ends_on else not_over


def refuse_clash(person: Person, starts_on: date, ends_on: date | None, more: tuple | list) -> None:
    """Raise Invalid where the roles `person` holds in the period, with `more`, may not come together (三权分立)."""
    held = [
        key
        for keys in person.appointments.filter(touching(starts_on, ends_on)).values_list("post__roles", flat=True)
        for key in keys
    ]
    pair = roles.clash([*held, *more])
    if pair:
        raise Invalid(clash_sentence(person, pair), field="person")


def clash_sentence(person: Person, pair) -> str:
    """Why `person` may not hold the two roles of `pair` together."""
    return _(
        "%(person)s cannot be both %(first)s and %(second)s: the three administrators are different people and "
        "handle no cases. End the other appointment first, or appoint somebody else."
    ) % {"person": person.name, "first": pair[0].name, "second": pair[1].name}


def end_appointment(appointment: Appointment, *, on: date, by) -> Appointment:
    """Let an appointment end; `on` is the last day in office."""
    with transaction.atomic():
        powers.require(by, "directory.appoint")
        found = Appointment.objects.select_for_update().get(pk=appointment.pk)
        if found.ends_on and found.ends_on <= today():
            raise Conflict(_("This appointment ended on %(day)s.") % {"day": found.ends_on.isoformat()})
        if on < found.starts_on:
            raise Invalid(_("The last day lies before the first."), field="on")
        found.ends_on = on
        found.save(update_fields=["ends_on"])
        powers.changed()
        data = {
            "person": found.person.name,
            "post": found.post.name,
            "unit": found.post.unit.name,
            "on": on.isoformat(),
        }
        record("directory.end_appointment", found, by=by, data=data, place=found.post.unit.place)
        return found


def declare_kin(
    person: Person,
    *,
    relation: str,
    name: str,
    identity_number: str = "",
    relative: Person | None = None,
    organisation: Organisation | None = None,
    by,
) -> Kin:
    """Enter kin for the recusal check. Everybody for themselves; a discipline officer for others as well.

    The trail says that somebody declared, never whom.
    """
    with transaction.atomic():
        _require_own(person, by)
        if not name.strip() or not relation.strip():
            raise Invalid(_("Kin need a name and the relation."), field="name")
        if relative is not None and relative.pk == person.pk:
            raise Invalid(_("Nobody is their own kin."), field="relative")
        kin = Kin.sealed.create(
            person=person,
            relation=relation.strip(),
            name=name.strip(),
            relative=relative,
            organisation=organisation,
            identity_digest=identity.digest(identity_number) if identity_number else "",
            declared_on=today(),
        )
        record("directory.declare_kin", person, by=by, data={"kin": kin.pk})
        return kin


def withdraw_kin(kin: Kin, *, by) -> Kin:
    """Take a declaration back, as after a divorce. It stays on file, sealed, and no longer counts."""
    with transaction.atomic():
        kin = Kin.sealed.select_for_update().get(pk=kin.pk)
        _require_own(kin.person, by)
        if kin.withdrawn_on:
            raise Conflict(_("This declaration was withdrawn already."))
        kin.withdrawn_on = today()
        kin.save(update_fields=["withdrawn_on"])
        record("directory.withdraw_kin", kin.person, by=by, data={"kin": kin.pk})
        return kin


def _require_own(person: Person, by) -> None:
    if person.user_id and person.user_id == getattr(by, "pk", None):
        return
    if not powers.may(by, "kin.record"):
        raise NotAllowed(_("You can declare your own kin only.") + " " + powers.refusal("kin.record"))
