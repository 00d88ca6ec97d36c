"""Points and their coverage, one point with its rules and checklists, the duty rota of a month, and the figures."""

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.documents.attachments import MIME
from huilian.engine.documents.services import bytes_of
from huilian.engine.look.text import say
from huilian.foundation.errors import Refused
from huilian.foundation.now import moment, today

from ..forms import AbsenceForm, CheckForm, ShiftForm, people_of
from ..models import Checklist, Norm, Point, Shift
from ..prints import report_of
from ..queries import desk
from ..queries.figures import BY, figures
from ..queries.rules_kept import findings
from ..services import conduct, points

both = require_http_methods(["GET", "HEAD", "POST"])
DAYS_LOOKED_BACK = 30
PAPERS = {key: MIME[key] for key in ("pdf", "docx")}


@require_safe
@needs("service.see")
def tree(request: HttpRequest) -> HttpResponse:
    """The points one answers for, place by place, and which places have none."""
    words = {
        "nodes": desk.tree_of(request.user),
        "coverage": desk.coverage(request.user),
        "outside": desk.outside_the_hall(),
    }
    return render(request, "services/points.html", words)


def point_for(request: HttpRequest, pk: int) -> Point:
    return get_object_or_404(desk.points_visible_to(request.user), pk=pk)


@both
@needs("service.see")
def point(request: HttpRequest, pk: int) -> HttpResponse:
    """One point: windows and who waits, the eight rules as they stand, norms to sign, cards, checklists."""
    found = point_for(request, pk)
    if request.method == "POST":
        try:
            messages.success(request, _do(request, found))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("services-point", found.pk)
    signed = Prefetch("signatures", found.signatures.select_related("person"), to_attr="signed_here")
    norms = {norm.key: norm for norm in Norm.objects.filter(is_current=True).prefetch_related(signed)}
    person = getattr(request.user, "person", None)
    checks = {c.checklist_id: c for c in found.self_checks.order_by("on", "pk")}
    words = {
        "point": found,
        "windows": found.windows.filter(is_active=True).select_related("department"),
        "waiting": desk.waiting_at(found),
        "windowless": desk.windowless(found) if found.level <= 3 else [],
        "findings": [(norms.get(f.key), f) for f in findings(found)],
        "checks": found.checks.select_related("by")[:5],
        "norms": [
            (norm, person in [signature.person for signature in norm.signed_here], norm.signed_here)
            for norm in norms.values()
            if norm.kind != Norm.Kind.RULE
        ],
        "is_mine": desk.home_point(request.user) == found,
        "oversees": may(request.user, "service.oversee"),
        "cards": found.cards.filter(withdrawn_on=None).select_related("person"),
        "people": people_of([found.unit_id]),
        "lists": [(row, checks.get(row.pk)) for row in Checklist.objects.all() if row.level in (None, found.level)],
    }
    return render(request, "services/point.html", words)


def _do(request: HttpRequest, found: Point) -> str:
    """One of the buttons of the page; the sentence that says what came of it."""
    given, by = request.POST, request.user
    match given.get("do"):
        case "check":
            conduct.check_rules(found, remark=given.get("remark", ""), by=by)
            return _("The eight rules were checked; what was counted is kept.")
        case "sign":
            norm = get_object_or_404(Norm, pk=given.get("norm"))
            conduct.sign(norm, promise=given.get("promise", ""), by=by)
            return _("Signed.")
        case "card":
            person = get_object_or_404(people_of([found.unit_id]), pk=given.get("person"))
            made = conduct.issue_card(found, person, by=by)
            return _("The card %(code)s was issued; print it from the list.") % {"code": made.code}
        case "call":
            window = get_object_or_404(found.windows, pk=given.get("window"))
            ticket = points.call_next(window, by=by)
            return _("Number %(number)s is called to window %(window)s.") % {
                "number": ticket.number,
                "window": window.number,
            }
        case "draw":
            return _("Number %(number)s was drawn.") % {"number": points.draw_ticket(found, by=by).number}
    raise Http404


@both
@needs("service.take")
def checklist(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One checklist at one point, line by line."""
    found, listed = point_for(request, pk), get_object_or_404(Checklist, key=key)
    last = found.self_checks.filter(checklist=listed).first()
    form = CheckForm(
        request.POST or None,
        lines=[say(line) for line in listed.lines],
        initial={f"line_{n}": met for n, met in enumerate(last.met)} if last and last.lines == listed.lines else None,
    )
    fault = ""
    if request.method == "POST" and form.is_valid():
        try:
            conduct.check_self(found, listed, met=form.met(), note=form.cleaned_data["note"], by=request.user)
            return redirect("services-point", found.pk)
        except Refused as refused:
            fault = str(refused)
    words = {"point": found, "list": listed, "form": form, "fault": fault}
    return render(request, "services/checklist.html", words, status=422 if fault else 200)


def _month(text: str) -> tuple[int, int]:
    try:
        found = date.fromisoformat(f"{text}-01") if text else today()
    except ValueError as wrong:
        raise Http404 from wrong
    return found.year, found.month


@both
@needs("service.see")
def duty(request: HttpRequest) -> HttpResponse:
    """「值班表」 A month of a point: who is on duty, who signed in, who was absent and why."""
    visible = desk.points_visible_to(request.user)
    wanted = request.GET.get("point", "")
    found = visible.filter(pk=wanted).first() if wanted.isdigit() else desk.home_point(request.user) or visible.first()
    if found is None:
        return render(request, "services/duty.html", {"point": None})
    year, month = _month(request.GET.get("month", ""))
    form = ShiftForm(request.POST if request.POST.get("do") == "plan" else None, point=found)
    absence = AbsenceForm(request.POST if request.POST.get("do") == "absence" else None, point=found)
    if request.method == "POST":
        try:
            if _duty_done(request, found, form, absence):
                return redirect(request.get_full_path())
        except Refused as refused:
            messages.error(request, str(refused))
    first = date(year, month, 1)
    words = {
        "point": found,
        "choices": visible if visible.count() <= 60 else [],
        "weeks": desk.month_of(found, year, month),
        "first": first,
        "before": (first - timedelta(days=1)).strftime("%Y-%m"),
        "after": (first + timedelta(days=31)).strftime("%Y-%m"),
        "today": today(),
        "form": form,
        "absence": absence,
        "mine": Shift.objects.filter(point=found, on=today()).select_related("person", "stand_in"),
        "me": getattr(request.user, "person", None),
        "oversees": may(request.user, "service.oversee"),
        "absent": desk.absences([found], today() - timedelta(days=DAYS_LOOKED_BACK)),
    }
    return render(request, "services/duty.html", words)


def _duty_done(request: HttpRequest, found: Point, form: ShiftForm, absence: AbsenceForm) -> bool:
    given, by = request.POST, request.user
    if given.get("do") == "plan":
        if form.is_valid():
            conduct.plan_shift(found, by=by, **form.cleaned_data)
        return form.is_valid()
    shift = get_object_or_404(Shift, pk=given.get("shift"), point=found)
    if given.get("do") == "in":
        conduct.sign_in(shift, spot=given.get("spot", ""), by=by)
    elif given.get("do") == "drop":
        conduct.drop_shift(shift, by=by)
    elif absence.is_valid():
        conduct.note_absence(shift, by=by, **absence.cleaned_data)
    else:
        return False
    return True


@require_safe
@needs("service.see")
def numbers(request: HttpRequest) -> HttpResponse:
    """「便民服务统计」 A span of days, by item or by point; every row leads to the applications behind it."""
    by = request.GET.get("by", "item")
    if by not in BY:
        raise Http404
    since, until = _span(request)
    start, end = (moment(datetime.combine(day, time.min)) for day in (since, until + timedelta(days=1)))
    whole, rows = figures(request.user, since=start, until=end, by=by)
    if request.GET.get("type") in PAPERS:
        return _report(request, whole, rows, f"{since.isoformat()}至{until.isoformat()}")
    words = {"whole": whole, "rows": rows, "by": by, "since": since, "until": until}
    words["papers"] = (("pdf", "PDF"), ("docx", "Word"))
    return render(request, "services/figures.html", words)


def _report(request: HttpRequest, whole, rows, span: str) -> HttpResponse:
    """The figures as the periodic report: PDF to hand in, Word to go on writing."""
    home, as_type = desk.home_point(request.user), request.GET["type"]
    form = report_of(whole, rows, home.name if home else "", span)
    response = HttpResponse(bytes_of(form, as_type), content_type=PAPERS[as_type])
    response["Content-Disposition"] = content_disposition_header(True, f"{form.title} {span}.{as_type}")
    response["Cache-Control"] = "private, no-store"
    return response


def _span(request: HttpRequest) -> tuple[date, date]:
    """From the first of the year to today, unless the address says otherwise; a wrong day is left aside."""

    def given(name: str, default: date) -> date:
        try:
            return date.fromisoformat(request.GET.get(name, ""))
        except ValueError:
            return default

    return given("since", today().replace(month=1, day=1)), given("until", today())
