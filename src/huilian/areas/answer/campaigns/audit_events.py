"""How the acts of campaigns read in a history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "campaigns.seed": Sentence(_("entered the default kinds of campaigns")),
    "campaigns.catalogue": Sentence(_("changed “{what}” in the county's lists of campaigns")),
    "campaigns.plan": Sentence(_("planned the campaign “{title}” from {from}")),
    "campaigns.joint": Sentence(_("set the joint departments")),
    "campaigns.begin": Sentence(_("began the campaign")),
    "campaigns.close": Sentence(_("closed the campaign")),
    "campaigns.publish": Sentence(_("published its figures")),
    "campaigns.measure": Sentence(_("declared that “{name}” is counted")),
    "campaigns.enter": Sentence(_("entered an amount under “{name}”, on {paper}")),
    "campaigns.strike": Sentence(_("struck out an entry under “{name}”: {reason}")),
    "campaigns.fund": Sentence(_("entered the fund {name}")),
    "campaigns.remind": Sentence(_("reminded {people} people before a holiday")),
    "campaigns.note": Sentence(_("entered a problem into the base")),
    "campaigns.draw": Sentence(_("had {n} problems proposed by a source")),
    "campaigns.refuse": Sentence(_("did not take the proposal up: {reason}")),
    "campaigns.plan_comparison": Sentence(_("planned to compare two lists: {title}")),
    "campaigns.compare": Sentence(_("compared the two lists: {n} differences")),
    "campaigns.propose": Sentence(_("proposed a caution")),
    "campaigns.hear": Sentence(_("wrote down what the person said")),
    "campaigns.give": Sentence(_("gave the caution, in effect until {until}")),
    "campaigns.drop": Sentence(_("decided to give no caution")),
    "campaigns.appeal": Sentence(_("appealed against the caution")),
    "campaigns.decide_appeal": Sentence(_("decided the appeal: {outcome}")),
    "campaign_problem.tell": Sentence(_("told the unit of {problem}")),
    "campaign_problem.promise": Sentence(_("promised to put it right")),
    "campaign_problem.hand_in": Sentence(_("handed the repair in")),
    "campaign_problem.send_back": Sentence(_("sent the repair back: {note}")),
    "campaign_problem.close": Sentence(_("signed the problem off: {note}")),
    "campaign_problem.reopen": Sentence(_("opened the problem again: {note}")),
    "campaign_problem.withdraw": Sentence(_("withdrew the problem: {note}")),
}
