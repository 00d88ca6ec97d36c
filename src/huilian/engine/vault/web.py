"""The unlocked key in the browser: a cookie of the desk that holds the token and nothing else.

    @needs("tips.read")
    @needs_key
    def tip(request, number): ... open_box(box, token=token_of(request), ...)

A cookie and not the session, because the session lies in the database beside what the token opens.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from .queries import is_unlocked
from .services.keys import OPEN_FOR, key_of

COOKIE, PATH = "vault", "/desk/"
View = Callable[..., HttpResponseBase]


def token_of(request: HttpRequest) -> str:
    """The token of the person's unlocked key, empty where it is locked."""
    token = request.COOKIES.get(COOKIE, "")
    return token if token and is_unlocked(request.user, token) else ""


def keep(response: HttpResponseBase, token: str) -> HttpResponseBase:
    """Leave the token with the browser for as long as a key stays unlocked without a look."""
    response.set_cookie(
        COOKIE, token, max_age=int(OPEN_FOR.total_seconds()), path=PATH, secure=settings.SESSION_COOKIE_SECURE,
        httponly=True, samesite="Strict",
    )  # fmt: skip
    return response


def forget(response: HttpResponseBase) -> HttpResponseBase:
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
    return response


def back_of(request: HttpRequest) -> str:
    """Where to go on: only a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    good = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if good else reverse("vault")


def led(page: str, then: str) -> str:
    """The address of a page of the vault that leads on to `then`."""
    return f"{reverse(page)}?{urlencode({'next': then})}"


def needs_key(view: View) -> View:
    """Let in only with an unlocked key: others make one or unlock theirs and come back. What is shown is kept in no
    cache of a browser or of a server between."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        token = token_of(request)
        if not token:
            # What was posted is not kept anywhere; the page it was written on comes back.
            here = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "")
            return redirect(led("vault-unlock" if key_of(request.user) else "vault-make", here))
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response if COOKIE in response.cookies else keep(response, token)

    return guarded
