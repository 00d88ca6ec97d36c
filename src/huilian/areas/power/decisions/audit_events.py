"""How the acts of deciding read in a history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "decisions.seed": Sentence(_("entered the default bodies, majorities and matters")),
    "decisions.save_quorum": Sentence(_("changed the majority of {name}")),
    "decisions.save_matter": Sentence(_("changed how “{name}” is decided")),
    "decisions.keep_here": Sentence(_("let decisions be made here since {since}")),
    "decisions.save_earlier": Sentence(_("entered the earlier decision {number}")),
    "decisions.save_seat": Sentence(_("entered somebody on a roll")),
    "decisions.end_seat": Sentence(_("took somebody off a roll")),
    "decisions.correct": Sentence(_("corrected the motion")),
    "decisions.decide": Sentence(_("decided under {number}")),
    "decisions.execute": Sentence(_("noted what was done: {what}")),
    "decisions.announce": Sentence(_("published it until {until}")),
    "decisions.sign_off": Sentence(_("signed for the supervision committee")),
    "decisions.object": Sentence(_("objected for the supervision committee: {words}")),
    "decisions.answer": Sentence(_("answered the objection")),
    "decisions.call": Sentence(_("called the meeting, {items} on the agenda")),
    "decisions.cancel": Sentence(_("called the meeting off: {reason}")),
    "decisions.begin": Sentence(_("opened the meeting, {due} due")),
    "decisions.close": Sentence(_("closed the meeting, {present} present")),
    "decisions.mark": Sentence(_("noted {people} present")),
    "decisions.unmark": Sentence(_("took back a mark of presence")),
    "decisions.represent": Sentence(_("noted somebody represented")),
    "decisions.count": Sentence(_("counted {present} present")),
    "decisions.step_back": Sentence(_("noted somebody stepping back from item {item}: {reason}")),
    "decisions.speak": Sentence(_("wrote down an opinion on item {item}")),
    "decisions.cast": Sentence(_("entered a vote on item {item}")),
    "decisions.tally": Sentence(_("counted item {item}: {yes} yes, {no} no, {abstain} abstained")),
}
