"""From what people write to the row they mean: 柳河村, 999901101201, a unit's short name, a person's name."""

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Place
from huilian.engine.directory.queries import begins_with
from huilian.foundation.errors import Invalid

NAMED_BY = ("code", "number", "key", "username", "short_name", "name", "title")
MANY = 60  # more choices than these are typed, not picked from a list
BETWEEN = " · "


class Lookup:
    """Finds rows of one model by what they are called; remembers, so that a spreadsheet asks once for each name."""

    def __init__(self, model: type[Model], rows: QuerySet | None = None) -> None:
        self.model = model
        self.rows = model._default_manager.all() if rows is None else rows
        self.fields = [name for name in NAMED_BY if _has(model, name, models.CharField)]
        if _has(model, "valid_to") and rows is None:
            self.rows = self.rows.filter(valid_to=None)
        self.known: dict[str, Model] = {}

    def find(self, text: object) -> Model:
        """The one row called `text`; Invalid, saying why, if there is none or more than one."""
        name = str(text).strip()
        if name not in self.known:
            self.known[name] = self._ask(name)
        return self.known[name]

    def _ask(self, name: str) -> Model:
        if BETWEEN in name:  # as `words_of` writes it: the last part is the code or the unit
            first, _dot, last = name.rpartition(BETWEEN)
            exact = self.rows.filter(self._exactly(first) & self._beside(last))[:2]
            if len(exact) == 1:
                return exact[0]
        found = list(self.rows.filter(self._exactly(name))[:2])
        if not found:
            raise Invalid(
                _("There is no %(what)s called “%(name)s”. Check the spelling, or enter it there first.")
                % {"what": self.model._meta.verbose_name, "name": name[:60]}
            )
        if len(found) > 1:
            raise Invalid(
                _("More than one %(what)s is called “%(name)s”. Write it as it is offered while typing: %(example)s.")
                % {"what": self.model._meta.verbose_name, "name": name[:60], "example": self.words_of(found[0])}
            )
        return found[0]

    def _exactly(self, name: str) -> Q:
        condition = Q()
        for field in self.fields:
            condition |= Q(**{field: name})
        return condition if self.fields else Q(pk=name if name.isdigit() else None)

    def _beside(self, text: str) -> Q:
        condition = Q(pk=text[1:]) if text.startswith("#") and text[1:].isdigit() else Q(pk=None)
        if "code" in self.fields:
            condition |= Q(code=text)
        if _has(self.model, "unit"):
            condition |= Q(unit__name=text) | Q(unit__short_name=text)
        if _has(self.model, "place"):
            condition |= Q(place__name=text)
        return condition

    def words_of(self, row: Model) -> str:
        """How `row` is written so that `find` finds it and nothing else."""
        name = getattr(row, "name", None) or getattr(row, "title", None) or str(row)
        if "code" in self.fields and self.model is Place:
            return f"{name}{BETWEEN}{row.code}"
        if _has(self.model, "unit"):
            return f"{name}{BETWEEN}{row.unit.name}" if row.unit else str(name)
        if self.rows.filter(self._exactly(str(name)))[:2].count() > 1:
            return f"{name}{BETWEEN}#{row.pk}"
        return str(name)

    def like(self, text: str, limit: int = 12) -> list[Model]:
        """Rows whose name begins with `text`, then those that contain it."""
        text = text.strip().partition(BETWEEN)[0]
        starts, holds = Q(), Q()
        for field in self.fields:
            starts |= begins_with(field, text)
            holds |= Q(**{f"{field}__icontains": text})
        if not text or not self.fields:
            return list(self.rows[:limit])
        first = list(self.rows.filter(starts)[:limit])
        if len(first) < limit:
            more = self.rows.filter(holds).exclude(pk__in=[row.pk for row in first])
            first += more[: limit - len(first)]
        return first


def _has(model: type[Model], name: str, kind: type[models.Field] = models.Field) -> bool:
    try:
        return isinstance(model._meta.get_field(name), kind)
    except FieldDoesNotExist:
        return False


def split(text: object) -> list[str]:
    """Several names in one cell."""
    for mark in ("，", ",", "；", ";", "\n"):
        text = str(text).replace(mark, "、")
    return [part.strip() for part in str(text).split("、") if part.strip()]
