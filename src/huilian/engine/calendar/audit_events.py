"""Acts on the calendar, as sentences."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "calendar.load_year": Sentence(_("loaded the holidays of {year} ({notice})")),
    "calendar.add_exception": Sentence(_("made {day} an exception: {reason} ({document})")),
    "calendar.withdraw_exception": Sentence(_("withdrew the exception of {day}")),
    "calendar.set_opening": Sentence(_("set the office hours from {from} on to {hours}")),
}
