"""Applications in hand, what was asked first, the people's diary, and ratings to be called back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.clocks.queries import clock_face
from huilian.engine.look.text import say
from huilian.foundation.errors import Refused
from huilian.foundation.masking import mask_name, mask_phone, mask_text

from ..forms import DiaryForm, HandOverForm, InquiryForm, RatingForm
from ..models import Rating
from ..queries import desk
from ..services import conduct, points, ratings

PER_PAGE = 15
both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs("service.see")
def applications(request: HttpRequest) -> HttpResponse:
    """What is in hand, what waits for one's unit as a helper, what one carries as agent, what is over."""
    which = request.GET.get("which", "open")
    tabs = {
        "open": _("In hand"),
        "legs": _("To be answered by us"),
        "agent": _("Carried by me"),
        "done": pgettext("applications", "Over"),
    }
    if which not in tabs:
        raise Http404
    found = desk.applications_of(request.user, which)
    for name in ("item", "point"):
        if request.GET.get(name, "").isdigit():
            found = found.filter(**{name: request.GET[name]})
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "application": row,
            "face": clock_face(row.case.lamp) if row.case.lamp_id else None,
            "step": say(row.case.definition.step(row.case.step).name),
            "applicant": mask_name(row.applicant_name),
        }
        for row in page.object_list
    ]
    home = reverse("services-list")
    words = {"page": page, "rows": rows, "tabs": _tabs(home, tabs, which, page.paginator.count), "which": which}
    return render(request, "services/list.html", words)


def _tabs(home: str, names: dict, which: str, count: int) -> list[dict]:
    return [
        {
            "href": f"{home}?which={key}",
            "label": name,
            "count": count if key == which else "",
            "current": key == which,
        }
        for key, name in names.items()
    ]


@both
@needs("service.take")
def inquiries(request: HttpRequest) -> HttpResponse:
    """「首问登记」 Write down what was asked; below, what was not settled yet."""
    form = InquiryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = points.note_inquiry(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("%(number)s is written down.") % {"number": made.number})
            return redirect("services-inquiries")
    rows = [
        {
            "inquiry": row,
            "name": mask_name(row.name),
            "phone": mask_phone(row.phone) if row.phone else "",
            "matter": mask_text(row.matter),
        }
        for row in desk.inquiries_of(request.user)[:50]
    ]
    words = {"form": form, "rows": rows}
    return render(request, "services/inquiries.html", words, status=422 if form.errors else 200)


@both
@needs("service.take")
def inquiry(request: HttpRequest, number: str) -> HttpResponse:
    """Answer what was asked, or bring the person to who can."""
    found = get_object_or_404(desk.inquiries_of(request.user), number=number)
    form, fault = HandOverForm(request.POST if "hand" in request.POST else None), ""
    if request.method == "POST":
        try:
            if "hand" not in request.POST:
                points.answer_inquiry(found, request.POST.get("answer", ""), by=request.user)
                return redirect("services-inquiries")
            if form.is_valid():
                points.hand_over(found, by=request.user, **form.cleaned_data)
                return redirect("services-inquiries")
        except Refused as refused:
            fault = str(refused)
    words = {"inquiry": found, "form": form, "fault": fault, "matter": mask_text(found.matter)}
    return render(request, "services/inquiry.html", words, status=422 if fault or form.errors else 200)


@both
@needs("service.diary")
def diary(request: HttpRequest) -> HttpResponse:
    """「民情日志」 Write an entry; below, one's own and those one answers for."""
    form = DiaryForm(request.POST or None)
    if request.method == "POST":
        try:
            if "settle" in request.POST:
                entry = get_object_or_404(desk.diary_of(request.user), pk=request.POST["settle"])
                done, number = request.POST.get("done", ""), request.POST.get("case_number", "")
                conduct.settle_diary(entry, done=done, case_number=number, by=request.user)
                return redirect("services-diary")
            if form.is_valid():
                conduct.write_diary(by=request.user, **form.cleaned_data)
                messages.success(request, _("Written."))
                return redirect("services-diary")
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    page = Paginator(desk.diary_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"entry": e, "household": mask_name(e.household), "mine": e.person.user_id == request.user.pk} for e in page
    ]
    words = {"form": form, "rows": rows, "page": page}
    return render(request, "services/diary.html", words, status=422 if form.is_bound and form.errors else 200)


# By state of a rating: the words of the act, its yes and no, and the service behind it.
ACTS = {
    "call": (
        gettext_lazy("Call the applicant back"),
        (gettext_lazy("the grade holds"), gettext_lazy("it was a slip of the finger")),
        lambda rating, yes, note, by: ratings.call_back(rating, confirmed=yes, note=note, by=by),
    ),
    "appeal": (
        gettext_lazy("Decide whether it was a slip"),
        (gettext_lazy("it was a slip and does not count"), gettext_lazy("the grade holds")),
        lambda rating, yes, note, by: ratings.decide_slip(rating, slip=yes, note=note, by=by),
    ),
    "correct": (
        gettext_lazy("Write what was put right"),
        (),
        lambda rating, yes, note, by: ratings.correct(rating, correction=note, by=by),
    ),
    "check": (
        gettext_lazy("Ask the applicant again"),
        (gettext_lazy("the applicant is content"), gettext_lazy("not content, correct it again")),
        lambda rating, yes, note, by: ratings.confirm_correction(rating, content=yes, note=note, by=by),
    ),
}


@require_safe
@needs("service.see")
def rated(request: HttpRequest) -> HttpResponse:
    """「差评回访与整改」 Bad ratings by their clock, or all of them."""
    which = request.GET.get("which", "open")
    tabs = {"open": _("To be settled"), "all": _("All ratings")}
    if which not in tabs:
        raise Http404
    page = Paginator(desk.ratings_of(request.user, which), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"rating": row, "face": clock_face(row.clock) if row.clock_id else None} for row in page.object_list]
    tabs = _tabs(reverse("services-ratings"), tabs, which, page.paginator.count)
    return render(request, "services/ratings.html", {"page": page, "rows": rows, "tabs": tabs})


@both
@needs("service.see")
def rating(request: HttpRequest, number: str) -> HttpResponse:
    """One rating, and the act its state asks for."""
    found = get_object_or_404(desk.ratings_of(request.user, "all"), application__case__number=number)
    act = ACTS.get(found.state)
    form, fault = RatingForm(request.POST or None, choices=act[1] if act else ()), ""
    if request.method == "POST" and act and form.is_valid():
        try:
            act[2](found, form.cleaned_data["yes"], form.cleaned_data["note"], request.user)
            return redirect("services-ratings")
        except Refused as refused:
            fault = str(refused)
    words = {
        "rating": found,
        "form": form,
        "act": act[0] if act else "",
        "fault": fault,
        "face": clock_face(found.clock) if found.clock_id else None,
        "words": mask_text(found.words),
        "is_open": found.state in ACTS,
        "state": Rating.State(found.state).label,
    }
    return render(request, "services/rating.html", words, status=422 if fault or form.errors else 200)
