"""「银行账户」「银行流水」 Bank accounts of a collective, and what the bank says moved on them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .books import Account, AccountSet, Voucher


class BankAccount(models.Model):
    """「银行账户」 One basic account per organisation; any other needs a reason. One nobody registered is an alert."""

    class Kind(models.TextChoices):
        BASIC = "basic", _("basic account")
        SPECIAL = "special", _("special account")
        TERM = "term", _("term deposit")

    set = models.ForeignKey(AccountSet, models.PROTECT, related_name="bank_accounts", verbose_name=_("account set"))
    number = models.CharField(_("account number"), max_length=40, unique=True)
    bank = models.CharField(_("bank"), max_length=80)
    holder = models.CharField(_("holder"), max_length=100)
    kind = models.CharField(_("kind of account"), max_length=8, choices=Kind, default=Kind.BASIC)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("account in the books"))
    is_registered = models.BooleanField(_("on the register"), default=True)
    purpose = models.CharField(pgettext_lazy("collective", "purpose"), max_length=120, blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["set", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["set"], condition=Q(kind="basic", closed_on=None, is_registered=True), name="bank_basic_once"
            ),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="bank_account_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} …{self.number[-4:]}"


class BankStatement(models.Model):
    """「对账单」 One statement as the bank gave it. It follows the one before without a gap and is read once."""

    bank_account = models.ForeignKey(
        BankAccount, models.PROTECT, related_name="statements", verbose_name=_("bank account")
    )
    starts_on = models.DateField(pgettext_lazy("collective", "from"))
    ends_on = models.DateField(_("up to"))
    opening_cents = models.BigIntegerField(_("opening balance"))
    closing_cents = models.BigIntegerField(_("closing balance"))
    lines_count = models.PositiveIntegerField(_("entries"))
    digest = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(_("file"), max_length=120, blank=True)
    imported_at = models.DateTimeField(_("imported at"))

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        ordering = ["bank_account", "-ends_on"]

    def __str__(self) -> str:
        return f"{self.bank_account} {self.starts_on}–{self.ends_on}"


class BankLine(models.Model):
    """「银行流水」 One entry of a statement; `amount_cents` is positive for money in."""

    class How(models.TextChoices):
        NONE = "", "—"
        RULE = "rule", _("by amount, date and name")
        HAND = "hand", _("by hand")

    statement = models.ForeignKey(BankStatement, models.CASCADE, related_name="lines", verbose_name=_("bank statement"))
    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="lines", verbose_name=_("bank account"))
    position = models.PositiveIntegerField(pgettext_lazy("collective", "position"))
    date = models.DateField(_("booked on"))
    amount_cents = models.BigIntegerField(_("amount"))
    balance_cents = models.BigIntegerField(_("balance after"))
    counter_name = models.CharField(_("other side"), max_length=80, blank=True)
    counter_norm = models.CharField(max_length=80, blank=True, editable=False)
    counter_key = models.CharField(max_length=64, blank=True, editable=False)
    counter_account = models.CharField(_("account of the other side"), max_length=40, blank=True)
    summary = models.CharField(_("summary of the bank"), max_length=120, blank=True)
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    voucher = models.ForeignKey(
        Voucher, models.PROTECT, null=True, blank=True, related_name="bank_lines", verbose_name=_("voucher")
    )
    # One entry may pay several vouchers at once; `voucher` is the first of them. Many entries may share one `voucher`.
    also = models.ManyToManyField(
        Voucher, blank=True, related_name="shared_bank_lines", verbose_name=_("further vouchers")
    )
    how = models.CharField(_("matched how"), max_length=4, choices=How, blank=True, default="")
    matched_at = models.DateTimeField(_("matched at"), null=True, blank=True)

    class Meta:
        verbose_name = _("entry of a bank statement")
        verbose_name_plural = _("entries of bank statements")
        ordering = ["bank_account", "date", "position"]
        constraints = [models.CheckConstraint(condition=~Q(amount_cents=0), name="bank_line_moves_money")]
        indexes = [
            models.Index(fields=["bank_account", "date"], name="bank_line_of_account"),
            models.Index(fields=["bank_account", "date"], name="bank_line_open", condition=Q(voucher=None)),
        ]

    def __str__(self) -> str:
        return f"{self.bank_account_id}/{self.date}/{self.position}"
