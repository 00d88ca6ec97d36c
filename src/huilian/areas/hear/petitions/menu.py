"""The area's entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

SEE = "petitions.see"
ITEMS = [
    MenuItem("hear", _("Petitions"), "petitions-home", "mail", action=SEE, order=40),
    MenuItem("hear", _("Register a petition"), "petitions-take", "plus", action="petitions.take", order=41),
    MenuItem("hear", _("Receptions by leaders"), "petitions-slots", "calendar-clock", action=SEE, order=42),
    MenuItem("hear", _("Public opinion"), "petitions-opinions", "megaphone", action=SEE, order=43),
    MenuItem("hear", _("Supervision of petitions"), "petitions-papers", "stamp", action=SEE, order=44),
    MenuItem("hear", _("Townships without skipped levels"), "petitions-contest", "flag", action=SEE, order=45),
]
