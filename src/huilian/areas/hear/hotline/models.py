"""What the hotline keeps beside the case: who called about what, the talks, the answer, the rating, the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Unit
from huilian.engine.look.text import say
from huilian.engine.procedures.models import Case, State


class Channel(models.Model):
    """「渠道」 A way in: a number, the web, a letter, a programme. Numbers and names are the county's data (S0-07)."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("telephone")
        WEB = "web", _("web")
        SMS = "sms", _("text message")
        LETTER = "letter", _("letter")
        VISIT = "visit", _("visit")
        RADIO = "radio", _("radio")
        TELEVISION = "television", _("television")
        NEWSPAPER = "newspaper", _("newspaper")

    key = models.SlugField(_("key"), max_length=24, unique=True)
    name = models.CharField(_("name of channel"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=40, blank=True)
    kind = models.CharField(_("kind of channel"), max_length=12, choices=Kind)
    number = models.CharField(_("number or address"), max_length=60, blank=True)
    is_media = models.BooleanField(_("media programme"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class Matter(models.Model):
    """「派单目录」 One line of the dispatch catalogue: matter → lead unit, co-units, basis, class (S0-08)."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    topic = models.CharField(_("topic"), max_length=40)  # first level, such as 城乡建设
    name = models.CharField(_("matter"), max_length=80)
    lead_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("lead unit")
    )
    by_place = models.BooleanField(_("led by the township of the place"), default=False)
    co_units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("co-handling units"))
    class_key = models.CharField(_("class"), max_length=24, default="general")
    basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    hint = models.CharField(_("what to ask the caller"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("dispatch catalogue line")
        verbose_name_plural = _("dispatch catalogue")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.topic} · {self.name}"


class RefusalGround(models.Model):
    """「不予受理情形」 A ground on which the law lets the hotline not accept a matter, and where to go instead."""

    key = models.SlugField(_("key"), max_length=24, unique=True)
    name = models.CharField(_("ground"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    law = models.CharField(_("law"), max_length=120)
    version = models.CharField(_("version"), max_length=60)
    article = models.CharField(_("article"), max_length=40, blank=True)
    guidance = models.CharField(_("where to go instead"), max_length=300)
    guidance_en = models.CharField(_("where to go, in English"), max_length=400, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("ground for not accepting")
        verbose_name_plural = _("grounds for not accepting")
        ordering = ["id"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class Knowledge(models.Model):
    """「知识库」 An answer that may be given at once, with the unit that stands behind it and its validity."""

    title = models.CharField(_("question"), max_length=120)
    answer = models.TextField(_("answer"))
    keywords = models.CharField(_("keywords"), max_length=200, blank=True)
    topic = models.CharField(_("topic"), max_length=40, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("knowledge entry")
        verbose_name_plural = _("knowledge base")
        ordering = ["topic", "title"]

    def __str__(self) -> str:
        return self.title


class Satisfaction(models.IntegerChoices):
    """Five grades (国办发〔2019〕51号). No answer is no grade, and never counts as satisfied."""

    VERY_BAD = 1, _("very dissatisfied")
    BAD = 2, _("dissatisfied")
    FAIR = 3, _("basically satisfied")
    GOOD = 4, _("satisfied")
    VERY_GOOD = 5, _("very satisfied")


class Solved(models.TextChoices):
    YES = "yes", pgettext_lazy("was it solved", "solved")
    PARTLY = "partly", pgettext_lazy("was it solved", "partly solved")
    NO = "no", pgettext_lazy("was it solved", "not solved")


class Order(models.Model):
    """「工单」 A citizen's matter. One order is one case; merged ones follow the first."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="hotline_order")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", verbose_name=_("channel"))
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("matter"))
    topic = models.CharField(_("topic"), max_length=40, blank=True)
    text = models.TextField(_("what was said"))
    where = models.CharField(_("where exactly"), max_length=120, blank=True)
    caller_name = models.CharField(_("caller"), max_length=40, blank=True)
    caller_phone = models.CharField(_("caller's telephone"), max_length=20, blank=True)
    keeps_secret = models.BooleanField(_("asks for secrecy"), default=False)
    code_digest = models.CharField(max_length=64, blank=True)  # of the code the citizen follows the case with
    taken_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    contacted_at = models.DateTimeField(_("citizen first contacted"), null=True)
    returns = models.PositiveSmallIntegerField(_("times objected"), default=0)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    at_once = models.BooleanField(_("answered at once"), default=False)
    report = models.TextField(_("report to the centre"), blank=True)
    reported_at = models.DateTimeField(_("reported"), null=True)
    solved = models.CharField(_("solved"), max_length=8, choices=Solved, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), choices=Satisfaction, null=True)
    rated_at = models.DateTimeField(_("rated"), null=True)
    refusal_ground = models.ForeignKey(RefusalGround, null=True, on_delete=models.PROTECT, related_name="+")
    refused_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey("Programme", null=True, on_delete=models.PROTECT, related_name="orders")
    origin_number = models.CharField(_("number at the source"), max_length=40, blank=True, db_index=True)

    class Meta:
        verbose_name = _("hotline order")
        verbose_name_plural = _("hotline orders")
        indexes = [
            models.Index(fields=["caller_phone"], name="order_phone"),
            models.Index(fields=["topic"], name="order_topic"),
        ]

    def __str__(self) -> str:
        return self.case.number

    @property
    def is_anonymous(self) -> bool:
        return not self.caller_name

    @property
    def is_closed(self) -> bool:
        return self.case.state != State.OPEN


class Contact(models.Model):
    """「联系记录」 One talk with the citizen while the matter is handled."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="contacts")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    reached = models.BooleanField(_("reached"), default=True)
    note = models.TextField(_("note"))

    class Meta:
        verbose_name = _("contact with the citizen")
        ordering = ["id"]


class ThreeWayCall(models.Model):
    """「三方通话」 Citizen, operator and an officer of the unit on one line (S0-09)."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="three_way_calls")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    officer = models.CharField(_("officer on the line"), max_length=40)
    started_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"))
    conclusion = models.TextField(_("conclusion"))
    citizen_agrees = models.BooleanField(_("citizen agrees"))
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("three-way call")
        constraints = [
            models.CheckConstraint(condition=models.Q(ended_at__gte=models.F("started_at")), name="three_way_order")
        ]


class Objection(models.Model):
    """「派单异议」 A unit says the matter is not its own; the centre rules within four working hours."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="objections")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    proposed = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    ground = models.TextField(_("ground"))
    raised_at = models.DateTimeField(_("raised at"))
    raised_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    upheld = models.BooleanField(_("upheld"), null=True)
    ruling = models.TextField(_("ruling"), blank=True)
    ruled_at = models.DateTimeField(_("ruled"), null=True)
    ruled_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("objection to a dispatch")


class CallBack(models.Model):
    """「回访」 One attempt to hear from the citizen, by somebody who did not handle the matter."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="call_backs")
    round = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    reached = models.BooleanField(_("reached"))
    solved = models.CharField(_("solved"), max_length=8, choices=Solved, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), choices=Satisfaction, null=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("call-back")
        ordering = ["id"]


class Programme(models.Model):
    """「政风行风热线节目」 One broadcast or issue with its guest unit (S0-11, S2-60)."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", verbose_name=_("channel"))
    title = models.CharField(_("title"), max_length=80)
    airs_at = models.DateTimeField(_("on air"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("guest unit"))
    guest = models.CharField(_("guest"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-airs_at"]

    def __str__(self) -> str:
        return self.title


class Draft(models.Model):
    """「登记草稿」 What an operator has typed of the call on the line; one a person, gone once it is registered."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="+")
    said = models.JSONField(_("what was typed"), default=dict)
    kept_at = models.DateTimeField(_("kept"))

    class Meta:
        verbose_name = _("draft of a call")


class Learning(models.Model):
    """「派单建议学习」 One training of the suggestions: what it learned from, how good it is, the digests of its files.

    The digests stand here and not beside the files, so that a file put in their place is not read.
    """

    trained_at = models.DateTimeField(_("trained"))
    orders = models.PositiveIntegerField(_("past orders learned from"))
    lines = models.PositiveIntegerField(_("catalogue lines learned from"))
    digests = models.JSONField(default=dict)  # topic, unit, class: SHA-256 of the file
    names = models.JSONField(default=list)  # names of places taken out before a topic or class is read
    reports = models.JSONField(default=dict)  # topic, unit, class: the model's own report

    class Meta:
        verbose_name = _("training of the suggestions")
        verbose_name_plural = _("trainings of the suggestions")


class Promise(models.Model):
    """「直播承诺」 What a guest promised on air, with its due date; kept only with proof."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="promises")
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="promises")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    text = models.TextField(_("promise"))
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(_("kept"), null=True)
    proof = models.TextField(_("proof"), blank=True)

    class Meta:
        verbose_name = _("promise on air")
        verbose_name_plural = _("promises on air")
        ordering = ["-id"]


class MediaItem(models.Model):
    """「媒体监督件」 采访调查 → 跟踪督办 → 整改落实 → outcome published (S0-12)."""

    class Stage(models.TextChoices):
        INVESTIGATING = "investigating", _("being investigated")
        SUPERVISED = "supervised", _("under supervision")
        RECTIFIED = "rectified", _("rectified")
        PUBLISHED = "published", _("outcome published")

    number = models.CharField(_("number"), max_length=32, unique=True)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", verbose_name=_("channel"))
    title = models.CharField(_("title"), max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="media_items")
    stage = models.CharField(_("stage"), max_length=16, choices=Stage, default=Stage.INVESTIGATING)
    found = models.TextField(_("what the interview found"))
    found_at = models.DateTimeField(_("found"))
    demand = models.TextField(_("what is demanded"), blank=True)
    supervision_number = models.CharField(_("supervision"), max_length=32, blank=True)
    supervised_at = models.DateTimeField(_("supervised"), null=True)
    clock = models.ForeignKey(Clock, null=True, on_delete=models.PROTECT, related_name="+")
    rectification = models.TextField(_("rectification"), blank=True)
    rectified_at = models.DateTimeField(_("rectified"), null=True)
    outcome = models.TextField(_("published outcome"), blank=True)
    published_at = models.DateTimeField(_("published"), null=True)

    class Meta:
        verbose_name = _("media item")
        verbose_name_plural = _("media items")
        ordering = ["-id"]
