"""The sheet on a tablet: an ordinary form that, with its script, goes on without a network and merges when back."""

import json
from pathlib import Path
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid, NotAllowed, Refused
from huilian.foundation.now import now

from .. import services
from ..models import Entry, Sheet
from ..queries import reach
from ..services.guards import allow_on

both = require_http_methods(["GET", "HEAD", "POST"])
WORKER = Path(__file__).resolve().parent.parent / "worker.js"


def _sheet(request: HttpRequest, pk: int) -> Sheet:
    """The sheet, for those whose authority runs. Others do not learn that it exists."""
    rows = Sheet.objects.select_related("target__round__form", "target__round__unit__place", "target__unit__place")
    found = get_object_or_404(rows, pk=pk, target__in=reach.visible_targets(request.user).order_by())
    allow_on(found.target, request.user)
    return found


@never_cache
@both
@needs("inspections.fill")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """All items of the sheet on one page. Without the script it is sent as a form, through the same merge."""
    found = _sheet(request, pk)
    if request.method == "POST":
        try:
            services.sync(found, _typed(request, found), by=request.user)
        except NotAllowed:
            raise
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Written down."))
        return redirect("inspections-sheet", pk)
    if request.headers.get("X-Sent-By") != "script":  # the script only keeps a copy of what was just opened
        record("inspections.look", found, by=request.user, data={"unit": found.target.unit.name})
    current = {e.item_id: e for e in found.entries.filter(state="current")}
    photos: dict[int, list] = {}
    for photo in found.photos.select_related("attachment"):
        photos.setdefault(photo.item_id, []).append(photo.attachment)
    contested = set(found.entries.filter(state="contested").values_list("item", flat=True))
    items = found.target.round.form.items.filter(is_active=True)
    words = {
        "sheet": found,
        "target": found.target,
        "rows": [(i, current.get(i.pk), photos.get(i.pk, []), i.pk in contested) for i in items],
        "marks": [(value, label) for value, label in Entry.Mark.choices if value],
        "contested": len(contested),
    }
    return render(request, "inspections/sheet.html", words)


def _typed(request: HttpRequest, sheet: Sheet) -> list[dict]:
    """What an ordinary form changed, as entries written on what the form showed."""
    current = {e.uid: e for e in sheet.entries.all()}
    changes = []
    for item in sheet.target.round.form.items.filter(is_active=True):
        base = request.POST.get(f"base-{item.pk}", "")
        mark, text = request.POST.get(f"mark-{item.pk}", ""), request.POST.get(f"text-{item.pk}", "").strip()
        seen = current.get(base)
        if (mark, text) != ((seen.mark, seen.text) if seen else ("", "")):
            changes.append({"uid": uuid4().hex, "item": item.pk, "base": base, "mark": mark, "text": text})
    return changes


@never_cache
@both
@needs("inspections.fill")
def sync(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what counts now. POST: what a device wrote; answers with what counts after it."""
    found = _sheet(request, pk)
    if request.method == "POST":
        try:
            changes = json.loads(request.body)["changes"]
            found = services.sync(found, changes, by=request.user)
        except NotAllowed:
            raise
        except Refused as refused:
            return JsonResponse({"refused": str(refused)}, status=409)
        except (ValueError, KeyError, TypeError):
            refused = Invalid(_("What the device sent cannot be read. It stays on the device."))
            return JsonResponse({"refused": str(refused)}, status=409)
    return JsonResponse(
        {
            "token": get_token(request),
            "at": now().isoformat(),
            "closed": bool(found.handed_in_at),
            "entries": list(found.entries.filter(state="current").values("item", "uid", "mark", "text")),
            "differ": list(found.entries.filter(state="contested").values_list("item", flat=True)),
            "photos": list(found.photos.values("item", "uid")),
        }
    )


@require_POST
@needs("inspections.fill")
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """One photograph of one item; the same one sent twice is kept once."""
    found = _sheet(request, pk)
    said = request.POST.get("item", "")
    item = get_object_or_404(found.target.round.form.items, pk=said if said.isdecimal() else 0)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Invalid(_("No photograph arrived. It stays on the device."))
        services.keep_photo(
            found, item, uid=request.POST.get("uid", ""), file=file, name=file.name or "photo.jpg", by=request.user
        )
    except NotAllowed:
        raise
    except Refused as refused:
        return JsonResponse({"refused": str(refused)}, status=409)
    return JsonResponse({"kept": True})


@both
@needs("inspections.fill")
def differ(request: HttpRequest, pk: int) -> HttpResponse:
    """Where devices differ: both entries side by side, and a person decides."""
    found = _sheet(request, pk)
    if request.method == "POST":
        said = request.POST.get("entry", "")
        entry = get_object_or_404(found.entries, pk=said if said.isdecimal() else 0)
        try:
            services.decide(found, entry, by=request.user)
        except NotAllowed:
            raise
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("inspections-differ", pk)
    items: dict = {}
    open_ = found.entries.filter(state="contested").values("item")
    rows = found.entries.filter(item__in=open_, state__in=["current", "contested"]).select_related("item", "by")
    for entry in rows.order_by("item__number", "pk"):
        items.setdefault(entry.item, []).append(entry)
    return render(request, "inspections/differ.html", {"sheet": found, "items": list(items.items())})


@require_POST
@needs("inspections.fill")
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet becomes findings."""
    found = _sheet(request, pk)
    try:
        made = services.hand_in(found, by=request.user)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("inspections-sheet", pk)
    messages.success(request, _("Handed in; findings noted: %(n)s.") % {"n": len(made)})
    return redirect(reverse("inspections-round", args=[found.target.round.number]))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that opens a kept sheet without a network. It must lie where the pages lie that it serves."""
    return HttpResponse(WORKER.read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8")
