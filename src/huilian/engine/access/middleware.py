"""Leads officers to their second factor, and writes every refusal into the trail."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from huilian.engine.accounts.middleware import OPEN_PAGES, lead_to
from huilian.engine.trail.services import record
from huilian.foundation.errors import NotAllowed

from .queries import second_factor_needed


class Guard:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Any, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        user = request.user
        if not user.is_authenticated or request.resolver_match.view_name in OPEN_PAGES or user.is_verified():
            return None
        if not second_factor_needed(user):
            return None
        messages.info(request, _("Your post asks for a second factor. Please set it up before you go on."))
        wanted = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
        return lead_to(request, reverse("account-second-factor") + (f"?{wanted}" if wanted else ""))

    def process_exception(self, request: Any, exception: Exception) -> None:
        # The sentence itself becomes a page in engine.look; here it is only written down.
        if isinstance(exception, NotAllowed) and request.user.is_authenticated:
            page = request.resolver_match.view_name if request.resolver_match else ""
            record("access.refuse", request.user, by=request.user, data={"page": page or request.path[:80]})
