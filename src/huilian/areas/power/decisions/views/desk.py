"""What is under way, bringing a motion up, calling a meeting, the record book."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.directory.models import Place
from huilian.engine.documents.services import bytes_of
from huilian.foundation.errors import NotAllowed, Refused
from huilian.foundation.now import today

from .. import forms, papers, services
from ..models import Meeting, Motion, Quorum
from ..queries import reach
from ..queries.chain import HOUSEHOLDS, quorum_on, spec_of
from ..queries.public import step_name

both = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 100
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def refused_at(form, refused: Refused) -> None:
    """The sentence at its field; a refusal of the post itself is a page of its own."""
    if isinstance(refused, NotAllowed):
        raise refused
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


def paper(form, name: str, kind: str = "pdf") -> HttpResponse:
    answer = HttpResponse(bytes_of(form, kind), content_type=TYPES[kind])
    answer["Content-Disposition"] = content_disposition_header(False, f"{name}.{kind}")
    return answer


@require_safe
@needs("decisions.see")
def home(request: HttpRequest) -> HttpResponse:
    """Motions that are under way, the meetings ahead, what is decided."""
    user = request.user
    motions = reach.visible_motions(user)
    going = list(motions.filter(case__state="open")[:SHOWN])
    words = {
        "going": [(motion, step_name(motion)) for motion in going],
        "decided": motions.filter(number__isnull=False).exclude(case__state="open")[:20],
        "meetings": list(reach.visible_meetings(user).filter(state__in=["called", "open"]).order_by("starts_at")[:20]),
        "may_keep": may(user, "decisions.keep"),
        "bodies": _bodies_waited_for(user, going),
        "places": Place.objects.filter(pk__in={m.place_id for m in motions[:SHOWN]}).order_by("path")[:20],
    }
    return render(request, "decisions/home.html", words)


def _bodies_waited_for(user, going: list[Motion]) -> list[Quorum]:
    """Bodies that can be called now: those some motion waits for."""
    if not may(user, "decisions.keep"):
        return []
    keys = {spec_of(motion).body for motion in going} - {""}
    return [body for key in sorted(keys) if (body := quorum_on(key, today()))]


@both
@needs("decisions.keep")
def new(request: HttpRequest) -> HttpResponse:
    """A new motion. Which chain and whose majority follow from its kind."""
    sent = request.method == "POST"
    decided = reach.visible_motions(request.user).filter(number__isnull=False, is_replaced=False)
    form = forms.MotionForm(
        request.POST if sent else None, request.FILES or None, units=reach.own_units(request.user), decided=decided
    )
    if sent and form.is_valid():
        values = dict(form.cleaned_data)
        unit, file = values.pop("unit"), values.pop("files")
        try:
            made = services.propose(unit, values, [(file, file.name)] if file else [], by=request.user)
        except Refused as refused:
            refused_at(form, refused)
        else:
            messages.success(request, _("%(motion)s is brought up.") % {"motion": made})
            return redirect("desk-case", made.case.number)
    about = _("The kind decides the chain, the body that votes and what the number is good for.")
    return _form(request, form, _("Bring up a motion"), about)


@require_safe
@needs("decisions.keep")
def call_for(request: HttpRequest, number: str) -> HttpResponse:
    """From the page of a motion to the meeting it waits for."""
    motion = get_object_or_404(reach.visible_motions(request.user, "decisions.keep"), case__number=number)
    return redirect("decisions-call", spec_of(motion).body)


@both
@needs("decisions.keep")
def call(request: HttpRequest, key: str) -> HttpResponse:
    """Call a meeting of one body with its whole agenda."""
    body = quorum_on(key, today())
    if body is None:
        raise Http404
    waiting = reach.waiting_for(request.user, body)
    sent = request.method == "POST"
    form = forms.CallForm(request.POST if sent else None, motions=waiting, body=body, other=HOUSEHOLDS.get(key, ""))
    if sent and form.is_valid():
        values = dict(form.cleaned_data)
        motions, chosen = list(values.pop("motions")), values.pop("body", "") or key
        try:
            made = services.call(motions[0].unit, chosen, motions, **values, by=request.user)
        except Refused as refused:
            refused_at(form, refused)
        else:
            messages.success(request, _("%(meeting)s is called; its agenda is final.") % {"meeting": made})
            return redirect("decisions-meeting", made.number)
    about = _("Only what stands on this agenda can be voted on.")
    return _form(request, form, _("Call a meeting: %(body)s") % {"body": body}, about)


@require_safe
@needs("decisions.see")
def book(request: HttpRequest, code: str) -> HttpResponse:
    """The record book of a place on paper; `?body=` the book of one body's meetings, `?as=docx` to go on writing."""
    place = get_object_or_404(Place, code=code, valid_to=None)
    motions = reach.visible_motions(request.user).filter(place=place)
    meetings = reach.visible_meetings(request.user).filter(place=place).exclude(state=Meeting.State.CANCELLED)
    key = request.GET.get("body", "")
    form = papers.meetings_book(place, meetings.filter(body__key=key)) if key else papers.decisions_book(place, motions)
    return paper(form, f"{place.name}{form.title}", "docx" if request.GET.get("as") == "docx" else "pdf")


def _form(request: HttpRequest, form, title: str, about: str) -> HttpResponse:
    words = {"form": form, "title": title, "about": about}
    return render(request, "decisions/form.html", words, status=422 if form.is_bound else 200)
