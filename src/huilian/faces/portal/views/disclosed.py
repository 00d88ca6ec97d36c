"""One publication: its lines, its proof, its versions, questions under it; and asking one."""

from django.core.cache import cache
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.areas.serve.disclosure import queries as disclosure
from huilian.areas.serve.disclosure import services
from huilian.engine.documents.services import open_checked
from huilian.foundation import hashing
from huilian.foundation.errors import Conflict, Invalid, Refused
from huilian.foundation.now import now

from .. import counting, drafts
from ..forms_ask import AskAgainForm, AskForm
from ..shell import public, qr, show
from .say import TRAP
from .village import with_faces

ASKED = "portal_asked"  # the code of a question that was just asked, shown until half an hour is over
SHOWN_SECONDS = 1800
TRIES, TRIES_SECONDS = 10, 600


def called(number: str):
    found = disclosure.item_called(number)
    if found is None:
        raise Http404
    return found


@require_safe
@public
def item(request, number):
    found = called(number)
    counting.opened(found.place.code, found.number)
    up = found.state != "withdrawn"
    words = {
        "item": found,
        "up": up,
        "table": disclosure.table_of(found) if up else None,
        "versions": disclosure.item_versions(found),
        "proofs": list(found.proofs.select_related("repeats__item", "photo")),
        "proof": disclosure.proof_of(found),
        "asked": with_faces(disclosure.questions_of(item=found)[:20]),
        "readers": disclosure.readers_of(item=found),
        "page_qr": qr(request.build_absolute_uri(reverse("portal-item", args=[found.number])), scale=3),
    }
    return show(request, "portal/item.html", words, here="portal-villages")


def _data(found) -> None:
    if found.state == "withdrawn":
        raise Http404


def _open(response: HttpResponse) -> HttpResponse:
    """For programs of anybody; the contents of a version never change."""
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=3600)
    return response


@require_safe
@public
def lines(request, number):
    """The lines as CSV, with a mark by which Excel knows that it is UTF-8."""
    found = called(number)
    _data(found)
    response = HttpResponse("\ufeff" + disclosure.csv_of(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.csv"'
    return _open(response)


@require_safe
@public
def schema(request, number):
    found = called(number)
    _data(found)
    return _open(JsonResponse(disclosure.schema_of(found), json_dumps_params={"ensure_ascii": False}))


@require_safe
@public
def body(request, number):
    """The very bytes whose SHA-256 is the digest."""
    found = called(number)
    _data(found)
    return _open(HttpResponse(hashing.canonical(disclosure.public_body_of(found)), content_type="application/json"))


@require_safe
@public
def proof(request, number):
    """The entry of the log with its salt, so that anybody can recompute it; the way through the tree is beside it."""
    found = called(number)
    facts = disclosure.event_facts(found)
    if facts is None:
        raise Http404
    answer = {"digest": found.digest, "entry": facts, "inclusion": reverse("log-proof", args=[found.event_id])}
    return _open(JsonResponse(answer, json_dumps_params={"ensure_ascii": False}))


@require_safe
@public
def photo(request, number, pk):
    found = called(number)
    kept = found.proofs.filter(photo__pk=pk).select_related("photo").first()
    if kept is None:
        raise Http404
    kind = {"jpg": "image/jpeg", "png": "image/png"}[kept.photo.type]
    return _open(FileResponse(open_checked(kept.photo), content_type=kind))


@require_http_methods(["GET", "HEAD", "POST"])
@public(personal=True)
def ask(request, number):
    """Ask about the item or one of its lines."""
    found = called(number)
    text = request.POST.get("line") or request.GET.get("line", "")
    line = int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= found.row_count else None
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get(TRAP):
                raise Invalid(_("A field that must stay empty was filled in. Please press the button once more."))
            drafts.require_pace(request)
            asked, code = services.ask(
                found, form.cleaned_data["text"], line=line, in_public=form.cleaned_data["in_public"] == "yes"
            )
        except Refused as refused:
            form.add_error("text" if refused.field == "text" else None, str(refused))
        else:
            drafts.note_sent(request)
            request.session[ASKED] = {"number": asked.case.number, "code": code, "at": now().timestamp()}
            return redirect("portal-question", asked.case.number)
    words = {
        "item": found,
        "line": line,
        "cells": disclosure.line_of(found, line) if line else [],
        "form": form,
        "trap": TRAP,
    }
    status = 422 if form.errors else 200
    return show(request, "portal/ask.html", words, here="portal-villages", writing=True, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@public(personal=True)
def question(request, number):
    """One question with its clock and answer. Who has the code may say that the answer does not settle it."""
    found = disclosure.question_called(number)
    if found is None:
        raise Http404
    kept = request.session.get(ASKED) or {}
    mine = kept.get("number") == found.case.number and now().timestamp() - kept.get("at", 0) < SHOWN_SECONDS
    form = AskAgainForm(request.POST or None) if found.answer else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            _require_patience(found.case.number)
            drafts.require_pace(request)
            services.ask_again(found, form.cleaned_data["text"], form.cleaned_data["code"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            drafts.note_sent(request)
            return redirect("portal-question", found.case.number)
    words = {
        "q": found,
        "face": with_faces([found])[0][1],
        "cells": disclosure.line_of(found.item, found.line) if found.line and found.item.state != "withdrawn" else [],
        "code": f"{kept['code'][:5]}-{kept['code'][5:]}" if mine else "",
        "steps": disclosure.question_steps(found),
        "form": form,
    }
    status = 422 if form is not None and form.errors else 200
    return show(request, "portal/question.html", words, here="portal-villages", status=status)


def _require_patience(number: str) -> None:
    """Slow down whoever tries codes; nothing is locked for good."""
    key = f"portal-question-{number}"
    cache.add(key, 0, TRIES_SECONDS)
    if cache.incr(key) > TRIES:
        raise Conflict(_("Very many tries. Please wait ten minutes."))
