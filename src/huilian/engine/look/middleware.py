"""Around every page: time on the server, the person's preferences, refusals in words, messages after a swap."""

import secrets
import time

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers

from huilian.foundation.errors import Refused

from . import preferences


class ServerTiming:
    """Says how long the server took, and gives each request a number that log lines and error pages repeat."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = time.perf_counter()
        request.trace = secrets.token_hex(4)
        response = self.get_response(request)
        response["Server-Timing"] = f"app;dur={(time.perf_counter() - started) * 1000:.1f}"
        response["X-Trace"] = request.trace
        return response


class Preferences:
    """Sets `request.pref` and speaks the chosen language while the page is made."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.pref = preferences.read(request.COOKIES.get(preferences.COOKIE, ""))
        with translation.override(request.pref.django_lang):
            response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", request.pref.html_lang)
            patch_vary_headers(response, ["Cookie"])
        return response


class Refusals:
    """A refusal that no view has caught becomes a page with its sentence; nothing was changed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        from . import views

        return views.refusal(request, exception) if isinstance(exception, Refused) else None


class SwappedMessages:
    """After an htmx swap the person still sees what was done: waiting messages are added out of band."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if self._fits(request, response):
            parts = render_to_string("look/parts/messages.html", {"swapped": True}, request)
            response.content += parts.encode()
        return response

    @staticmethod
    def _fits(request, response) -> bool:
        return (
            getattr(request, "htmx", False)
            and isinstance(response, HttpResponse)
            and response.status_code == 200
            and response.get("Content-Type", "").startswith("text/html")
            and "HX-Redirect" not in response
            and bool(getattr(getattr(request, "_messages", None), "_queued_messages", ()))
        )
