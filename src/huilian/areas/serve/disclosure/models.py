"""What must be public, what was made public, and what people asked. Written through `services` only."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Place, Unit
from huilian.engine.documents.models import Attachment
from huilian.engine.look.text import say
from huilian.engine.procedures.models import Case

USER = settings.AUTH_USER_MODEL


class Affairs(models.TextChoices):
    """「三务」 The three kinds of affairs, and services beside them."""

    PARTY = "party", _("Party affairs")
    VILLAGE = "village", _("village affairs")
    FINANCE = "finance", _("financial affairs")
    SERVICE = "service", _("services")


class PublicityClass(models.Model):
    """「公开类别」 One of the county's publicity classes (十公开); names and duty units are the county's (S4-33)."""

    key = models.CharField(_("key"), max_length=24, unique=True)
    name = models.CharField(pgettext_lazy("publication", "name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    duty_unit = models.CharField(_("unit on duty"), max_length=120, blank=True)
    cycle = models.CharField(_("cycle in words"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("publicity class")
        verbose_name_plural = _("publicity classes")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return say(self.names)

    @property
    def names(self) -> dict[str, str]:
        return {"zh": self.name, "en": self.name_en}


class Kind(models.Model):
    """「公开事项」 A line of the catalogue: what is published, how often, by when, checked by whom, for how long.

    `length` and `unit` count from the end of the period (`counted_from` end), its start (plans) or the event; with
    `before` back from the event. The three scales are targets of S2-22: depth, stage, scope.
    """

    class Cycle(models.TextChoices):
        MONTH = "month", _("every month")
        QUARTER = "quarter", _("every quarter")
        HALF = "half", _("every half-year")
        YEAR = "year", _("every year")
        EVENT = "event", _("whenever it happens")
        STANDING = "standing", _("always on the board")

    class Checker(models.TextChoices):
        COMMITTEE = "committee", _("village supervision committee")
        BRANCH = "branch", _("Party branch committee")
        TOWNSHIP = "township", _("the township")

    class Depth(models.IntegerChoices):
        HEADLINE = 1, _("headline")
        DETAIL = 2, _("line by line")
        VOUCHER = 3, _("line by line with vouchers")

    class Stage(models.IntegerChoices):
        RESULT = 1, _("result only")
        PROCESS = 2, _("whole process")

    class Scope(models.IntegerChoices):
        INNER = 1, _("members only")
        PUBLIC = 2, _("everybody")

    key = models.CharField(_("key"), max_length=40, unique=True)
    affairs = models.CharField(_("affairs"), max_length=8, choices=Affairs)
    name = models.CharField(pgettext_lazy("publication", "name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    publicity_class = models.ForeignKey(
        PublicityClass, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("publicity class")
    )
    cycle = models.CharField(_("cycle"), max_length=8, choices=Cycle)
    length = models.PositiveSmallIntegerField(_("days granted"), default=10)
    unit = models.CharField(
        _("days counted as"), max_length=8, choices=[("day", _("natural days")), ("workday", _("working days"))]
    )
    counted_from = models.CharField(
        _("counted from"), max_length=5, default="end", choices=[("end", _("end")), ("start", _("start"))]
    )
    before = models.BooleanField(_("before the event"), default=False)
    checker = models.CharField(
        pgettext_lazy("publication", "checked by"), max_length=10, choices=Checker, default=Checker.COMMITTEE
    )
    min_days = models.PositiveSmallIntegerField(_("days on the board at least"), default=0)
    depth = models.PositiveSmallIntegerField(_("depth aimed at"), choices=Depth, default=Depth.DETAIL)
    stage = models.PositiveSmallIntegerField(_("stage aimed at"), choices=Stage, default=Stage.RESULT)
    scope = models.PositiveSmallIntegerField(_("open to"), choices=Scope, default=Scope.PUBLIC)
    columns = models.JSONField(_("columns of the template"), default=list)
    source = models.CharField(_("source of the lines"), max_length=40, blank=True)
    basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("kind of publication")
        verbose_name_plural = _("kinds of publication")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return say(self.names)

    @property
    def names(self) -> dict[str, str]:
        return {"zh": self.name, "en": self.name_en}


class Obligation(models.Model):
    """「公开义务」 One thing that one village must publish by a day. Its colour is worked out, never stored."""

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("publishing village")
    )
    township = models.ForeignKey(
        Place, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("township")
    )
    place_path = models.CharField(max_length=12, editable=False)
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, verbose_name=_("kind of publication"))
    period = models.CharField(_("period"), max_length=10)
    matter = models.CharField(_("matter"), max_length=120, blank=True)  # what happened, for an event
    event_on = models.DateField(_("day of the event"), null=True, blank=True)
    opens_on = models.DateField(_("runs from"))
    due_on = models.DateField(_("day due"))
    provisional = models.BooleanField(_("provisional"), default=False)
    met_on = models.DateField(_("published on"), null=True, blank=True)
    board_on = models.DateField(_("on the board since"), null=True, blank=True)
    excuse = models.CharField(_("why nothing has to be published"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("duty to publish")
        verbose_name_plural = _("duties to publish")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["place", "kind", "period", "matter"], name="obligation_once"),
        ]
        indexes = [
            models.Index(fields=["place", "due_on"], name="obligation_of_village"),
            models.Index(fields=["township", "due_on"], name="obligation_of_township"),
            models.Index(fields=["due_on"], name="obligation_open", condition=Q(met_on=None, excuse="")),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.kind} {self.matter or self.period}"

    @property
    def is_open(self) -> bool:
        return self.met_on is None and not self.excuse

    @property
    def is_complete(self) -> bool:
        """Both ways, on the web and on the board (S0-24)."""
        return self.met_on is not None and self.board_on is not None


class Item(models.Model):
    """「公开件」 One version of what was made public. After publication its contents never change."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked, to be published")
        PUBLISHED = "published", _("made public")
        REPLACED = "replaced", _("replaced by a newer version")
        WITHDRAWN = "withdrawn", _("withdrawn")

    number = models.CharField(_("number"), max_length=32, unique=True)
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="items", verbose_name=_("duty to publish")
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("publishing village")
    )
    township = models.ForeignKey(
        Place, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("township")
    )
    place_path = models.CharField(max_length=12, editable=False)
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, db_index=False, verbose_name=_("kind of publication"))
    period = models.CharField(_("period"), max_length=10)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by", verbose_name=_("replaces")
    )
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    columns = models.JSONField(_("columns"), default=list)
    rows = models.JSONField(_("line items"), default=list)
    facts = models.JSONField(_("known facts"), default=dict)
    note = models.TextField(_("remark"), blank=True)
    summary = models.JSONField(_("in plain words"), default=dict)
    source = models.CharField(_("source of the lines"), max_length=40, blank=True)
    row_count = models.PositiveIntegerField(_("number of lines"), default=0)
    expected_rows = models.PositiveIntegerField(_("lines expected"), null=True)
    total_cents = models.BigIntegerField(_("total"), default=0)
    depth = models.PositiveSmallIntegerField(_("depth reached"), choices=Kind.Depth, default=Kind.Depth.HEADLINE)
    stage = models.PositiveSmallIntegerField(_("stage reached"), choices=Kind.Stage, default=Kind.Stage.RESULT)
    drafted_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    drafted_at = models.DateTimeField(_("drafted"))
    checked_by = models.ForeignKey(
        USER,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("publication", "checked by"),
    )
    checked_at = models.DateTimeField(_("checked"), null=True)
    check_note = models.CharField(_("remark of the check"), max_length=300, blank=True)
    published_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("made public at"), null=True)
    digest = models.CharField("SHA-256", max_length=64, blank=True)
    lines_digest = models.CharField(max_length=64, blank=True)  # of the lines alone: equal where a notice is recycled
    event_id = models.BigIntegerField(_("entry in the log"), null=True)  # the trail takes no foreign keys
    ended_on = models.DateField(_("taken down on"), null=True)
    days_shown = models.PositiveIntegerField(_("days shown"), null=True)  # null while it is up
    reason = models.CharField(_("reason"), max_length=300, blank=True)  # of a withdrawal or a correction

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-published_at", "-id"]
        indexes = [
            models.Index(fields=["place", "state", "-published_at"], name="item_of_village"),
            models.Index(fields=["township", "state"], name="item_of_township"),
            models.Index(fields=["kind", "period", "state"], name="item_of_kind"),
            models.Index(fields=["digest"], name="item_digest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("published", "replaced", "withdrawn"))
                | Q(published_at__isnull=False) & ~Q(digest=""),
                name="item_published_is_sealed",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """Whether strangers may see that it exists; a withdrawn one without its lines."""
        return self.published_at is not None and self.kind.scope == Kind.Scope.PUBLIC

    @property
    def is_up(self) -> bool:
        return self.state == self.State.PUBLISHED


class Proof(models.Model):
    """「张贴凭证」 The item on the village board: when, where, by whom, a photograph. Web and board belong together."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="proofs", verbose_name=_("publication"))
    posted_on = models.DateField(_("posted on"))
    spot = models.CharField(_("which board"), max_length=80)
    photo = models.ForeignKey(
        Attachment, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("photograph")
    )
    photo_digest = models.CharField("SHA-256", max_length=64, blank=True, db_index=True)
    repeats = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("same photograph as")
    )
    posted_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    entered_at = models.DateTimeField(_("noted at"))

    class Meta:
        verbose_name = _("proof of posting")
        verbose_name_plural = _("proofs of posting")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.spot} {self.posted_on}"


class Question(models.Model):
    """「疑问」 What somebody asked under an item or one of its lines. Its case has the ten-day clock everybody sees."""

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, related_name="disclosure_question", verbose_name=_("case")
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="questions", verbose_name=_("publication"))
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("publishing village"))
    line = models.PositiveIntegerField(_("line"), null=True)  # as people count; null: the whole item
    text = models.TextField(_("question"))
    in_public = models.BooleanField(_("question shown to everybody"), default=True)
    code_digest = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    asked_on = models.DateField()  # the days of the two moments, as rules compare them
    answered_on = models.DateField(null=True)
    due_on = models.DateField(_("day due"))  # of the village; what follows is for those above
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("answered by")
    )
    answered_unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("answering unit")
    )
    hidden_reason = models.CharField(_("why the text is not shown"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["place", "-asked_at"], name="question_of_village"),
            models.Index(fields=["item", "-asked_at"], name="question_of_item"),
        ]

    def __str__(self) -> str:
        return self.case.number

    @property
    def is_shown(self) -> bool:
        """Whether its words may be read by everybody."""
        return self.in_public and not self.hidden_reason


class Policy(models.Model):
    """「政策」 A policy in plain words: what it gives, to whom, where to go; with its number and how long it holds."""

    class Level(models.TextChoices):
        NATION = "nation", pgettext_lazy("level of a policy", "national")
        PROVINCE = "province", pgettext_lazy("level of a policy", "provincial")
        CITY = "city", pgettext_lazy("level of a policy", "city")
        COUNTY = "county", pgettext_lazy("level of a policy", "county")

    title = models.CharField(_("title"), max_length=160)
    document = models.CharField(_("document number"), max_length=80, blank=True)
    issuer = models.CharField(_("issued by"), max_length=80)
    level = models.CharField(_("level"), max_length=8, choices=Level)
    subject = models.CharField(_("subject"), max_length=24)
    card = models.TextField(_("in plain words"))
    card_en = models.TextField(_("in plain words, English"), blank=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    subsidy = models.CharField(_("subsidy in the catalogue"), max_length=24, blank=True)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["subject", "-valid_from", "id"]
        constraints = [models.UniqueConstraint(fields=["title", "document"], name="policy_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def plain(self) -> dict[str, str]:
        return {"zh": self.card, "en": self.card_en}


class Feature(models.Model):
    """「专栏」 A column on a hot matter with the unit that answers for it, and its 现场答疑."""

    title = models.CharField(_("title"), max_length=120)
    about = models.TextField(_("about the column"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("host unit"))
    held_on = models.DateField(_("answers on the spot on"))
    spot = models.CharField(_("where it is held"), max_length=120, blank=True)
    guest = models.CharField(_("who answers"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("column on a hot matter")
        verbose_name_plural = _("columns on hot matters")
        ordering = ["-held_on", "-id"]

    def __str__(self) -> str:
        return self.title


class FeatureAnswer(models.Model):
    """「现场答疑」 A question put on the spot, the answer, and what was promised by when."""

    feature = models.ForeignKey(Feature, on_delete=models.PROTECT, related_name="answers", verbose_name=_("column"))
    question = models.TextField(_("question"))
    answer = models.TextField(_("answer"))
    promise = models.CharField(_("promise"), max_length=200, blank=True)
    due_on = models.DateField(_("day due"), null=True, blank=True)
    kept_on = models.DateField(_("kept on"), null=True, blank=True)
    proof = models.CharField(_("proof"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("answer on the spot")
        verbose_name_plural = _("answers on the spot")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(promise="") | Q(due_on__isnull=False), name="feature_promise_has_day")
        ]

    def __str__(self) -> str:
        return self.question[:40]


class Carrier(models.Model):
    """「公开载体」 A board, screen, kiosk or site of the county, and when somebody last looked at it (S4-40)."""

    class Type(models.TextChoices):
        BOARD = "board", _("notice board")
        SCREEN = "screen", _("electronic screen")
        KIOSK = "kiosk", _("touch screen")
        SITE = "site", _("website")

    name = models.CharField(pgettext_lazy("of a notice board", "name"), max_length=80)
    type = models.CharField(_("type"), max_length=8, choices=Type)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("place"))
    location = models.CharField(_("where it stands"), max_length=120, blank=True)
    checked_on = models.DateField(_("last looked at"), null=True, blank=True)
    finding = models.CharField(_("what was found"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("carrier of publicity")
        verbose_name_plural = _("carriers of publicity")
        ordering = ["place__path", "name"]
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="carrier_once_a_place")]

    def __str__(self) -> str:
        return self.name


class ReaderCount(models.Model):
    """「阅读次数」 How often the pages of a village or an item were opened on a day. Nothing about who opened them."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("publishing village"))
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("publication"))
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("times opened"), default=0)

    class Meta:
        verbose_name = _("count of readers")
        verbose_name_plural = _("counts of readers")
        constraints = [
            models.UniqueConstraint(fields=["place", "item", "day"], name="readers_of_item"),
            models.UniqueConstraint(fields=["place", "day"], condition=Q(item=None), name="readers_of_village"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.day}"
