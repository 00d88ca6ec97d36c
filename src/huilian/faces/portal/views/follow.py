"""「查我的事」 One matter for its citizen: where it stands, every day explained, the answer; rate, reopen, add."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.areas.hear.hotline import queries as hotline
from huilian.areas.hear.hotline import services
from huilian.foundation.errors import Refused

from .. import drafts, following
from ..forms import BackForm, CodeForm, RateForm, RemarkForm, ReopenForm
from ..shell import public, qr, show
from .home import calls


@require_http_methods(["GET", "HEAD", "POST"])
@public(personal=True)
def enter(request):
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect(following.enter(request, form.cleaned_data["number"], form.cleaned_data["code"]))
            except following.Waiting as waiting:
                form.add_error(None, str(waiting))
                status = 429
            except Refused as refused:
                form.add_error(None, str(refused))
    words = {"form": form, "open": following.opened(request), "calls": calls()[:-1]}
    response = show(request, "portal/follow.html", words, here="portal-follow", status=status)
    return response


@require_safe
@public(personal=True)
def case(request):
    order = following.order_open(request)
    return _page(request, order) if order else _again(request)


def _page(request, order, **forms):
    view = hotline.citizen_view(order)
    words = {
        "view": view,
        "rate": forms.get("rate") or RateForm(),
        "reopen": forms.get("reopen") or ReopenForm(auto_id="reopen_%s"),
        "remark": forms.get("remark") or RemarkForm(auto_id="remark_%s"),
        "calls": calls()[:-1],
        "opened": list(forms),
    }
    return show(
        request, "portal/case.html", words, here="portal-follow", status=422 if forms else 200, writing=bool(forms)
    )


def _again(request):
    messages.info(request, _("For your safety the page closes after half an hour. Please enter number and code again."))
    return redirect("portal-follow")


def typed_back(request, kept_as: str, found_by, kind: str, leads_to: str):
    """Number and code of what was just sent, until the code was typed back or half an hour is over; then its page.

    `kept_as` names them in the session; `found_by(number, code)` says whether the code is the one.
    """
    kept = drafts.code_shown(request, kept_as)
    if kept is None:
        return redirect("portal-follow")
    form = BackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if found_by(kept["number"], form.cleaned_data["code"]):
            request.session.pop(kept_as)
            following.bind(request, kept["number"], kind)
            return redirect(leads_to)
        form.add_error("code", _("This is not the code above. Compare it letter by letter and correct your note."))
    address = request.build_absolute_uri(reverse("portal-follow"))
    half = len(kept["code"]) // 2
    words = {
        "form": form,
        "number": kept["number"],
        "code": f"{kept['code'][:half]}-{kept['code'][half:]}",
        "qr": qr(f"{address}#n={kept['number']}&c={kept['code']}"),
    }
    status = 422 if form.errors else 200
    return show(request, "portal/say_done.html", words, here="portal-follow", writing=True, status=status)


def _act(request, key: str, form, act, said: str):
    """One act of the citizen: on a fault the page comes back with what was written."""
    order = following.order_open(request)
    if order is None:
        return _again(request)
    if form.is_valid():
        try:
            act(order, form.cleaned_data)
        except Refused as refused:
            field = refused.field if refused.field in form.fields else None
            form.add_error(field, str(refused))
        else:
            messages.success(request, said)
            return redirect("portal-follow-case")
    return _page(request, order, **{key: form})


@require_POST
@public(personal=True)
def rate(request):
    def act(order, given):
        grade = int(given["grade"]) or None
        services.rate(order, solved=given["solved"], satisfaction=grade, note=given["note"], by=following.CITIZEN)

    return _act(request, "rate", RateForm(request.POST), act, _("Thank you. Your word is kept as you gave it."))


@require_POST
@public(personal=True)
def reopen(request):
    form = ReopenForm(request.POST, auto_id="reopen_%s")
    return _act(
        request,
        "reopen",
        form,
        lambda order, given: services.reopen(order, note=given["note"], by=following.CITIZEN),
        _("Your matter is being handled again. A new time limit has begun; it is explained below."),
    )


@require_POST
@public(personal=True)
def remark(request):
    form = RemarkForm(request.POST, auto_id="remark_%s")
    return _act(
        request,
        "remark",
        form,
        lambda order, given: services.add_remark(order, given["note"], by=following.CITIZEN),
        _("Your remark is kept; who handles the matter sees it."),
    )
