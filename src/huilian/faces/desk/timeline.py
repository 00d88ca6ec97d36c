"""「办理经过」 What was done on a case, newest first: the trail in sentences, and the moments its lamp changed."""

from django.utils.translation import gettext as _

from huilian.engine.clocks.models import Clock
from huilian.engine.look.levels import NAMES
from huilian.engine.procedures.models import Case
from huilian.engine.trail.models import Event
from huilian.engine.trail.queries import actor_name, history_of, sentence
from huilian.foundation.now import moment, now

SAID = ("note", "demand", "reason", "fact", "remark", "ruling")  # what people wrote stands below the sentence
LEVEL_OF_VERB = {"procedures.supervise": "orange", "procedures.card": "yellow"}
MARKS = "：: ，,"
LONG = 14  # characters; a shorter word stays inside its sentence


def entries_of(case: Case, clock: Clock | None) -> list[dict]:
    """Entries for `look/parts/timeline.html`."""
    acts = [_entry(event) for event in history_of(case)][::-1]  # acts of one moment keep this order
    return sorted([*acts, *_lamps(clock)], key=lambda e: e["when"], reverse=True)


def last_act(case: Case) -> dict | None:
    """What was done last."""
    event = history_of(case).last()
    return _entry(event) if event else None


def _entry(event: Event) -> dict:
    head, body = sentence(event), ""
    for key in SAID:
        words = str(event.data.get(key) or "")
        if len(words) > LONG and words in head:
            head, body = head.replace(words, "").strip().rstrip(MARKS), words
            break
    level = LEVEL_OF_VERB.get(event.verb)
    if event.verb == "procedures.card" and str(event.data.get("colour")) == "3":
        level = "red"
    return {
        "when": moment(event.at),
        "who": actor_name(event),
        "head": head[:1].upper() + head[1:],
        "body": body,
        "level": level,
    }


def _lamps(clock: Clock | None) -> list[dict]:
    """The moments at which the whole clock turned yellow, orange and red, as far as they have come."""
    if clock is None:
        return []
    until = clock.stopped_at or now()
    if clock.state == Clock.State.PAUSED:
        return []  # its moments will be worked out anew when it runs on
    return [
        {
            "when": moment(at),
            "who": _("the clock"),
            "head": NAMES[level],
            "body": _("The limit is %(due)s.") % {"due": f"{moment(clock.due_at):%m-%d %H:%M}"},
            "level": level,
        }
        for level, at in (("yellow", clock.yellow_at), ("orange", clock.orange_at), ("red", clock.red_at))
        if at and at <= until
    ]
