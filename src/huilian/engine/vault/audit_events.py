"""Acts around sealed boxes, as sentences. None says what is in a box or whom it is about."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "vault.change_passphrase": Sentence(_("changed the passphrase of the key")),
    "vault.make_key": Sentence(_("made a key ({fingerprint})")),
    "vault.renew_key": Sentence(_("changed the key ({fingerprint}); {boxes} sealed boxes now open with the new one")),
    "vault.retire_key": Sentence(_("retired a key; {boxes} sealed boxes open with it no more")),
    "vault.unlock": Sentence(_("unlocked the key")),
    "vault.refuse_unlock": Sentence(_("was refused: wrong passphrase")),
    "vault.set_up_recovery": Sentence(_("set up recovery ({fingerprint}); three sheets were printed")),
    "vault.recover": Sentence(_("recovered {boxes} sealed boxes with two sheets, for: {purpose}")),
    "vault.seal": Sentence(_("sealed it")),
    "vault.open": Sentence(_("opened it, for: {purpose}")),
    "vault.grant": Sentence(_("gave access until {until}, for: {purpose}")),
    "vault.withdraw": Sentence(_("withdrew access")),
    "vault.ask_opening": Sentence(_("asked a second person to open it, for: {purpose}")),
    "vault.agree_opening": Sentence(_("agreed to open it")),
    "vault.refuse_opening": Sentence(_("refused to open it: {note}")),
}
