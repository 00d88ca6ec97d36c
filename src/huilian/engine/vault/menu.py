"""The vault in the side menu, for posts that read what is sealed."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

from .queries import openings_for

ITEMS = [
    MenuItem("mine", _("My key"), "vault", "key-round", action="vault.hold", order=80, alone=True),
    MenuItem("mine", _("Openings by two"), "vault-openings", "users", action="vault.hold", order=81,
             rows=lambda user: [openings_for(user)], hot=True),
    MenuItem("house", _("Recovery of keys"), "vault-recovery", "key-round", action="vault.keep", order=80),
]  # fmt: skip
