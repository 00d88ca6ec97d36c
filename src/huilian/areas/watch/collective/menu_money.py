"""Entries for the agency, the bank and requests to pay."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [
    MenuItem("watch", _("Agency bookkeeping"), "collective-agency", "clipboard-list", "collective.enter", order=1),
    MenuItem("watch", _("Vouchers waiting"), "collective-waiting", "receipt-text", action="collective.see", order=2),
    MenuItem("watch", _("Ask for a payment"), "collective-payment-new", "hand-coins", "collective.request", order=3),
    MenuItem("watch", _("Bank reconciliation"), "collective-bank", "landmark", action="collective.see", order=4),
]
