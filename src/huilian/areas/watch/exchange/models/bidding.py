"""Who takes part in a lot: registration, deposit, prices on the table, experts and their marks."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .lots import Lot


class Registration(models.Model):
    """「报名」 Somebody wants to take part. Personal data stays here; what is public is masked."""

    class Kind(models.TextChoices):
        PERSON = "person", _("natural person")
        FIRM = "firm", _("firm")
        COOPERATIVE = "cooperative", _("cooperative")

    class State(models.TextChoices):
        APPLIED = "applied", pgettext_lazy("state of a registration", "registered")
        QUALIFIED = "qualified", pgettext_lazy("state of a registration", "qualified")
        REFUSED = "refused", pgettext_lazy("state of a registration", "not qualified")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a registration", "withdrawn")

    class Priority(models.IntegerChoices):
        """Under like conditions: a member of the collective before a sitting tenant before others (facts §5.2)."""

        NONE = 0, _("no priority")
        TENANT = 1, _("sitting tenant")
        MEMBER = 2, _("member of the collective")

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="registrations", verbose_name=_("lot"))
    number = models.CharField(_("number of the registration"), max_length=32, unique=True)
    code_digest = models.CharField(max_length=64, editable=False)
    kind = models.CharField(_("kind of bidder"), max_length=12, choices=Kind)
    name = models.CharField(_("name of the bidder"), max_length=80)
    name_norm = models.CharField(max_length=80, editable=False)
    party_key = models.CharField(max_length=64, editable=False)
    identity_masked = models.CharField(_("identity number or credit code"), max_length=24)
    phone = models.CharField(_("telephone"), max_length=32)
    address = models.CharField(_("address"), max_length=120, blank=True)
    agent = models.CharField(_("acts through"), max_length=80, blank=True)
    account_no = models.CharField(_("own bank account"), max_length=40)
    account_bank = models.CharField(_("bank"), max_length=80, blank=True)
    claims = models.PositiveSmallIntegerField(_("priority claimed"), choices=Priority, default=Priority.NONE)
    priority = models.PositiveSmallIntegerField(_("priority confirmed"), choices=Priority, default=Priority.NONE)
    kin_declared = models.CharField(_("declared relation to a cadre"), max_length=120, blank=True)
    device = models.CharField(max_length=64, blank=True, editable=False)  # keyed digest of the browser's own mark
    papers_by = models.CharField(_("author of the papers handed in"), max_length=80, blank=True)
    state = models.CharField(_("state of the registration"), max_length=12, choices=State, default=State.APPLIED)
    note = models.CharField(_("note"), max_length=200, blank=True)
    applied_at = models.DateTimeField(_("registered at"))
    decided_at = models.DateTimeField(_("examined at"), null=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["lot", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lot", "party_key"],
                condition=~models.Q(state="withdrawn"),
                name="exchange_registration_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Deposit(models.Model):
    """「交易保证金」 One payment into the exchange's account for one registration, and where it went."""

    class State(models.TextChoices):
        ARRIVED = "arrived", pgettext_lazy("state of a deposit", "arrived")
        CONFIRMED = "confirmed", pgettext_lazy("state of a deposit", "confirmed")
        REJECTED = "rejected", pgettext_lazy("state of a deposit", "not accepted, to be paid back")
        REFUNDED = "refunded", pgettext_lazy("state of a deposit", "paid back")
        FORFEITED = "forfeited", pgettext_lazy("state of a deposit", "forfeited")
        TURNED = "turned", pgettext_lazy("state of a deposit", "turned into price")

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="deposits", verbose_name=_("registration")
    )
    amount_cents = models.BigIntegerField(_("amount"))
    payer = models.CharField(_("paid by"), max_length=80)
    payer_account = models.CharField(_("from account"), max_length=40)
    bank_ref = models.CharField(_("number of the bank line"), max_length=40, unique=True)
    arrived_at = models.DateTimeField(_("arrived at"))
    state = models.CharField(_("state of the deposit"), max_length=10, choices=State, default=State.ARRIVED)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    due_back_on = models.DateField(_("to be paid back by"), null=True)
    ended_on = models.DateField(_("paid back, kept or turned on"), null=True)
    refund_ref = models.CharField(_("number of the refund"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("bidder's deposit")
        verbose_name_plural = _("bidders' deposits")
        ordering = ["-arrived_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=models.Q(state__in=("arrived", "confirmed")),
                name="exchange_deposit_one_a_lot",
            )
        ]

    def __str__(self) -> str:
        return self.bank_ref


class Offer(models.Model):
    """「报价」 One price on the table: the only bidder's agreement, a round of negotiation, an opened envelope.

    Bids of online lots stand in their auction with their proof, not here.
    """

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="offers", verbose_name=_("registration")
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    price_cents = models.BigIntegerField(_("price offered"))
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = pgettext_lazy("exchange", "offer")
        verbose_name_plural = pgettext_lazy("exchange", "offers")
        ordering = ["round", "at", "pk"]
        constraints = [models.UniqueConstraint(fields=["registration", "round"], name="exchange_offer_once_a_round")]


class Expert(models.Model):
    """「评标专家」 One of the county's pool from whom panels are drawn by lot."""

    number = models.CharField(_("number of the expert"), max_length=20, unique=True)
    name = models.CharField(_("name of the expert"), max_length=40)
    field = models.CharField(_("field of work"), max_length=40)
    employer = models.CharField(_("works at"), max_length=80, blank=True)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    is_active = models.BooleanField(_("may be drawn"), default=True)

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """「评标委员会成员」 One expert on the panel of one lot, by the draw that chose them."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="seats", verbose_name=_("lot"))
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="seats", verbose_name=_("expert"))

    class Meta:
        verbose_name = _("seat on a panel")
        verbose_name_plural = _("seats on panels")
        ordering = ["lot", "pk"]
        constraints = [models.UniqueConstraint(fields=["lot", "expert"], name="exchange_seat_once")]


class Score(models.Model):
    """「专家打分」 What one expert gave one bidder, by criterion. Entered once."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="scores", verbose_name=_("seat"))
    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="scores", verbose_name=_("registration")
    )
    criterion = models.CharField(_("criterion"), max_length=40)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("expert's mark")
        verbose_name_plural = _("experts' marks")
        ordering = ["seat", "registration", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "registration", "criterion"], name="exchange_score_once")
        ]
