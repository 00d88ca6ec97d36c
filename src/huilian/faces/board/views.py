"""/board/: the wall, the feed that alone refreshes, and the page a leader is handed once a month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huilian.areas.hear.hotline.reporting.monthly import Report, worst_first
from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may, powers_of, scope_of
from huilian.engine.alerts import figures
from huilian.engine.tiles.period import month_of
from huilian.engine.tiles.registry import read, tiles_of

SHAPES = ("lamps", "bars", "places", "trend", "units", "feed")
WORST, HOT = 12, 6


def _tabs(request: HttpRequest) -> list[dict]:
    pages = [
        ("board", _("Overview")), ("board-money", _("Collective money")), ("board-month", _("Monthly")),
        ("desk-home", _("Desk")),
    ]  # fmt: skip
    return [{"href": reverse(name), "label": label, "current": request.path == reverse(name)} for name, label in pages]


def _reach(user) -> str:
    """Whose figures these are, in words."""
    reach = scope_of(user, "case.see")
    if reach.whole:
        return _("whole county")
    units = [h.unit.name for h in powers_of(user) if "case.see" in h.role.may]
    return "、".join(dict.fromkeys(units))


@require_safe
@never_cache
@needs("board.see")
def wall(request: HttpRequest) -> HttpResponse:
    """「总览」 One screen, readable at five metres. Leaders see the county, heads of units and townships their own."""
    return _wall(request, "overview", "")


@require_safe
@never_cache
@needs("board.see")
def money(request: HttpRequest) -> HttpResponse:
    """「三资预警」 The money chain: what stands red, what is late, what was repaired, what came back."""
    return _wall(request, "money", _("Alerts about collective money"))


def _wall(request: HttpRequest, page: str, title: str) -> HttpResponse:
    shown = read(tiles_of(page), request.user)
    context = {
        "title": title,
        "wall_tabs": _tabs(request),
        "numbers": [s for s in shown if s.tile.shape == "number"],
        "boxes": {shape: next((s for s in shown if s.tile.shape == shape), None) for shape in SHAPES},
        "reach": _reach(request.user),
    }
    return render(request, "board/wall.html", context)


@require_safe
@never_cache
@needs("board.see")
def feed(request: HttpRequest) -> HttpResponse:
    """The newest alerts, for the box that renews itself."""
    page = "money" if request.GET.get("page") == "money" else "overview"
    shown = read(tiles_of(page, ["feed"]), request.user)
    return render(request, "tiles/feed_items.html", {"reading": shown[0].reading if shown else None})


@require_safe
@needs("board.see")
def month(request: HttpRequest) -> HttpResponse:
    """「月报一页」 The month on one sheet of A4."""
    chosen = month_of(request.GET.get("month", ""))
    report = Report(request.user, chosen)
    context = {
        "report": report,
        "month": chosen,
        "money": figures.repaired(request.user, chosen.since, chosen.until),
        "money_now": None if chosen.is_over else figures.standing(request.user),
        "reach": _reach(request.user),
        "worst": worst_first(report.units)[:WORST],
        "hot": report.hot[:HOT],
        "topics": report.by_topic[:HOT],
        "sources": report.by_source[:HOT],
        "may_see_rows": may(request.user, "hotline.report"),
    }
    return render(request, "board/month.html", context)
