"""The lists of cases: which rows, filtered and sorted how. A list page, its export and its batch acts share this."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from time import monotonic

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine.access.queries import require, scope_of
from huilian.engine.directory.models import Place
from huilian.engine.look.counting import MOST, counts_up_to
from huilian.engine.look.text import lang, say
from huilian.engine.procedures import sealed, worklists
from huilian.engine.procedures.kinds import kinds
from huilian.engine.procedures.models import Case, State
from huilian.engine.procedures.queries import visible_parts

from . import alert_list

SORTS = {
    "urgency": worklists.URGENCY,
    "due": ("due_on", "id"),
    "newest": ("-received_at", "-id"),
    "oldest": ("received_at", "id"),
}
ENDED = [State.CLOSED, State.REFUSED, State.MERGED, State.WITHDRAWN]
PORTION = 900  # ids in one statement: below the fewest parameters any SQLite allows (999)


@dataclass(frozen=True)
class Source:
    """One list: its address, its name, whose rows it shows."""

    key: str
    url_name: str
    title: object
    parts: Callable[[object], list[QuerySet[Case]]]  # sharing no row, each with an index of its own
    any_state: bool = False
    kind: str = ""  # only cases of this kind: then the classes and steps of the others are not offered
    more: Callable[[], Mapping[str, forms.Field]] = dict  # what else it can be narrowed by
    narrow: Callable[[Mapping], Q] = lambda chosen: Q()


def _all(user) -> list[QuerySet[Case]]:
    require(user, "case.see")
    return visible_parts(user)


TASKS = Source("tasks", "desk-home", gettext_lazy("My tasks"), worklists.task_parts)
CASES = Source("cases", "desk-cases", gettext_lazy("All cases"), _all, any_state=True)
ALERTS = Source(
    "alerts",
    "desk-alerts",
    gettext_lazy("Handling of alerts"),
    lambda user: [p.filter(kind="alert") for p in _all(user)],
    any_state=True,
    kind="alert",
    more=alert_list.fields,
    narrow=alert_list.condition,
)
SOURCES = {source.key: source for source in (TASKS, CASES, ALERTS)}


FRESH = 10.0  # seconds a process trusts the names of the ways in; they change a few times a year
_named: dict[str, tuple[float, dict[str, str]]] = {}  # by language


def source_names() -> dict[str, str]:
    """Names of the ways in, from every kind of case that declares them."""
    kept = _named.get(lang())
    if kept is None or monotonic() - kept[0] > FRESH:
        found: dict[str, str] = {}
        for kind in kinds().values():
            found.update(kind.sources() if kind.sources else {})
        kept = _named[lang()] = (monotonic(), found)
    return kept[1]


def kind_name(key: str) -> str:
    return str(kinds()[key].name) if key in kinds() else key


class Filter(forms.Form):
    """What a list can be narrowed by. Choices come from the definitions, never from the rows."""

    level = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    source = forms.ChoiceField(label=gettext_lazy("Source"), required=False)
    class_key = forms.ChoiceField(label=gettext_lazy("Class"), required=False)
    township = forms.ChoiceField(label=gettext_lazy("Township"), required=False)
    step = forms.ChoiceField(label=gettext_lazy("Step"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Order"), required=False)
    q = forms.CharField(label=gettext_lazy("Words in the matter, or a number"), required=False, max_length=60)

    def __init__(self, data, *, source: Source, user):
        super().__init__(data)
        newest = {d.key: d for d in worklists.definitions().values()}
        definitions = [d for d in newest.values() if source.kind in ("", d.kind) and d.kind not in sealed.KINDS]
        told = [d for d in definitions if not d.in_family]  # nobody picks from the steps of a hundred
        classes = {c.key: say(c.name) for d in told for c in d.classes}
        steps = {s.key: say(s.name) for d in told for s in d.steps if source.any_state or s.kind != "end"}
        self.names = {"class": classes, "step": {**steps}, "source": source_names()}
        self._offer("kind", _("All kinds"), {d.kind: kind_name(d.kind) for d in definitions}, least=2)
        self._offer("source", _("All sources"), self.names["source"], wanted=not source.kind)
        self._offer("class_key", _("All classes"), classes)
        self._offer("township", _("All townships"), _townships(user), least=2)
        self._offer("step", _("All steps"), steps)
        self._offer("state", _("Open"), {"ended": _("Closed"), "any": _("Open and closed")}, wanted=source.any_state)
        self.fields |= source.more()
        orders = {"due": _("By due day"), "newest": _("Newest first"), "oldest": _("Oldest first")}
        self._offer("sort", _("Most urgent first"), orders)
        self.order_fields([*(name for name in self.fields if name not in ("sort", "q")), "sort", "q"])
        self.fields["q"].widget.attrs["placeholder"] = str(self.fields["q"].label)
        self.fields["q"].widget.input_type = "search"

    def _offer(self, name: str, every: str, choices: dict, *, least: int = 1, wanted: bool = True) -> None:
        if not wanted or len(choices) < least:
            del self.fields[name]
        else:
            self.fields[name].choices = [("", every), *choices.items()]


def _townships(user) -> dict[str, str]:
    reach = scope_of(user, "case.see")
    if not reach.whole and len(reach.places) < 2:
        return {}
    rows = Place.objects.filter(level=Place.Level.TOWNSHIP, valid_to=None).order_by("code")
    if not reach.whole:
        rows = rows.filter(pk__in=[pk for pk, level, _path in reach.places if level == Place.Level.TOWNSHIP])
    return {str(pk): name for pk, name in rows.values_list("pk", "name")}


class Worklist:
    """A list as one request asks for it. A filter that cannot be right is left out, never an error."""

    def __init__(self, source: Source, user, data):
        self.source, self.user, self.data = source, user, data
        self.form = Filter(data, source=source, user=user)
        self.form.is_valid()
        self.chosen = {k: v for k, v in self.form.cleaned_data.items() if v}

    @cached_property
    def level(self) -> str:
        level = self.chosen.get("level", "")
        return level if level in worklists.LEVELS and self.state == "open" else ""

    @cached_property
    def state(self) -> str:
        return self.chosen.get("state", "open")

    @property
    def is_narrowed(self) -> bool:
        return any(k not in ("sort",) for k in self.chosen)

    @cached_property
    def everything(self) -> list[QuerySet[Case]]:
        """The rows before a lamp is chosen, in parts."""
        condition = Q()
        if self.source.any_state and self.state == "open":
            condition &= Q(state=State.OPEN)
        elif self.state == "ended":
            condition &= Q(state__in=ENDED)
        for name in ("kind", "source", "class_key", "township", "step"):
            if name in self.chosen:
                condition &= Q(**{name: self.chosen[name]})
        if "q" in self.chosen:
            condition &= _said(self.chosen["q"])
        condition &= self.source.narrow(self.chosen)
        return [part.filter(condition) for part in self.source.parts(self.user)]

    @cached_property
    def parts(self) -> list[QuerySet[Case]]:
        """The rows of the list, in parts."""
        return [worklists.with_level(part, self.level) for part in self.everything] if self.level else self.everything

    @property
    def order(self) -> tuple[str, ...]:
        return SORTS[self.chosen.get("sort") or ("urgency" if self.state == "open" else "newest")]

    @cached_property
    def person(self):
        """Whose own matters stand first: the person's among their tasks, unless sorted otherwise."""
        return getattr(self.user, "person", None) if self.source is TASKS and "sort" not in self.chosen else None

    @cached_property
    def own(self) -> list[QuerySet[Case]]:
        return [part.filter(handler=self.person) for part in self.parts] if self.person else []

    def cut(self, start: int, stop: int, *related: str) -> list[Case]:
        """Rows `start` to `stop` of the list, with what their page needs. One query where the list has one part."""
        parts, pks = self.parts, []
        mine = min(self.counted[1], MOST) if self.person else 0
        if mine:
            pks = worklists.keys_of(self.own, self.order, start, min(stop, mine))
            parts = [part.exclude(handler=self.person) for part in self.parts]
        if not mine and len(parts) == 1:
            return list(parts[0].order_by(*self.order).select_related(*related)[start:stop])
        pks += worklists.keys_of(parts, self.order, max(0, start - mine), stop - mine)
        found = Case.objects.select_related(*related).in_bulk(pks)
        return [found[pk] for pk in pks if pk in found]

    def each(self, most: int, *related: str) -> Iterator[Case]:
        """The first `most` rows in order, a portion at a time."""
        pks = worklists.keys_of(self.parts, self.order, 0, most)
        for start in range(0, len(pks), PORTION):
            some = pks[start : start + PORTION]
            found = Case.objects.select_related(*related).in_bulk(some)
            yield from (found[pk] for pk in some if pk in found)

    @cached_property
    def counted(self) -> tuple[dict[str, int], int]:
        """The lamps, and how many rows are the person's own: in one query. Only open cases have lamps."""
        lists = [worklists.with_level(part, level) for level in worklists.LEVELS for part in self.everything]
        numbers = counts_up_to([*lists, *self.own])
        size, found = len(self.everything), {}
        for i, level in enumerate(worklists.LEVELS):
            found[level] = sum(numbers[i * size : (i + 1) * size])
        found["all"] = sum(found.values())
        return found, sum(numbers[len(lists) :])

    @cached_property
    def lamps(self) -> dict[str, int]:
        return self.counted[0] if self.state == "open" else {}

    @cached_property
    def count(self) -> int:
        """How many rows the list has; one more than `MOST` when there are more."""
        if self.state == "open":
            return min(self.lamps[self.level or "all"], MOST + 1)
        return min(sum(counts_up_to(self.everything)), MOST + 1)


def _said(words: str) -> Q:
    """Every word must stand in the matter, or the whole be the beginning of a number."""
    words = words.strip()
    condition = Q()
    for word in words.split()[:5]:
        condition &= Q(title__icontains=word)
    if words.isascii():
        condition |= Q(number__istartswith=words)
    return condition
