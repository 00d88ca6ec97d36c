"""The first page, the way to other offices, and leaving a shared device."""

from django.core.cache import cache
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.areas.hear.hotline import queries as hotline
from huilian.engine.look import preferences

from .. import applying, drafts
from ..shell import KIOSK_VILLAGE, is_kiosk, public, show

FIGURES_KEPT = 600  # seconds; a month that is over hardly changes
DISCIPLINE_LINE = "12388"  # national number of the discipline inspection organs


@require_safe
@public
def home(request):
    county = hotline.county()
    words = {
        "place": county.name if county else "",
        "acts": [
            {
                "href": reverse("portal-say"),
                "label": _("I have something to say"),
                "note": _("With or without a name"),
                "icon": "message-square-warning",
            },
            {
                "href": reverse("portal-follow"),
                "label": _("Follow my matter"),
                "note": _("With number and follow-up code"),
                "icon": "search",
            },
            {
                "href": reverse("portal-services"),
                "label": _("Get something done"),
                "note": _("Certificates, aid, permits: free, and without running about"),
                "icon": "file-check",
            },
        ],
        "calls": calls(),
        "figures": figures(),
        "outcomes": hotline.media_outcomes(),
        "promises": hotline.promises(),
        "draft": not drafts.draft_of(request).is_empty,
    }
    return show(request, "portal/home.html", words, here="portal-home")


def calls() -> list[dict]:
    """Telephone cards: the county's own numbers, and the one for charges against officials."""
    own = [{"number": c.number, "note": str(c)} for c in hotline.telephones()]
    charges = {"number": DISCIPLINE_LINE, "note": _("Charges against officials, to the discipline inspection organs")}
    return [*own, charges]


def figures() -> hotline.Figures | None:
    """Last month in numbers; None when there is nothing to count."""
    month = hotline.last_month()
    key = f"portal-figures-{month}"
    found = cache.get(key)
    if found is None:
        found = hotline.month_figures(month)
        cache.set(key, found, FIGURES_KEPT)
    return None if found.is_empty else found


@require_safe
@public
def guide(request):
    words = {"grounds": hotline.grounds(), "calls": calls(), "limits": hotline.time_limits()}
    return show(request, "portal/guide.html", words, here="portal-guide")


def _start_of(request):
    """Where a touch screen begins: the page of the village it stands in, else the first page."""
    code = request.COOKIES.get(KIOSK_VILLAGE, "")
    return redirect("portal-village", code) if code.isdigit() else redirect("portal-home")


@require_http_methods(["GET", "HEAD", "POST"])
@public(personal=True)
def leave(request):
    """Forget everything this session knows of the person. A touch screen comes here by itself when nobody is there."""
    if request.method == "POST" or is_kiosk(request):
        drafts.discard(request)
        response = _start_of(request) if is_kiosk(request) else redirect("portal-home")
        applying.discard(request, response)
        response["Clear-Site-Data"] = '"storage"'  # what the pages kept in the browser while the line was cut
        if request.user.is_authenticated:
            request.session.pop("portal_follow", None)  # an official who looked stays signed in
        else:
            request.session.flush()
        if is_kiosk(request):
            preferences.keep(response, preferences.Preferences(face="kiosk"))
        return response
    return redirect("portal-home")
