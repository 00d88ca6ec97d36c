"""The four boards as data: what is traded, in which ways, on which periods. The county may change every row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.engine.look.text import lang

ORIGINS = [
    ("default", _("default, set by no higher rule")),
    ("rule", _("set by a rule")),
    ("county", _("the county's")),
]


class Named(models.Model):
    """A row of the catalogue with its name in two languages and where it comes from."""

    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    basis = models.CharField(_("rests on"), max_length=160, blank=True)
    origin = models.CharField(_("where it comes from"), max_length=8, choices=ORIGINS, default="county")
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name if lang() == "zh" else self.name_en or self.name


class Board(Named):
    """「交易板块」 One of the four markets under one registry (S2-51)."""

    class Direction(models.TextChoices):
        SALE = "sale", _("the highest price wins")
        PURCHASE = "purchase", _("the lowest price or best mark wins")

    key = models.SlugField(_("key"), max_length=16, unique=True)
    direction = models.CharField(_("who pays"), max_length=8, choices=Direction)
    number_prefix = models.CharField(_("numbers begin with"), max_length=4, default="CQ")
    deposit_permille = models.PositiveSmallIntegerField(
        _("most deposit, per thousand of the price"), null=True, blank=True
    )

    class Meta(Named.Meta):
        abstract = False
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ["position", "pk"]


class Period(models.Model):
    """「交易时限」 How long something takes on a board; where a method or an amount has its own, that one holds."""

    class What(models.TextChoices):
        REVIEW = "review", _("review of the papers")
        NOTICE = "notice", _("notice, at least")
        NOTICE_MOST = "notice_most", _("notice, at most")
        EXTENSION = "extension", _("one extension of the notice, at least")
        CHANGE = "change", _("change of the notice before its end, at least")
        RESULT = "result", _("notice of the result")
        ANSWER = "answer", _("answer to an objection")
        CONTRACT = "contract", _("contract signed")
        SETTLE = "settle", _("price paid in")
        CERTIFICATE = "certificate", _("certificate issued")
        REFUND = "refund", _("deposit back to those who did not win")

    class Unit(models.TextChoices):
        WORKDAY = "workday", _("working days")
        DAY = "day", _("calendar days")
        MONTH = "month", _("months")

    board = models.ForeignKey(Board, models.CASCADE, related_name="periods", verbose_name=_("board"))
    what = models.CharField(_("for what"), max_length=12, choices=What)
    method = models.CharField(_("only for the method"), max_length=12, blank=True)
    right = models.CharField(_("only for the right"), max_length=24, blank=True)
    from_cents = models.BigIntegerField(_("only from this price"), default=0)
    length = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(_("counted in"), max_length=8, choices=Unit)
    basis = models.CharField(_("rests on"), max_length=160, blank=True)
    origin = models.CharField(_("where it comes from"), max_length=8, choices=ORIGINS, default="county")

    class Meta:
        verbose_name = _("period of a board")
        verbose_name_plural = _("periods of the boards")
        ordering = ["board", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "what", "method", "right", "from_cents"], name="exchange_period_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.length} {self.get_unit_display()}"


class Mode(Named):
    """「流转交易方式」 One way in which a right passes: a closed list, each with its fields and contract (S0-04)."""

    key = models.SlugField(_("key"), max_length=16, unique=True)
    fields = models.JSONField(_("what its form asks for besides"), default=list, blank=True)
    contract_kind = models.CharField(_("kind of contract in the books"), max_length=12, default="lease")
    contract_text = models.TextField(_("text of the contract"))

    class Meta(Named.Meta):
        abstract = False
        verbose_name = _("way of transfer")
        verbose_name_plural = _("ways of transfer")
        ordering = ["position", "pk"]


class Right(Named):
    """「交易品种」 What may be traded on a board, in which ways; or what never may, with the reason."""

    key = models.SlugField(_("key"), max_length=24, unique=True)
    board = models.ForeignKey(Board, models.CASCADE, related_name="rights", verbose_name=_("board"))
    modes = models.ManyToManyField(Mode, related_name="rights", blank=True, verbose_name=_("ways of transfer"))
    most_years = models.PositiveSmallIntegerField(_("longest term in years"), null=True, blank=True)
    is_land = models.BooleanField(_("land or water: the term ends with the contract of the land"), default=False)
    members_only = models.BooleanField(_("only inside the collective"), default=False)
    never_because = models.CharField(_("never traded, because"), max_length=120, blank=True)
    is_active = models.BooleanField(_("traded now"), default=True)

    class Meta(Named.Meta):
        abstract = False
        verbose_name = _("tradable right")
        verbose_name_plural = _("tradable rights")
        ordering = ["board", "position", "pk"]


class Unity(Named):
    """「五统一」 One of the five unities of trading, with the standard a trade is held against (S2-52)."""

    key = models.SlugField(_("key"), max_length=16, unique=True)
    standard = models.CharField(_("standard"), max_length=300)

    class Meta(Named.Meta):
        abstract = False
        verbose_name = _("unity of trading")
        verbose_name_plural = _("unities of trading")
        ordering = ["position", "pk"]
