"""One work or purchase: what is to be done, for how much, who does it, what was changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.procedures.models import Case

from .catalogue import Contractor, LimitClass, Mode, Price


class Project(models.Model):
    """「工程（采购）项目」 One file from proposal to archive. Its steps are those of its case.

    A work taken over from a paper ledger has no case: it stands as the paper says.
    """

    class Stage(models.TextChoices):
        """The steps of the procedures, and how a file ended."""

        PROPOSED = "proposed", _("proposed")
        BUDGET = "budget", _("budget")
        REVIEW = "review", _("budget under review")
        AWARDING = "awarding", _("builder being found")
        PUBLISHED = "published", _("choice published")
        CONTRACTING = "contracting", _("contract")
        BUILDING = "building", _("being built")
        ACCEPTING = "accepting", _("being accepted")
        SETTLING = "settling", _("settlement")
        AUDITING = "auditing", _("settlement under review")
        WARRANTY = "warranty", _("under warranty")
        CLOSED = "closed", _("archived")
        WITHDRAWN = "withdrawn", _("given up")

    class Becomes(models.TextChoices):
        """What stays when the work is done: a class of the collective's assets, or nothing of its own."""

        INFRASTRUCTURE = "infrastructure", _("road, bridge, pipe")
        BUILDING = "building", _("house or hall")
        WELFARE = "welfare", _("place for the public")
        MACHINE = "machine", _("equipment")
        OTHER = "other", _("another asset")
        NOTHING = "", _("a repair, no asset of its own")

    number = models.CharField(_("number of the work"), max_length=32, unique=True)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="work")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("works", "village"))
    township = models.ForeignKey(
        Place, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("works", "township")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("whose work it is"))
    limit_class = models.ForeignKey(LimitClass, models.PROTECT, related_name="+", verbose_name=_("class by amount"))
    title = models.CharField(_("name of the work"), max_length=80)
    scope = models.CharField(_("what is done"), max_length=300)
    site = models.CharField(_("where it is done"), max_length=120)
    fund = models.CharField(_("paid from"), max_length=60)
    asset_class = models.CharField(
        _("what it becomes"), max_length=16, choices=Becomes, default=Becomes.INFRASTRUCTURE, blank=True
    )
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.PROPOSED)
    proposed_on = models.DateField(pgettext_lazy("works", "proposed on"))
    estimate_cents = models.BigIntegerField(_("estimate"))
    budget_cents = models.BigIntegerField(_("budget"), default=0)
    decision_no = models.CharField(_("number of the decision"), max_length=40, blank=True)
    is_emergency = models.BooleanField(_("emergency repair"), default=False)
    mode = models.CharField(_("how the builder is found"), max_length=12, choices=Mode, blank=True)
    mode_note = models.CharField(_("why in this way"), max_length=200, blank=True)
    deal_no = models.CharField(_("number of the deal on the exchange"), max_length=40, blank=True)
    contractor = models.ForeignKey(
        Contractor, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("built by")
    )
    awarded_on = models.DateField(_("chosen on"), null=True, blank=True)
    published_until = models.DateField(_("choice published until"), null=True, blank=True)
    contract_no = models.CharField(_("number of the contract"), max_length=40, blank=True)
    contract_cents = models.BigIntegerField(_("contract sum"), null=True, blank=True)
    signed_on = models.DateField(_("contract signed on"), null=True, blank=True)
    starts_on = models.DateField(_("to begin on"), null=True, blank=True)
    ends_on = models.DateField(_("to be built by"), null=True, blank=True)
    overseer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("watched on site by")
    )
    started_on = models.DateField(_("begun on"), null=True, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    progress = models.PositiveSmallIntegerField(_("done, per cent"), default=0)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    claimed_cents = models.BigIntegerField(_("settlement asked for"), null=True, blank=True)
    settled_cents = models.BigIntegerField(_("settlement sum"), null=True, blank=True)
    settled_on = models.DateField(pgettext_lazy("works", "settled on"), null=True, blank=True)
    retention_permille = models.PositiveSmallIntegerField(_("kept back, per thousand"), default=0)
    warranty_until = models.DateField(_("warranty until"), null=True, blank=True)
    released_on = models.DateField(_("kept-back money released on"), null=True, blank=True)
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    asset_no = models.CharField(_("number of the asset"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("village work")
        verbose_name_plural = _("village works")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["place", "-id"], name="works_project_of_place")]
        constraints = [
            models.CheckConstraint(condition=Q(estimate_cents__gt=0), name="works_estimate_positive"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="works_progress_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def signers(self) -> int:
        """How many signed at its acceptances."""
        return sum(acceptance.signatures.count() for acceptance in self.acceptances.all())

    @property
    def is_paused(self) -> bool:
        return bool(self.case_id and self.case.is_paused)


class Item(models.Model):
    """「预算清单」 One line of the budget beside its reference price, and what was measured at the end."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(pgettext_lazy("works", "position"))
    trade = models.CharField(_("trade"), max_length=40)
    name = models.CharField(_("procedure of work"), max_length=80)
    spec = models.CharField(_("specification"), max_length=80, blank=True)
    measure = models.CharField(_("unit of measure"), max_length=12)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3)
    price_cents = models.BigIntegerField(_("unit price"))
    amount_cents = models.BigIntegerField(_("amount"))
    length_m = models.DecimalField(_("length, m"), max_digits=9, decimal_places=3, null=True, blank=True)
    width_m = models.DecimalField(_("width, m"), max_digits=9, decimal_places=3, null=True, blank=True)
    depth_m = models.DecimalField(_("depth, m"), max_digits=9, decimal_places=3, null=True, blank=True)
    reference = models.ForeignKey(Price, models.PROTECT, null=True, related_name="+", verbose_name=_("reference price"))
    reference_cents = models.BigIntegerField(_("reference price then"), null=True)
    measured = models.DecimalField(_("quantity as measured"), max_digits=12, decimal_places=3, null=True)

    class Meta:
        verbose_name = _("line of a work's budget")
        verbose_name_plural = _("lines of works' budgets")
        ordering = ["project", "position"]
        constraints = [models.UniqueConstraint(fields=["project", "position"], name="works_item_once")]


class Quote(models.Model):
    """「报价」 What somebody asks for the work."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="quotes")
    contractor = models.ForeignKey(Contractor, models.PROTECT, related_name="quotes", verbose_name=_("contractor"))
    amount_cents = models.BigIntegerField(_("amount asked"))
    days = models.PositiveSmallIntegerField(_("days it takes"))
    quoted_on = models.DateField(_("quoted on"))
    is_chosen = models.BooleanField(_("chosen"), default=False)

    class Meta:
        verbose_name = _("quotation for a work")
        verbose_name_plural = _("quotations for works")
        ordering = ["project", "amount_cents", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "contractor"], name="works_quote_once"),
            models.UniqueConstraint(fields=["project"], condition=Q(is_chosen=True), name="works_one_quote_is_chosen"),
        ]


class Change(models.Model):
    """「工程变更」 More or less work than agreed, with its reason; in force when somebody else approved it."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("works", "asked for")
        APPROVED = "approved", pgettext_lazy("works", "approved")
        REFUSED = "refused", pgettext_lazy("works", "refused")

    project = models.ForeignKey(Project, models.PROTECT, related_name="changes")
    position = models.PositiveSmallIntegerField(pgettext_lazy("works", "position"))
    reason = models.CharField(_("why it is changed"), max_length=200)
    quantities = models.CharField(_("more or less of what"), max_length=200)
    amount_cents = models.BigIntegerField(_("amount of the change"))
    share_permille = models.IntegerField(_("changes of the contract so far, per thousand"))
    decision_no = models.CharField(_("number of the new decision"), max_length=40, blank=True)
    asked_on = models.DateField(pgettext_lazy("works", "asked on"))
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"))
    decided_on = models.DateField(pgettext_lazy("works", "decided on"), null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)

    class Meta:
        verbose_name = _("change of a work")
        verbose_name_plural = _("changes of works")
        ordering = ["project", "position"]
        constraints = [models.UniqueConstraint(fields=["project", "position"], name="works_change_once")]
