"""Acts of the trail itself."""

from django.utils.translation import gettext_lazy as _

from .verbs import Sentence

EVENTS = {"trail.sign_head": Sentence(_("signed the head of the day over {size} entries"))}
