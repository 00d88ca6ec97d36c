"""How acts on whole registers read in a history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "registers.import": Sentence(_("imported {file}: {added} new, {changed} changed")),
    "registers.export": Sentence(_("exported {rows} rows of {register}")),
}
