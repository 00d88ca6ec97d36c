"""Acts on papers and files."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "documents.make": Sentence(_("made the paper {name} (digest {digest})")),
    "documents.attach": Sentence(_("attached the file {name} (digest {digest})")),
    "documents.read": Sentence(_("downloaded the file {name}")),
}
