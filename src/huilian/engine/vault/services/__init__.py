"""The verbs of the vault. None takes or returns a secret key; what opens a box is the token of an unlocked one."""

from .boxes import grant, lapse, open_box, open_file, seal, seal_file, withdraw
from .keys import change_passphrase, lock, make_key, renew_key, retire_key, unlock
from .openings import agree_opening, ask_opening, open_by_two, refuse_opening
from .recovery import recover, set_up_recovery

__all__ = [
    "agree_opening", "ask_opening", "change_passphrase", "grant", "lapse", "lock", "make_key", "open_box",
    "open_by_two", "open_file", "recover", "refuse_opening", "renew_key", "retire_key", "seal", "seal_file",
    "set_up_recovery", "unlock", "withdraw",
]  # fmt: skip
