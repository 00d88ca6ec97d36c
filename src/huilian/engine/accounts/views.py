"""Pages for signing in and out, changing the password, setting up the second factor."""

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huilian.foundation.errors import Refused

from . import services
from .forms import CodeStep, NewPassword, PasswordStep
from .queries import second_factor_of

ASK = require_http_methods(["GET", "POST"])


def _next(request) -> str:
    """Where to go after signing in: only to a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return settings.LOGIN_REDIRECT_URL


def _show(request, name: str, form, status: int = 200, **more):
    return render(request, f"accounts/{name}.html", {"form": form, "next": _next(request), **more}, status=status)


def _told(form, refused: Refused):
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return form


@sensitive_post_parameters("password")
@never_cache
@ASK
def sign_in(request):
    if request.user.is_authenticated and request.method == "GET":
        return redirect(_next(request))
    form = PasswordStep(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.give_password(request, form.cleaned_data["username"], form.cleaned_data["password"])
        except services.SignInRefused as refused:
            return _show(request, "sign_in", _told(form, refused), status=429 if refused.locked else 422)
        if user is None:
            request.session["sign_in_next"] = _next(request)
            return redirect("sign-in-code")
        return HttpResponseRedirect(_next(request))
    return _show(request, "sign_in", form, status=422 if form.is_bound else 200)


@never_cache
@ASK
def give_code(request):
    if services.waiting_user(request) is None:
        messages.info(request, _("Please give your name and password first."))
        return redirect("sign-in")
    form = CodeStep(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = request.session.get("sign_in_next") or settings.LOGIN_REDIRECT_URL
        try:
            services.give_code(request, form.cleaned_data["code"])
        except services.SignInRefused as refused:
            return _show(request, "code", _told(form, refused), status=422)
        request.session.pop("sign_in_next", None)
        return HttpResponseRedirect(wanted)
    return _show(request, "code", form, status=422 if form.is_bound else 200)


@require_POST
def sign_out(request):
    services.sign_out(request)
    messages.success(request, _("You are signed out."))
    return redirect("sign-in")


@sensitive_post_parameters()
@never_cache
@login_required
@ASK
def change_password(request):
    form = NewPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.change_password(request.user, old=given["old"], new=given["new"], by=request.user, request=request)
        except Refused as refused:
            return _show(request, "password", _told(form, refused), status=422)
        messages.success(request, _("Your password is changed. Sessions on other devices have ended."))
        return HttpResponseRedirect(_next(request))
    return _show(request, "password", form, status=422 if form.is_bound else 200)


@never_cache
@login_required
@ASK
def second_factor(request):
    """Enrol: scan the picture, type one code. Shows only that it is done where it is done."""
    if second_factor_of(request.user):
        return _show(request, "second_factor", None, done=True)
    device = services.begin_second_factor(request.user)
    form = CodeStep(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.confirm_second_factor(request.user, form.cleaned_data["code"], by=request.user, request=request)
        except Refused as refused:
            _told(form, refused)
        else:
            messages.success(request, _("The second factor is set up. From now on every sign-in asks for a code."))
            return HttpResponseRedirect(_next(request))
    return _show(request, "second_factor", form, status=status, **_enrolment(device))


def _enrolment(device) -> dict:
    from base64 import b32encode

    secret = b32encode(device.bin_key).decode().rstrip("=")
    return {
        "picture": segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=4, light="white"),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
    }
