"""One item on the desk: its lines, and whatever its reader may do with it now."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may, scope_of
from huilian.engine.documents.services import bytes_of
from huilian.engine.look.text import say
from huilian.engine.trail.queries import actor_name, history_of, sentence
from huilian.foundation.errors import Refused

from .. import papers, rules, services
from ..forms import CheckForm, HeadForm, Lines, ProofForm, ReasonForm
from ..models import Item
from ..queries import desk, shown, village
from ..sheet_rows import blank, read_rows

both = require_http_methods(["GET", "HEAD", "POST"])
S = Item.State


def item_for(request: HttpRequest, number: str) -> Item:
    """The item in reach of the reader, whole."""
    pk = get_object_or_404(desk.visible_items(request.user), number=number).pk
    return Item.objects.select_related(
        "kind", "place__parent", "obligation", "replaces", "drafted_by", "checked_by"
    ).get(pk=pk)


def _may(user, action: str, item: Item) -> bool:
    return may(user, action) and scope_of(user, action).holds_place(item.place)


def _offers(user, item: Item) -> dict[str, bool]:
    """What the page offers; the services ask again."""
    drafts, state = _may(user, "disclosure.draft", item), item.state
    checks = _may(user, desk.CHECKERS[item.kind.checker], item) and item.drafted_by_id != user.pk
    return {
        "edit": drafts and state == S.DRAFT,
        "renew": drafts and state == S.DRAFT and bool(item.source),
        "send": drafts and state == S.DRAFT,
        "discard": drafts and state in (S.DRAFT, S.CHECKING, S.CHECKED),
        "check": checks and state == S.CHECKING,
        "publish": _may(user, "disclosure.publish", item) and state == S.CHECKED,
        "prove": drafts and state == S.PUBLISHED,
        "correct": drafts and state == S.PUBLISHED,
        "withdraw": _may(user, "disclosure.withdraw", item) and state == S.PUBLISHED,
    }


@require_safe
@needs("disclosure.see")
def item(request: HttpRequest, number: str) -> HttpResponse:
    found = item_for(request, number)
    leaks = rules.leaks(found.columns, found.rows, found.title, found.note) if not found.published_at else []
    words = {
        "item": found,
        "table": shown.table_of(found),
        "offers": _offers(request.user, found),
        "leaks": [
            {"row": leak.row, "column": say(found.columns[leak.column]) if leak.row else "", "what": leak.what}
            for leak in leaks[:20]
        ],
        "versions": shown.item_versions(found),
        "proofs": list(found.proofs.select_related("repeats__item", "photo", "posted_by")),
        "readers": shown.readers_of(item=found) if found.published_at else 0,
        "check_form": CheckForm(),
        "events": [
            {"when": e.at, "who": actor_name(e), "head": sentence(e)} for e in reversed(list(history_of(found)[:60]))
        ],
    }
    return render(request, "disclosure/item.html", words)


@both
@needs("disclosure.draft")
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Title, remark and lines of a draft; a spreadsheet replaces the lines."""
    found = item_for(request, number)
    start = {"title": found.title, "stage": found.stage, "note": found.note}
    form = HeadForm(request.POST or None, request.FILES or None, initial=start)
    lines = Lines(found.columns, found.rows, request.POST if request.method == "POST" else None)
    if found.source:
        form.fields.pop("file")
    if request.method == "POST" and form.is_valid():
        try:
            rows = found.rows if found.source else _rows(form, lines, found)
            if not lines.faults:
                services.change(
                    found,
                    title=form.cleaned_data["title"],
                    stage=form.cleaned_data["stage"],
                    note=form.cleaned_data["note"],
                    rows=rows,
                    by=request.user,
                )
                if "more" in request.POST:
                    return redirect("disclosure-item-edit", number)
                messages.success(request, _("Saved. Nobody but you and those who check can see it yet."))
                return redirect("disclosure-item", number)
            for fault in lines.faults[:10]:
                form.add_error(None, fault)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    words = {"item": found, "form": form, "lines": lines, "headings": [say(c) for c in found.columns]}
    return render(request, "disclosure/edit.html", words, status=422 if form.errors else 200)


def _rows(form: HeadForm, lines: Lines, item: Item) -> list[list]:
    upload = form.cleaned_data.get("file")
    return read_rows(upload, item.columns) if upload else lines.rows()


@require_safe
@needs("disclosure.draft")
def template(request: HttpRequest, number: str) -> HttpResponse:
    """The empty spreadsheet for this item."""
    found = item_for(request, number)
    response = HttpResponse(
        blank(found.columns, say(found.kind.names)),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = content_disposition_header(True, f"{say(found.kind.names)}.xlsx")
    return response


SIMPLE = {
    "renew": (services.renew, lambda: _("The lines were taken from the books anew.")),
    "send": (services.send_to_check, lambda: _("Sent to be checked.")),
    "publish": (services.publish, lambda: _("Published. Now post it on the board and hand in the photograph.")),
    "discard": (services.discard, lambda: _("Thrown away.")),
}


@require_POST
@needs("disclosure.see")
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """The acts that need no words, and the check."""
    found = item_for(request, number)
    try:
        if verb == "check":
            form = CheckForm(request.POST)
            if not form.is_valid():
                messages.error(request, _("Choose the result of the check."))
                return redirect("disclosure-item", number)
            passed = form.cleaned_data["passed"] == "yes"
            services.check(found, passed=passed, note=form.cleaned_data["note"], by=request.user)
            messages.success(request, _("Passed.") if passed else _("Sent back."))
        elif verb in SIMPLE:
            perform, told = SIMPLE[verb]
            perform(found, by=request.user)
            messages.success(request, told())
            if verb == "discard":
                return redirect("disclosure-duties")
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("disclosure-item", number)


@both
@needs("disclosure.see")
def reasoned(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Correct or withdraw: a page of its own, with the reason that everybody can read."""
    found = item_for(request, number)
    if verb not in ("correct", "withdraw"):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if verb == "correct":
                fresh = services.correct(found, reason=form.cleaned_data["reason"], by=request.user)
                return redirect("disclosure-item" if fresh.source else "disclosure-item-edit", fresh.number)
            services.withdraw(found, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Withdrawn. The notice and the reason stay for everybody to read."))
            return redirect("disclosure-item", number)
        except Refused as refused:
            form.add_error("reason" if refused.field == "reason" else None, str(refused))
    said = {
        "correct": (
            _("Correct what was published"),
            _("A new version is drafted and checked like the first. The old one stays readable."),
            _("Begin the correction"),
        ),
        "withdraw": (
            _("Withdraw what was published"),
            _("The lines leave the web; that it was there, when and why it went stays public. It cannot be undone."),
            _("Withdraw"),
        ),
    }[verb]
    words = {
        "title": said[0],
        "text": said[1],
        "facts": [(_("Publication"), found.title), (_("Number"), found.number)],
        "form": form,
        "submit": said[2],
        "cancel": reverse("disclosure-item", args=[number]),
        "danger": verb == "withdraw",
    }
    return render(request, "look/confirm.html", words, status=422 if form.errors else 200)


@both
@needs("disclosure.draft")
def prove(request: HttpRequest, number: str) -> HttpResponse:
    """The photograph of the board."""
    found = item_for(request, number)
    form = ProofForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            proof = services.prove(
                found,
                given["photo"],
                given["photo"].name,
                spot=given["spot"],
                posted_on=given["posted_on"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            if proof.repeats_id:
                same = {"number": proof.repeats.item.number}
                messages.warning(
                    request, _("This photograph was used for %(number)s already; the page says so.") % same
                )
            else:
                messages.success(request, _("Complete: on the web and on the board."))
            return redirect("disclosure-item", number)
    words = {
        "form": form,
        "title": _("Photograph of the board"),
        "submit": _("Hand in"),
        "cancel": reverse("disclosure-item", args=[number]),
    }
    return render(request, "disclosure/form.html", words, status=422 if form.errors else 200)


@require_safe
@needs("disclosure.see")
def board(request: HttpRequest, code: str) -> HttpResponse:
    """「公开栏」 The board of a village as PDF on A3."""
    place = village.village_at(code)
    if place is None or not scope_of(request.user, "disclosure.see").holds_place(place):
        raise Http404
    address = request.build_absolute_uri(f"/v/{place.code}/")
    response = HttpResponse(bytes_of(papers.board_of(place, address), "pdf"), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{place.name}公开栏.pdf")
    return response
