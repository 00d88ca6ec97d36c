"""Procedures and cases. The step, the clock and the trail of a case change only through `services`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Person, Place, Unit

from . import definition, sealed


class Procedure(models.Model):
    """「流程」 One published version of a procedure. Never changed; a new text is a new version."""

    key = models.CharField(_("key"), max_length=40)
    version = models.PositiveIntegerField(_("version"))
    body = models.JSONField(_("text"))
    digest = models.CharField(_("digest"), max_length=64)
    published_at = models.DateTimeField(_("published at"))

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="procedure_version")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @property
    def definition(self) -> definition.Definition:
        """The text as values; read once a process, since a published version never changes."""
        if self.digest not in _read:
            _read[self.digest] = definition.parse(self.body)
        return _read[self.digest]


_read: dict[str, definition.Definition] = {}


class Draft(models.Model):
    """「流程草稿」 The next text of one procedure while it is being drawn; faults and all, it binds nobody."""

    key = models.CharField(_("key"), max_length=40, unique=True)
    body = models.JSONField(_("text"))
    based_on = models.PositiveIntegerField(_("drawn from version"))  # 0: a new procedure
    revision = models.PositiveIntegerField(_("revision"), default=1)  # grows with every save: two at once are noticed
    saved_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("draft of a procedure")

    def __str__(self) -> str:
        return f"{self.key} r{self.revision}"

    @property
    def definition(self) -> definition.Definition:
        return definition.parse(self.body)


class State(models.TextChoices):
    """Where a case stands in the large; the step says it in detail."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    REFUSED = "refused", _("not accepted")
    MERGED = "merged", _("merged")
    WITHDRAWN = "withdrawn", _("withdrawn")


class UnsealedCases(models.Manager):
    """Every case but those of sealed kinds (`sealed.py`)."""

    def get_queryset(self):
        found = super().get_queryset()
        return found.exclude(kind__in=sorted(sealed.KINDS)) if sealed.KINDS else found


class Case(models.Model):
    """「办件」 One use of power, from start to close, on the procedure version it began with.

    Foreign keys that begin one of the indexes below have none of their own: a million rows are written with each.
    """

    number = models.CharField(_("number"), max_length=32, unique=True)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, db_index=False, verbose_name=_("procedure"))
    kind = models.CharField(_("kind of case"), max_length=40)  # the procedure's key, of a family what is before the dot
    title = models.CharField(_("matter"), max_length=200)
    class_key = models.CharField(_("class"), max_length=24, blank=True)
    source = models.CharField(_("source"), max_length=24, blank=True)
    place = models.ForeignKey(
        Place, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("place of the case")
    )
    township = models.ForeignKey(
        Place,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("township of the case"),
    )
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("responsible unit")
    )
    handler = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("handler")
    )
    step = models.CharField(_("step"), max_length=40)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN)
    outcome = models.CharField(_("outcome"), max_length=24, blank=True)
    received_at = models.DateTimeField(_("received"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    clock = models.ForeignKey(Clock, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("clock"))
    # The clock by which the case is lit: the whole one while it runs, else that of the step. What lists sort by is
    # copied from it, so that they need one index only.
    lamp = models.ForeignKey(Clock, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("lamp"))
    due_on = models.DateField(_("due"), null=True)
    colour = models.SmallIntegerField(_("colour"), default=0)
    is_paused = models.BooleanField(_("paused"), default=False)
    supervision = models.PositiveSmallIntegerField(_("supervision"), default=0)  # 0 none, 1 催办, 2 督办, 3 查办
    round = models.PositiveSmallIntegerField(_("round"), default=1)  # grows when a case is reopened
    revision = models.PositiveIntegerField(_("revision"), default=0)  # grows with every act: two at once are noticed

    objects = UnsealedCases()
    every = models.Manager()  # noqa: DJ012  a manager, too

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-colour", "due_on", "id"]
        # A list of open cases is one walk along one of the first three: lamp, order and step stand in the index itself,
        # so that neither counting the lamps nor finding a page reads the rows (benchmarks/case_list.py).
        indexes = [
            models.Index(
                fields=["state", "is_paused", "-colour", "due_on", "id", "kind", "step"], name="case_worklist"
            ),
            models.Index(
                fields=["unit", "state", "is_paused", "-colour", "due_on", "id", "kind", "step", "township"],
                name="case_of_unit",
            ),
            models.Index(
                fields=["township", "state", "is_paused", "-colour", "due_on", "id", "kind", "step"],
                name="case_of_township",
            ),
            models.Index(fields=["received_at", "id"], name="case_newest"),
            models.Index(fields=["township", "received_at", "id"], name="case_newest_of_township"),
            models.Index(fields=["unit", "received_at", "id", "township"], name="case_newest_of_unit"),
            models.Index(fields=["handler", "state"], name="case_of_handler"),
            models.Index(fields=["kind", "step", "state", "is_paused", "colour"], name="case_at_step"),
            models.Index(fields=["kind", "received_at"], name="case_received"),
            models.Index(fields=["kind", "closed_at"], name="case_closed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at=None) | ~models.Q(state="open") & ~models.Q(closed_at=None),
                name="case_closed_has_moment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def definition(self) -> definition.Definition:
        return self.procedure.definition

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN


class CaseStep(models.Model):
    """「环节记录」 One stay of a case at one step, with the clock of that step when it has one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(_("step"), max_length=40)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("entered"))
    left_at = models.DateTimeField(_("left"), null=True)
    left_by = models.CharField(_("left by"), max_length=24, blank=True)  # the verb
    actor = models.CharField(_("acted by"), max_length=120, blank=True)
    clock = models.ForeignKey(Clock, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("step of a case")
        ordering = ["id"]
        indexes = [models.Index(fields=["case", "step"], name="casestep_case")]


class CoHandler(models.Model):
    """「协办单位」 A unit that helps; it sees the case and answers to the unit responsible."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="co_handlers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    duty = models.CharField(_("duty in the case"), max_length=200, blank=True)
    assigned_at = models.DateTimeField(_("assigned"))
    opinion = models.TextField(_("opinion"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("co-handling unit")
        constraints = [models.UniqueConstraint(fields=["case", "unit"], name="cohandler_once")]


class Party(models.Model):
    """「当事人」 A person or unit named in a case: they, their kin and their unit's head step back (回避)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("party")


class Extension(models.Model):
    """「延期」 At most one per round, asked with a reason, decided by somebody else, told to the citizen."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extensions")
    round = models.PositiveSmallIntegerField(default=1)
    length = models.PositiveSmallIntegerField(_("working days"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    approved = models.BooleanField(_("approved"), null=True)
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True)
    remark = models.TextField(_("remark"), blank=True)
    told_at = models.DateTimeField(_("citizen told"), null=True)

    class Meta:
        verbose_name = _("extension")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round"],
                condition=models.Q(approved=True) | models.Q(approved=None),
                name="extension_once_a_round",
            )
        ]


class Supervision(models.Model):
    """「督办」 催办 → 督办 → 查办: each level is issued by a named person and must be answered."""

    class Level(models.IntegerChoices):
        URGE = 1, _("reminder")
        SUPERVISE = 2, _("supervision")
        INVESTIGATE = 3, _("investigation")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supervisions")
    number = models.CharField(_("number"), max_length=32, unique=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    demand = models.TextField(_("what is demanded"))
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    issued_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("issued"))
    clock = models.ForeignKey(Clock, null=True, on_delete=models.PROTECT, related_name="+")
    reply = models.TextField(_("reply"), blank=True)
    replied_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField(_("replied"), null=True)

    class Meta:
        verbose_name = _("supervision")
        ordering = ["-id"]


class Card(models.Model):
    """「黄牌·红牌」 Given to a unit for a breach of procedure; the unit answers before it counts."""

    class Ground(models.TextChoices):
        OVERRUN = "overrun", _("over the time limit")
        SKIPPED = "skipped", _("a step was skipped")
        OFF_SYSTEM = "off_system", _("handled outside the system")
        REFUSAL = "refusal", _("refused without legal ground")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="cards")
    colour = models.SmallIntegerField(_("colour"))  # 1 yellow, 3 red
    ground = models.CharField(_("ground"), max_length=12, choices=Ground)
    fact = models.TextField(_("fact"))
    step = models.CharField(_("step"), max_length=40, blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(_("raised at"))
    reply = models.TextField(_("reply"), blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True)
    upheld = models.BooleanField(_("upheld"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("card")
        constraints = [models.UniqueConstraint(fields=["case", "ground", "colour", "step"], name="card_once")]
