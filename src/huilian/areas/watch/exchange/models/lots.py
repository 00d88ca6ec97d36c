"""One lot: what is traded, for whom, on what ground, at which price."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.auctions.models import Auction
from huilian.engine.directory.models import Place, Unit
from huilian.engine.draws.models import Draw
from huilian.engine.procedures.models import Case

from .boards import Board, Mode, Right


class Lot(models.Model):
    """「标的」 Its steps are those of its case; its number is the number of its case (CQ…)."""

    class Method(models.TextChoices):
        TIMED = "timed", _("timed online bidding")
        SEALED = "sealed", _("sealed, one price")
        NEGOTIATION = "negotiation", _("open negotiation")
        TENDER = "tender", _("tender, marked by experts")

    class Outcome(models.TextChoices):
        NONE = "", pgettext_lazy("outcome of a lot", "still open")
        SOLD = "sold", pgettext_lazy("outcome of a lot", "traded")
        UNSOLD = "unsold", pgettext_lazy("outcome of a lot", "no taker")
        BROKEN = "broken", pgettext_lazy("outcome of a lot", "winner backed out")
        TERMINATED = "terminated", pgettext_lazy("outcome of a lot", "terminated")

    case = models.OneToOneField(Case, models.PROTECT, related_name="lot", verbose_name=_("case"))
    board = models.ForeignKey(Board, models.PROTECT, related_name="lots", verbose_name=_("board"))
    right = models.ForeignKey(Right, models.PROTECT, related_name="lots", verbose_name=_("right"))
    mode = models.ForeignKey(Mode, models.PROTECT, related_name="lots", verbose_name=_("way of transfer"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="lots", verbose_name=_("village or place"))
    place_path = models.CharField(max_length=12, editable=False)
    township = models.ForeignKey(
        Place, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("exchange", "township")
    )
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="lots", verbose_name=_("owner or buyer"))
    title = models.CharField(_("title of the lot"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    location = models.CharField(_("where it lies"), max_length=120, blank=True)
    said = models.JSONField(_("what the way of transfer asks for"), default=dict, blank=True)
    asset_no = models.CharField(_("number of the asset"), max_length=40, blank=True)
    area_mu = models.DecimalField(_("area, mu"), max_digits=12, decimal_places=3, null=True, blank=True)
    use = models.CharField(_("use"), max_length=80, blank=True)
    term_months = models.PositiveSmallIntegerField(_("term in months"), null=True, blank=True)
    land_term_ends = models.DateField(_("contract of the land ends on"), null=True, blank=True)
    ownership_proof = models.CharField(_("proof of ownership"), max_length=120)
    valuation_cents = models.BigIntegerField(_("valuation"), null=True, blank=True)
    valued_by = models.CharField(_("valued by"), max_length=80, blank=True)
    start_cents = models.BigIntegerField(_("starting price or ceiling"))
    per_year = models.BooleanField(_("price is per year"), default=False)
    step_cents = models.BigIntegerField(_("step of bids"), default=0)
    has_reserve = models.BooleanField(_("a sealed reserve price is kept"), default=False)
    deposit_cents = models.BigIntegerField(pgettext_lazy("exchange", "deposit"), default=0)
    method = models.CharField(_("method"), max_length=12, choices=Method)
    decision_no = models.CharField(_("decision number"), max_length=40)
    sitting_tenant = models.CharField(_("sitting tenant with priority"), max_length=80, blank=True)
    town_opinion = models.CharField(_("opinion of the township"), max_length=300, blank=True)
    registers_from = models.DateTimeField(_("registration from"), null=True)
    registers_until = models.DateTimeField(_("registration until"), null=True)
    opens_at = models.DateTimeField(_("trading begins"), null=True)
    auction = models.OneToOneField(
        Auction, models.PROTECT, null=True, related_name="lot", verbose_name=_("online bidding")
    )
    draw = models.OneToOneField(
        Draw, models.PROTECT, null=True, related_name="lot", verbose_name=_("draw of the experts")
    )
    extensions = models.PositiveSmallIntegerField(_("extended how often"), default=0)
    suspended_at = models.DateTimeField(_("suspended since"), null=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, default=Outcome.NONE, blank=True)
    again = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="listed_again", verbose_name=_("lists again")
    )

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["place", "-id"], name="exchange_lot_of_place"),
            models.Index(fields=["registers_until"], name="exchange_lot_until"),
        ]
        constraints = [models.CheckConstraint(condition=Q(start_cents__gt=0), name="exchange_lot_has_price")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        return self.case.number

    @property
    def buys(self) -> bool:
        """Whether the owner pays: the lowest price wins and the starting price is the ceiling."""
        return self.board.direction == Board.Direction.PURCHASE
