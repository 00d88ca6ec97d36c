"""Acts of technicians on jobs."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {"jobs.retry": Sentence(_("started the failed job again"))}
