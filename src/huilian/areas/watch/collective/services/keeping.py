"""What every act on things, contracts, debts and members begins and ends with."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require, scope_of
from huilian.engine.directory.identity import key_of
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from ..models import AccountSet
from .writing import in_chinese


def keeper(set_: AccountSet, by: Any, action: str = "collective.keep") -> AccountSet:
    """`set_`, if `by` may do `action` for its village and the books are not closed for good."""
    require(by, action)
    if not scope_of(by, action).holds_place(set_.place):
        raise NotAllowed(
            _("%(village)s is not among the villages you keep. Ask its bookkeeping agency.")
            % {"village": set_.place.name}
        )
    if set_.closed_on and set_.closed_on < today():
        raise Invalid(
            _("The books of %(set)s ended on %(day)s; go on in the books that follow them.")
            % {"set": set_.name, "day": set_.closed_on},
            field="set",
        )
    return set_


def fresh(row: Model, by: Any, action: str = "collective.keep") -> Any:
    """`row` as it stands now, locked, after `keeper` was asked for its set."""
    found = (
        type(row)
        ._default_manager.select_for_update(of=("self",))
        .select_related("set__place")
        .filter(pk=row.pk)
        .first()
    )
    if found is None:
        raise Conflict(_("This row no longer exists."))
    keeper(found.set, by, action)
    return found


def written(text: str, field: str, sentence: str) -> str:
    """`text` without blanks round it; Invalid with `sentence` when nothing is left."""
    if not (text := str(text or "").strip()):
        raise Invalid(sentence, field=field)
    return text


def decision(text: str) -> str:
    """The number of the members' decision."""
    return written(text, "decision_no", _("Write the number of the decision this rests on."))


def not_later(day: date, field: str = "on") -> date:
    """`day`, unless it lies in the future."""
    if day > today():
        raise Invalid(_("%(day)s lies in the future. Enter it when it has happened.") % {"day": day}, field=field)
    return day


def party_key(identity: str) -> str:
    """The digest under which a person or firm is matched; "" when nothing was given."""
    if not identity or not identity.strip():
        return ""
    try:
        return key_of(identity)
    except Invalid as wrong:
        raise Invalid(wrong.message, field="party_identity") from wrong


def note(verb: str, row: Any, *, by: Any, set_: AccountSet | None = None, **data: Any) -> None:
    """Write the act into the trail, and have the village screened again."""
    set_ = set_ or row.set
    record(verb, row, by=by, data=data, place=set_.place)
    changed(set_)


def changed(*sets: AccountSet) -> None:
    """The facts of these villages have changed: they are screened soon."""
    touch({s.village_code for s in sets})


def apply(row: Model, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set what differs; gives {field: (before, after)}."""
    different = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value and not (before in (None, "") and value in (None, "")):
            different[name] = (before, value)
            setattr(row, name, value)
    return different


def names_of(model: type[Model], fields: Any) -> str:
    """What the fields are called, for a note that is kept: in Chinese, whoever writes it."""
    return "、".join(in_chinese(model._meta.get_field(name).verbose_name) for name in fields)
