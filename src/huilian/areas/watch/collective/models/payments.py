"""「预算」「用款申请」 What a village means to spend, who must agree to which amount, and one request for money."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person
from huilian.engine.look.text import say
from huilian.engine.procedures.models import Case

from .books import Account, AccountSet, Voucher


class ApprovalTier(models.Model):
    """「审批权限」 Up to which amount who agrees. County data; `up_to_cents` empty is the last tier."""

    key = models.SlugField(_("key"), max_length=16)  # the class of the procedure: small, middle, large
    name = models.CharField(_("name of the tier"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    up_to_cents = models.BigIntegerField(_("up to"), null=True, blank=True)
    needs_decision = models.BooleanField(_("needs a decision number"), default=False)
    needs_township = models.BooleanField(_("needs the township's approval"), default=False)
    valid_from = models.DateField(pgettext_lazy("collective", "valid from"))
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("approval tier")
        verbose_name_plural = _("approval tiers")
        ordering = ["valid_from", "up_to_cents"]
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="tier_once_a_day")]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class Budget(models.Model):
    """「预算」 A year's budget, decided by the members before it is used; a change needs a decision of its own."""

    set = models.ForeignKey(AccountSet, models.PROTECT, related_name="budgets", verbose_name=_("account set"))
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    decision_no = models.CharField(_("decision number"), max_length=40)
    decided_on = models.DateField(_("decided on"))
    is_current = models.BooleanField(pgettext_lazy("collective", "in force"), default=True)

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ["set", "-year", "-version"]
        constraints = [models.UniqueConstraint(fields=["set", "year", "version"], name="budget_version_once")]

    def __str__(self) -> str:
        return f"{self.set} {self.year}"


class BudgetLine(models.Model):
    """「预算项目」 What is planned for one account."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="lines", verbose_name=_("budget"))
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("collective", "account")
    )
    amount_cents = models.BigIntegerField(_("planned amount"))
    note = models.CharField(pgettext_lazy("collective", "note"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("line of a budget")
        verbose_name_plural = _("lines of budgets")
        ordering = ["budget", "account__code"]
        constraints = [models.UniqueConstraint(fields=["budget", "account"], name="budget_account_once")]

    def __str__(self) -> str:
        return f"{self.budget_id}/{self.account_id}"


class Payment(models.Model):
    """「用款申请」 A request to pay. One request is one case; when it was agreed to, it becomes a voucher."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="payment")
    set = models.ForeignKey(AccountSet, models.PROTECT, related_name="payments", verbose_name=_("account set"))
    purpose = models.CharField(_("what for"), max_length=120)
    amount_cents = models.BigIntegerField(_("amount"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("expense account"))
    payee = models.CharField(_("payee"), max_length=80)
    payee_norm = models.CharField(max_length=80, editable=False)
    payee_kind = models.CharField(_("kind of payee"), max_length=6, choices=Voucher.PayeeKind, blank=True, default="")
    payee_account = models.CharField(_("account of the payee"), max_length=40, blank=True)
    payee_key = models.CharField(max_length=64, blank=True, editable=False)
    method = models.CharField(_("how it is paid"), max_length=4, choices=Voucher.Method, default=Voucher.Method.BANK)
    decision_no = models.CharField(_("decision number"), max_length=40, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    contract_no = models.CharField(_("contract number"), max_length=40, blank=True)
    fund = models.CharField(_("earmarked for"), max_length=60, blank=True)
    invoice_no = models.CharField(_("invoice number"), max_length=40, blank=True)
    handler = models.CharField(_("handled by"), max_length=40, blank=True)
    # Who said yes, and when: four persons, as on the voucher it becomes. Cleared when the request goes back.
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"))
    head_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreed by the village's head")
    )
    head_at = models.DateTimeField(null=True, blank=True)
    stamped_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stamped by the committee")
    )
    stamped_at = models.DateTimeField(null=True, blank=True)
    upper_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by the township")
    )
    upper_at = models.DateTimeField(null=True, blank=True)
    voucher = models.OneToOneField(
        Voucher, models.PROTECT, null=True, blank=True, related_name="payment", verbose_name=_("voucher")
    )

    class Meta:
        verbose_name = _("request to pay")
        verbose_name_plural = _("requests to pay")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(amount_cents__gt=0), name="payment_positive")]
        indexes = [
            models.Index(fields=["invoice_no"], name="payment_invoice", condition=~Q(invoice_no="")),
            models.Index(fields=["set", "payee_norm"], name="payment_of_payee"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.payee}"


class EntryDraft(models.Model):
    """「录入草稿」 What somebody is typing into the books of one village, kept as typed until it becomes a voucher."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    set = models.ForeignKey(AccountSet, models.CASCADE, related_name="+", verbose_name=_("account set"))
    said = models.JSONField(default=dict)
    kept_at = models.DateTimeField(_("kept at"))

    class Meta:
        verbose_name = _("draft of an entry")
        verbose_name_plural = _("drafts of entries")
        constraints = [models.UniqueConstraint(fields=["user", "set"], name="entry_draft_once")]

    def __str__(self) -> str:
        return f"{self.user_id}/{self.set_id}"
