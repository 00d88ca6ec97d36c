"""Acts on clocks, as sentences."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

from .models import Clock
from .queries import reason_words

EVENTS = {
    "clocks.start": Sentence(
        _("started a limit of {length} {unit}, due {due}"), {"unit": lambda unit: Clock.Unit(unit).label}
    ),
    "clocks.pause": Sentence(_("paused the limit: {reason} ({basis})"), {"reason": reason_words}),
    "clocks.resume": Sentence(_("let the limit run on, due {due}")),
    "clocks.extend": Sentence(_("extended the limit by {length}, approved by {approver}: {reason}; due {due}")),
    "clocks.stop": Sentence(_("stopped the limit")),
    "clocks.reopen": Sentence(_("took the stop back; the limit runs on, due {due}")),
    "clocks.restart": Sentence(_("began the limit anew: {reason}; due {due}")),
    "clocks.recompute": Sentence(_("moved the due date from {old} to {new}: {reason}")),
    "clocks.bulk_start": Sentence(_("took over {count} limits")),
}
