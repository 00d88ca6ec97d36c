"""How the acts of disclosure read in a history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "disclosure.seed": Sentence(_("entered the default catalogue of publications: {kinds} lines, {policies} policies")),
    "disclosure.open": Sentence(_("opened {count} duties to publish")),
    "disclosure.event": Sentence(_("entered “{matter}”, to be published by {due}")),
    "disclosure.excuse": Sentence(_("noted that nothing has to be published: {reason}")),
    "disclosure.draft": Sentence(_("drafted “{title}” with {rows} lines")),
    "disclosure.change": Sentence(_("changed the draft; it has {rows} lines")),
    "disclosure.discard": Sentence(_("threw the draft “{title}” away")),
    "disclosure.send": Sentence(_("sent it to be checked")),
    "disclosure.pass": Sentence(_("checked it and found it in order")),
    "disclosure.return": Sentence(_("checked it and sent it back: {note}")),
    "disclosure.publish": Sentence(_("published version {version} with {rows} lines, digest {digest}")),
    "disclosure.correct": Sentence(_("began the correction {into}: {reason}")),
    "disclosure.withdraw": Sentence(_("withdrew it: {reason}")),
    "disclosure.prove": Sentence(_("proved the posting on {spot}, {on}")),
    "disclosure.carrier": Sentence(_("entered the carrier {name}")),
    "disclosure.look": Sentence(_("looked at the carrier: {finding}")),
    "disclosure.catalogue_line": Sentence(_("changed the line “{what}” of the catalogue")),
    "disclosure.class": Sentence(_("changed the publicity class “{what}”")),
    "disclosure.policy": Sentence(_("changed the policy “{what}”")),
    "disclosure.feature": Sentence(_("announced the column “{title}” with {unit}")),
    "disclosure.answer_there": Sentence(_("wrote down an answer on the spot; promised: {promise}")),
    "disclosure.kept": Sentence(_("noted the promise as kept: {proof}")),
    "question.answer": Sentence(_("answered in public: {note}")),
    "question.hide": Sentence(_("kept the words of the question from the public page: {reason}")),
    "question.escalate_township": Sentence(_("not answered in time; carried to {unit}")),
    "question.escalate_county": Sentence(_("not answered by the township in time; carried to {unit}")),
    "question.again_township": Sentence(_("the asker is not content; carried to {unit}")),
    "question.again_county": Sentence(_("the asker is still not content; carried to {unit}")),
}
