"""The six functions on the desk; the case page does the rest."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.engine import sheets
from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.clocks.queries import clock_faces
from huilian.engine.look.levels import NAMES
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.kinds import kinds
from huilian.engine.procedures.queries import cases_visible_to
from huilian.foundation.errors import NotAllowed, Refused
from huilian.foundation.now import today

from .. import forms, services
from ..queries import watching
from ..queries.measures import MEASURES
from ..rules import quarter_of

both = require_http_methods(["GET", "HEAD", "POST"])
COLOURS = {"red": 3, "orange": 2, "yellow": 1, "ok": 0}
PER_PAGE = 25
BY = {
    "unit": gettext_lazy("by unit"),
    "kind": gettext_lazy("by kind of case"),
    "township": gettext_lazy("by township"),
    "month": gettext_lazy("by month"),
}


def _page(request: HttpRequest, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _kind(key: str) -> str:
    return str(kinds()[key].name) if key in kinds() else key


@require_safe
@needs("monitoring.see")
def live(request: HttpRequest) -> HttpResponse:
    """① 实时监控: every running case in reach, its step and its clock; a camera where its hall has one."""
    colour, kind = request.GET.get("colour", ""), request.GET.get("kind", "")
    rows = watching.live_cases(request.user, kind=kind if kind in kinds() else "", colour=COLOURS.get(colour))
    page = _page(request, rows)
    faces = clock_faces([case.lamp for case in page if case.lamp_id])
    cameras: dict[int, list] = {}
    for point in watching.visible_points(request.user).filter(is_active=True):
        cameras.setdefault(point.unit_id, []).append(point)
    words = {
        "page": page,
        "rows": [(case, faces.get(case.lamp_id), cameras.get(case.unit_id, [])) for case in page],
        "colours": [(key, NAMES[key]) for key in COLOURS],
        "kinds": sorted(((key, str(k.name)) for key, k in kinds().items() if key != "alert"), key=lambda k: k[1]),
        "colour": colour,
        "kind": kind,
    }
    return render(request, "monitoring/live.html", words)


@require_safe
@needs("monitoring.see")
def breaches(request: HttpRequest) -> HttpResponse:
    """② 预警纠错: yellow and red cards with what the unit said, and orders to correct."""
    words = {
        "page": _page(request, watching.visible_cards(request.user)),
        "corrections": list(watching.visible_corrections(request.user).exclude(state="done")[:50]),
        "mine": units_of(request.user),
        "may_order": may(request.user, "monitoring.correct"),
    }
    return render(request, "monitoring/breaches.html", words)


@both
@needs("monitoring.correct")
def order(request: HttpRequest, number: str) -> HttpResponse:
    """Order a correction on one case."""
    case = get_object_or_404(cases_visible_to(request.user), number=number)
    card = case.cards.filter(pk=request.GET.get("card") or 0).first()
    return _act(
        request, _("Order a correction: %(number)s") % {"number": number},
        lambda text: services.order_correction(case, demand=text, card=card, by=request.user), "monitoring-breaches",
        fact=card.fact if card else case.title,
    )  # fmt: skip


@both
@needs("monitoring.see")
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """The unit answers an order."""
    found = get_object_or_404(watching.visible_corrections(request.user), number=number)
    return _act(
        request, _("Answer the order %(number)s") % {"number": number},
        lambda text: services.answer_correction(found, text, by=request.user), "monitoring-breaches", fact=found.demand,
    )  # fmt: skip


@both
@needs("monitoring.correct")
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """Look whether it is put right."""
    found = get_object_or_404(watching.visible_corrections(request.user), number=number)
    done = "not_done" not in request.POST
    return _act(
        request, _("Verify the order %(number)s") % {"number": number},
        lambda text: services.verify_correction(found, done=done, remark=text, by=request.user), "monitoring-breaches",
        fact=found.answer, second=("not_done", _("Not put right yet")),
    )  # fmt: skip


@both
@needs("monitoring.see")
def evaluations(request: HttpRequest) -> HttpResponse:
    """③ 绩效评估: one quarter, every unit in reach, with the formula."""
    year, quarter = quarter_of(today() - timedelta(days=92))
    form = forms.QuarterForm(request.POST or request.GET or {"year": year, "quarter": quarter})
    if form.is_valid():
        year, quarter = form.cleaned_data["year"], form.cleaned_data["quarter"]
    if request.method == "POST" and form.is_valid():
        try:
            made = services.evaluate(year, quarter, by=request.user)
        except NotAllowed:
            raise
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("%(n)s units are evaluated and can object now.") % {"n": len(made)})
    words = {
        "form": form,
        "rows": list(watching.visible_evaluations(request.user).filter(year=year, quarter=quarter)),
        "may_evaluate": may(request.user, "monitoring.evaluate"),
        "formula": [
            (row, MEASURES[row.key][0]) for row in services.evaluating.criteria_on(date(year, 3 * quarter - 2, 1))
        ],
    }
    return render(request, "monitoring/evaluations.html", words)


@require_safe
@needs("monitoring.see")
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit's quarter, figure by figure."""
    found = get_object_or_404(watching.visible_evaluations(request.user), pk=pk)
    own = found.unit_id in units_of(request.user)
    words = {
        "e": found,
        "measures": {key: words for key, (words, _count) in MEASURES.items()},
        "may_object": own and found.state == "told",
        "may_settle": not own and may(request.user, "monitoring.evaluate"),
    }
    return render(request, "monitoring/evaluation.html", words)


@both
@needs("monitoring.see")
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit objects."""
    found = get_object_or_404(watching.visible_evaluations(request.user), pk=pk)
    return _act(
        request, _("Object to the evaluation"), lambda text: services.object_to(found, text, by=request.user),
        "monitoring-evaluation", [pk], fact=str(found),
    )  # fmt: skip


@both
@needs("monitoring.evaluate")
def answer_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the objection; the figures may be counted anew."""
    found = get_object_or_404(watching.visible_evaluations(request.user), pk=pk)
    again = "again" in request.POST
    return _act(
        request, _("Answer the objection"),
        lambda text: services.answer_objection(found, text, again=again, by=request.user),
        "monitoring-evaluation", [pk],
        fact=found.objection, second=("again", _("Count anew, then final")),
    )  # fmt: skip


@require_POST
@needs("monitoring.evaluate")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Final, since nobody objected."""
    found = get_object_or_404(watching.visible_evaluations(request.user), pk=pk)
    try:
        services.settle(found, by=request.user)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("monitoring-evaluation", pk)


@require_safe
@needs("monitoring.see")
def statistics(request: HttpRequest) -> HttpResponse:
    """④ 统计分析: cases and cards by unit, kind, township or month, on the page or as a spreadsheet."""
    until = _day(request.GET.get("until")) or today()
    since = _day(request.GET.get("since")) or date(until.year, 1, 1)
    by = request.GET.get("by", "unit") if request.GET.get("by", "unit") in BY else "unit"
    rows = watching.cube(request.user, since=since, until=until + timedelta(days=1), by=by)
    for row in rows:
        label = row["label"]
        row["label"] = _kind(label) if by == "kind" else f"{label:%Y-%m}" if by == "month" else label or "—"
    if request.GET.get("as") == "xlsx":
        return _sheet(rows, since, until, by)
    words = {"rows": rows, "since": since, "until": until, "by": by, "bys": BY.items()}
    return render(request, "monitoring/statistics.html", words)


@require_safe
@needs("monitoring.see")
def complaints(request: HttpRequest) -> HttpResponse:
    """⑤ 投诉受理: complaints in reach."""
    return render(
        request, "monitoring/complaints.html", {"page": _page(request, watching.visible_complaints(request.user))}
    )


@both
@needs("monitoring.complaint")
def complain(request: HttpRequest) -> HttpResponse:
    """A complaint told by telephone or at the desk."""
    form = forms.ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, code = services.complain(**form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            told = {"number": made.case.number, "code": code}
            messages.success(request, _("%(number)s is kept. Code for the person: %(code)s (shown once).") % told)
            return redirect("desk-case", made.case.number)
    return _form(request, form, _("Enter a complaint"))


@both
@needs("penalty.file")
def penalty(request: HttpRequest) -> HttpResponse:
    """Register the source of a penalty case."""
    form = forms.PenaltyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_penalty(**form.cleaned_data, by=request.user)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return redirect("desk-case", made.case.number)
    return _form(request, form, _("Register a penalty case"))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _sheet(rows: list[dict], since: date, until: date, by: str) -> HttpResponse:
    names = {
        "label": str(BY[by]), "received": pgettext("count", "Received"), "closed": _("Ended"), "late": _("Late"),
        "yellow": _("Yellow cards"), "red": _("Red cards"),
    }  # fmt: skip
    columns = [sheets.Column(key, name, kind="text" if key == "label" else "integer") for key, name in names.items()]
    title = _("Electronic monitoring %(since)s to %(until)s") % {"since": since, "until": until}
    file = sheets.write(columns, ([row[key] for key in names] for row in rows), title)
    answer = HttpResponse(file, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = f'attachment; filename="monitoring-{since}-{until}.xlsx"'
    return answer


def _act(request: HttpRequest, title: str, run, target: str, args=(), *, fact: str = "", second=None) -> HttpResponse:
    """A page of one act that needs some sentences."""
    form = forms.TextForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            run(form.cleaned_data["text"])
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Kept."))
            return redirect(target, *args)
    return _form(request, form, title, fact=fact, second=second)


def _form(request: HttpRequest, form, title: str, *, fact: str = "", second=None) -> HttpResponse:
    words = {"form": form, "title": title, "fact": fact, "second": second}
    return render(request, "monitoring/form.html", words, status=422 if form.is_bound and form.errors else 200)
