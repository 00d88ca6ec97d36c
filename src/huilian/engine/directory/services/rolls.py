"""Whole rolls at once: units, posts, people and appointments of a county being set up, or of a yearly roll.

The same checks as one by one, all or nothing, one event each in the trail; only the statements are fewer.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.trail.services import Act, record_many
from huilian.foundation.errors import Conflict, Invalid

from .. import powers, roles
from ..models import Appointment, Person, Post, Unit
from .people import clash_sentence, touching
from .units import _credit_code

BATCH = 500


def add_units(units: Sequence[Unit], *, by) -> list[Unit]:
    """Enter unsaved `units`. Parents must be saved. Raises with the row (1-based) of the first one that cannot be."""
    with transaction.atomic():
        powers.require(by, "directory.change")
        taken = set(Unit.objects.filter(valid_to=None).values_list("place_id", "name"))
        codes = set(Unit.objects.filter(valid_to=None).exclude(credit_code="").values_list("credit_code", flat=True))
        for row, unit in enumerate(units, 1):
            unit.name, unit.short_name = unit.name.strip(), unit.short_name.strip()
            if not unit.name:
                raise Invalid(_("A unit needs a name."), field="name", row=row)
            if unit.kind not in Unit.Kind.values:
                raise Invalid(_("“%(kind)s” is not a kind of unit.") % {"kind": unit.kind}, field="kind", row=row)
            if (unit.place_id, unit.name) in taken:
                raise Conflict(
                    _("%(place)s has a unit called %(name)s already.") % {"place": unit.place.name, "name": unit.name},
                    field="name",
                    row=row,
                )
            taken.add((unit.place_id, unit.name))
            unit.credit_code = _credit_code(unit.credit_code)
            if unit.credit_code:
                if unit.credit_code in codes:
                    raise Conflict(_("Another unit has this credit code."), field="credit_code", row=row)
                codes.add(unit.credit_code)
        made = Unit.objects.bulk_create(units, batch_size=BATCH)
        powers.changed()
        record_many(
            (Act("directory.add_unit", u, {"name": u.name, "kind": u.kind}, place=u.place) for u in made), by=by
        )
        return made


def add_posts(posts: Sequence[Post], *, by) -> list[Post]:
    """Make unsaved `posts` with their roles."""
    with transaction.atomic():
        powers.require(by, "directory.posts")
        taken = set(
            Post.objects.filter(unit__in={p.unit_id for p in posts}, valid_to=None).values_list("unit_id", "name")
        )
        known = roles.catalogue()
        for row, post in enumerate(posts, 1):
            post.name = post.name.strip()
            if post.unit.valid_to:
                raise Invalid(_("%(unit)s has been dissolved.") % {"unit": post.unit.name}, field="unit", row=row)
            if not post.name:
                raise Invalid(_("A post needs a name."), field="name", row=row)
            unknown = [key for key in post.roles if key not in known]
            if unknown:
                raise Invalid(_("There is no role “%(role)s”.") % {"role": unknown[0]}, field="roles", row=row)
            if pair := roles.clash(post.roles):
                raise Invalid(
                    _("%(first)s and %(second)s must be different people (separation of the three administrators).")
                    % {"first": pair[0].name, "second": pair[1].name},
                    field="roles",
                    row=row,
                )
            if (post.unit_id, post.name) in taken:
                raise Conflict(
                    _("%(unit)s has a post called %(name)s already.") % {"unit": post.unit.name, "name": post.name},
                    field="name",
                    row=row,
                )
            taken.add((post.unit_id, post.name))
        made = Post.objects.bulk_create(posts, batch_size=BATCH)
        powers.changed()
        record_many(
            (
                Act(
                    "directory.add_post", p, {"name": p.name, "unit": p.unit.name, "roles": p.roles}, place=p.unit.place
                )
                for p in made
            ),
            by=by,
        )
        return made


def add_people(people: Sequence[Person], *, by) -> list[Person]:
    """Enter unsaved `people` by name and telephone. Identity numbers are entered one by one (`add_person`)."""
    with transaction.atomic():
        powers.require(by, "directory.change")
        for row, person in enumerate(people, 1):
            person.name = person.name.strip()
            if not person.name:
                raise Invalid(_("A person needs a name."), field="name", row=row)
        made = Person.objects.bulk_create(people, batch_size=BATCH)
        record_many((Act("directory.add_person", p, {"name": p.name}) for p in made), by=by)
        return made


def appoint_all(rows: Iterable[tuple[Person, Post]], *, starts_on: date, document: str = "", by) -> list[Appointment]:
    """Put each person into the post beside them, regularly and without a last day."""
    with transaction.atomic():
        powers.require(by, "directory.appoint")
        rows = list(rows)
        for model, column in ((Post, 1), (Person, 0)):  # locked in the order in which `appoint` locks them
            wanted = [row[column].pk for row in rows]
            list(model.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values_list("pk"))
        running = Appointment.objects.filter(touching(starts_on, None))
        held = set(running.values_list("person_id", "post_id"))
        regular_heads = running.filter(post__is_head=True, kind=Appointment.Kind.REGULAR)
        heads = dict(regular_heads.values_list("post_id", "person__name"))
        keys: dict[int, list[str]] = defaultdict(list)
        for person_id, post_roles in running.values_list("person_id", "post__roles"):
            keys[person_id] += post_roles
        for row, (person, post) in enumerate(rows, 1):
            if post.valid_to or post.unit.valid_to:
                last = post.valid_to or post.unit.valid_to
                raise Invalid(
                    _("%(post)s exists only until %(day)s.") % {"post": post, "day": last.isoformat()}, row=row
                )
            if (person.pk, post.pk) in held:
                raise Conflict(
                    _("%(person)s holds this post from %(day)s already.") % {"person": person.name, "day": starts_on},
                    row=row,
                )
            if post.is_head and post.pk in heads:
                raise Conflict(
                    _("%(holder)s heads %(unit)s in this time. End that appointment first, or appoint as acting.")
                    % {"holder": heads[post.pk], "unit": post.unit.name},
                    row=row,
                )
            held.add((person.pk, post.pk))
            if post.is_head:
                heads[post.pk] = person.name
            keys[person.pk] += post.roles
            if pair := roles.clash(keys[person.pk]):
                raise Invalid(clash_sentence(person, pair), field="person", row=row)
        made = Appointment.objects.bulk_create(
            [Appointment(person=p, post=post, starts_on=starts_on, document=document) for p, post in rows],
            batch_size=BATCH,
        )
        powers.changed()
        record_many((_appointed(a) for a in made), by=by)
        return made


def _appointed(a: Appointment) -> Act:
    data = {
        "person": a.person.name,
        "post": a.post.name,
        "unit": a.post.unit.name,
        "kind": a.kind,
        "from": a.starts_on.isoformat(),
        "to": "",
        "roles": a.post.roles,
        "document": a.document,
    }
    return Act("directory.appoint", a, data, place=a.post.unit.place)
