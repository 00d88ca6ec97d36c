"""「智能印章机」 The boxes that let a seal out. One adapter for each kind of box; `Seal.device` names it.

Whatever the box, it is told once: this code, so many prints, until then. What was printed it tells itself, at once or
when its network is back (`services.printing.report`), and an event it told before changes nothing.
"""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib import request as http

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from huilian.engine.jobs import enqueue, job

TIMEOUT = 10  # seconds for a box on a village's line


@dataclass(frozen=True)
class Order:
    """What a box must know to let the seal out once."""

    device_no: str
    code: str
    prints: int
    until: datetime


@dataclass(frozen=True)
class Device:
    """A kind of box: its name on the screen, and what is done when a release is given."""

    name: object
    tell: Callable[[str, Order], None]
    by_hand: bool = False  # its prints are entered on a page of ours


def key_of(device_no: str) -> str:
    """The secret that a box is given when it is set up: it signs what it says, and knows us by it."""
    return salted_hmac("seals.device", device_no, algorithm="sha256").hexdigest()


def signature(device_no: str, body: bytes) -> str:
    return hmac.new(key_of(device_no).encode(), body, sha256).hexdigest()


def is_signed(device_no: str, body: bytes, given: str) -> bool:
    return hmac.compare_digest(signature(device_no, body), given)


@job(retries=5, atomic=False)
def tell_box(*, address: str, device_no: str, body: str) -> None:
    """Send an order to a box; it is tried again for about an hour while the village has no network."""
    content = body.encode()
    headers = {"Content-Type": "application/json", "X-Signature": signature(device_no, content)}
    with http.urlopen(http.Request(address, content, headers), timeout=TIMEOUT) as answer:
        if answer.status >= 300:
            raise OSError(f"{address}: {answer.status}")


def _by_http(address: str, order: Order) -> None:
    said = {"device": order.device_no, "code": order.code, "prints": order.prints, "until": order.until.isoformat()}
    enqueue(tell_box, address=address, device_no=order.device_no, body=json.dumps(said, sort_keys=True))


DEVICES = {
    "simulated": Device(_("simulated box (for trying out and training)"), lambda address, order: None, by_hand=True),
    "http": Device(_("box on the network"), _by_http),
    "none": Device(_("no box: kept in a drawer"), lambda address, order: None, by_hand=True),
}
