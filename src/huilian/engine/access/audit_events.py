"""Acts of access as sentences."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "access.create_account": Sentence(_("made an account for {person}")),
    "access.reset_password": Sentence(_("gave the account a new first password")),
    "access.unlock_account": Sentence(_("unlocked the account")),
    "access.switch_account": Sentence(
        _("switched the account {on}: {reason}"),
        {"on": lambda on: pgettext("an account", "on") if on else pgettext("an account", "off")},
    ),
    "access.remove_second_factor": Sentence(_("removed the second factor")),
    "access.set_sign_in_rules": Sentence(
        _("set the sign-in rules: {idle_minutes} minutes idle, {failures} failures, locked for {lock_minutes} minutes")
    ),
    "access.open_sealed": Sentence(_("opened what is sealed, for: {purpose}")),
    "access.refuse": Sentence(_("was refused the page {page}")),
}
