"""「信访」 A petition for who hands it in: sent, followed, its answer read, graded, a review asked for."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.areas.hear.petitions import services
from huilian.areas.hear.petitions.queries import public as petitions
from huilian.foundation.errors import Invalid, Refused

from .. import drafts, following
from ..forms_petitions import REPORT, PetitionForm, ReviewForm
from ..forms_serving import GradeForm
from ..shell import public, show
from .follow import _again, typed_back
from .say import TRAP

HERE, SENT = "portal-follow", "portal_petition"


@require_http_methods(["GET", "HEAD", "POST"])
@public(personal=True)
def begin(request):
    """Write a petition. Whoever charges an official is led to the sealed intake; nothing of it is kept."""
    form = PetitionForm(request.POST or None)
    if request.method == "POST" and request.POST.get("kind") == REPORT:
        return redirect("report")
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        person = {key: given.pop(key) for key in ("name", "phone", "address")}
        try:
            if request.POST.get(TRAP):
                raise Invalid(_("A field that must stay empty was filled in. Please press the button once more."))
            drafts.require_pace(request)
            taken = services.take_in(
                given.pop("title"), {**given, "channel": "web"}, place=given.pop("place"), petitioners=[person]
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            drafts.note_sent(request)
            drafts.note_code(request, SENT, taken.petition.case.number, taken.code)
            return redirect("portal-petition-sent")
    status = 422 if form.errors else 200
    return show(
        request, "portal/petition_new.html", {"form": form, "trap": TRAP}, here=HERE, writing=True, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@public(personal=True)
def sent(request):
    """Number and code, shown until the code was typed back or half an hour is over."""
    return typed_back(request, SENT, petitions.petition_by_code, "petition", leads_to="portal-petition")


@require_safe
@public(personal=True)
def petition(request):
    found = following.matter_open(request, "petition")
    return _page(request, found) if found else _again(request)


def _page(request, found, **bound):
    words = {
        "view": petitions.view_of(found),
        "rate": bound.get("rate") or GradeForm(),
        "review": bound.get("review") or ReviewForm(auto_id="review_%s"),
    }
    status = 422 if bound else 200
    return show(request, "portal/petition.html", words, here=HERE, writing=bool(bound), status=status)


def _act(request, key: str, form, act, said: str):
    """One act of the petitioner; on a fault the page comes back with what was written."""
    found = following.matter_open(request, "petition")
    if found is None:
        return _again(request)
    if form is None or form.is_valid():
        try:
            act(found, form.cleaned_data if form else {})
        except Refused as refused:
            if form is None:
                messages.error(request, str(refused))
                return redirect("portal-petition")
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, said)
            return redirect("portal-petition")
    return _page(request, found, **{key: form})


@require_POST
@public(personal=True)
def read(request):
    """Open the signed answer: delivered at this moment."""
    said = _("This is the answer. From today you have thirty days to ask for a review.")
    return _act(request, "", None, lambda found, given: services.read_online(found), said)


@require_POST
@public(personal=True)
def rate(request):
    said = _("Thank you. Your word is kept as you gave it.")
    return _act(request, "rate", GradeForm(request.POST), lambda found, given: services.rate(found, **given), said)


@require_POST
@public(personal=True)
def review(request):
    form = ReviewForm(request.POST, auto_id="review_%s")
    said = _("Your request is there. The organ above answers within thirty days.")
    return _act(request, "review", form, lambda found, given: services.ask_review(found, **given), said)
