"""Signs out after a time without activity, and leads to a new password where one is owed."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.foundation.now import now

from . import services
from .queries import rules_now

# Pages somebody may open who still owes a step: the steps themselves, the way out, the look.
OPEN_PAGES = {"sign-in", "sign-in-code", "sign-out", "account-password", "account-second-factor"}
OPEN_PAGES |= {"look-preferences", "look-icons"}
BACKGROUND = "HTTP_X_BACKGROUND"  # sent by pages that refresh themselves: not a sign of a person
SHORTEST_IDLE = 300  # seconds; within the shortest time-out an office may set, the rules need not be read
WRITE_EVERY = 60  # seconds; the session is not saved for every click


class Sessions:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "_auth_user_id" in request.session and request.user.is_authenticated:
            self._watch(request)
        return self.get_response(request)

    def _watch(self, request) -> None:
        moment = int(now().timestamp())
        seen = request.session.get(services.SEEN)
        quiet = 0 if seen is None else moment - seen
        if quiet > SHORTEST_IDLE and quiet > 60 * (minutes := rules_now().idle_minutes):
            services.sign_out(request, idle=True)
            messages.info(
                request,
                _("You were signed out after %(minutes)s minutes without activity. Please sign in again.")
                % {"minutes": minutes},
            )
        elif BACKGROUND not in request.META and (seen is None or abs(quiet) >= WRITE_EVERY):
            request.session[services.SEEN] = moment

    def process_view(self, request, view, args, kwargs):
        if (
            request.user.is_authenticated
            and request.user.must_change_password
            and request.resolver_match.view_name not in OPEN_PAGES
        ):
            return lead_to(request, reverse("account-password"))
        return None


def lead_to(request, address: str) -> HttpResponse:
    """A redirect that works for a page and for an htmx request."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
