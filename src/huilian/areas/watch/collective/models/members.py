"""「成员」「份额」「分红」 Members of the collective, their shares, and what was distributed to them.

A share is a right to benefit, not to a part of the property (农村集体经济组织法, in force 2025-05-01).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .books import AccountSet, Voucher


class Member(models.Model):
    """「成员名册」 One member. Of the identity number only a keyed digest is kept, and its last four digits."""

    set = models.ForeignKey(AccountSet, models.PROTECT, related_name="roll", verbose_name=_("account set"))
    household = models.CharField(_("household number"), max_length=20)
    name = models.CharField(pgettext_lazy("of a member", "name"), max_length=40)
    identity_digest = models.CharField(max_length=64, blank=True, editable=False)
    identity_tail = models.CharField(_("last four digits"), max_length=4, blank=True)
    is_head = models.BooleanField(_("head of the household"), default=False)
    joined_on = models.DateField(_("member since"))
    left_on = models.DateField(_("member until"), null=True, blank=True)
    ground = models.CharField(_("why a member"), max_length=60, blank=True)
    decision_no = models.CharField(_("decision number"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("member of the collective")
        verbose_name_plural = _("roll of members")
        ordering = ["set", "household", "-is_head", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["set", "identity_digest"],
                condition=~Q(identity_digest="") & Q(left_on=None),
                name="member_once_in_a_set",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Share(models.Model):
    """「收益权份额」 What one household holds of one kind of share, now."""

    set = models.ForeignKey(AccountSet, models.PROTECT, related_name="shares", verbose_name=_("account set"))
    household = models.CharField(_("household number"), max_length=20)
    holder = models.CharField(_("holder of the share"), max_length=40)
    kind = models.CharField(_("kind of share"), max_length=20, default="基本份额")
    shares = models.DecimalField(_("number of shares"), max_digits=12, decimal_places=4)
    certificate_no = models.CharField(_("certificate number"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        ordering = ["set", "household", "kind"]
        constraints = [models.UniqueConstraint(fields=["set", "household", "kind"], name="share_once_a_household")]

    def __str__(self) -> str:
        return f"{self.household} {self.kind}"


class ShareChange(models.Model):
    """「份额变动」 Set up, changed, inherited or given up; each by a decision that was published. Never edited."""

    class Kind(models.TextChoices):
        SET_UP = "set_up", _("set up")
        CHANGED = "changed", pgettext_lazy("of shares", "changed")
        INHERITED = "inherited", _("inherited")
        TRANSFERRED = "transferred", _("transferred within the collective")
        GIVEN_UP = "given_up", pgettext_lazy("collective", "given up")

    share = models.ForeignKey(Share, models.PROTECT, related_name="changes", verbose_name=_("share"))
    kind = models.CharField(_("kind of change"), max_length=12, choices=Kind)
    on = models.DateField(_("on"))
    before = models.DecimalField(_("shares before"), max_digits=12, decimal_places=4)
    after = models.DecimalField(_("shares after"), max_digits=12, decimal_places=4)
    decision_no = models.CharField(_("decision number"), max_length=40)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    note = models.CharField(pgettext_lazy("collective", "note"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("change of a share")
        verbose_name_plural = _("changes of shares")
        ordering = ["share", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.share_id}/{self.kind}/{self.on}"


class Distribution(models.Model):
    """「收益分配」 A year's distribution: decided by the members, after losses are covered and the reserve filled."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a distribution", "draft")
        DECIDED = "decided", pgettext_lazy("state of a distribution", "decided")
        BOOKED = "booked", pgettext_lazy("state of a distribution", "booked")
        PAID = "paid", pgettext_lazy("state of a distribution", "paid out")

    set = models.ForeignKey(AccountSet, models.PROTECT, related_name="distributions", verbose_name=_("account set"))
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state of the distribution"), max_length=8, choices=State, default=State.DRAFT)
    available_cents = models.BigIntegerField(_("to be distributed"))
    reserve_cents = models.BigIntegerField(_("to the reserve"))
    members_cents = models.BigIntegerField(_("to the members"))
    decision_no = models.CharField(_("decision number"), max_length=40, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    shown_from = models.DateField(_("plan shown to members from"), null=True, blank=True)
    voucher = models.ForeignKey(Voucher, models.SET_NULL, null=True, blank=True, related_name="+")  # None: discarded

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distributions")
        ordering = ["set", "-year"]
        constraints = [models.UniqueConstraint(fields=["set", "year"], name="distribution_once_a_year")]

    def __str__(self) -> str:
        return f"{self.set} {self.year}"


class DistributionRow(models.Model):
    """「分红明细」 What one household gets."""

    distribution = models.ForeignKey(Distribution, models.CASCADE, related_name="rows", verbose_name=_("distribution"))
    household = models.CharField(_("household number"), max_length=20)
    holder = models.CharField(_("holder of the share"), max_length=40)
    shares = models.DecimalField(_("number of shares"), max_digits=12, decimal_places=4)
    amount_cents = models.BigIntegerField(_("amount"))
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    voucher = models.ForeignKey(Voucher, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("row of a distribution")
        verbose_name_plural = _("rows of distributions")
        ordering = ["distribution", "household"]
        constraints = [
            models.UniqueConstraint(fields=["distribution", "household"], name="distribution_household_once")
        ]

    def __str__(self) -> str:
        return f"{self.distribution_id}/{self.household}"
