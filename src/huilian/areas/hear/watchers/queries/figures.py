"""Coverage of villages, how well strata are filled, answers to letters, topics that come up again and again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q, QuerySet, Sum

from huilian.engine.directory.models import Appointment, Person, Place, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.directory.queries import standing
from huilian.foundation.now import now, today

from .. import rules
from ..models import Body, BodyKind, Card, Mailing, PeriodReport, Report, Seat, Stratum, Topic, WatchedPoint
from ..rules import month_after, month_before, percent, poor_topics
from .reach import serving

CLUSTER_DAYS = 90
# Matters that run in a place, as (what kind, cents); flows put the areas' own in.
MATTERS: list[Callable[[Place], Iterable[tuple[str, int]]]] = []
HEADS = (Unit.Kind.VILLAGE_COMMITTEE, Unit.Kind.COMMUNITY, Unit.Kind.COOPERATIVE, Unit.Kind.PARTY_GROUP)


def this_month() -> int:
    """yyyymm"""
    return today().year * 100 + today().month


@dataclass(frozen=True)
class Coverage:
    """How many villages (or organisations) have a full body of a kind."""

    kind: BodyKind
    bodies: int
    full: int
    villages: int

    @property
    def share(self) -> int | None:
        return percent(self.full, self.villages)


def sized() -> QuerySet[Body]:
    """Standing bodies with `serving`, how many members serve today."""
    seats = Count("seats", filter=Q(seats__in=Seat.objects.filter(serving()).order_by().values("pk")))
    return Body.objects.filter(dissolved_on=None).select_related("kind").annotate(serving=seats).order_by()


def is_full(body: Body) -> bool:
    """Whether as many serve as must and not more than may (`body` from `sized`)."""
    kind = body.kind
    return body.serving >= kind.least and (kind.most is None or body.serving <= kind.most)


def coverage() -> list[Coverage]:
    """Of each public kind: bodies, those whose members are in office in the right number, and of how many villages."""
    villages = Place.objects.filter(standing(), level=Place.Level.VILLAGE).count()
    bodies = list(sized().filter(place__level=Place.Level.VILLAGE).select_related("kind"))
    found = []
    for kind in BodyKind.objects.filter(is_active=True, is_public=True):
        own = [body for body in bodies if body.kind_id == kind.pk]
        found.append(Coverage(kind, len(own), sum(map(is_full, own)), villages))
    return found


def strata() -> list[dict]:
    """Each stratum with its quota, who serves, what is missing, its share of all and the share it should have."""
    served = Count("seats", filter=Q(seats__in=Seat.objects.filter(serving()).order_by().values("pk")))
    rows = list(Stratum.objects.filter(is_active=True).annotate(there=served))
    quota, there = sum(r.quota for r in rows), sum(r.there for r in rows)
    return [
        {
            "stratum": r, "quota": r.quota, "there": r.there, "missing": max(r.quota - r.there, 0),
            "should": percent(r.quota, quota), "share": percent(r.there, there),
        }
        for r in rows
    ]  # fmt: skip


def response(mailing: Mailing) -> dict:
    """Cards printed, back, signed, the share, and how often each topic got the worst mark."""
    back = list(Card.objects.filter(mailing=mailing).exclude(returned_on=None))
    poor = poor_topics([card.marks for card in back])
    return {
        "cards": mailing.cards,
        "back": len(back),
        "share": percent(len(back), mailing.cards),
        "online": sum(card.online for card in back),
        "signed": sum(card.signed_by_id is not None for card in back),
        "poor": [(label, poor.get(key, 0)) for key, label in Topic.Focus.choices],
    }


def clusters(days: int = CLUSTER_DAYS) -> list[Topic]:
    """Topics by how many reports of the last days stand in no letter yet, the most frequent first."""
    waiting = Q(reports__received_at__gte=now() - timedelta(days=days), reports__letters=None, reports__is_secret=False)
    found = Topic.objects.filter(is_active=True).select_related("unit")
    return list(
        found.annotate(count=Count("reports", filter=waiting)).filter(count__gt=0).order_by("-count", "position")
    )


def waiting_reports(topic: Topic, days: int = CLUSTER_DAYS) -> QuerySet[Report]:
    """What a letter on `topic` would rest on."""
    since = now() - timedelta(days=days)
    return Report.objects.filter(topic=topic, received_at__gte=since, letters=None, is_secret=False)


def of_townships(first: date, last: date) -> dict[int, int]:
    """Township (pk) → reports its watchers made from `first` to `last`."""
    rows = Report.objects.filter(received_at__date__range=(first, last), body__township__isnull=False).order_by()
    return dict(rows.values_list("body__township").annotate(n=Count("pk")))


def early_settled() -> list[dict]:
    """By unit: reports answered, and those of them settled where they arose."""
    rows = Report.objects.filter(state=Report.State.ANSWERED).values("handler__name")
    return list(
        rows.annotate(answered=Count("pk"), early=Count("pk", filter=Q(settled_early=True))).order_by("-answered")
    )


def missed(body: Body) -> tuple[list[int], list[int]]:
    """Months (yyyymm) of the last year without the monthly meeting, and those at whose end a report was due and none
    was handed in. Counted from the month after its first members came into office."""
    kind, last = body.kind, month_before(this_month())
    begun = body.seats.aggregate(first=Min("starts_on"))["first"]
    if begun is None or not (kind.meets_monthly or kind.reports_every):
        return [], []
    first = max(month_after(begun.year * 100 + begun.month), last - 99)
    met = {on.year * 100 + on.month for on in body.meetings.values_list("held_on", flat=True)}
    told = set(body.period_reports.filter(is_special=False).values_list("month", flat=True))
    return (
        rules.missed(first, last, 1, met) if kind.meets_monthly else [],
        rules.missed(first, last, kind.reports_every, told) if kind.reports_every else [],
    )


def levels() -> list[dict]:
    """「三级监督网络」 County, township, village: bodies and who serves, of each kind."""
    found: dict[tuple[int, int], list[int]] = {}
    kinds = {kind.pk: kind for kind in BodyKind.objects.all()}
    for body in sized().select_related("place"):
        count = found.setdefault((body.place.level, kinds[body.kind_id].position), [body.kind_id, 0, 0])
        count[1], count[2] = count[1] + 1, count[2] + body.serving
    return [
        {"level": Place.Level(level), "kind": kinds[kind], "bodies": bodies, "serving": serving}
        for (level, _position), (kind, bodies, serving) in sorted(found.items())
    ]


def mechanisms() -> list[dict]:
    """「廉情监测、矛盾排查、双述双评」 Reports by mechanism: taken in, finished, settled where they arose."""
    done = Count("pk", filter=~Q(state=Report.State.OPEN))
    early = Count("pk", filter=Q(settled_early=True))
    rows = Report.objects.exclude(mechanism="").order_by().values("mechanism").annotate(all=Count("pk"), done=done,
                                                                                        early=early)  # fmt: skip
    by_key = {row["mechanism"]: row for row in rows}
    none = {"all": 0, "done": 0, "early": 0}
    return [{"name": label, **by_key.get(key, none)} for key, label in Report.Mechanism.choices]


def periods() -> list[dict]:
    """By kind of body: reports of a period handed in, special ones, problems raised and solved."""
    rows = PeriodReport.objects.order_by("body__kind__position").values("body__kind")
    regular, special = Q(is_special=False), Count("pk", filter=Q(is_special=True))
    counts = rows.annotate(all=Count("pk"), special=special, raised=Sum("raised", filter=regular),
                           solved=Sum("solved", filter=regular))  # fmt: skip
    kinds = BodyKind.objects.in_bulk()
    return [{**row, "kind": kinds[row["body__kind"]]} for row in counts]


def credits() -> list[Seat]:
    """Information members by what their reports were worth; code names only."""
    found = Seat.objects.filter(body__kind__is_covered=True).annotate(
        sent=Count("reports"), worth=Sum("reports__worth")
    )
    return list(found.filter(sent__gt=0).order_by("-worth", "cover"))


def concurrent_heads(place: Place) -> list[Person]:
    """「一肩挑」 People who head more than one of the village's bodies today."""
    held = Appointment.objects.filter(
        in_office(today()), post__is_head=True, post__unit__place=place, post__unit__kind__in=HEADS
    )
    people = held.values("person").annotate(n=Count("post__unit", distinct=True)).filter(n__gt=1).values("person")
    return list(Person.objects.filter(pk__in=people))


def heads_of_several() -> list[tuple[Place, Person, str, date | None]]:
    """「一肩挑」 Village, person, the bodies they head there today, and the first of the days on which a term ends."""
    held = Appointment.objects.filter(in_office(today()), post__is_head=True, post__unit__kind__in=HEADS)
    found: dict[tuple[int, int], list[Appointment]] = {}
    for a in held.select_related("person", "post__unit__place").order_by("post__unit__place__path", "post__unit"):
        found.setdefault((a.post.unit.place_id, a.person_id), []).append(a)
    return [
        (own[0].post.unit.place, own[0].person, "、".join(str(a.post) for a in own),
         min((a.ends_on for a in own if a.ends_on), default=None))
        for own in found.values() if len({a.post.unit_id for a in own}) > 1
    ]  # fmt: skip


def raised_fields(place: Place) -> dict[str, tuple[int, str]]:
    """Field code -> (every how many months, because of what) wherever a watched post or matter asks for more."""
    posts = list(
        Appointment.objects.filter(in_office(today()), post__unit__place=place, post__unit__kind__in=HEADS)
        .values_list("post__name", flat=True)
    )  # fmt: skip
    running = [matter for source in MATTERS for matter in source(place)]
    found: dict[str, tuple[int, str]] = {}
    for point in WatchedPoint.objects.filter(is_active=True):
        words = point.words.split()
        held = {
            WatchedPoint.Kind.HEADS: lambda: bool(concurrent_heads(place)),
            WatchedPoint.Kind.POST: lambda words=words: any(w in post for w in words for post in posts),
            WatchedPoint.Kind.MATTER: lambda words=words, least=point.threshold_cents or 0: any(
                cents >= least and any(w in kind for w in words) for kind, cents in running
            ),
        }[point.kind]
        if not held():
            continue
        for field in point.fields.split():
            if field not in found or point.every_months < found[field][0]:
                found[field] = (point.every_months, point.name)
    return found
