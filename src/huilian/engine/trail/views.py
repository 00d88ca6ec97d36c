"""The public log (c2sp.org/tlog-tiles): static pieces anybody may fetch, cache and check. They hold hashes only."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from huilian.foundation import merkle
from huilian.foundation.errors import Invalid

from . import keys, queries, receipts

YEAR = 365 * 24 * 3600


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The signed head of the log as it stands."""
    return _text(queries.checkpoint(), seconds=2)


@require_safe
def verification_keys(request: HttpRequest) -> HttpResponse:
    """Keys that may have signed this log, one a line; a reader should get them from elsewhere too."""
    return _text("\n".join(keys.verifiers()) + "\n", seconds=300)


@require_safe
def daily_head(request: HttpRequest, day: str) -> HttpResponse:
    note = queries.daily_head(day)
    if note is None:
        return _nothing()
    return _text(note, seconds=YEAR, immutable=True)


@require_safe
def tile(request: HttpRequest, path: str) -> HttpResponse:
    """`/log/tile/<L>/<N>[.p/<W>]` and `/log/tile/entries/<N>[.p/<W>]`."""
    asked = merkle.parse_tile_path(path)
    data = queries.tile(*asked) if asked else None
    if data is None:
        return _nothing()
    return _cached(HttpResponse(data, content_type="application/octet-stream"), YEAR, immutable=True)


@require_safe
def proof(request: HttpRequest, event_id: int) -> HttpResponse:
    """Inclusion proof of one event with the checkpoint it leads to: what the QR code on a page points at."""
    event = queries.event_or_none(event_id)
    if event is None:
        return _nothing()
    try:
        found = queries.inclusion_proof(event)
    except Invalid as fault:
        return _cached(JsonResponse({"error": str(fault)}, status=409), 0)
    return _cached(JsonResponse({**found, "checkpoint": queries.checkpoint()}), 2)


@require_safe
def receipt(request: HttpRequest, event_id: int) -> HttpResponse:
    """The same proof as a file of its own, for `check_receipt.py` and any other reader of c2sp.org/tlog-proof."""
    event = queries.event_or_none(event_id)
    if event is None:
        return _nothing()
    try:
        text = receipts.receipt_of(event)
    except Invalid as fault:
        return _cached(HttpResponse(f"{fault}\n", content_type="text/plain; charset=utf-8", status=409), 0)
    answer = _text(text, seconds=2)
    answer["Content-Disposition"] = f'attachment; filename="{event_id}.tlog-proof"'
    return answer


def _nothing() -> HttpResponse:
    """A plain "not found" for programs; not to be cached, since the log grows."""
    return _cached(HttpResponse("not found\n", content_type="text/plain; charset=utf-8", status=404), 0)


def _text(body: str, *, seconds: int, immutable: bool = False) -> HttpResponse:
    return _cached(HttpResponse(body, content_type="text/plain; charset=utf-8"), seconds, immutable=immutable)


def _cached(response: HttpResponse, seconds: int, *, immutable: bool = False) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=seconds, **({"immutable": True} if immutable else {}))
    response["Access-Control-Allow-Origin"] = "*"  # A reader's own page may check the log from another site.
    return response
