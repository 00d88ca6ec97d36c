"""People, money and things of one village on one page; contracts that end or are late; printed ledgers and cards."""

from typing import Any

import segno
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.foundation.now import today

from .. import ledgers, words
from ..models import AccountSet
from ..queries.reach import KEEP, SEE, sets_of
from ..queries.things import ageing, assets_of, ending, net_cents
from ..queries.village import village_page
from ..rules.contracts import AGES, WARN_DAYS

LEVELS = {0: "red", 30: "orange", 60: "yellow", 90: "ok"}
PAGE = 30


@require_safe
@needs(SEE)
def villages(request: HttpRequest) -> HttpResponse:
    """The villages in reach, by code; who reaches only one is taken to it."""
    sets = sets_of(request.user).filter(closed_on=None).select_related("place", "township").order_by("village_code")
    word = request.GET.get("q", "").strip()
    if word:
        sets = sets.filter(place__name__icontains=word)
    elif not request.GET and sets[:2].count() == 1:
        return redirect("collective-village", sets[0].pk)
    page = Paginator(sets, PAGE).get_page(request.GET.get("page"))
    return render(request, "collective/villages.html", {"page": page, "word": word})


@require_safe
@needs(SEE)
def village(request: HttpRequest, pk: int) -> HttpResponse:
    """/desk/collective/villages/<pk>/"""
    set_ = get_object_or_404(sets_of(request.user).select_related("place", "township", "agency", "unit"), pk=pk)
    page = village_page(set_, request.user)
    context = {
        "page": page,
        "set": set_,
        "keeps": may(request.user, KEEP),
        "enters": may(request.user, "collective.enter"),
        "lacking": [(contract, [words.gap(key) for key in found]) for contract, found in page.lacking],
        "ending": [(LEVELS[limit], limit, contract) for limit, contract in page.ending],
        "prints": [
            (ledgers.TITLES[kind](), reverse("collective-print", args=[kind]) + f"?set={pk}") for kind in ledgers.TITLES
        ],
    }
    return render(request, "collective/village.html", context)


@require_safe
@needs(SEE)
def watch(request: HttpRequest) -> HttpResponse:
    """「到期与欠款」 Contracts that end within 30, 60 and 90 days or are over, and what is late by how long."""
    soon = ending(request.user)
    stretches = [
        {
            "level": LEVELS[limit],
            "title": _("Time is over") if not limit else _("Ends within %(n)s days") % {"n": limit},
            "contracts": [c for found, c in soon if found == limit],
        }
        for limit in (0, *WARN_DAYS)
    ]
    headings = [
        *(_("up to %(n)s days") % {"n": n} for n in AGES),
        _("longer"),
    ]
    context = {"stretches": stretches, "headings": headings, "ageing": ageing(request.user)}
    return render(request, "collective/watch.html", context)


@require_safe
@needs(SEE)
def print_ledger(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the ledgers of a village (or of all in reach) on paper: ?set=<pk>."""
    if kind not in ledgers.TITLES:
        raise Http404
    set_ = None
    if chosen := request.GET.get("set"):
        set_ = get_object_or_404(
            sets_of(request.user).select_related("place", "township"), pk=chosen if chosen.isdigit() else 0
        )
    table = ledgers.ledger(kind, request.user, set_)
    here = request.build_absolute_uri()
    context = {
        "title": ledgers.TITLES[kind](),
        "set": set_,
        "table": table,
        "qr": _qr(here),
        "day": today(),
        "back": reverse("collective-village", args=[set_.pk]) if set_ else reverse("registers"),
    }
    return render(request, "collective/ledger.html", context)


@require_safe
@needs(SEE)
def labels(request: HttpRequest) -> HttpResponse:
    """Sheets of labels with a code that leads to the card: ?set=<pk>, or ?number= for one."""
    rows = assets_of(request.user).exclude(status__in=["scrapped", "sold"]).select_related("set__place")
    set_ = get_object_or_404(AccountSet.objects.filter(pk__in=sets_of(request.user)), pk=request.GET.get("set") or 0)
    rows = rows.filter(set=set_).order_by("number")
    found = [
        (asset, _qr(request.build_absolute_uri(reverse("collective-life", args=["asset", asset.pk])))) for asset in rows
    ]
    return render(request, "collective/labels.html", {"labels": found, "set": set_})


@require_safe
@needs(SEE)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """「资产卡片」 The card of one asset, on paper."""
    asset = get_object_or_404(assets_of(request.user).select_related("set__place", "account"), pk=pk)
    context: dict[str, Any] = {
        "asset": asset,
        "net": net_cents(asset),
        "events": asset.events.exclude(kind="depreciated").order_by("on", "pk"),
        "contracts": asset.contracts.exclude(status="draft").order_by("starts_on"),
        "qr": _qr(request.build_absolute_uri(reverse("collective-life", args=["asset", asset.pk]))),
        "day": today(),
    }
    return render(request, "collective/card.html", context)


def _qr(text: str) -> str:
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=3, border=2)
