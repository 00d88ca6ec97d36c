"""What came of a lot: the deal, the money through the exchange's account, the certificate."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .bidding import Registration
from .lots import Lot


class Deal(models.Model):
    """「成交」 Who takes the lot at which price; confirmed, signed, settled, certified; a broken one stays."""

    class State(models.TextChoices):
        ANNOUNCED = "announced", pgettext_lazy("state of a deal", "result published")
        CONFIRMED = "confirmed", pgettext_lazy("state of a deal", "confirmed")
        SIGNED = "signed", pgettext_lazy("state of a deal", "contract signed")
        SETTLED = "settled", pgettext_lazy("state of a deal", "settled")
        CERTIFIED = "certified", pgettext_lazy("state of a deal", "certified")
        OVERTURNED = "overturned", pgettext_lazy("state of a deal", "overturned after an objection")
        BROKEN = "broken", pgettext_lazy("state of a deal", "winner backed out")

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="deals", verbose_name=_("lot"))
    number = models.CharField(_("number of the deal"), max_length=32, unique=True)
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="deals", verbose_name=_("winner"))
    price_cents = models.BigIntegerField(_("price of the deal"))
    bidders = models.PositiveSmallIntegerField(_("bidders who took part"))
    why = models.CharField(_("how the winner was found"), max_length=200)
    made_at = models.DateTimeField(_("struck"))
    confirmed_on = models.DateField(_("confirmed on"), null=True)
    contract_no = models.CharField(_("contract number"), max_length=40, blank=True)
    signed_on = models.DateField(_("contract signed on"), null=True)
    starts_on = models.DateField(_("contract starts on"), null=True)
    ends_on = models.DateField(_("contract ends on"), null=True)
    settled_on = models.DateField(_("settled on"), null=True)
    certificate_no = models.CharField(_("number of the certificate"), max_length=32, blank=True)
    certified_on = models.DateField(_("certified on"), null=True)
    state = models.CharField(_("state of the deal"), max_length=10, choices=State, default=State.ANNOUNCED)

    class Meta:
        verbose_name = _("deal")
        verbose_name_plural = _("deals")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lot"], condition=~Q(state__in=("overturned", "broken")), name="exchange_deal_stands_once"
            ),
            models.UniqueConstraint(
                fields=["certificate_no"], condition=~Q(certificate_no=""), name="exchange_certificate_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Settlement(models.Model):
    """「交易结算」 One movement on the exchange's account: price in, deposit turned, money out to the owner."""

    class Kind(models.TextChoices):
        PRICE = "price", _("price paid in")
        DEPOSIT = "deposit", _("deposit turned into price")
        OWNER = "owner", _("paid out to the owner")

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="settlements", verbose_name=_("deal"))
    kind = models.CharField(_("kind of movement"), max_length=8, choices=Kind)
    amount_cents = models.BigIntegerField(_("amount"))
    on = models.DateField(_("day"))
    bank_ref = models.CharField(_("number of the bank line"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("movement of a deal")
        verbose_name_plural = _("movements of deals")
        ordering = ["on", "pk"]
