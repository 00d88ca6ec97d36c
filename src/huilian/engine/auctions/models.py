"""Rows of auctions. What was announced and what happened is never changed; an auction's row says how far it is."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.foundation import auctions
from huilian.foundation.hashing import LENGTH


class Auction(models.Model):
    """「竞价」 One thing bid for. The area that opened it is told of its end by `purpose` (closing.py)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        ANNOUNCED = "announced", _("announced")  # the terms stand; whether bidding runs, the clock says
        SUSPENDED = "suspended", _("suspended")
        WAITING = "waiting", _("ended, reserve not opened yet")
        ENDED = "ended", pgettext_lazy("auction", "ended")
        CANCELLED = "cancelled", _("terminated")

    number = models.CharField(_("number"), max_length=32, unique=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(
        _("kind of bidding"),
        max_length=8,
        choices=[(auctions.TIMED, _("timed bidding")), (auctions.SEALED, _("one sealed price"))],
    )
    purpose = models.CharField(_("opened by"), max_length=40)
    place = models.CharField(_("division code"), max_length=12, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)

    opens_at = models.DateTimeField(_("bidding begins"))
    free_until = models.DateTimeField(_("end of the free period"))
    round_seconds = models.PositiveIntegerField(_("length of a round, seconds"), default=300)
    start_cents = models.BigIntegerField(_("lowest amount, cents"))
    step_cents = models.BigIntegerField(_("step, cents"), default=0)
    reserve = models.CharField(_("digest of the reserve"), max_length=64, blank=True)
    reserve_box = models.BinaryField(_("sealed reserve"), blank=True, default=bytes)

    # The standing after the last entry (foundation.auctions.Standing), so that a bid reads one row.
    serial = models.PositiveIntegerField(_("last entry"), default=0)
    last_at = models.DateTimeField(_("moment of the last entry"), null=True)
    ends_free_at = models.DateTimeField(_("end of the free period, pauses added"), null=True)
    closes_at = models.DateTimeField(_("bidding ends unless somebody bids"), null=True)
    link = models.BinaryField(_("link of the chain"), max_length=LENGTH, default=bytes)
    paused_at = models.DateTimeField(_("suspended since"), null=True)
    best = models.ForeignKey("Entry", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("highest"))

    # Wall and steady clock read together, to notice that the wall clock was set (timing.py).
    seen_at = models.DateTimeField(_("wall clock when last seen"), null=True)
    seen_steady = models.FloatField(_("steady clock when last seen"), default=0)
    seen_boot = models.CharField(_("start of the machine"), max_length=36, blank=True)

    outcome = models.JSONField(_("outcome"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("auction")
        verbose_name_plural = _("auctions")
        indexes = [models.Index(fields=["state", "closes_at"], name="auctions_by_end")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Paddle(models.Model):
    """「竞买号牌」 The right to bid in one auction. Numbers are drawn, so that they do not tell how many there are.

    Nobody but the bidder holds the secret; here is its digest. `party_key` says whom the area means by it.
    """

    auction = models.ForeignKey(Auction, on_delete=models.PROTECT, related_name="paddles", verbose_name=_("auction"))
    number = models.PositiveIntegerField(_("paddle number"))
    label = models.CharField(_("bidder"), max_length=120)
    party_key = models.CharField(_("key of the bidder"), max_length=80)
    priority = models.PositiveSmallIntegerField(_("order of priority, 0 for none"), default=0)
    secret_digest = models.CharField(_("digest of the secret"), max_length=64)
    confirmed = models.BooleanField(_("deposit confirmed"), default=False)
    admitted_at = models.DateTimeField(_("admitted at"))

    class Meta:
        verbose_name = _("paddle")
        verbose_name_plural = _("paddles")
        constraints = [
            models.UniqueConstraint(fields=["auction", "number"], name="one_paddle_of_a_number"),
            models.UniqueConstraint(fields=["auction", "party_key"], name="one_paddle_for_a_party"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Entry(models.Model):
    """「竞价记录」 One link of an auction's chain: a bid, a seal, an amount shown, a pause, the reserve opened."""

    class Kind(models.TextChoices):
        BID = auctions.BID, pgettext_lazy("auction", "bid")
        SEAL = auctions.SEAL, pgettext_lazy("auction", "sealed bid handed in")
        REVEAL = auctions.REVEAL, pgettext_lazy("auction", "amount shown")
        PAUSE = auctions.PAUSE, pgettext_lazy("auction", "suspended")
        RESUME = auctions.RESUME, pgettext_lazy("auction", "resumed")
        RESERVE = auctions.RESERVE, pgettext_lazy("auction", "reserve opened")

    auction = models.ForeignKey(Auction, on_delete=models.PROTECT, related_name="entries", verbose_name=_("auction"))
    serial = models.PositiveIntegerField(_("serial number"))
    kind = models.CharField(_("kind of entry"), max_length=8, choices=Kind.choices)
    at = models.DateTimeField(_("server time"))
    paddle = models.ForeignKey(Paddle, on_delete=models.PROTECT, null=True, verbose_name=_("paddle"))
    cents = models.BigIntegerField(_("amount, cents"), default=0)
    text = models.CharField(_("digest, salt or reason"), max_length=200, blank=True)
    token = models.CharField(_("token against doing it twice"), max_length=64, blank=True)
    digest = models.BinaryField(_("link of the chain"), max_length=LENGTH)
    event_id = models.BigIntegerField(_("number in the trail"))

    class Meta:
        verbose_name = _("auction entry")
        verbose_name_plural = _("auction entries")
        constraints = [
            models.UniqueConstraint(fields=["auction", "serial"], name="one_entry_of_a_serial"),
            models.UniqueConstraint(
                fields=["paddle", "token"], condition=~models.Q(token=""), name="one_entry_for_a_token"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.auction_id} {self.serial} {self.kind}"


class ReserveKey(models.Model):
    """「底价钥匙」 One of the two keys of a reserve: its public half, the share sealed to it, the share once opened."""

    auction = models.ForeignKey(
        Auction, on_delete=models.PROTECT, related_name="reserve_keys", verbose_name=_("auction")
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("holder of the key")
    )
    public = models.BinaryField(_("public key"), max_length=32)
    sealed_share = models.BinaryField(_("sealed share"), max_length=80, default=bytes)
    share = models.BinaryField(_("opened share"), max_length=32, default=bytes)

    class Meta:
        verbose_name = _("key of a reserve")
        verbose_name_plural = _("keys of reserves")
        constraints = [models.UniqueConstraint(fields=["auction", "holder"], name="one_reserve_key_for_a_holder")]

    def __str__(self) -> str:
        return f"{self.auction_id} {self.holder_id}"
