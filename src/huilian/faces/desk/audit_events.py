"""How acts at the desk read in a history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {"desk.export": Sentence(_("exported {rows} cases to Excel (filter: {filter})"))}
