"""How the acts on tips read in a history. None says what a tip is about, or whom."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "tips.take_in": Sentence(_("took a tip in")),
    "tips.pledge": Sentence(_("signed the pledge of secrecy until {until}")),
    "tips.assign": Sentence(_("gave access to the tip until {until}")),
    "tips.end_access": Sentence(_("ended an access to the tip")),
    "tips.declare_interest": Sentence(_("stepped back from the tip because of an interest")),
    "tips.refuse_look": Sentence(_("asked for a tip that is not for them, and was refused")),
    "tips.link_repeat": Sentence(_("linked it to the tip it repeats: {of}")),
    "tips.destroy": Sentence(_("handed it over (receipt {receipt}); {boxes} sealed boxes were destroyed here")),
    "tips.hear": Sentence(_("wrote to the team")),
    "tips.say": Sentence(_("wrote to the reporter")),
    "tips.rewrite": Sentence(_("sealed a rewritten summary")),
    "tips.ask_copy": Sentence(_("asked for a copy, for: {purpose}")),
    "tips.allow_copy": Sentence(_("decided on a copy")),
    "tips.make_copy": Sentence(_("made the copy")),
    "tips.spring": Sentence(_("opened a planted tip")),
    "tips.offer_visit": Sentence(_("offered a time for a video visit")),
    "tips.book_visit": Sentence(_("booked a video visit")),
    "tips.miss_visit": Sentence(_("noted that nobody came to the video visit")),
    "tips.protect": Sentence(_("told of revenge: {number}")),
    "tips.rate": Sentence(_("rated the handling: {grade} of 5")),
    "tip.register": Sentence(_("registered the tip")),
    "tip.register_fast": Sentence(_("registered the tip in the fast lane")),
    "tip.register_up": Sentence(_("registered the tip to be sent up")),
    "tip.accept": Sentence(
        _("accepted the tip and sent it to the supervision department; the case managers have its number")
    ),
    "tip.accept_fast": Sentence(_("accepted the tip in the fast lane; the case managers have its number")),
    "tip.accept_other": Sentence(_("accepted the tip; nobody is to be told")),
    "tip.accept_other_fast": Sentence(_("accepted the tip in the fast lane; nobody is to be told")),
    "tip.tell_acceptance": Sentence(_("told the reporter that the tip is accepted")),
    "tip.keep": Sentence(_("kept the tip as a repeat")),
    "tip.transfer": Sentence(_("passed the tip to the commission of the lower level")),
    "tip.send_up": Sentence(_("found that the tip goes straight up")),
    "tip.hand_over": Sentence(_("carried the tip up")),
    "tip.ask_petition": Sentence(_("asked to pass the matter to the petition office: {note}")),
    "tip.pass_on": Sentence(_("agreed to pass the matter to the petition office")),
    "tip.hold_back": Sentence(_("did not agree to pass the matter to the petition office: {note}")),
    "tip.feed_back": Sentence(_("fed the state of the handling back")),
    "tip.feed_back_fast": Sentence(_("fed the state of the handling back (fast lane)")),
    "tip.to_lead": Sentence(_("made the tip a lead")),
    "tip.conclude": Sentence(_("concluded the handling")),
    "tip.conclude_named": Sentence(_("concluded the handling; the result is to be told")),
    "tip.tell_result": Sentence(_("told the reporter the result")),
}
