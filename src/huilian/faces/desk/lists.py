"""The lists of cases: which rows, filtered and sorted how. A list page, its export and its batch acts share this."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from time import monotonic

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine.access.queries import require, scope_of
from huilian.engine.directory.models import Place
from huilian.engine.look.text import lang, say
from huilian.engine.procedures import worklists
from huilian.engine.procedures.kinds import kinds
from huilian.engine.procedures.models import Case, State
from huilian.engine.procedures.queries import cases_visible_to

SORTS = {
    "urgency": worklists.URGENCY,
    "due": ("due_on", "id"),
    "newest": ("-received_at", "-id"),
    "oldest": ("received_at", "id"),
}
ENDED = [State.CLOSED, State.REFUSED, State.MERGED, State.WITHDRAWN]
MEANS = {"state": "open"}  # what an absent choice means


@dataclass(frozen=True)
class Source:
    """One list: its address, its name, whose rows it shows."""

    key: str
    url_name: str
    title: object
    rows: Callable[[object], QuerySet[Case]]
    any_state: bool = False


def _all(user) -> QuerySet[Case]:
    require(user, "case.see")
    return cases_visible_to(user)


TASKS = Source("tasks", "desk-home", gettext_lazy("My tasks"), worklists.tasks_of)
CASES = Source("cases", "desk-cases", gettext_lazy("All cases"), _all, any_state=True)
SOURCES = {source.key: source for source in (TASKS, CASES)}


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
        definitions = {d.key: d for d in worklists.definitions().values()}.values()  # the newest of each
        classes = {c.key: say(c.name) for d in definitions for c in d.classes}
        steps = {s.key: say(s.name) for d in definitions for s in d.steps if source.any_state or s.kind != "end"}
        self.names = {"class": classes, "step": {**steps}, "source": source_names()}
        self._offer("kind", _("All kinds"), {d.key: kind_name(d.key) for d in definitions}, least=2)
        self._offer("source", _("All sources"), self.names["source"])
        self._offer("class_key", _("All classes"), classes)
        self._offer("township", _("All townships"), _townships(user), least=2)
        self._offer("step", _("All steps"), steps)
        self._offer("state", _("Open"), {"ended": _("Closed"), "any": _("Open and closed")}, wanted=source.any_state)
        orders = {"due": _("By due day"), "newest": _("Newest first"), "oldest": _("Oldest first")}
        self._offer("sort", _("Most urgent first"), orders)
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
    def everything(self) -> QuerySet[Case]:
        """The rows before a lamp is chosen."""
        rows = self.source.rows(self.user)
        if self.source.any_state and self.state == "open":
            rows = rows.filter(state=State.OPEN)
        elif self.state == "ended":
            rows = rows.filter(state__in=ENDED)
        for name in ("kind", "source", "class_key", "township", "step"):
            if name in self.chosen:
                rows = rows.filter(**{name: self.chosen[name]})
        return rows.filter(_said(self.chosen["q"])) if "q" in self.chosen else rows

    @cached_property
    def rows(self) -> QuerySet[Case]:
        """The rows of the list in their order."""
        rows = worklists.with_level(self.everything, self.level) if self.level else self.everything
        sort = self.chosen.get("sort") or ("urgency" if self.state == "open" else "newest")
        return rows.order_by(*SORTS[sort])

    @cached_property
    def own(self) -> QuerySet[Case] | None:
        """The rows that name the person as handler: these stand first among one's tasks, unless sorted otherwise."""
        person = getattr(self.user, "person", None)
        return (
            self.rows.filter(handler=person) if person and self.source is TASKS and "sort" not in self.chosen else None
        )

    def cut(self, start: int, stop: int, *related: str) -> list[Case]:
        """Rows `start` to `stop` of the list, with what their page needs."""

        def some(rows: QuerySet[Case], since: int, until: int) -> list[Case]:
            return list(rows.select_related(*related)[since:until]) if since < until else []

        if self.own is None:
            return some(self.rows, start, stop)
        mine = min(self.counted[1], worklists.MOST)
        rest = self.rows.exclude(handler=self.user.person)
        return some(self.own, start, min(stop, mine)) + some(rest, max(0, start - mine), stop - mine)

    @cached_property
    def counted(self) -> tuple[dict[str, int], int]:
        """The lamps, and how many rows are the person's own: in one query."""
        lists = [worklists.with_level(self.everything, level) for level in worklists.LEVELS]
        numbers = worklists.counts_up_to([*lists, *([self.own] if self.own is not None else [])])
        found = dict(zip(worklists.LEVELS, numbers, strict=False))
        found["all"] = sum(found.values())
        return found, numbers[-1] if self.own is not None else 0

    @cached_property
    def lamps(self) -> dict[str, int]:
        """Counts for the tabs; only open cases have lamps."""
        return self.counted[0] if self.state == "open" else {}

    @cached_property
    def count(self) -> int:
        """How many rows the list has; one more than `worklists.MOST` when there are more."""
        if self.state == "open":
            return min(self.lamps[self.level or "all"], worklists.MOST + 1)
        return worklists.counts_up_to([self.everything])[0]


def _said(words: str) -> Q:
    """Every word must stand in the matter, or the whole be the beginning of a number."""
    words = words.strip()
    condition = Q()
    for word in words.split()[:5]:
        condition &= Q(title__icontains=word)
    if words.isascii():
        condition |= Q(number__istartswith=words)
    return condition
