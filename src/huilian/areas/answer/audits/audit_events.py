"""How the acts of audits read in a history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "audits.seed": Sentence(_("entered the default figures for audits")),
    "audits.setting": Sentence(_("set “{what}” to {value}")),
    "audits.propose": Sentence(_("proposed {count} audits that are due")),
    "audits.put_aside": Sentence(_("put the audit aside: {reason}")),
    "audits.plan": Sentence(_("planned the audit {phase}")),
    "audits.add_member": Sentence(_("put {person} into the team")),
    "audits.remove_member": Sentence(_("took somebody out of the team: {reason}")),
    "audits.add_evidence": Sentence(_("recorded evidence {number}")),
    "audits.save_finding": Sentence(_("entered finding {number}")),
    "audits.answer": Sentence(_("answered finding {number}")),
    "audits.weigh": Sentence(_("weighed the answer to {number}")),
    "audits.advise": Sentence(_("sent the result to {unit}")),
    "audits.publish": Sentence(_("published the result")),
    "audits.promise": Sentence(_("promised to put {number} right by {day}")),
    "audits.hand_in": Sentence(_("handed in the repair of {number}")),
    "audits.send_back": Sentence(_("sent the repair of {number} back: {note}")),
    "audits.verify": Sentence(_("verified the repair of {number}")),
    "audit.notify": Sentence(_("served the notice of audit")),
    "audit.begin": Sentence(_("began to take evidence; figures frozen with digest {digest}")),
    "audit.draft": Sentence(_("wrote the draft of the report")),
    "audit.consult": Sentence(_("sent the draft with {findings} findings to the audited person")),
    "audit.weigh": Sentence(_("weighed all answers")),
    "audit.look_again": Sentence(_("went back to the evidence: {note}")),
    "audit.issue": Sentence(_("issued the report with {findings} findings; figures frozen with digest {digest}")),
    "audit.close": Sentence(_("closed the audit")),
    "audit.cancel": Sentence(_("gave the audit up: {note}")),
}
