"""「账套」「凭证」 The books of one collective economic organisation.

Source of accounts and bookkeeping: 农村集体经济组织会计制度 (财会〔2023〕14号, in force 2024-01-01).
Money is in integer cents. A month is the integer yyyymm: it sorts, groups and compares as it reads.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.look.text import say
from huilian.foundation import money


class AccountSet(models.Model):
    """「账套」 The books of one organisation. A merged village's set is closed; its balances go to the successor."""

    class Mode(models.TextChoices):
        AGENCY = "agency", _("kept by the town agency")
        OWN = "own", _("kept by the village")

    unit = models.OneToOneField(
        Unit, models.PROTECT, related_name="account_set", verbose_name=_("organisation whose books they are")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("collective", "village")
    )
    township = models.ForeignKey(
        Place, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("collective", "township")
    )
    village_code = models.BigIntegerField(_("code of the village"), db_index=True)  # of `place`: screening reads it
    name = models.CharField(_("name of the account set"), max_length=100)
    mode = models.CharField(_("who keeps the books"), max_length=8, choices=Mode, default=Mode.AGENCY)
    agency = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("bookkeeping agency")
    )
    starts_on = models.DateField(_("first day of the books"))
    closed_on = models.DateField(_("last day of the books"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", verbose_name=_("continued in")
    )
    closed_month = models.PositiveIntegerField(_("closed up to month"), default=0)  # yyyymm; 0: none yet
    closed_year = models.PositiveSmallIntegerField(_("closed up to year"), default=0)
    population = models.PositiveIntegerField(_("inhabitants"), default=0)
    members = models.PositiveIntegerField(_("members"), default=0)
    # Limits of money. County data: 0 means the county's own limit (`rules.money.Limits`).
    cash_limit_cents = models.BigIntegerField(_("most cash kept overnight"), default=0)
    decision_limit_cents = models.BigIntegerField(_("amount that needs a decision"), default=0)
    exchange_limit_cents = models.BigIntegerField(_("contract value that must be traded in the open"), default=0)

    class Meta:
        verbose_name = _("account set")
        verbose_name_plural = _("account sets")
        ordering = ["village_code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("starts_on")), name="set_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Account(models.Model):
    """「会计科目」 One account of the chart, or a sub-account of one set. The 42 of the rules belong to no set.

    `code` is "501" for an account and "501-02" for a sub-account; `number` is what screening groups by: 501 or 50102.
    """

    class Element(models.TextChoices):
        ASSET = "asset", _("assets")
        LIABILITY = "liability", _("liabilities")
        EQUITY = "equity", _("owners' equity")
        COST = "cost", _("costs")
        INCOME = "income", _("income and expense: income")
        EXPENSE = "expense", _("income and expense: expense")

    class Side(models.TextChoices):
        DEBIT = "debit", _("debit side")
        CREDIT = "credit", _("credit side")
        BOTH = "both", _("either side")

    class Kept(models.TextChoices):
        """What must stand beside the amount: who owes it, which household, which fund."""

        NONE = "", _("nothing more")
        PARTY = "party", _("the other party")
        HOUSEHOLD = "household", _("the household")
        FUND = "fund", _("the fund or project")

    set = models.ForeignKey(
        AccountSet, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("account set")
    )
    code = models.CharField(_("code of the account"), max_length=16)
    number = models.BigIntegerField(_("number of the account"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("account above")
    )
    name = models.CharField(_("name of the account"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    element = models.CharField(_("element"), max_length=9, choices=Element)
    side = models.CharField(_("normal side"), max_length=6, choices=Side)
    kept = models.CharField(_("kept by"), max_length=9, choices=Kept, blank=True, default="")
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = pgettext_lazy("collective", "account")
        verbose_name_plural = _("chart of accounts")
        ordering = ["code", "set"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(set=None), name="account_code_once_in_the_county"),
            models.UniqueConstraint(fields=["set", "code"], name="account_code_once_in_a_set"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {say({'zh': self.name, 'en': self.name_en or self.name})}"


class Voucher(models.Model):
    """「记账凭证」 One entry of the books. Once posted it is never changed, only reversed by another, dated that day.

    Preparing, reviewing, approving and the committee's stamp are kept apart: four persons, four moments.
    """

    class Kind(models.TextChoices):
        RECEIPT = "receipt", pgettext_lazy("kind of voucher", "receipt")
        PAYMENT = "payment", pgettext_lazy("kind of voucher", "payment")
        TRANSFER = "transfer", pgettext_lazy("kind of voucher", "transfer")
        CARRY = "carry", pgettext_lazy("kind of voucher", "carrying forward")
        OPENING = "opening", pgettext_lazy("kind of voucher", "opening balance")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waiting for review")
        POSTED = "posted", _("posted")

    class Method(models.TextChoices):
        BANK = "bank", _("through the bank")
        CASH = "cash", _("in cash")
        NONE = "none", _("no money moved")

    class PayeeKind(models.TextChoices):
        NONE = "", "—"
        PERSON = "person", _("a person")
        FIRM = "firm", _("a firm")
        PUBLIC = "public", _("a public body")
        MEMBER = "member", _("a member of the collective")

    set = models.ForeignKey(AccountSet, models.PROTECT, related_name="vouchers", verbose_name=_("account set"))
    number = models.PositiveIntegerField(
        _("number in the month"), null=True, blank=True
    )  # given by posting; 0: opening
    month = models.PositiveIntegerField(_("month of the books"))
    date = models.DateField(_("date of the voucher"))
    kind = models.CharField(_("kind of voucher"), max_length=8, choices=Kind)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    summary = models.CharField(_("summary"), max_length=120)
    total_cents = models.BigIntegerField(_("total"))
    attachments = models.PositiveSmallIntegerField(_("sheets attached"), default=0)
    method = models.CharField(_("how it was paid"), max_length=4, choices=Method, default=Method.BANK)
    # who got or gave the money
    payee = models.CharField(_("paid to or received from"), max_length=80, blank=True)
    payee_norm = models.CharField(max_length=80, blank=True, editable=False)
    payee_key = models.CharField(max_length=64, blank=True, editable=False)  # keyed digest of the identity or code
    payee_kind = models.CharField(_("kind of payee"), max_length=6, choices=PayeeKind, blank=True, default="")
    payee_account = models.CharField(_("account of the payee"), max_length=40, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    decision_no = models.CharField(_("decision number"), max_length=40, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    contract_no = models.CharField(_("contract number"), max_length=40, blank=True)
    fund = models.CharField(_("earmarked for"), max_length=60, blank=True)
    # who stands behind it
    handler = models.CharField(_("handled by"), max_length=40, blank=True)
    handled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    prepared_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("prepared by")
    )
    prepared_at = models.DateTimeField(_("prepared at"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewed by")
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    approved_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("collective", "approved by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    stamped_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stamped by the committee")
    )
    stamped_at = models.DateTimeField(_("stamped at"), null=True, blank=True)
    entered_at = models.DateTimeField(_("entered at"))
    posted_at = models.DateTimeField(_("posted at"), null=True, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    is_reversed = models.BooleanField(_("reversed"), default=False)
    reason = models.CharField(_("reason of the reversal"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=40, blank=True)  # "", import, bank, payment, close, <file digest>
    batch = models.CharField(max_length=64, blank=True, editable=False)  # digest of the file it was imported from
    digest = models.CharField(_("digest"), max_length=64, blank=True)  # SHA-256 of what was posted, lines included
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        ordering = ["set", "-month", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["set", "month", "number"], name="voucher_number_once_a_month"),
            models.CheckConstraint(
                condition=~Q(state="posted") | (Q(posted_at__isnull=False) & Q(number__isnull=False)),
                name="voucher_posted_has_number",
            ),
            models.CheckConstraint(condition=Q(total_cents__gte=0) | ~Q(reverses=None), name="voucher_total_positive"),
        ]
        indexes = [
            models.Index(fields=["set", "state", "date"], name="voucher_of_set"),
            models.Index(fields=["set", "payee_norm", "date"], name="voucher_of_payee"),
            models.Index(fields=["decision_no"], name="voucher_of_decision", condition=~Q(decision_no="")),
            models.Index(fields=["contract_no"], name="voucher_of_contract", condition=~Q(contract_no="")),
        ]

    def __str__(self) -> str:
        return f"{self.month}-{self.number}" if self.number is not None else f"{self.month} ({self.pk})"


class Line(models.Model):
    """「分录」 One line of a voucher: an amount on one side of one account. A red-letter line is negative."""

    voucher = models.ForeignKey(Voucher, models.CASCADE, related_name="lines", verbose_name=_("voucher"))
    position = models.PositiveSmallIntegerField(pgettext_lazy("collective", "position"))
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("collective", "account")
    )
    debit_cents = models.BigIntegerField(_("debit amount"), default=0)
    credit_cents = models.BigIntegerField(_("credit amount"), default=0)
    summary = models.CharField(_("summary"), max_length=120, blank=True)
    party = models.CharField(_("other party, household or fund"), max_length=80, blank=True)
    party_key = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("line of a voucher")
        verbose_name_plural = _("lines of vouchers")
        ordering = ["voucher", "position"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(debit_cents=0) | Q(credit_cents=0)) & ~(Q(debit_cents=0) & Q(credit_cents=0)),
                name="line_on_one_side",
            )
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id}/{self.position}"


class Invoice(models.Model):
    """「票据」 A paper behind a voucher: an invoice with its number, a receipt, a list of wages."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("invoice")
        RECEIPT = "receipt", _("receipt of the finance office")
        LIST = "list", _("signed list")
        NONE = "none", _("no valid paper")

    voucher = models.ForeignKey(Voucher, models.CASCADE, related_name="invoices", verbose_name=_("voucher"))
    kind = models.CharField(_("kind of paper"), max_length=8, choices=Kind)
    number = models.CharField(_("number of the paper"), max_length=40, blank=True)
    seller = models.CharField(_("seller"), max_length=80, blank=True)
    date = models.DateField(_("date of the paper"), null=True, blank=True)
    amount_cents = models.BigIntegerField(_("amount of the paper"))

    class Meta:
        verbose_name = _("paper behind a voucher")
        verbose_name_plural = _("papers behind vouchers")
        ordering = ["voucher", "pk"]
        indexes = [models.Index(fields=["number"], name="invoice_number", condition=~Q(number=""))]

    def __str__(self) -> str:
        return self.number or str(self.pk)


class Balance(models.Model):
    """「科目余额」 What one account moved in one month, and what it stood at before. Written with every posting.

    `opening_cents` is the balance before the month, debit positive; rows exist only for months in which it moved, and
    for the first month of the books.
    """

    set = models.ForeignKey(AccountSet, models.PROTECT, related_name="+", verbose_name=_("account set"))
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("collective", "account")
    )
    month = models.PositiveIntegerField(_("month of the books"))
    opening_cents = models.BigIntegerField(_("balance before"), default=0)
    debit_cents = models.BigIntegerField(_("debit of the month"), default=0)
    credit_cents = models.BigIntegerField(_("credit of the month"), default=0)

    class Meta:
        verbose_name = _("balance of an account")
        verbose_name_plural = _("balances of accounts")
        ordering = ["set", "month", "account"]
        constraints = [models.UniqueConstraint(fields=["set", "account", "month"], name="balance_once_a_month")]

    def __str__(self) -> str:
        return f"{self.set_id}/{self.account_id}/{self.month}"


class Month(models.Model):
    """「会计期间」 A month of one set: handed in by the village, closed and sealed by the agency, for good."""

    set = models.ForeignKey(AccountSet, models.PROTECT, related_name="months", verbose_name=_("account set"))
    month = models.PositiveIntegerField(_("month of the books"))
    submitted_at = models.DateTimeField(_("papers handed in at"), null=True, blank=True)
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    vouchers = models.PositiveIntegerField(_("vouchers"), default=0)
    digest = models.CharField(
        _("seal"), max_length=64, blank=True
    )  # SHA-256 over the digests of its vouchers, in order

    class Meta:
        verbose_name = _("month of the books")
        verbose_name_plural = _("months of the books")
        ordering = ["set", "-month"]
        constraints = [models.UniqueConstraint(fields=["set", "month"], name="month_once_a_set")]

    def __str__(self) -> str:
        return f"{self.set_id}/{self.month}"


class Year(models.Model):
    """「年度结账」 A year of one set, closed by two vouchers in one transaction with its December."""

    set = models.ForeignKey(AccountSet, models.PROTECT, related_name="years", verbose_name=_("account set"))
    year = models.PositiveSmallIntegerField(_("year"))
    closed_at = models.DateTimeField(_("closed at"))
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    result_cents = models.BigIntegerField(_("net result"))
    filed_at = models.DateTimeField(_("report filed at"), null=True, blank=True)
    digest = models.CharField(_("seal"), max_length=64)

    class Meta:
        verbose_name = _("closed year")
        verbose_name_plural = _("closed years")
        ordering = ["set", "-year"]
        constraints = [models.UniqueConstraint(fields=["set", "year"], name="year_once_a_set")]

    def __str__(self) -> str:
        return f"{self.set_id}/{self.year}"


class Limit(models.Model):
    """「资金限额」 A limit of the county from a day on: cents, of the reserve a share per thousand. A set that has its
    own limit keeps that one."""

    class Key(models.TextChoices):
        CASH = "cash", _("most cash kept overnight")
        CASH_PAYMENT = "cash_payment", _("most paid in cash at once")
        DECISION = "decision", _("amount that needs a decision")
        EXCHANGE = "exchange", _("contract value that must be traded in the open")
        RESERVE = "reserve", _("least share of the income that goes to the reserve")

    key = models.CharField(pgettext_lazy("collective", "limit"), max_length=12, choices=Key)
    value = models.BigIntegerField(pgettext_lazy("collective", "limit set"))
    valid_from = models.DateField(pgettext_lazy("collective", "valid from"))
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("limit of money")
        verbose_name_plural = _("limits of money")
        ordering = ["key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="limit_once_a_day"),
            models.CheckConstraint(condition=Q(value__gte=0), name="limit_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()} {self.valid_from}"

    @property
    def told(self) -> str:
        """As people write it: 2,000.00 (yuan), or 30%."""
        return f"{self.value / 10:g}%" if self.key == self.Key.RESERVE else money.text(self.value)


class VoucherTemplate(models.Model):
    """「凭证模板」 A voucher that comes again and again, with its accounts filled in. Of the county, or of one set."""

    set = models.ForeignKey(AccountSet, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("name of the template"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    kind = models.CharField(_("kind of voucher"), max_length=8, choices=Voucher.Kind)
    summary = models.CharField(_("summary"), max_length=120)
    lines = models.JSONField(_("lines"), default=list)  # [{account, side, share?}]
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("template of a voucher")
        verbose_name_plural = _("templates of vouchers")
        ordering = ["name"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})
