"""The seals themselves, who keeps them, and when they leave the office."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Person, Place, Unit


class Seal(models.Model):
    """「印章」 One seal of one unit. `device` is the adapter of `devices.py` that lets it out, `device_no` the box."""

    class Kind(models.TextChoices):
        UNIT = "unit", _("official seal")
        FINANCE = "finance", _("seal of finance")
        CONTRACT = "contract", _("seal for contracts")
        SUPERVISION = "supervision", _("seal of the supervision committee")

    class State(models.TextChoices):
        IN_USE = "in_use", _("in use")
        LENT = "lent", _("out of the office")
        STOPPED = "stopped", _("out of use")
        DESTROYED = "destroyed", _("destroyed")

    number = models.CharField(_("number of the seal"), max_length=32, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="seals", verbose_name=_("unit"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("township"))
    name = models.CharField(_("words on the seal"), max_length=120)
    kind = models.CharField(_("kind of seal"), max_length=12, choices=Kind)
    keeper = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("keeper"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.IN_USE)
    device = models.CharField(_("device"), max_length=16, default="simulated")
    device_no = models.CharField(_("number of the device"), max_length=40, blank=True)
    device_address = models.URLField(_("address of the device"), blank=True)
    latitude = models.FloatField(_("latitude of the office"), null=True, blank=True)
    longitude = models.FloatField(_("longitude of the office"), null=True, blank=True)
    radius_m = models.PositiveIntegerField(_("metres around the office"), default=500)
    started_on = models.DateField(_("in use from"))
    ended_on = models.DateField(_("in use until"), null=True, blank=True)
    record_no = models.CharField(_("number of the police record"), max_length=40, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )

    class Meta:
        verbose_name = _("official stamp")
        verbose_name_plural = _("seals")
        ordering = ["unit__name", "kind", "pk"]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_kind_display()}）"


class Handover(models.Model):
    """「印章交接」 A seal passes from one keeper to the next, witnessed by a third person."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="handovers")
    giver = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("handed over by"))
    taker = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("taken over by"))
    witness = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("witness"))
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("handover of a seal")
        verbose_name_plural = _("handovers of seals")
        ordering = ["-at"]


class Loan(models.Model):
    """「外带」 A seal leaves the office: asked for, agreed to by the township, back by a set hour."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        AGREED = "agreed", _("agreed to")
        REFUSED = "refused", _("refused")
        OUT = "out", _("out")
        BACK = "back", _("back")

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="loans", verbose_name=_("official stamp"))
    reason = models.CharField(_("reason"), max_length=200)
    destination = models.CharField(_("where it goes"), max_length=120)
    taker = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("who takes it"))
    companion = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("who goes along"))
    due_at = models.DateTimeField(_("back by"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    out_at = models.DateTimeField(_("out since"), null=True)
    back_at = models.DateTimeField(_("back since"), null=True)
    minutes_out = models.PositiveIntegerField(_("minutes it was out"), null=True)

    class Meta:
        verbose_name = _("loan of a seal")
        verbose_name_plural = _("loans of seals")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["seal"], condition=Q(state__in=["asked", "agreed", "out"]), name="seal_lent_once"
            )
        ]
