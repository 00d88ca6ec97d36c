"""Acts recorded by links."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {"links.link": Sentence(_("linked it to {target}"))}
