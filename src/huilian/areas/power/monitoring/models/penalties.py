"""「行政处罚」 Offences with their bands, and one penalty case within or, with reasons, outside of its band."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Person, Unit
from huilian.engine.procedures.models import Case


class PenaltyMatter(models.Model):
    """「处罚事项」 An offence, the provision that names it, and the unit that may punish it. County data."""

    code = models.CharField(_("code"), max_length=24, unique=True)
    name = models.CharField(_("offence"), max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that punishes"))
    law = models.CharField(_("law"), max_length=120)
    version = models.CharField(_("version"), max_length=60)
    article = models.CharField(_("article"), max_length=60)
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("offence")
        verbose_name_plural = _("offences")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class PenaltyBand(models.Model):
    """「裁量基准」 Circumstances of an offence and the fine they allow."""

    matter = models.ForeignKey(PenaltyMatter, models.PROTECT, related_name="bands", verbose_name=_("offence"))
    name = models.CharField(_("gravity"), max_length=40)
    circumstances = models.TextField(_("circumstances"))
    low_cents = models.BigIntegerField(_("lowest fine"))
    high_cents = models.BigIntegerField(_("highest fine"))
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("band of a penalty")
        verbose_name_plural = _("bands of penalties")
        ordering = ["matter", "position", "low_cents"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "name"], name="band_once"),
            models.CheckConstraint(
                condition=models.Q(low_cents__gte=0) & models.Q(high_cents__gte=models.F("low_cents")),
                name="band_low_to_high",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} · {self.name}"


class Penalty(models.Model):
    """「处罚案件」 One penalty. Outside its band it needs a reason and the yes of a second person."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="penalty", verbose_name=_("case"))
    matter = models.ForeignKey(PenaltyMatter, models.PROTECT, related_name="+", verbose_name=_("offence"))
    band = models.ForeignKey(PenaltyBand, models.PROTECT, null=True, related_name="+", verbose_name=_("band"))
    party = models.CharField(_("party"), max_length=80)
    source = models.CharField(_("source of the case"), max_length=60)
    facts = models.TextField(_("facts and evidence"), blank=True)
    amount_cents = models.BigIntegerField(_("fine"), null=True)
    deviation = models.TextField(_("reason for leaving the band"), blank=True)
    reviewed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("legal review by")
    )
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by"))

    class Meta:
        verbose_name = _("penalty")
        verbose_name_plural = _("penalties")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.case.number
