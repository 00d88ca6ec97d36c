"""「检举控告」 Speaking up. Nothing here knows who somebody is: no session, no cookie, no address. What is typed
travels in the page itself until it is sealed, and the code is the only way back.

The forms carry no seal against foreign sites either: that would need a cookie, and there is nothing to steal. Whoever
posts here acts for nobody but the holder of the code that is posted along.
"""

import hmac
import logging
import traceback
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.areas.hear.tips import services as tips
from huilian.areas.hear.tips.queries.choices import free_visit, free_visits
from huilian.areas.hear.tips.services import following, intake, reporter
from huilian.engine.directory.queries import find_units
from huilian.engine.look.site import site
from huilian.engine.trail.services import seal
from huilian.engine.vault import uploads
from huilian.foundation.cleaning import LIMITS
from huilian.foundation.errors import Invalid, Refused

from ..forms_report import ReportForm
from ..shell import is_kiosk, qr

MEGABYTES = LIMITS["film"] + 10  # of everything that comes at once
ACCEPT = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.pptx,.txt,.csv,.mp3,.m4a,.wav,.mp4,.mov,image/jpeg"
LONGEST_NOTE = 2000  # characters of what a visit will be about
IDLE_SECONDS = 300  # then a touch screen goes home by itself
log = logging.getLogger("huilian.report")
page = require_http_methods(["GET", "HEAD", "POST"])


def quiet(view):
    """A page that leaves nothing behind: kept by no cache, no cookie set, nothing on the disk in clear."""

    @csrf_exempt
    @sensitive_post_parameters()
    @wraps(view)
    def wrapped(request):
        try:
            if request.method == "POST":
                uploads.receive(request, MEGABYTES)
            response = view(request)
        except Http404:
            raise
        except uploads.TooMuch as much:
            response = _show(request, "trouble", {"fault": much}, status=413)
        except Exception as fault:
            # Neither the log nor a mail to a technician may hold what was being said: no message, no values.
            at = traceback.extract_tb(fault.__traceback__)[-1]
            log.error("fault, trace %s: %s in %s:%s", request.trace, type(fault).__name__, at.filename, at.lineno)
            words = _("Something went wrong on our side, and nothing was kept. Please try again; the number is %(n)s.")
            response = _show(request, "trouble", {"fault": words % {"n": request.trace}}, status=500)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


@require_safe
@quiet
def start(request):
    """What belongs here and what does not, what each choice means, what becomes of it."""
    return _show(request, "start")


@page
@quiet
def write(request):
    """Write, look it over, send. Going back loses nothing but the chosen files, which no browser gives back."""
    named = (request.POST or request.GET).get("by") == "name"
    go = request.POST.get("go", "")
    form = ReportForm(request.POST or None, named=named)
    words = {"form": form, "named": named}
    if not go or go == "edit" or not form.is_valid():
        return _show(request, "write", words, status=422 if go and go != "edit" else 200)
    if go == "send":
        try:
            return _code(request, reporter.spaced(_hand_in(request, form.cleaned_data, named).code))
        except Refused as refused:
            words["fault"] = refused
    given = [(form.fields[key].label, form[key].data, _said(form, key)) for key in form.fields]
    return _show(request, "check", {**words, "given": [g for g in given if g[1]], "kept": form},
                 status=422 if "fault" in words else 200)  # fmt: skip


@require_POST
@quiet
def code(request):
    """The code is typed back once, so that it is known to be written down rightly."""
    shown, typed = request.POST.get("shown", ""), request.POST.get("typed", "")
    if _bare(shown) != _bare(typed):
        return _code(request, shown, fault=_("That is not the code above. Compare it letter by letter."))
    return _open(request, shown)


@page
@quiet
def follow(request):
    """The tip of a code, and everything its reporter may do. Each act posts the code again."""
    if request.method != "POST":
        return _show(request, "enter")
    return _open(request, request.POST.get("code", ""), request.POST.get("act", ""))


@page
@quiet
def visit(request):
    """An officer listens over video in a room of a township: choose a time, keep the code, look it up, give it back."""
    go, code = request.POST.get("go", ""), request.POST.get("code", "")
    try:
        if go == "book":
            return _book(request)
        if go == "typed":
            code = request.POST.get("shown", "")
            if _bare(code) != _bare(request.POST.get("typed", "")):
                return _visit_code(request, code, fault=_("That is not the code above. Compare it letter by letter."))
        if go in ("typed", "find"):
            found = reporter.enter(code, tips.visit_by_code)
            return _show(request, "visit", {"visit": found, "code": reporter.spaced(_bare(code))})
        if go == "give_up":
            reporter.enter(code, tips.visit_by_code)
            tips.give_up_visit(code, by=reporter.REPORTER)
            return _show(request, "visits", {"rooms": _times(), "said": _("The time is free again.")})
    except Refused as refused:
        status = 429 if isinstance(refused, reporter.Waiting) else 422
        return _show(request, "visits", {"rooms": _times(), "fault": refused, "code": code}, status=status)
    return _show(request, "visits", {"rooms": _times()})


@require_safe
@quiet
def leave(request):
    """Away from here, at once: the browser is asked to forget the pages it has seen."""
    response = HttpResponseRedirect(reverse("portal-home"))
    response["Clear-Site-Data"] = '"cache"'
    return response


@require_POST
@quiet
def message(request):
    """A text message, as the gateway of the carrier hands it on. The answer goes back the same way, kept nowhere."""
    token = settings.SMS_INBOUND
    if not token or not hmac.compare_digest(request.headers.get("X-Token", ""), token):
        raise Http404
    try:
        reply = reporter.take_message(request.POST.get("text", ""), request.POST.get("from", "")[:20])
    except Refused as refused:
        return JsonResponse({"reply": str(refused)}, status=422)
    return JsonResponse({"reply": reply})


def _hand_in(request, given, named: bool):
    unit = next((u for u in find_units(given["about"]) if given["about"] in (u.name, u.short_name)), None)
    text = given["text"] if unit or not given["about"] else f"{given['text']}\n\n{given['about']}"
    identity = {key: given[key] for key in ("name", "phone", "identity_number") if given.get(key)}
    return reporter.hand_in(
        text=text, persons=[name.strip() for name in given["persons"].splitlines() if name.strip()], unit=unit,
        place=unit.place if unit else None, field=given["field"], level=given["level"], named=named,
        identity=identity or None, files=_files(request),
    )  # fmt: skip


def _open(request, code: str, act: str = ""):
    words, said = {"code": code}, ""
    try:
        tip = reporter.enter(code)
    except Refused as refused:
        status = 429 if isinstance(refused, reporter.Waiting) else 422
        return _show(request, "enter", {**words, "fault": refused}, status=status)
    try:
        said = _act(request, tip, act)
    except Refused as refused:
        words.update(fault=refused, text=request.POST.get("text", ""), act=act)
    seen = following.followed(tip, code)
    address = request.build_absolute_uri(reverse("log-receipt", args=[seen.receipt])) if seen.receipt else ""
    words.update(seen=seen, said=said, receipt=address, receipt_qr=qr(address, 3) if address else "")
    return _show(request, "tip", words, status=422 if "fault" in words else 200)


def _act(request, tip, act: str) -> str:
    """Do what was asked for; what to say when it is done."""
    text = request.POST.get("text", "")
    if act in ("add", "object"):
        reporter.add(tip, text, files=_files(request), objection=act == "object")
        return _("It has been sealed and handed over.")
    if act == "protect":
        made = reporter.protect(tip, text)
        return _("A matter to protect you has been opened: %(number)s.") % {"number": made.number}
    if act == "rate":
        reporter.rate(tip, int(grade) if (grade := request.POST.get("grade", "")).isdigit() else 0)
        return _("Thank you. Your word is kept as you gave it.")
    return ""


def _code(request, code: str, fault: str = ""):
    seal()  # so that the receipt can be had at once
    return _show(request, "code", {"code": code, "fault": fault}, status=422 if fault else 200)


def _times() -> list:
    """Free times by room, each with the post of who listens: reporters choose by posts, not by names."""
    return [
        (room, [(free, following.post_of(free.officer, free.starts_at.date())) for free in frees])
        for room, frees in free_visits()
    ]


def _book(request):
    wanted = free_visit(request.POST.get("visit", ""))
    if wanted is None:
        raise Invalid(_("Choose a time."))
    code = tips.book_visit(wanted, text=request.POST.get("text", "")[:LONGEST_NOTE], by=reporter.REPORTER)
    return _visit_code(request, reporter.spaced(code))


def _visit_code(request, code: str, fault: str = ""):
    words = {"code": code, "fault": fault, "for_visit": True}
    return _show(request, "code", words, status=422 if fault else 200)


def _files(request) -> list:
    return [(file, file.name) for file in request.FILES.getlist("files")]


def _said(form, key: str) -> str:
    return dict(getattr(form.fields[key], "choices", ())).get(form[key].data, form[key].data)


def _bare(code: str) -> str:
    return "".join(c for c in code.upper() if c.isalnum())


def _show(request, name: str, words=None, *, status: int = 200) -> HttpResponse:
    frame = {"kiosk": is_kiosk(request), "idle_seconds": IDLE_SECONDS, "accept": ACCEPT, "most": intake.MOST_FILES}
    # Without the request: what a request brings along (session, menu, seal of forms) would set a cookie.
    told = {**frame, "pref": request.pref, "site": site(), **(words or {})}
    return HttpResponse(render_to_string(f"portal/report/{name}.html", told), status=status)
