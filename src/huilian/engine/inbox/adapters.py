"""Ways out of the house. Which are used stands in settings.INBOX; the console is the default.

An adapter is a function `send(address, title, text)` that raises when the gateway does not take the message; the job
is then tried again. It gets no name and no case content, see `Wording`.
"""

import logging
import subprocess
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.core.mail import send_mail
from django.utils.module_loading import import_string

logger = logging.getLogger("huilian.inbox")
Send = Callable[[str, str, str], None]

DEFAULTS = {
    # channel: the adapter, the lowest level that leaves the house by it, and where the address stands
    "email": {"send": "huilian.engine.inbox.adapters.console", "from_level": 0},
    "sms": {"send": "huilian.engine.inbox.adapters.console", "from_level": 2},
}
PROGRAM_SECONDS = 30


def channels() -> dict[str, dict]:
    """The channels in force: DEFAULTS with what settings.INBOX says over them; a channel set to None is off."""
    said = getattr(settings, "INBOX", {})
    merged = {name: DEFAULTS.get(name, {}) | (said.get(name, {}) or {}) for name in DEFAULTS | said}
    return {name: options for name, options in merged.items() if said.get(name, {}) is not None}


def console(address: str, title: str, text: str) -> None:
    """For trying out: a line in the worker's log, with the end of the address only."""
    logger.info("to …%s: %s", address[-4:], text)


def mail(address: str, title: str, text: str) -> None:
    """By Django's mail settings (EMAIL_BACKEND, EMAIL_HOST, …)."""
    send_mail(title, text, None, [address])


def program(address: str, title: str, text: str) -> None:
    """Any gateway: the program settings.INBOX_PROGRAM gets the address as its argument and the text on its input.

    Exit code 0 means taken. The county writes five lines of shell for its own provider instead of an adapter here.
    """
    subprocess.run(
        [settings.INBOX_PROGRAM, address], input=text.encode(), check=True, timeout=PROGRAM_SECONDS, capture_output=True
    )


@cache
def sender(dotted: str) -> Send:
    """The adapter by its dotted name."""
    return import_string(dotted)


def address_of(user, channel: str) -> str:
    """Where a person is reached by a channel; "" where they are not."""
    if channel == "email":
        return user.email
    person = getattr(user, "person", None)
    return person.phone if person else ""
