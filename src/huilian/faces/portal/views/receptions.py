"""「预约接访」 Who receives people where and when; a place in the queue, booked without an account and kept by code."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.areas.hear.petitions import services
from huilian.areas.hear.petitions.queries import public as petitions
from huilian.foundation.errors import Invalid, Refused

from .. import drafts, following
from ..forms_petitions import ReceptionForm
from ..shell import public, show
from .follow import _again, typed_back
from .say import TRAP

HERE, SENT = "portal-follow", "portal_visit"
MOST = 40


@require_safe
@public()
def finder(request):
    """Receptions to come, with how many places are left."""
    return show(request, "portal/receptions.html", {"slots": petitions.receptions()[:MOST]}, here=HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@public(personal=True)
def book(request, pk: int):
    slot = get_object_or_404(petitions.receptions(), pk=pk)
    form = ReceptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get(TRAP):
                raise Invalid(_("A field that must stay empty was filled in. Please press the button once more."))
            drafts.require_pace(request)
            booked = services.book_online(slot, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            drafts.note_sent(request)
            drafts.note_code(request, SENT, booked.visit.number, booked.code)
            return redirect("portal-reception-booked")
    words = {"slot": slot, "form": form, "trap": TRAP}
    status = 422 if form.errors else 200
    return show(request, "portal/reception.html", words, here=HERE, writing=True, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@public(personal=True)
def booked(request):
    """Number and code, shown until the code was typed back or half an hour is over."""
    return typed_back(request, SENT, petitions.visit_by_code, "visit", leads_to="portal-visit")


@require_safe
@public(personal=True)
def visit(request):
    found = following.matter_open(request, "visit")
    return show(request, "portal/visit.html", {"visit": found}, here=HERE) if found else _again(request)


@require_POST
@public(personal=True)
def give_up(request):
    found = following.matter_open(request, "visit")
    if found is None:
        return _again(request)
    try:
        services.give_up(found)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your place is free for somebody else."))
    return redirect("portal-visit")
