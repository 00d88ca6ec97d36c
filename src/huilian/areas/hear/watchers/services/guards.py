"""Who may act for a body, and the rows locked until the act is over."""

from django.db.models import Model
from django.utils.translation import gettext as _

from huilian.engine.access.queries import recused, require, scope_of
from huilian.engine.directory.models import Person
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

from ..models import Body
from ..queries.reach import own_seats


def allow(by, action: str, body: Body) -> Person | None:
    """The person behind `by`, who may do `action` for this body: by a post that reaches it, or as its member.
    Raises NotAllowed."""
    require(by, action)
    reach = scope_of(by, action)
    if reach.holds_place(body.place) or reach.holds_unit(body.unit) or own_seats(by).filter(body=body).exists():
        return getattr(by, "person", None)
    raise NotAllowed(_("%(body)s is not among the bodies of your post.") % {"body": body})


def steps_back(by, persons=(), units=()) -> None:
    """Raise NotAllowed where somebody named is oneself or kin, or one heads the unit concerned (回避)."""
    if why := recused(by, persons=persons, units=[u for u in units if u]):
        raise NotAllowed(why)


def locked(row: Model, *related: str):
    """`row` as it is now, locked. `related`: links that never change."""
    found = type(row).objects.select_for_update(of=("self",))
    return (found.select_related(*related) if related else found).get(pk=row.pk)


def said(text: str, field: str, most: int = 4000) -> str:
    """What was written, without blanks around it. Raises Invalid where nothing was."""
    text = (text or "").strip()
    if not text:
        raise Invalid(_("Write this in a sentence."), field=field)
    if len(text) > most:
        raise Invalid(_("At most %(n)s characters.") % {"n": most}, field=field)
    return text


def standing(body: Body) -> Body:
    """The body, locked. Raises Conflict where it was dissolved."""
    body = locked(body, "kind", "unit__place", "business__place", "place")
    if body.dissolved_on:
        raise Conflict(_("%(body)s was dissolved.") % {"body": body})
    return body


def taken_over(row: Model, values) -> None:
    """Put what was typed into `row`."""
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
