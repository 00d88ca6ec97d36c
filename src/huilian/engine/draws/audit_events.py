"""Acts recorded by draws. Keys of candidates are numbers of the area, not names."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "draws.announce": Sentence(_("published the list of a draw, {wanted} of {count}; the digest is {digest}")),
    "draws.reveal": Sentence(_("drew {result}; the words of the witnesses were “{words}”")),
    "draws.cancel": Sentence(_("gave up the draw: {reason}")),
}
