"""How the acts on a citizen's matter read in its history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

from .models import Satisfaction, Solved

RATING = {
    "solved": lambda value: Solved(value).label if value else _("no word"),
    "satisfaction": lambda value: Satisfaction(int(value)).label if value else _("no grade"),
}
CLASS_NAMES = {"general": _("general"), "special": _("special"), "major": _("major or complex")}
CLASSES = {"class": lambda value: CLASS_NAMES.get(value, value)}

EVENTS = {
    "hotline.seed": Sentence(_("entered the default catalogue: {matters} matters, {knowledge} answers")),
    "hotline.accept": Sentence(_("accepted the matter")),
    "hotline.answer_now": Sentence(_("answered at once: {note}")),
    "hotline.three_way_call": Sentence(_("held a three-way call with {unit}")),
    "hotline.dispatch": Sentence(_("dispatched to {unit} as a {class} matter"), CLASSES),
    "hotline.answers_first": Sentence(_("named {unit} as the unit that answers first; it cannot be handed back again")),
    "hotline.refuse": Sentence(_("proposed not to accept ({law}): {note}")),
    "hotline.confirm_refusal": Sentence(_("as second reader agreed not to accept")),
    "hotline.reject_refusal": Sentence(_("as second reader sent it back to be accepted: {note}")),
    "hotline.merge": Sentence(_("merged into {into}")),
    "hotline.joined": Sentence(_("joined {number} to this matter")),
    "hotline.sign": Sentence(_("signed for the matter")),
    "hotline.object": Sentence(_("objected to the dispatch: {note}")),
    "hotline.uphold_objection": Sentence(_("upheld the objection: {note}")),
    "hotline.overrule_objection": Sentence(_("overruled the objection: {note}")),
    "hotline.contact": Sentence(_("got in touch with the citizen")),
    "hotline.answer": Sentence(_("answered the citizen: {note}")),
    "hotline.report": Sentence(_("reported to the hotline centre: {note}")),
    "hotline.accept_report": Sentence(_("found the report in order")),
    "hotline.return": Sentence(_("sent the report back: {note}")),
    "hotline.call_back": Sentence(_("called back; nobody answered")),
    "hotline.close": Sentence(_("closed after the call-back: {solved}, {satisfaction}"), RATING),
    "hotline.close_explained": Sentence(_("as second reader closed it as lawfully explained: {note}")),
    "hotline.close_unreached": Sentence(_("closed as not reached: {note}")),
    "hotline.send_back": Sentence(_("the citizen is not satisfied; back to work: {note}")),
    "hotline.take_back": Sentence(_("not solved at once; to be dispatched: {note}")),
    "hotline.rate": Sentence(_("rated the answer: {solved}, {satisfaction}"), RATING),
    "hotline.remark": Sentence(_("the citizen added a remark")),
    "hotline.reopen": Sentence(_("reopened: {note}")),
    "hotline.reconsider": Sentence(_("looked at it again: {note}")),
    "hotline.take_over": Sentence(_("taken over from {file}, row {row}")),
    "hotline.reveal_caller": Sentence(_("opened the citizen's name and number, for: {purpose}")),
    "hotline.add_channel": Sentence(_("added the channel {what}")),
    "hotline.change_channel": Sentence(_("changed the channel {what}")),
    "hotline.add_matter": Sentence(_("added the catalogue line {what}")),
    "hotline.change_matter": Sentence(_("changed the catalogue line {what}")),
    "hotline.add_ground": Sentence(_("added the ground for not accepting “{what}”")),
    "hotline.change_ground": Sentence(_("changed the ground for not accepting “{what}”")),
    "hotline.add_knowledge": Sentence(_("added the answer to “{what}” to the knowledge base")),
    "hotline.change_knowledge": Sentence(_("changed the answer to “{what}” in the knowledge base")),
    "hotline.learn": Sentence(_("let the suggestions learn from {orders} past orders and {lines} catalogue lines")),
    "hotline.programme": Sentence(_("planned the programme “{title}” with {unit}")),
    "hotline.question": Sentence(_("took a caller's question as {number}")),
    "hotline.promise": Sentence(_("noted a promise of {unit}, due {due}: {text}")),
    "hotline.keep_promise": Sentence(_("noted the promise as kept: {proof}")),
    "hotline.media_open": Sentence(_("entered what the media found about {unit}: {title}")),
    "hotline.media_supervise": Sentence(_("demanded rectification of {unit} by {due}: {demand}")),
    "hotline.media_rectify": Sentence(_("reported what was put right: {rectification}")),
    "hotline.media_publish": Sentence(_("noted the published outcome: {outcome}")),
    "hotline.take_report": Sentence(_("took the report of {month} out as {form}")),
    "hotline.import": Sentence(_("imported {rows} matters from {file}")),
}
