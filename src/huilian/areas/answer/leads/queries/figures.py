"""Numbers for those who see numbers only: small counts are hidden, no list of leads stands behind any of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Place

from ..models import Lead, Outcome, Proposal, StockItem, Stocktake, Term
from ..rules import suppressed


@dataclass(frozen=True)
class Row:
    """`n` is None where the count is hidden; `part` of the largest in percent for the bar."""

    name: str
    n: int | None
    part: int


def leads_of(year: int) -> QuerySet[Lead]:
    """Leads received in a year, each once: repeats are counted with their first."""
    return Lead.objects.filter(received_at__year=year, repeat_of=None).order_by()


def received_between(since: date, until: date) -> QuerySet[Lead]:
    """Leads by the day they came, for numbers, codes and days that go to other systems; nothing of them is opened."""
    return Lead.objects.filter(received_at__date__range=(since, until)).order_by("pk")


def codes() -> dict[str, tuple[str, ...]]:
    """The codes of a lead that other systems map to their own."""
    names = ("source", "field", "state")
    return {name: tuple(code for code, _label in Lead._meta.get_field(name).choices) for name in names}


def is_number(number: str) -> bool:
    return Lead.objects.filter(number=number).exists()


def by(leads: QuerySet[Lead], name: str) -> list[Row]:
    """Leads by one of the codes, in the order of the catalogue."""
    found = dict(leads.values_list(name).annotate(n=Count("pk")))
    return _rows([(str(label), found.get(code, 0)) for code, label in Lead._meta.get_field(name).choices if code])


def by_town(leads: QuerySet[Lead]) -> list[Row]:
    """Leads by township; those on the county itself together."""
    width = Place.WIDTH[Place.Level.TOWNSHIP]
    towns = dict(Place.objects.filter(level=Place.Level.TOWNSHIP, valid_to=None).values_list("path", "name"))
    counts = dict.fromkeys([*towns.values(), _("the county itself")], 0)
    for path in leads.values_list("place__path", flat=True):
        counts[towns.get((path or "")[:width], _("the county itself"))] += 1
    return _rows(list(counts.items()))


def of_townships(first: date, last: date, *, filed: bool = False) -> dict[int, int | None]:
    """Township (pk) → leads received, or filed as a case, from `first` to `last`; None for a small count, hidden."""
    width = Place.WIDTH[Place.Level.TOWNSHIP]
    towns = dict(Place.objects.filter(level=Place.Level.TOWNSHIP, valid_to=None).values_list("path", "pk"))
    leads = Lead.objects.filter(repeat_of=None)
    days = {"received_at__date__range": (first, last)}
    if filed:
        days = {"proposals__way": Proposal.Way.FILE, "proposals__state": Proposal.State.APPROVED,
                "proposals__decisions__at__date__range": (first, last)}  # fmt: skip
    paths = leads.filter(**days).order_by().values_list("pk", "place__path").distinct()
    counts = Counter(str(towns[path[:width]]) for _pk, path in paths if path and path[:width] in towns)
    return {int(town): n for town, n in suppressed(counts).items()}


def by_form(year: int) -> list[Row]:
    """Persons by the four forms; each once, in the heaviest."""
    heaviest: dict[tuple[int, int], int] = {}
    for lead, no, form in Outcome.objects.filter(decided_on__year=year).values_list("lead", "no", "sanction__form"):
        heaviest[lead, no] = max(form, heaviest.get((lead, no), 0))
    names = (_("first form"), _("second form"), _("third form"), _("fourth form"))
    return _rows([(name, sum(form == n for form in heaviest.values())) for n, name in enumerate(names, 1)])


def funnel(year: int) -> list[Row]:
    """From what came in to who was sanctioned, of the leads of one year."""
    leads = leads_of(year)
    approved = Q(proposals__state=Proposal.State.APPROVED)
    people = Outcome.objects.filter(lead__in=leads, sanction__form__gte=2).values("lead", "no").distinct().count()
    return _rows(
        [
            (_("leads registered"), leads.count()),
            (_("disposal approved"), leads.filter(approved).distinct().count()),
            (_("initially verified"), leads.filter(approved, proposals__way=Proposal.Way.VERIFY).distinct().count()),
            (_("case filed"), leads.filter(approved, proposals__way=Proposal.Way.FILE).distinct().count()),
            (_("persons sanctioned"), people),
        ]
    )


def in_time(year: int) -> list[tuple[str, int, int]]:
    """Limits of leads that began in a year and are over: name, kept, all."""
    over = Clock.objects.filter(subject__startswith="leads.lead:", started_at__year=year, state=Clock.State.STOPPED)
    found = {kind: (kept, n) for kind, n, kept in over.values_list("kind").annotate(
        n=Count("pk"), kept=Count("pk", filter=Q(stopped_at__lte=F("due_at"))))}  # fmt: skip
    return [(str(term), *found[term.key]) for term in Term.objects.all() if term.key in found]


def stock_of_handlers(leads: QuerySet[Lead], day: date) -> list[tuple[str, int, int]]:
    """「不积压」 Open leads of each handler and how many of them are past a limit. For case managers only."""
    late = Clock.objects.filter(subject__startswith="leads.lead:", state=Clock.State.RUNNING, due_on__lt=day)
    numbers = {subject.partition(":")[2] for subject in late.values_list("subject", flat=True)}
    counts: dict[str, list[int]] = {}
    open_ = leads.exclude(state__in=("closed", "moved")).select_related("handler")
    for lead in open_:
        row = counts.setdefault(str(lead.handler or _("nobody yet")), [0, 0])
        row[0] += 1
        row[1] += lead.number in numbers
    return sorted((name, n, over) for name, (n, over) in counts.items())


def progress_of(stocktake: Stocktake) -> dict[str, int]:
    """How far a round is: all, looked at, signed off, to be disposed of anew. Counts over everybody's leads."""
    done = Count("pk", filter=Q(signed_on__isnull=False))
    again = Count("pk", filter=Q(verdict=StockItem.Verdict.AGAIN, signed_on__isnull=False))
    looked = Count("pk", filter=Q(checked_on__isnull=False))
    return stocktake.items.aggregate(all=Count("pk"), looked=looked, signed=done, again=again)


def _rows(counts: list[tuple[str, int]]) -> list[Row]:
    shown = suppressed(dict(counts))
    most = max((n for n in shown.values() if n), default=0)
    return [Row(name, n, round(100 * n / most) if n else 0) for name, n in shown.items()]
