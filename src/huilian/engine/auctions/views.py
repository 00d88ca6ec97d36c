"""The page of an auction, and what a bidder does on it. Everything works by forms; the script only saves loading."""

import secrets
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huilian.foundation import auctions, money
from huilian.foundation.errors import Refused

from . import panels, queries, secret, services
from .forms import BidForm, SealForm, SecretForm
from .models import Auction

Step = Callable[[HttpRequest, Auction], HttpResponse]


def _of_auction(step: Step) -> Callable[[HttpRequest, str], HttpResponse]:
    @wraps(step)
    def view(request: HttpRequest, number: str) -> HttpResponse:
        auction = queries.by_number(number)
        if auction is None or auction.state == Auction.State.DRAFT:
            raise Http404
        return step(request, auction)

    return view


@require_safe
@_of_auction
def page(request: HttpRequest, auction: Auction) -> HttpResponse:
    return render(request, "auctions/page.html", {"auction": auction, "live": panels.live_part(request, auction)})


@require_safe
@_of_auction
def record(request: HttpRequest, auction: Auction) -> HttpResponse:
    """The signed record, as a file."""
    told = queries.record_of(auction)
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{auction.number}.json"'
    return response


@require_POST
@_of_auction
def enter(request: HttpRequest, auction: Auction) -> HttpResponse:
    """Take a paddle in hand on this browser."""
    form = SecretForm(request.POST)
    paddle = queries.paddle_of(auction, form.cleaned_data["secret"]) if form.is_valid() else None
    if paddle is None:
        messages.error(request, _("This is not the secret of a paddle of this auction. Please check it."))
    else:
        request.session[panels.SESSION] = {**request.session.get(panels.SESSION, {}), auction.number: paddle.pk}
    return _back(request, auction)


@require_POST
@_of_auction
def leave(request: HttpRequest, auction: Auction) -> HttpResponse:
    """Put the paddle down, as on a computer that others use."""
    held = request.session.get(panels.SESSION, {})
    request.session[panels.SESSION] = {number: pk for number, pk in held.items() if number != auction.number}
    return _back(request, auction)


@require_POST
@_of_auction
def bid(request: HttpRequest, auction: Auction) -> HttpResponse:
    """Bid the amount the page showed: first asked once more, with the amount in words, then done."""
    form, paddle = BidForm(request.POST), panels.paddle_here(request, auction)
    if paddle is None or not form.is_valid():
        messages.error(request, _("Please enter the secret of your paddle first."))
        return _back(request, auction)
    given = form.cleaned_data
    if not given["sure"]:
        return _ask(
            request, auction, "auctions-bid", given["cents"], {"cents": given["cents"], "token": given["token"]}
        )
    try:
        entry = services.bid(paddle, given["cents"], token=given["token"], by=services.bidder(paddle))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your bid of %(amount)s yuan is entry %(serial)s.") % {
            "amount": money.text(entry.cents), "serial": entry.serial})  # fmt: skip
    return _back(request, auction)


@require_POST
@_of_auction
def seal(request: HttpRequest, auction: Auction) -> HttpResponse:
    """Hand in one's only price, or show it afterwards. The amount goes through the server and is not kept by it."""
    form = SealForm(request.POST)
    try:
        valid = form.is_valid()
    except Refused as refused:
        messages.error(request, str(refused))
        return _back(request, auction)
    paddle = queries.paddle_of(auction, form.cleaned_data["secret"]) if valid else None
    if paddle is None:
        messages.error(request, _("This is not the secret of a paddle of this auction. Please check it."))
        return _back(request, auction)
    cents, salt = form.cleaned_data["amount"], secret.salt(form.cleaned_data["secret"], auction.number)
    show = queries.phase(auction) == queries.SHOWING
    if not show and "sure" not in request.POST:
        kept = {"amount": request.POST["amount"], "secret": request.POST["secret"]}
        return _ask(request, auction, "auctions-seal", cents, kept)
    token, by = secrets.token_hex(16), services.bidder(paddle)
    try:
        if show:
            services.reveal(paddle, cents, salt, token=token, by=by)
            messages.success(request, _("Your price is shown."))
        else:
            digest = auctions.seal_digest(auction.number, paddle.number, cents, salt)
            services.seal(paddle, digest, token=token, by=by)
            messages.success(request, _("Your price is handed in. Come back to show it when the time is over."))
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(request, auction)


def _ask(request: HttpRequest, auction: Auction, target: str, cents: int, kept: dict[str, object]) -> HttpResponse:
    context = {
        "auction": auction,
        "cents": cents,
        "capital": money.capital(cents),
        "target": reverse(target, args=[auction.number]),
        "kept": {**kept, "sure": "1", "back": _place(request, auction)},
        "back": _place(request, auction),
    }
    return render(request, "auctions/confirm.html", context)


def _place(request: HttpRequest, auction: Auction) -> str:
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return back
    return reverse("auctions-page", args=[auction.number])


def _back(request: HttpRequest, auction: Auction) -> HttpResponse:
    return redirect(_place(request, auction))
