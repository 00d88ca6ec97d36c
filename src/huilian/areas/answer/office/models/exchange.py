"""Files for three systems that stand beside this one: columns, codes, packages, what came back, what was wrong."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.look.text import say

from .rooms import Catalogue

USER = settings.AUTH_USER_MODEL


class Profile(Catalogue):
    """「交换配置」 One system and what is exchanged with it. The source gives numbers, days, states and codes only."""

    class Form(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    key = models.SlugField(_("key"), max_length=20, unique=True)
    name = models.CharField(_("system exchanged with"), max_length=60)
    name_en = models.CharField(_("in English"), max_length=80, blank=True)
    source = models.SlugField(_("source of the rows"), max_length=20)
    form = models.CharField(_("form of the file"), max_length=4, choices=Form, default=Form.XLSX)

    class Meta:
        verbose_name = _("profile of exchange")
        verbose_name_plural = _("profiles of exchange")
        ordering = ["pk"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class Heading(models.Model):
    """「字段对照」 How a column of ours is called in the other system."""

    profile = models.ForeignKey(Profile, models.PROTECT, related_name="headings", verbose_name=_("profile of exchange"))
    position = models.PositiveSmallIntegerField(_("place of the column"))
    field = models.SlugField(_("field of ours"), max_length=20)
    heading = models.CharField(_("heading there"), max_length=40)

    class Meta:
        verbose_name = _("column of an exchange")
        verbose_name_plural = _("columns of exchanges")
        ordering = ["profile", "position"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "field"], name="office_one_heading_a_field"),
            models.UniqueConstraint(fields=["profile", "heading"], name="office_one_field_a_heading"),
        ]

    def __str__(self) -> str:
        return self.heading


class Code(models.Model):
    """「代码对照」 What a code of ours is in the other system."""

    profile = models.ForeignKey(Profile, models.PROTECT, related_name="codes", verbose_name=_("profile of exchange"))
    field = models.SlugField(_("field of ours"), max_length=20)
    ours = models.CharField(_("code of ours"), max_length=40)
    theirs = models.CharField(_("code there"), max_length=40)

    class Meta:
        verbose_name = _("code of an exchange")
        verbose_name_plural = _("codes of exchanges")
        ordering = ["profile", "field", "ours"]
        constraints = [models.UniqueConstraint(fields=["profile", "field", "ours"], name="office_one_code_there")]

    def __str__(self) -> str:
        return f"{self.ours} = {self.theirs}"


class Package(models.Model):
    """「交换包」 One file that went out or came in, known by its SHA-256. A file that came in twice is one package."""

    class Way(models.TextChoices):
        OUT = "out", pgettext_lazy("an exchange", "sent out")
        IN = "in", pgettext_lazy("an exchange", "came in")

    number = models.CharField(_("number"), max_length=32, unique=True)
    profile = models.ForeignKey(Profile, models.PROTECT, related_name="packages", verbose_name=_("profile of exchange"))
    way = models.CharField(_("way of the package"), max_length=3, choices=Way)
    rows = models.PositiveIntegerField(_("rows of the file"))
    faults = models.PositiveIntegerField(_("rows not taken"), default=0)
    sha256 = models.CharField(_("digest of the file"), max_length=64)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("exchanged by"))
    at = models.DateTimeField(_("exchanged at"))

    class Meta:
        verbose_name = _("package of an exchange")
        verbose_name_plural = _("packages of exchanges")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "sha256"], condition=models.Q(way="in"), name="office_package_in_once"
            )
        ]

    def __str__(self) -> str:
        return self.number


class Answer(models.Model):
    """「对方状态」 Where a matter of ours stands in the other system, as its latest file says."""

    profile = models.ForeignKey(Profile, models.PROTECT, related_name="answers", verbose_name=_("profile of exchange"))
    number = models.CharField(_("number of ours"), max_length=32)
    theirs = models.CharField(_("number there"), max_length=60)
    state = models.CharField(_("state there"), max_length=40)
    since = models.DateField(_("state since"))
    package = models.ForeignKey(Package, models.PROTECT, related_name="+", verbose_name=_("package of an exchange"))

    class Meta:
        verbose_name = _("state in another system")
        verbose_name_plural = _("states in another system")
        ordering = ["profile", "number"]
        constraints = [models.UniqueConstraint(fields=["profile", "number"], name="office_one_answer")]

    def __str__(self) -> str:
        return self.number


class Fault(models.Model):
    """「交换差错」 One row that could not be taken, until a later file has it right or somebody settles it."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="queue", verbose_name=_("package of an exchange"))
    row = models.PositiveIntegerField(_("row of the file"))
    number = models.CharField(_("number of ours"), max_length=32, blank=True)
    text = models.CharField(_("what is wrong"), max_length=200)
    settled_at = models.DateTimeField(_("dealt with at"), null=True)
    note = models.CharField(_("how it was settled"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("fault of an exchange")
        verbose_name_plural = _("faults of exchanges")
        ordering = ["package", "row"]

    def __str__(self) -> str:
        return f"{self.package} {self.row}"
