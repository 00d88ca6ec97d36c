"""Acts around signing in, as sentences."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "accounts.sign_in": Sentence(_("signed in from {from}")),
    "accounts.refuse_sign_in": Sentence(_("was refused: wrong name or password")),
    "accounts.refuse_code": Sentence(_("was refused: wrong one-time code")),
    "accounts.lock": Sentence(_("the account was locked for {minutes} minutes")),
    "accounts.sign_out": Sentence(_("signed out")),
    "accounts.idle_out": Sentence(_("was signed out after a time without activity")),
    "accounts.change_password": Sentence(_("changed the password")),
    "accounts.confirm_second_factor": Sentence(_("set up the second factor")),
}
