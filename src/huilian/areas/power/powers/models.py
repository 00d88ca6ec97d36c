"""Lists of powers, duties and forbidden acts in their versions; cases of items; reading; self-checks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.look.text import say
from huilian.engine.procedures.models import Case

from . import rules

USER = settings.AUTH_USER_MODEL


class Body(models.TextChoices):
    """「主体类别」 Kinds of bodies that have lists of their own."""

    VILLAGE = "V", _("village")
    COMMUNITY = "C", pgettext_lazy("kind of body", "community")
    COOPERATIVE = "S", pgettext_lazy("kind of body", "share cooperative")
    STATION = "T", _("grassroots station")
    ENTERPRISE = "E", _("state enterprise or institution")
    DEPARTMENT = "D", _("department or township")


class Family(models.TextChoices):
    """「清单类别」"""

    POWER = "power", _("powers")
    DUTY = "duty", pgettext_lazy("list", "duties")
    NEGATIVE = "negative", _("forbidden acts")


class PowerList(models.Model):
    """「清单」 One version of one list of one owner: the county's template, a township's own set, or a unit's own.

    Once published it never changes; `valid_to` is set when a later version takes its place. Cases keep the item they
    began with.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("list", "draft")
        CONSULTING = "consulting", _("open for opinions")
        APPROVED = "approved", pgettext_lazy("list", "approved")
        PUBLISHED = "published", pgettext_lazy("list", "published")
        DISCARDED = "discarded", _("thrown away")

    number = models.CharField(_("number"), max_length=32, unique=True, editable=False)  # V-P-U12-2: who, which, version
    body = models.CharField(_("kind of body"), max_length=1, choices=Body)
    family = models.CharField(_("list"), max_length=8, choices=Family)
    township = models.ForeignKey(
        Place, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("township")
    )
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit that has it")
    )
    owner_key = models.CharField(max_length=20, blank=True, editable=False)  # "", T<place>, U<unit>: unique as a whole
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    based_on = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("made from")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    drafted_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    drafted_at = models.DateTimeField(_("drafted"))
    opinions_from = models.DateField(_("opinions from"), null=True)
    opinions_to = models.DateField(_("opinions until"), null=True)
    approved_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approval = models.CharField(_("meeting or document that approved it"), max_length=120, blank=True)
    published_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published at"), null=True)
    valid_from = models.DateField(_("in force from"), null=True)
    valid_to = models.DateField(_("last day in force"), null=True)
    origin = models.CharField(_("origin"), max_length=12, default="county")
    revision = models.PositiveIntegerField(_("revision"), default=0)  # two clerks at one draft are noticed

    class Meta:
        verbose_name = pgettext_lazy("powers", "list")
        verbose_name_plural = _("lists")
        ordering = ["body", "family", "unit", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["owner_key", "body", "family", "version"], name="powerlist_version"),
            models.UniqueConstraint(
                fields=["owner_key", "body", "family"],
                condition=Q(state__in=("draft", "consulting", "approved")),
                name="powerlist_one_in_work",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(valid_from__isnull=False), name="powerlist_published_has_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="powerlist_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["state", "valid_from"], name="powerlist_in_force")]

    def __str__(self) -> str:
        return self.number

    def save(self, *args, **kwargs):
        self.number = "-".join((self.body, rules.LETTER[self.family], self.owner_key or "0", str(self.version)))
        super().save(*args, **kwargs)

    @property
    def owner(self) -> str:
        """Whose list it is, in words."""
        return str(self.unit or self.township or _("County template"))

    @property
    def heading(self) -> str:
        return f"{self.owner} {self.get_family_display()} v{self.version}"

    @property
    def is_default(self) -> bool:
        return self.origin == "default"


class PowerItem(models.Model):
    """「清单事项」 A power, duty or forbidden act of a list. Its texts are lines {zh, en}; the family says which."""

    listing = models.ForeignKey(
        PowerList, on_delete=models.PROTECT, related_name="items", verbose_name=pgettext_lazy("powers", "list")
    )
    code = models.CharField(_("code"), max_length=8)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    category = models.CharField(_("class"), max_length=40, blank=True)
    category_en = models.CharField(_("class in English"), max_length=60, blank=True)
    basis = models.JSONField(_("basis"), default=list, blank=True)  # {law, version, article}; empty when unsure
    basis_note = models.CharField(_("note on the basis"), max_length=200, blank=True)
    posts = models.JSONField(_("posts that answer"), default=list, blank=True)
    # powers
    procedure = models.CharField(_("flow"), max_length=40, blank=True)
    limit_days = models.PositiveSmallIntegerField(_("limit, working days"), null=True, blank=True)
    covers = models.JSONField(_("kinds of case that are a use of it"), default=list, blank=True)
    materials = models.JSONField(_("papers"), default=list, blank=True)
    publicity = models.JSONField(_("what must be made public"), default=list, blank=True)
    risks = models.JSONField(_("risk points"), default=list, blank=True)
    checkpoints = models.JSONField(_("what the supervision station looks at"), default=list, blank=True)
    # duties
    frequency = models.JSONField(_("how often"), default=list, blank=True)
    evidence = models.JSONField(_("what shows that it was done"), default=list, blank=True)
    failure = models.JSONField(_("what counts as failure"), default=list, blank=True)
    accountability = models.JSONField(_("how it is answered for"), default=list, blank=True)
    # forbidden acts
    detected_by = models.JSONField(_("rules that find it"), default=list, blank=True)  # such as ZJ04
    checks = models.JSONField(_("how it is found"), default=list, blank=True)
    disposal = models.JSONField(_("what follows"), default=list, blank=True)
    hard_stop = models.BooleanField(_("stops a case at once"), default=False)

    class Meta:
        verbose_name = _("item of a list")
        verbose_name_plural = _("items of lists")
        ordering = ["listing", "code"]
        constraints = [models.UniqueConstraint(fields=["listing", "code"], name="poweritem_code_once")]
        indexes = [models.Index(fields=["code"], name="poweritem_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    @property
    def label(self) -> str:
        return say({"zh": self.name, "en": self.name_en})

    @property
    def group(self) -> str:
        return say({"zh": self.category, "en": self.category_en})

    @property
    def texts(self) -> tuple[str, ...]:
        """Names of the texts its family uses."""
        return rules.TEXTS[self.listing.family]


class Opinion(models.Model):
    """「意见」 What somebody said of a list that lay open; each is answered before the list is approved."""

    class Taken(models.TextChoices):
        YES = "yes", _("taken up")
        PARTLY = "partly", _("taken up in part")
        NO = "no", _("not taken up")

    listing = models.ForeignKey(
        PowerList, on_delete=models.PROTECT, related_name="opinions", verbose_name=pgettext_lazy("powers", "list")
    )
    code = models.CharField(_("item"), max_length=8, blank=True)
    by_whom = models.CharField(_("from whom"), max_length=80)
    text = models.TextField(_("opinion"))
    received_at = models.DateTimeField(_("received"))
    taken = models.CharField(_("what became of it"), max_length=6, choices=Taken, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("opinion on a list")
        verbose_name_plural = _("opinions on lists")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:40]


class ItemCase(models.Model):
    """「事项办件」 Which power a case uses. `item` is empty where the list in force did not hold it."""

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, related_name="power_item", verbose_name=pgettext_lazy("powers", "case")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit whose power it is"))
    code = models.CharField(_("item"), max_length=8)
    item = models.ForeignKey(
        PowerItem, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("item of the list in force")
    )
    opened_on = models.DateField(_("opened on"))
    reason = models.CharField(_("why it is used though it is on no list"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("case of an item")
        verbose_name_plural = _("cases of items")
        ordering = ["-id"]
        indexes = [models.Index(fields=["unit", "opened_on"], name="itemcase_of_unit")]

    def __str__(self) -> str:
        return f"{self.case.number} {self.code}"


class NegativeMark(models.Model):
    """「负面清单标记」 A forbidden act found in a case. One that stops the case does so until it is lifted."""

    case = models.ForeignKey(
        ItemCase, on_delete=models.PROTECT, related_name="marks", verbose_name=pgettext_lazy("powers", "case")
    )
    item = models.ForeignKey(PowerItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("forbidden act"))
    fact = models.TextField(_("what was found"))
    marked_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("marked by")
    )
    marked_on = models.DateField(_("marked on"))
    lifted_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("lifted by")
    )
    lifted_on = models.DateField(_("lifted on"), null=True)
    lifted_why = models.CharField(_("why it was lifted"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mark of a forbidden act")
        verbose_name_plural = _("marks of forbidden acts")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "item"], condition=Q(lifted_on=None), name="negativemark_once_while_it_stands"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.item.code}"


class Reading(models.Model):
    """「知清单签收」 A person who signed that they have read a list of their unit."""

    listing = models.ForeignKey(
        PowerList, on_delete=models.PROTECT, related_name="readings", verbose_name=pgettext_lazy("powers", "list")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    signed_at = models.DateTimeField(_("signed"))

    class Meta:
        verbose_name = _("signature of having read")
        verbose_name_plural = _("signatures of having read")
        constraints = [models.UniqueConstraint(fields=["listing", "person", "unit"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.listing}"


class StandardPoint(models.Model):
    """「标准要点」 One point of a standard by which the use of the lists is looked at (S1-14, S1-15)."""

    class Standard(models.TextChoices):
        FIVE = "five", _("Five unities")
        SIX = "six", _("Six bests")

    standard = models.CharField(_("standard"), max_length=5, choices=Standard)
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    meaning = models.CharField(_("what is looked at"), max_length=200, blank=True)
    meaning_en = models.CharField(_("what is looked at, in English"), max_length=240, blank=True)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("point of a standard")
        verbose_name_plural = _("points of standards")
        ordering = ["standard", "position"]
        constraints = [models.UniqueConstraint(fields=["standard", "position"], name="standardpoint_once")]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en})

    @property
    def about(self) -> str:
        return say({"zh": self.meaning, "en": self.meaning_en})


class SelfCheck(models.Model):
    """「达标自查」 A unit's look at itself by one standard. The points stand in it as they were worded that day."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    standard = models.CharField(_("standard"), max_length=5, choices=StandardPoint.Standard)
    checked_on = models.DateField(_("checked on"))
    marks = models.JSONField(_("marks"), default=list)  # {name: {zh, en}, mark: 0|1|2, note}
    score = models.PositiveSmallIntegerField(_("score of 100"))
    checked_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("self-check")
        verbose_name_plural = _("self-checks")
        ordering = ["-checked_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["unit", "standard", "checked_on"], name="selfcheck_once_a_day")]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_standard_display()} {self.checked_on}"


class Exclusion(models.Model):
    """「不纳入单位」 Units whose name holds these words stand under no list (S1-10: police and the like)."""

    words = models.CharField(_("words in the unit's name"), max_length=40, unique=True)
    reason = models.CharField(_("reason"), max_length=200)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("units left out")
        verbose_name_plural = _("units left out")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words
