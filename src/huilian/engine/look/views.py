"""Preferences, the icon sprite, and the pages for what goes wrong: what happened, what was kept, whom to call."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huilian.foundation.errors import Conflict, NotAllowed

from . import preferences
from .icons import sprites

log = logging.getLogger("huilian.fault")


@require_POST
def set_preferences(request):
    """Take the pressed switches into the cookie and go back to where the person was."""
    chosen = request.pref.changed(request.POST)
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    return preferences.keep(HttpResponseRedirect(back), chosen)


@require_GET
def icon_sprite(request, digest):
    """The icons; the address changes with the content, so that it may be kept for a year."""
    sprite = next((s for s in sprites() if s.digest == digest), None)
    if sprite is None:
        raise Http404
    response = HttpResponse(sprite.body, content_type="image/svg+xml")
    if "br" in request.headers.get("Accept-Encoding", ""):  # otherwise the middleware packs it
        response.content, response["Content-Encoding"] = sprite.brotli, "br"
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _trouble(request, status: int, title, text, *, advice="", search=False):
    """One page for all troubles; for an htmx swap a message at the foot of the page, which stays as it is."""
    # Refusals outside the middleware (a host that is not ours) come here without preferences.
    pref = getattr(request, "pref", None) or preferences.read(request.COOKIES.get(preferences.COOKIE, ""))
    words = {"status": status, "title": title, "text": text, "advice": advice, "search": search, "pref": pref}
    if getattr(request, "htmx", False):
        response = render(request, "look/parts/trouble.html", words, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "innerHTML"
        return response
    return render(request, "look/trouble.html", words, status=status)


def _spoken(view):
    """Django calls the error handlers outside our middleware when it is the middleware that failed."""

    def speaking(request, *args, **kwargs):
        pref = preferences.read(request.COOKIES.get(preferences.COOKIE, ""))
        with translation.override(pref.django_lang):
            return view(request, *args, **kwargs)

    return speaking


def refusal(request, refused):
    """A refusal of a service: its own sentence, and nothing was changed."""
    if isinstance(refused, NotAllowed):
        title, status = _("You may not do this"), 403
    elif isinstance(refused, Conflict):
        title, status = _("Somebody else was faster"), 409
    else:
        title, status = _("This cannot be done"), 422
    return _trouble(request, status, title, str(refused), advice=_("Nothing was changed."))


@_spoken
def bad_request(request, exception=None):
    """400, and 413 when too much was sent."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request, exception)
    return _trouble(
        request,
        400,
        _("The request could not be understood"),
        _("What your browser sent is incomplete or damaged. Nothing was changed."),
        advice=_("Go back, load the page anew and try once more."),
    )


@_spoken
def too_large(request, exception=None):
    """413."""
    return _trouble(
        request,
        413,
        _("That is too much at once"),
        _("What you sent is larger than this site accepts. Nothing was saved."),
        advice=_("Make the files smaller or send them one at a time."),
    )


@_spoken
def forbidden(request, exception=None):
    """403. A refusal brings its own sentence, which names the post that may."""
    own = str(exception) if exception and str(exception) else ""
    signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    return _trouble(
        request,
        403,
        _("You may not open this page"),
        own or _("Your post does not include this page, or it belongs to another unit or place."),
        advice=_("If it is your work, ask your unit's administrator.") if signed_in else _("Please sign in first."),
    )


@_spoken
def csrf_failure(request, reason=""):
    """403 because the form's seal is missing: as a rule the page lay open too long."""
    return _trouble(
        request,
        403,
        _("The page had been open too long"),
        _("For your safety a form is valid only for a while, and only with cookies. Nothing was saved."),
        advice=_("Go back, load the page anew and send it once more."),
    )


@_spoken
def not_found(request, exception=None):
    """404, with a search."""
    return _trouble(
        request,
        404,
        _("There is no such page"),
        _("The address may be mistyped, or what it showed has been moved or merged."),
        advice=_("Search for it, or start again from the home page."),
        search=True,
    )


@_spoken
def server_error(request):
    """500: our fault. The trace number leads us to the log line."""
    log.error("fault on %s, trace %s", request.path, getattr(request, "trace", "-"))
    return _trouble(
        request,
        500,
        _("Something went wrong on our side"),
        _("What you were doing was not saved. What had been saved before is safe."),
        advice=_("Please try again in a few minutes. If it happens again, call us and tell us the number below."),
    )
