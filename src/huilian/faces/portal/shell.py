"""The frame around every public page: phone, desk or touch screen, what stands in the foot bar, what may be cached."""

from functools import wraps

import segno
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from huilian.engine.look import preferences

KIOSK_VILLAGE = "village"  # cookie of a touch screen: the village it stands in
IDLE_SECONDS = 90  # a touch screen that nobody touches goes home and forgets the last person
WRITING_SECONDS = 300  # the same on a page where somebody may be writing and no script can see that they are


def public(view=None, *, personal: bool = False):
    """A public page. `?face=kiosk` turns a device into a touch screen and is remembered; `?face=web` turns it back.

    A `personal` page is kept by no cache and no browser history.
    """

    def wrap(view):
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            chosen = request.pref.changed({"face": request.GET.get("face", "")})
            changed, request.pref = chosen != request.pref, chosen
            response = view(request, *args, **kwargs)
            if response.status_code == 302 and request.headers.get("X-Sent-By") == "script":
                response = JsonResponse({"to": response.url})  # a script goes there itself, so that messages are kept
            if changed:
                preferences.keep(response, chosen)
            if personal:
                patch_cache_control(response, private=True, no_store=True)
                response["Referrer-Policy"] = "same-origin"
            return response

        return wrapped

    return wrap(view) if view else wrap


def is_kiosk(request) -> bool:
    return request.pref.face == "kiosk"


def show(request, template: str, words=None, *, here: str = "", writing: bool = False, status: int = 200):
    """The page `template` in the frame of the device. `here` is the entry of the foot bar that is lit."""
    kiosk = is_kiosk(request)
    frame = {
        "frame": "portal/frame_kiosk.html" if kiosk else "portal/frame.html",
        "kiosk": kiosk,
        "tabs": _tabs(here),
        "idle_seconds": WRITING_SECONDS if writing else IDLE_SECONDS,
    }
    if kiosk:
        here_now = words.pop("qr_of", reverse("portal-home")) if words else reverse("portal-home")
        frame["site_qr"] = qr(request.build_absolute_uri(here_now))
    return render(request, template, {**frame, **(words or {})}, status=status)


def qr(text: str, scale: int = 4) -> str:
    """A QR code as the source of a picture: dark on white in every theme, or no camera reads it."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=scale, border=3, light="white")


def _tabs(here: str) -> list[dict]:
    return [
        {"href": reverse(name), "icon": icon, "label": label, "current": name == here}
        for name, icon, label in (
            ("portal-home", "house", _("Home")),
            ("portal-villages", "scroll-text", _("My village")),
            ("portal-say", "message-square-warning", _("Say")),
            ("portal-follow", "search", _("Follow")),
            ("portal-guide", "map", _("Where to go")),
        )
    ]
