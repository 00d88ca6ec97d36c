"""What of the risks a person sees. A hand-over is seen by those who dispose only; a citizen's opinion has no name."""

from django.db.models import Q, QuerySet

from huilian.engine.access.queries import may, scope

from ..models import Confirmation, Cycle, Directory, Disposal, Reading, Report, RiskPoint, Signal

SEE = "risks.see"
WITH = {"place": "unit__place", "unit": "unit"}


def visible_points(user) -> QuerySet[RiskPoint]:
    found = RiskPoint.objects.select_related("unit__place", "post", "watcher", "merged_into")
    return scope(found, user, **WITH, action=SEE)


def visible_cycles(user) -> QuerySet[Cycle]:
    return scope(Cycle.objects.select_related("unit__place", "scheme"), user, **WITH, action=SEE)


def visible_directories(user) -> QuerySet[Directory]:
    return scope(Directory.objects.select_related("unit__place"), user, **WITH, action=SEE)


def visible_readings(user) -> QuerySet[Reading]:
    return scope(Reading.objects.select_related("indicator", "unit", "post"), user, **WITH, action=SEE)


def visible_signals(user) -> QuerySet[Signal]:
    """Those who watch see all in reach; a unit sees what it was told."""
    found = Signal.objects.select_related("unit__place", "point")
    told = scope(Signal.objects.filter(noticed_on__isnull=False), user, **WITH, action=SEE)
    watched = scope(Signal.objects.all(), user, **WITH, action="risks.watch")
    return found.filter(Q(pk__in=told.values("pk")) | Q(pk__in=watched.values("pk")))


def visible_disposals(user) -> QuerySet[Disposal]:
    """Those who propose or approve; else the person and the head of the unit once it is served, never a hand-over."""
    found = Disposal.objects.select_related("unit__place", "person", "point", "asked_by", "decided_by")
    reached = {
        action: Q(pk__in=scope(Disposal.objects.order_by(), user, **WITH, action=action).values("pk"))
        for action in ("risks.dispose", "risks.approve", "risks.confirm")
    }
    served = ~Q(kind=Disposal.Kind.HANDOVER) & Q(served_on__isnull=False)
    mine = Q(person=getattr(user, "person", None)) & Q(person__isnull=False)
    return found.filter(
        reached["risks.dispose"] | reached["risks.approve"] | (served & (reached["risks.confirm"] | mine))
    )


def visible_reports(user) -> QuerySet[Report]:
    """Drafts are seen by those who write and review them; what is issued by everybody here."""
    if may(user, "risks.report") or may(user, "risks.approve"):
        return Report.objects.all()
    return Report.objects.filter(state=Report.State.ISSUED) if may(user, SEE) else Report.objects.none()


def open_confirmations(user) -> QuerySet[Confirmation]:
    """Those not given yet, in reach of who finds and signs."""
    found = Confirmation.objects.filter(confirmed_at=None).select_related("post__unit", "person")
    return scope(found, user, place="post__unit__place", unit="post__unit", action=SEE)


def own_confirmations(user) -> QuerySet[Confirmation]:
    """What the person themself must confirm; they need no role in risk control for it."""
    person = getattr(user, "person", None)
    found = Confirmation.objects.filter(confirmed_at=None).select_related("post__unit")
    return found.filter(person=person) if person else found.none()
