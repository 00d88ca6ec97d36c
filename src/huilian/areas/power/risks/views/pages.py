"""The pages: board of cycles, matrix, one point's life, directories, signals, disposals, indicators, reports."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.trail.queries import actor_name, history_of, sentence
from huilian.foundation.errors import NotAllowed, Refused
from huilian.foundation.now import today

from .. import forms, rules, services
from ..acts import buttons
from ..models import Directory, Indicator, Reading, RiskPoint
from ..models.catalogue import Field, Grade
from ..queries import reach, tables
from ..queries.drawn import chart_of
from ..queries.figures import lead
from ..queries.measures import MEASURES
from ..queries.progress import LIVE, by_way, changed_since_review, live_points, wanting
from ..queries.public import changes_of

EVENTS, PER_PAGE, FEW = 40, 25, 30


def _page(request: HttpRequest, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _history(subject) -> list[dict]:
    """Entries for the line of time, newest first."""
    events = history_of(subject).reverse()[:EVENTS]
    return [{"when": event.at, "who": actor_name(event), "head": sentence(event)} for event in events]


@require_safe
@needs(reach.SEE)
def home(request: HttpRequest) -> HttpResponse:
    """Cycles in reach with their stages, directories on their way, and what the person must confirm."""
    user = request.user
    page = _page(request, reach.visible_cycles(user))
    words = {
        "page": page,
        "rows": [(cycle, _stages(cycle)) for cycle in page],
        "directories": list(reach.visible_directories(user).exclude(state=Directory.State.REPLACED)[:FEW]),
        "unregistered": list(_unregistered(user)[:FEW]) if may(user, "risks.register") else [],
        "waiting": list(reach.open_confirmations(user)[:FEW]),
        "changed": list(changed_since_review(reach.visible_points(user))[:FEW]),
        "today": today(),
        "may_write": may(user, "risks.write"),
    }
    return render(request, "risks/home.html", words)


def _unregistered(user):
    """Points of grade one in force that the county has not registered yet."""
    points = reach.visible_points(user).filter(state=RiskPoint.State.FINAL, grade=Grade.FIRST, registered_on=None)
    return points.order_by("reviewed_on", "number")


def _stages(cycle) -> list[dict]:
    """The stages of a cycle as steps of a line: done, now, todo."""
    at = cycle.keys.index(cycle.step) if cycle.step else len(cycle.stages)
    return [
        {**stage, "state": "done" if n < at else "now" if n == at else "todo"} for n, stage in enumerate(cycle.stages)
    ]


@require_safe
@needs(reach.SEE)
def cycle(request: HttpRequest, number: str) -> HttpResponse:
    """One cycle: every stage with its papers and signatures, what is missing now, progress by way of finding."""
    found = get_object_or_404(reach.visible_cycles(request.user), number=number)
    done = {stage.key: stage for stage in found.done.select_related("submitted_by", "signed_by")}
    words = {
        "cycle": found,
        "stages": [(stage, done.get(stage["key"])) for stage in _stages(found)],
        "wanting": wanting(found) if found.step else [],
        "ways": by_way(found),
        "acts": buttons("cycle", found, request.user),
        "entries": _history(found),
    }
    return render(request, "risks/cycle.html", words)


@require_safe
@needs(reach.SEE)
def matrix(request: HttpRequest) -> HttpResponse:
    """Three levels × five kinds × three grades, in one field or all; measures; where the streams disagree."""
    points = reach.visible_points(request.user)
    field = request.GET.get("field", "")
    if field in Field.values:
        points = points.filter(field=field)
    words = {
        "matrix": tables.matrix(points),
        "grades": [*(str(grade.label) for grade in Grade), _("not graded yet")],
        "cover": tables.cover(points),
        "page": _page(request, tables.by_phase(points)),
        "apart": tables.apart(points)[:FEW],
        "fields": Field.choices,
        "field": field,
        "may_write": may(request.user, "risks.write"),
    }
    return render(request, "risks/matrix.html", words)


@require_safe
@needs(reach.SEE)
def point(request: HttpRequest, number: str) -> HttpResponse:
    """One point: what, how high and why, who found it, what stands against it, checks, signals, its history."""
    user = request.user
    found = get_object_or_404(reach.visible_points(user), number=number)
    measures = list(found.measures.filter(ended_on=None))
    words = {
        "p": found,
        "facts": [
            (found._meta.get_field(name).verbose_name, value)
            for name in ("basis", "bounds", "duty", "item_code", "procedure_key", "step")
            if (value := getattr(found, name))
        ],
        "findings": found.findings.select_related("found_by"),
        "measures": [(m, buttons("measure", m, user)) for m in measures],
        "missing": rules.missing_types(m.type for m in measures) if found.grade == 1 else [],
        "streams": tables.streams(found),
        "signals": reach.visible_signals(user).filter(point=found)[:FEW],
        "interventions": [(i, buttons("intervention", i, user)) for i in found.interventions.all()[:FEW]],
        "may_see_rules": may(user, "screening.see"),
        "chart": chart_of(found.procedure_key, live_points(found.unit)) if found.step else None,
        "acts": buttons("point", found, user),
        "entries": _history(found),
    }
    return render(request, "risks/point.html", words)


@require_safe
@needs(reach.SEE)
def directory(request: HttpRequest, number: str) -> HttpResponse:
    """One directory: its rows, who was asked, what was said, what changed since the one before."""
    user = request.user
    found = get_object_or_404(reach.visible_directories(user), number=number)
    words = {
        "d": found,
        "asked": found.asked.all(),
        "opinions": [(o, buttons("opinion", o, user)) for o in found.opinions.all()],
        "changes": changes_of(found),
        "acts": buttons("directory", found, user),
        "entries": _history(found),
    }
    return render(request, "risks/directory.html", words)


@require_safe
@needs(reach.SEE)
def signals(request: HttpRequest) -> HttpResponse:
    """Signals in reach and how fast they were answered."""
    found = reach.visible_signals(request.user)
    page = _page(request, found)
    words = {
        "page": page,
        "rows": [(s, buttons("signal", s, request.user)) for s in page],
        "lead": lead(found.order_by()),
        "may_watch": may(request.user, "risks.watch"),
    }
    return render(request, "risks/signals.html", words)


@require_safe
@needs(reach.SEE)
def disposals(request: HttpRequest) -> HttpResponse:
    """Disposals in reach."""
    words = {
        "page": _page(request, reach.visible_disposals(request.user)),
        "may_dispose": may(request.user, "risks.dispose"),
        "today": today(),
    }
    return render(request, "risks/disposals.html", words)


@require_safe
@needs()
def mine(request: HttpRequest) -> HttpResponse:
    """What concerns the person themself: risks of their posts, what to confirm, what was served. No role is needed."""
    user = request.user
    person, posts = getattr(user, "person", None), forms.posts_of(user)
    own = RiskPoint.objects.filter(post__in=posts.order_by(), state__in=LIVE).prefetch_related("measures")
    words = {
        "posts": posts,
        "points": [(p, [m for m in p.measures.all() if m.ended_on is None]) for p in own],
        "confirm": [(row, buttons("confirmation", row, user)) for row in reach.own_confirmations(user)],
        "disposals": reach.visible_disposals(user).filter(person=person)[:FEW] if person else [],
    }
    return render(request, "risks/mine.html", words)


@require_safe
@needs()
def disposal(request: HttpRequest, number: str) -> HttpResponse:
    """One disposal with its papers and its course."""
    found = get_object_or_404(reach.visible_disposals(request.user), number=number)
    words = {"d": found, "acts": buttons("disposal", found, request.user), "entries": _history(found)}
    return render(request, "risks/disposal.html", words)


@require_safe
@needs(reach.SEE)
def indicators(request: HttpRequest) -> HttpResponse:
    """Posts beside posts by one indicator in one month, with the formula and the thresholds."""
    readings = reach.visible_readings(request.user)
    known = list(Indicator.objects.filter(is_active=True))
    chosen = next((i for i in known if i.key == request.GET.get("key")), known[0] if known else None)
    months = list(Reading.objects.order_by("-month").values_list("month", flat=True).distinct()[:12])
    month = next((m for m in months if f"{m:%Y-%m}" == request.GET.get("month")), months[0] if months else None)
    words = {
        "known": known,
        "chosen": chosen,
        "months": months,
        "month": month,
        "formula": MEASURES[chosen.key].formula if chosen and chosen.key in MEASURES else "",
        "posts": tables.compared(readings, chosen, month)[:100] if chosen and month else [],
        "units": readings.filter(indicator=chosen, month=month, post=None)[:100] if chosen and month else [],
    }
    return render(request, "risks/indicators.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(reach.SEE)
def reports(request: HttpRequest) -> HttpResponse:
    """Reports by quarter, and drafting one."""
    last = rules.months_later(today().replace(day=1), -3)
    form = forms.QuarterForm(request.POST or None, initial={"year": last.year, "quarter": (last.month + 2) // 3})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.draft_report(**form.cleaned_data, by=request.user)
            return redirect("risks-report", made.number)
        except NotAllowed:
            raise
        except Refused as refused:
            messages.error(request, str(refused))
    words = {
        "page": _page(request, reach.visible_reports(request.user)),
        "form": form if may(request.user, "risks.report") else None,
    }
    return render(request, "risks/reports.html", words, status=422 if form.is_bound and form.errors else 200)


@require_safe
@needs(reach.SEE)
def report(request: HttpRequest, number: str) -> HttpResponse:
    """One report with its proposals."""
    found = get_object_or_404(reach.visible_reports(request.user), number=number)
    proposals = found.proposals.select_related("unit")
    words = {
        "r": found,
        "proposals": [(p, buttons("proposal", p, request.user)) for p in proposals],
        "acts": buttons("report", found, request.user),
    }
    return render(request, "risks/report.html", words)
