"""How the acts of inspections read in a history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "inspections.seed": Sentence(_("entered the default check sheets")),
    "inspections.catalogue": Sentence(_("changed “{what}” in the county's check sheets")),
    "inspections.plan": Sentence(_("entered “{title}” into the calendar of checks, from {from}")),
    "inspections.target": Sentence(_("added {unit} to those looked at {reason}")),
    "inspections.authorise": Sentence(_("gave {person} an authority for this round until {until}")),
    "inspections.end_authority": Sentence(_("ended an authority: {reason}")),
    "inspections.pair": Sentence(_("drew by lot who checks whom")),
    "inspections.begin": Sentence(_("began the round: {targets} looked at, {members} in the team")),
    "inspections.close_round": Sentence(_("closed the round")),
    "inspections.cancel_round": Sentence(_("gave the round up: {reason}")),
    "inspections.look": Sentence(_("opened the sheet of {unit}")),
    "inspections.sync": Sentence(_("{entries} entries arrived from a device, {contested} of them differ")),
    "inspections.decide": Sentence(_("decided which entry on item {item} counts")),
    "inspections.hand_in": Sentence(_("handed the sheet in")),
    "inspections.note": Sentence(_("noted a finding")),
    "inspections.feed_back": Sentence(_("gave {unit} its feedback before {told_to}")),
    "inspections.publish": Sentence(_("let everybody read the finding")),
    "inspections.issue_codes": Sentence(_("had {count} slips with codes made")),
    "inspections.say": Sentence(_("said by a code whether it was put right")),
    "inspections.note_visit": Sentence(_("asked at a visit whether it was put right")),
    "inspections.send_letter": Sentence(_("sent a letter to {to}, answer due {due}")),
    "inspections.answer_letter": Sentence(_("answered the letter")),
    "inspections.remind": Sentence(_("reminded of the answer, {times} times by now")),
    "finding.tell": Sentence(_("told the unit of {finding}")),
    "finding.promise": Sentence(_("promised to put it right")),
    "finding.raise": Sentence(_("raised it one level: {note}")),
    "finding.add_proof": Sentence(_("added {count} proofs")),
    "finding.hand_in": Sentence(_("handed the repair in")),
    "finding.send_back": Sentence(_("sent the repair back: {note}")),
    "finding.close": Sentence(_("signed the finding off {note}")),
    "finding.reopen": Sentence(_("opened the finding again: {note}")),
    "finding.withdraw": Sentence(_("withdrew the finding: {note}")),
}
