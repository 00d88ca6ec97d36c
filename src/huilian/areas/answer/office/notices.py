"""How notices about talks read: a number, never a word of whom or why."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

NOTICES = {
    "office.decide": Wording(_("The talk {number} waits for your decision.")),
    "office.decided": Wording(_("The talk {number} was decided on.")),
    "office.given": Wording(_("In the talk {number} a person is being handed over to you. Sign for it.")),
    "office.incident": Wording(_("An incident was reported: {number}.")),
    "office.longest": Wording(_("The talk {number} reaches the longest time allowed.")),
    "office.rest_after": Wording(_("In the talk {number} a rest is due.")),
    "office.meal_after": Wording(_("In the talk {number} a meal is due.")),
    "office.look_every": Wording(_("In the talk {number} the safety officer is to look in.")),
    "office.night": Wording(_("The talk {number} ends before night.")),
}
