"""Numbers about tips: for those who see numbers only."""

from django.db.models import Count, Q, QuerySet

from huilian.engine.procedures.models import Case
from huilian.engine.vault.models import Look

from ..models import Copy, Tip
from .reach import stepped_back

FEW = 3  # below it a number could show a person, and is not told


def by_field(name: str, since) -> list[dict]:
    """How many tips came since a day by one field of the register, the largest first; few ones are not told."""
    rows = Tip.objects.filter(received_at__gte=since, is_canary=False).values(name).annotate(n=Count("pk"))
    labels = dict(Tip._meta.get_field(name).choices)
    told = [{"label": labels.get(row[name], "—"), "n": row["n"]} for row in rows.order_by("-n", name)]
    return [{**row, "n": row["n"] if row["n"] >= FEW else None} for row in told]


def clocks_kept(since) -> dict[str, int]:
    """Of real-name tips since a day: told of the acceptance in time, late, and not yet."""
    owed = Q(case__class_key__startswith="named", received_at__gte=since, is_canary=False)
    found = Case.every.filter(tip__in=Tip.objects.filter(owed)).select_related("clock", "tip")
    stopped = [c for c in found if c.tip.told_at and c.clock]
    in_time = sum(1 for c in stopped if c.tip.told_at <= c.clock.due_at)
    return {"owed": len(found), "in_time": in_time, "late": len(stopped) - in_time, "open": len(found) - len(stopped)}


def looks_per_officer(since) -> list[dict]:
    """How often each officer looked into tips since a day, into how many: numbers for the supervision of cadres."""
    found = Look.objects.filter(at__gte=since, box__subject__startswith="tip:")
    rows = found.values("user__name").annotate(n=Count("pk"), boxes=Count("box__subject", distinct=True))
    return list(rows.order_by("-n", "user__name"))


def sent_to_case_managers(user) -> QuerySet[Tip]:
    """「抄送案管」 Numbers of accepted tips, less those from which the user must step back."""
    steps = ("handling", "handling_fast", "with_lead", "telling", "closed")
    found = Tip.objects.filter(case__step__in=steps, is_canary=False).exclude(pk__in=stepped_back(user))
    return found.select_related("case__unit", "case__procedure")


def waiting_for_approval(user) -> tuple[QuerySet[Tip], QuerySet[Copy]]:
    """Petitions and copies a head may decide on, by number, without looking in."""
    free = Tip.objects.exclude(pk__in=stepped_back(user))
    copies = Copy.objects.filter(is_allowed=None, tip__in=free).exclude(asker=user).select_related("tip", "asker")
    return free.filter(case__step="petition").select_related("case"), copies
