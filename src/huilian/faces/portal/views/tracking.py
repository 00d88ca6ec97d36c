"""「办件进度·评价·投诉」 An application for who sent it: where it stands, what is missing, the result, a word on it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.areas.power.monitoring.queries import public as monitoring
from huilian.areas.power.monitoring.services.complaints import complain as hand_in_complaint
from huilian.areas.serve.services.queries import public as services
from huilian.areas.serve.services.services import applying, handling, ratings
from huilian.areas.serve.services.services import papers as services_papers
from huilian.foundation.errors import Invalid, Refused

from .. import drafts, following
from ..forms_serving import ComplaintForm, GiveUpForm, StarsForm
from ..shell import public, show
from .applying import ACCEPT
from .follow import _again, typed_back
from .say import TRAP

HERE = "portal-follow"
COMPLAINED = "portal_complained"


@require_safe
@public(personal=True)
def application(request):
    found = following.matter_open(request, "application")
    return _page(request, found) if found else _again(request)


def _page(request, found, *, faults=None, **forms):
    status = services.status_of(found)
    words = {
        "status": status,
        "stages": [
            {"name": s.name, "state": s.state, "sub": pgettext("step", "not needed") if s.state == "skip" else s.unit}
            for s in status.stages
        ],
        "rate": forms.get("rate") or StarsForm(),
        "give_up": forms.get("give_up") or GiveUpForm(auto_id="give_up_%s"),
        "slots": [(paper, (faults or {}).get(paper.material.key, "")) for paper in status.missing if paper.material],
        "accept": ACCEPT,
        "limits": {"most": applying.MOST_FILES, "megabytes": applying.MEGABYTES},
    }
    bad = bool(forms or faults)
    return show(request, "portal/application.html", words, here=HERE, writing=bad, status=422 if bad else 200)


def _act(request, key: str, form, act, said: str):
    """One act of the applicant; on a fault the page comes back with what was written."""
    found = following.matter_open(request, "application")
    if found is None:
        return _again(request)
    if form.is_valid():
        try:
            act(found, form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, said)
            return redirect("portal-application")
    return _page(request, found, **{key: form})


@require_POST
@public(personal=True)
def rate(request):
    return _act(
        request,
        "rate",
        StarsForm(request.POST),
        lambda found, given: ratings.rate(found, **given),
        _("Thank you. Your word is kept as you gave it."),
    )


@require_POST
@public(personal=True)
def give_up(request):
    return _act(
        request,
        "give_up",
        GiveUpForm(request.POST, auto_id="give_up_%s"),
        lambda found, given: handling.withdraw(found, given["note"]),
        _("Your application is taken back. You can apply again at any time."),
    )


@require_POST
@public(personal=True)
def papers(request):
    """Missing papers, each in its own slot; those that can be taken are kept, of the others it is said why not."""
    found = following.matter_open(request, "application")
    if found is None:
        return _again(request)
    faults = {}
    for paper in services.status_of(found).missing:
        key = paper.material.key if paper.material else ""
        uploads = [applying.File(key, upload, upload.name) for upload in request.FILES.getlist(f"paper_{key}")]
        if not uploads:
            continue
        try:
            found = services_papers.hand_in(found, files=uploads)
        except Refused as refused:
            faults[key] = str(refused)
    if faults:
        return _page(request, found, faults=faults)
    if request.FILES:
        messages.success(request, _("The papers are there. Whoever handles your application sees them."))
    return redirect("portal-application")


@require_http_methods(["GET", "HEAD", "POST"])
@public(personal=True)
def complain(request):
    """「投诉」 A complaint about how a matter was handled, by its number; it does not go to who handled it."""
    form = ComplaintForm(request.POST or None, initial={"number": request.GET.get("number", "")[:32]})
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get(TRAP):
                raise Invalid(_("A field that must stay empty was filled in. Please press the button once more."))
            drafts.require_pace(request)
            given = form.cleaned_data
            made, code = hand_in_complaint(
                given["number"], given["text"], name=given["name"], phone=given["phone"], by=following.CITIZEN
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            drafts.note_sent(request)
            drafts.note_code(request, COMPLAINED, made.case.number, code)
            return redirect("portal-complained")
    status = 422 if form.errors else 200
    return show(request, "portal/complain.html", {"form": form, "trap": TRAP}, here=HERE, writing=True, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@public(personal=True)
def complained(request):
    """Number and code of a complaint, shown until the code was typed back or half an hour is over."""
    return typed_back(request, COMPLAINED, monitoring.complaint_by_code, "complaint", leads_to="portal-complaint")


@require_safe
@public(personal=True)
def complaint(request):
    found = following.matter_open(request, "complaint")
    if found is None:
        return _again(request)
    return show(request, "portal/complaint.html", {"view": monitoring.complaint_view(found)}, here=HERE)
