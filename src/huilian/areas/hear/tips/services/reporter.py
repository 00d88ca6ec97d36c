"""What the holder of a receipt code may do. The code is all there is: no account, no session, no address is kept."""

from collections.abc import Callable, Iterable
from typing import BinaryIO

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huilian.engine.trail.actors import Actor
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

from ..models import Message, Tip
from .following import by_code, files_of, is_over
from .intake import Taken, cleaned, take_in
from .talking import hear, team_of

REPORTER = Actor("citizen")
MOST_FILES_EVER = 60  # in one tip
PREFIX = 4  # letters of a code by which wrong ones are counted together: of a mistyped one most are right
FREE_TRIES, FREE_UNDER_ATTACK = 4, 1
ATTACK = 300  # wrong codes of all people within a quarter of an hour
LONGEST_WAIT, FORGET = 60, 900  # seconds; a code has 80 bits: waiting is more than enough
GRADES = range(1, 6)


class Waiting(Conflict):
    """Several codes with the same beginning were wrong; some seconds must pass. Nothing is ever locked for good."""


def enter(code: str, find: Callable = by_code):
    """The tip of a code, or what else `find` gives for one. Raises Waiting, or Conflict where there is nothing.

    What is remembered, in memory, is how often codes with the same beginning were wrong: not the code, and nothing of
    whoever typed it.
    """
    key = "report-" + "".join(c for c in code.upper() if c.isalnum())[:PREFIX]
    tries, last = cache.get(key, (0, 0.0))
    everybody = cache.get("report", 0)
    more = tries - (FREE_TRIES if everybody < ATTACK else FREE_UNDER_ATTACK)
    left = int(last + min(LONGEST_WAIT, 2 ** (more + 1)) - now().timestamp()) + 1 if more >= 0 else 0
    if left > 0:
        raise Waiting(
            ngettext(
                "Several codes were wrong. Please wait %(n)s second, then try again; nothing is locked.",
                "Several codes were wrong. Please wait %(n)s seconds, then try again; nothing is locked.",
                left,
            )
            % {"n": left}
        )
    try:
        found = find(code)
    except Conflict:
        cache.set(key, (tries + 1, now().timestamp()), FORGET)
        cache.set("report", everybody + 1, FORGET)
        raise
    cache.delete(key)
    return found


def hand_in(*, files: Iterable[tuple[BinaryIO, str]] = (), **told) -> Taken:
    """Hand a tip in over the web: `told` as `take_in` takes it, files as they came. Raises Invalid where one cannot be
    cleaned, and as `take_in`; then nothing is kept."""
    return take_in(channel=Tip.Channel.WEB, files=cleaned(files), by=REPORTER, **told)


@transaction.atomic
def add(tip: Tip, text: str, *, files: Iterable[tuple[BinaryIO, str]] = (), objection: bool = False) -> Message:
    """Add facts and files, or object to the result with what is new. Raises Invalid or Conflict: nothing is kept."""
    if objection and not is_over(tip):
        raise Conflict(_("It is still being handled. Add what you know; you can object when there is a result."))
    if objection and len(text.strip()) < 10:
        raise Invalid(_("Write what is new: facts or evidence that were not looked at."), field="text")
    new = cleaned(files)
    said = hear(tip, text, objection=objection, by=REPORTER)
    first, team = files_of(tip) + 1, team_of(tip)
    if first + len(new) > MOST_FILES_EVER:
        raise Conflict(_("No more files can be added here. Bring them to the counter with your code."))
    for n, (file, _name) in enumerate(new, first):
        vault.seal_file(tip.subject, f"file-{n}", file, readers=team, by=REPORTER)
    return said


@transaction.atomic
def protect(tip: Tip, text: str) -> Tip:
    """「打击报复」 Somebody takes revenge for a tip: a matter of its own at once, in the fast lane, sealed anew to
    those who sort. It is followed with the same code."""
    if len(text.strip()) < 5:
        raise Invalid(_("Write down what is being done to you, and by whom."), field="text")
    words = _("Revenge for %(number)s.") % {"number": tip.number}
    made = take_in(
        channel=Tip.Channel.WEB, text=f"{words}\n{text.strip()}", by=REPORTER, fast_lane=True, level=tip.level,
        unit=tip.unit, place=tip.place, field=tip.field,
    ).tip  # fmt: skip
    made.code_digest, made.reporter_public = tip.code_digest, tip.reporter_public
    made.save(update_fields=["code_digest", "reporter_public"])
    record("tips.protect", tip, by=REPORTER, data={"number": made.number})
    return made


def rate(tip: Tip, grade: int) -> None:
    """Rate the handling once it is over, 1 (very poor) to 5. Raises Conflict or Invalid."""
    if not is_over(tip):
        raise Conflict(_("It is still being handled; rate it when it has been concluded."))
    if grade not in GRADES:
        raise Invalid(_("Choose one of the five."), field="grade")
    record("tips.rate", tip, by=REPORTER, data={"grade": grade})


def take_message(text: str, sender: str) -> str:
    """「手机短信」 A text message: it goes to the tip whose code it begins with, otherwise it is a new one. Returns the
    words to send back, which tell nobody who reads the telephone what they are about. The number it came from is
    sealed apart, for two to open.
    """
    code, _space, rest = text.strip().partition(" ")
    try:
        tip = by_code(code)
    except Conflict:
        taken = take_in(channel=Tip.Channel.SMS, text=text, identity={"phone": sender}, by=REPORTER)
        return _("Received. Code: %(code)s") % {"code": spaced(taken.code)}
    hear(tip, rest, by=REPORTER)
    return _("Received.")


def spaced(code: str) -> str:
    """A code as it is written down: in groups of four."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))
