"""The network at a glance, one body, one report, one mailing; and one page for whatever is done."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.clocks.queries import clock_faces
from huilian.engine.directory.models import Place
from huilian.engine.documents.services import bytes_of
from huilian.engine.trail.queries import actor_name, history_of, sentence
from huilian.foundation.errors import NotAllowed, Refused
from huilian.foundation.now import today

from .. import codes, papers, services
from ..forms import members, pick, text, tick, topic
from ..models import (
    Advice,
    Body,
    BodyKind,
    BoxOpening,
    Card,
    ComplaintBox,
    Mailing,
    PlanLine,
    Report,
    Seat,
    Topic,
)
from ..queries import figures as counted
from ..queries import reach
from ..ways import BILLS, result_of
from . import acts

both = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE, SHOWN = 30, 12
MARKS = [(1, gettext_lazy("satisfied")), (2, gettext_lazy("so-so")), (3, gettext_lazy("dissatisfied"))]
LEVELS = [str(level.value) for level in (Place.Level.COUNTY, Place.Level.TOWNSHIP, Place.Level.VILLAGE)]
SOON = 30  # days before a term ends

SORTS = {
    "body": (acts.BODY, lambda user: reach.bodies_of(user), lambda row: row),
    "seat": (acts.SEAT, lambda user: reach.visible_seats(user), lambda row: row.body),
    "box": (acts.BOX, lambda user: reach.of_bodies(ComplaintBox, user), lambda row: row.body),
    "question": (acts.QUESTION, lambda user: reach.asked_of(user), lambda row: row.body),
    "line": (acts.LINE, lambda user: reach.of_bodies(PlanLine, user), lambda row: row.body),
    "report": (acts.REPORT, lambda user: reach.visible_reports(user), lambda row: row),
    "topic": (acts.TOPIC, lambda user: Topic.objects.all(), lambda row: row),
    "letter": (acts.LETTER, lambda user: reach.letters_for(user), lambda row: row),
    "advice": (acts.ADVICE, lambda user: _governed(Advice, user), lambda row: row),
    "mailing": (acts.MAILING, lambda user: _governed(Mailing, user), lambda row: row),
}


def _governed(model, user):
    return model.objects.all() if may(user, "watchers.govern") else model.objects.none()


def page_of(row) -> str:
    """Where a thing is seen."""
    if isinstance(row, Body):
        return reverse("watchers-body", args=[row.pk])
    if isinstance(row, Report):
        return reverse("watchers-report", args=[row.number])
    if isinstance(row, Mailing):
        return reverse("watchers-mailing", args=[row.number])
    return reverse("watchers-figures" if isinstance(row, Topic) else "watchers-letters")


@require_safe
@needs("watchers.see")
def home(request: HttpRequest) -> HttpResponse:
    """Every body in reach, what waits, whose term ends."""
    user = request.user
    kind, level = request.GET.get("kind", ""), request.GET.get("level", "")
    bodies = reach.bodies_of(user).filter(dissolved_on=None)
    if kind:
        bodies = bodies.filter(kind__key=kind)
    if level in LEVELS:
        bodies = bodies.filter(place__level=level)
    page = Paginator(bodies, PER_PAGE).get_page(request.GET.get("page"))
    counts = {b.pk: b for b in counted.sized().filter(pk__in=[b.pk for b in page.object_list])}
    reports = list(reach.visible_reports(user).filter(state=Report.State.OPEN).order_by("clock__due_at")[:SHOWN])
    faces = clock_faces(r.clock for r in reports if r.clock)
    questions = list(reach.asked_of(user).filter(answered_on=None).order_by("clock__due_at")[:SHOWN])
    q_faces = clock_faces(q.clock for q in questions if q.clock)
    ending = reach.visible_seats(user).filter(reach.serving(), ends_on__lte=_in_days(SOON)).order_by("ends_on")[:SHOWN]
    words = {
        "page": page,
        "rows": [(b, counts[b.pk].serving, counted.is_full(counts[b.pk])) for b in page.object_list],
        "kinds": BodyKind.objects.filter(is_active=True),
        "kind": kind,
        "level": Place.Level(int(level)) if level in LEVELS else "",
        "levels": [Place.Level(int(key)) for key in LEVELS],
        "reports": [(r, faces.get(r.clock_id)) for r in reports],
        "questions": [(q, q_faces.get(q.clock_id)) for q in questions],
        "ending": ending,
        "may_examine": may(user, "watchers.examine"),
        "may_govern": may(user, "watchers.govern"),
        "may_answer": may(user, "watchers.answer"),
    }
    return render(request, "watchers/home.html", words)


def _in_days(n: int):
    return today() + timedelta(days=n)


@require_safe
@needs("watchers.see")
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: its card, members, plan of the month, log, boxes, meetings, questions, history."""
    user = request.user
    found = get_object_or_404(reach.bodies_of(user), pk=pk)
    month = counted.this_month()
    meetings_missed, reports_missed = counted.missed(found)
    questions = list(found.questions.select_related("unit", "clock")[:SHOWN])
    seats = list(reach.visible_seats(user).filter(body=found).exclude(state=Seat.State.REFUSED)[:60])
    plan = list(found.plan.filter(month=month).select_related("checkpoint", "seat"))
    boxes = list(found.boxes.filter(removed_on=None).select_related("keeper"))
    for box in boxes:
        box.body = found
    for line in plan:
        line.body = found
    words = {
        "body": found,
        "serving": sum(seat.state == Seat.State.SERVING for seat in seats),
        "seats": [(seat, acts.offered(acts.SEAT, seat, user)) for seat in seats],
        "acts": acts.offered(acts.BODY, found, user),
        "plan": [(line, acts.offered(acts.LINE, line, user)) for line in plan],
        "done": sum(line.done_on is not None for line in plan),
        "month": month,
        "boxes": [(box, acts.offered(acts.BOX, box, user)) for box in boxes],
        "openings": list(BoxOpening.objects.filter(box__body=found).select_related("box", "first")[:SHOWN]),
        "meetings": list(found.meetings.all()[:SHOWN]),
        "bills": [b for source in BILLS for b in source(user, found.place)] if found.kind.key == "committee" else [],
        "meetings_missed": meetings_missed,
        "reports_missed": reports_missed,
        "trainings": list(found.trainings.annotate(present=Count("seats"))[:SHOWN]),
        "duty_reports": list(found.duty_reports.all()[:SHOWN]),
        "questions": [(q, acts.offered(acts.QUESTION, q, user)) for q in questions],
        "reports": list(reach.visible_reports(user).filter(body=found)[:SHOWN]),
        "log": list(found.log.select_related("seat")[:SHOWN]),
        "handed_in": list(found.period_reports.all()[:SHOWN]),
        "mailings": list(found.mailings.all()[:SHOWN]) if may(user, "watchers.govern") else [],
        "may_edit": may(user, "watchers.examine"),
        "events": [
            {"when": e.at, "who": actor_name(e), "head": sentence(e)} for e in reversed(list(history_of(found)[:20]))
        ],
    }
    return render(request, "watchers/body.html", words)


@both
@needs("watchers.see")
def report(request: HttpRequest, number: str) -> HttpResponse:
    """One report: where it stands, what may be done; a sealed one is read with one's own key, for a purpose."""
    found = get_object_or_404(reach.visible_reports(request.user), number=number)
    words = {
        "report": found,
        "result": result_of(found),
        "face": clock_faces([found.clock]).get(found.clock_id),
        "acts": acts.offered(acts.REPORT, found, request.user),
        "may_open": found.is_secret and may(request.user, "watchers.cover"),
        "events": [
            {"when": e.at, "who": actor_name(e), "head": sentence(e)} for e in reversed(list(history_of(found)[:20]))
        ],
    }
    return render(request, "watchers/report.html", words)


@both
@login_required
def act(request: HttpRequest, sort: str, pk: int, key: str) -> HttpResponse:
    """One act on one thing: what will happen, what is asked for, and the service that does it."""
    if sort not in SORTS:
        raise Http404
    listed, rows, shown_at = SORTS[sort]
    row = get_object_or_404(rows(request.user), pk=pk)
    found = next((a for a in listed if a.key == key), None)
    if found is None:
        raise Http404
    if not found.offered(row, request.user):
        raise NotAllowed(_("This is not to be done now, or not by your post."))
    back = page_of(shown_at(row))
    sent = request.method == "POST"
    form = type("ActForm", (forms.Form,), found.fields(row, request.user))(
        request.POST if sent else None, request.FILES if sent else None
    )
    if sent and form.is_valid():
        try:
            made = found.run(row, by=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            if found.told and (once := found.told(made)):
                response = render(request, "watchers/told.html", {"seat": made[0], "word": once, "back": back})
                response["Cache-Control"] = "no-store"
                return response
            messages.success(request, _("Done: %(act)s.") % {"act": found.label})
            return redirect(page_of(made) if isinstance(made, Mailing | Report) else back)
    words = {"form": form, "title": f"{found.label} · {row}", "act": found, "back": back}
    return render(request, "watchers/act.html", words, status=422 if sent else 200)


@require_safe
@needs("watchers.see")
def paper(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    """Roster, register of complaints, minutes, certificates of a body as PDF."""
    found = get_object_or_404(reach.bodies_of(request.user), pk=pk)
    if which == "certificates":
        seats = list(reach.visible_seats(request.user).filter(reach.serving(), body=found))
        if not seats:
            raise Http404
        made = papers.certificate_of(seats, lambda seat: _public(request, "portal-watch-certificate", seat.check_code))
    elif which in papers.BOOKS and (found.kind.is_public or may(request.user, "watchers.govern")):
        made = papers.BOOKS[which](found, request.user)
    else:
        raise Http404
    return _pdf(made)


@require_safe
@needs("watchers.see")
def manual(request: HttpRequest) -> HttpResponse:
    """The stations' manual as PDF."""
    return _pdf(papers.manual())


def _public(request: HttpRequest, name: str, *args) -> str:
    return request.build_absolute_uri(reverse(name, args=args))


def _pdf(made) -> HttpResponse:
    answer = HttpResponse(bytes_of(made, "pdf"), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{made.title}.pdf")
    return answer


@require_safe
@needs("watchers.govern")
def mailing(request: HttpRequest, number: str) -> HttpResponse:
    """One mailing: lists, draw, cards, what came back."""
    found = get_object_or_404(Mailing.objects.select_related("body"), number=number)
    drawn = Seat.objects.filter(pk__in=found.receivers).select_related("stratum")
    words = {
        "mailing": found,
        "acts": acts.offered(acts.MAILING, found, request.user),
        "response": counted.response(found),
        "drawn": drawn,
    }
    return render(request, "watchers/mailing.html", words)


@require_safe
@needs("watchers.govern")
def cards(request: HttpRequest, number: str) -> HttpResponse:
    """The letter and its cards as PDF."""
    found = get_object_or_404(Mailing.objects.select_related("body__business"), number=number)
    if not found.cards:
        raise Http404
    return _pdf(papers.cards_of(found, lambda card: _public(request, "portal-reply-card", card.token)))


@require_safe
@needs("watchers.govern")
def envelopes(request: HttpRequest, number: str, which: str) -> HttpResponse:
    """Envelopes to those drawn, or those in which cards come back, as PDF. The address they come back to is needed."""
    found = get_object_or_404(Mailing.objects.select_related("body__business"), number=number)
    if which not in papers.PRINTS or not found.cards:
        raise Http404
    if not found.body.office:
        messages.error(request, _("Write where the office is on the card of the body: envelopes come back there."))
        return redirect("watchers-mailing", number)
    return _pdf(papers.PRINTS[which](found))


@both
@needs("watchers.govern")
def scan(request: HttpRequest, number: str) -> HttpResponse:
    """Read the codes of cards that came back; each then is entered by hand. The picture is not kept."""
    found = get_object_or_404(Mailing, number=number)
    words = {"mailing": found, "read": [], "serial": ""}
    if request.method == "POST":
        picture = request.FILES.get("picture")
        serial = request.POST.get("serial", "").strip()
        read = Card.objects.filter(mailing=found)
        if picture:
            words["read"] = list(read.filter(codes.read_cards(picture)))
        elif serial.isdigit():
            words["read"] = list(read.filter(serial=int(serial)))
        if not words["read"]:
            messages.error(request, _("No code of this mailing was found on it. Type the serial number instead."))
    return render(request, "watchers/scan.html", words)


class CodingForm(forms.Form):
    """The four topics as marked, what was written, signed or not."""

    def __init__(self, *args, mailing: Mailing, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for key, label in Topic.Focus.choices:
            self.fields[key] = pick(label, MARKS, required=False)
        self.fields["words"] = text(_("What is written on it"), required=False)
        self.fields["topic"] = topic()
        self.fields["secret"] = tick(_("Seal it: only officers of the commission read it"))
        self.fields["signed_by"] = members(mailing.body, _("Signed by"))
        self.fields["signed_by"].required = False

    def coded(self) -> dict:
        given = dict(self.cleaned_data)
        marks = {key: int(given.pop(key)) for key in Topic.Focus.values if given.get(key)}
        return {"marks": marks, **{key: value for key, value in given.items() if key not in Topic.Focus.values}}


@both
@needs("watchers.govern")
def code_card(request: HttpRequest, number: str, serial: int) -> HttpResponse:
    """Enter one card."""
    card = get_object_or_404(Card.objects.select_related("mailing__body__kind"), mailing__number=number, serial=serial)
    sent = request.method == "POST"
    form = CodingForm(request.POST if sent else None, mailing=card.mailing)
    if sent and form.is_valid():
        try:
            services.code_card(card, **form.coded(), by=request.user)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("Card %(card)s is entered.") % {"card": card})
            return redirect("watchers-scan", number)
    title = _("Reply card %(card)s") % {"card": card}
    words = {"form": form, "title": title, "back": reverse("watchers-scan", args=[number])}
    return render(request, "watchers/act.html", words, status=422 if sent else 200)


@require_safe
@needs("watchers.line")
def figures(request: HttpRequest) -> HttpResponse:
    """Coverage, strata, topics that come again and again, what was settled early, what code names were worth."""
    govern = may(request.user, "watchers.govern")
    words = {
        "coverage": counted.coverage(),
        "strata": counted.strata() if govern else [],
        "clusters": counted.clusters() if govern else [],
        "levels": counted.levels() if govern else [],
        "heads": counted.heads_of_several() if govern else [],
        "mechanisms": counted.mechanisms() if govern else [],
        "periods": counted.periods() if govern else [],
        "early": counted.early_settled() if govern else [],
        "credits": counted.credits() if govern else [],
        "days": counted.CLUSTER_DAYS,
        "may_govern": govern,
    }
    return render(request, "watchers/figures.html", words)


@require_safe
@login_required
def letters(request: HttpRequest) -> HttpResponse:
    """Warning letters and questions to one's unit; for the county all letters and the advice given."""
    user = request.user
    if not (may(user, "watchers.answer") or may(user, "watchers.govern")):
        raise NotAllowed(_("This page is for those who answer questions and warnings."))
    found = list(reach.letters_for(user)[:PER_PAGE])
    faces = clock_faces(letter.clock for letter in found if letter.clock)
    words = {
        "letters": [(x, faces.get(x.clock_id), acts.offered(acts.LETTER, x, user)) for x in found],
        "questions": [(q, acts.offered(acts.QUESTION, q, user)) for q in reach.asked_of(user)[:PER_PAGE]],
        "advice": [(a, acts.offered(acts.ADVICE, a, user)) for a in _governed(Advice, user)[:PER_PAGE]],
    }
    return render(request, "watchers/letters.html", words)
