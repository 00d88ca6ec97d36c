"""The door for boxes on the network: signed with the key each was given, every print told once."""

import base64
import binascii
import io
import json
from datetime import datetime

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from huilian.engine.trail.actors import Actor
from huilian.foundation.errors import Conflict, Refused

from .. import services
from ..devices import is_signed
from ..models import Seal

MOST = 12 << 20  # bytes: two photographs of a telephone for each of a few prints


@csrf_exempt
@require_POST
def prints(request: HttpRequest, device_no: str) -> JsonResponse:
    """Take over the prints of a box. 409 says that they were told before: the box may forget them."""
    if int(request.headers.get("Content-Length") or 0) > MOST:
        return JsonResponse({"error": "too large"}, status=413)
    body = request.body
    seal = Seal.objects.filter(device="http", device_no=device_no, state__in=["in_use", "lent"]).first()
    if seal is None or not is_signed(device_no, body, request.headers.get("X-Signature", "")):
        return JsonResponse({"error": "not signed with the key of this box"}, status=403)
    try:
        stamped = [_read(one) for one in json.loads(body)["prints"]]
    except (ValueError, KeyError, TypeError, binascii.Error):
        return JsonResponse({"error": "not as agreed: {prints: [{event_id, at, code, …}]}"}, status=422)
    try:
        kept = services.report(seal, stamped, by=Actor("device", id=device_no, label=device_no))
    except Conflict as told:
        return JsonResponse({"error": str(told)}, status=409)
    except Refused as refused:
        return JsonResponse({"error": str(refused)}, status=422)
    return JsonResponse({"kept": len(kept), "agreed": sum(1 for one in kept if one.request_id)})


def _read(one: dict) -> services.Stamped:
    at = datetime.fromisoformat(one["at"])
    if at.tzinfo is None:
        raise ValueError("without time zone")
    return services.Stamped(
        event_id=f"box:{one['event_id']}"[:64],
        at=at,
        code=str(one.get("code", "")),
        latitude=_number(one.get("latitude")),
        longitude=_number(one.get("longitude")),
        page=_photo(one.get("page"), "page.jpg"),
        scene=_photo(one.get("scene"), "scene.jpg"),
        title=str(one.get("title", "")),
    )


def _number(given) -> float | None:
    return None if given is None else float(given)


def _photo(given: str | None, name: str):
    return (io.BytesIO(base64.b64decode(given, validate=True)), name) if given else None
