"""「纠错」 What a unit must put right, what was checked, and where a camera stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.procedures.models import Card, Case


class Correction(models.Model):
    """「责令纠正」 An order to put a breach right, answered with what was done and verified by another person."""

    class State(models.TextChoices):
        OPEN = "open", _("to be put right")
        ANSWERED = "answered", _("answered, to be verified")
        DONE = "done", _("verified")

    number = models.CharField(_("number"), max_length=32, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="corrections", verbose_name=_("case"))
    card = models.ForeignKey(Card, models.PROTECT, null=True, related_name="+", verbose_name=_("card"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    demand = models.TextField(_("what is to be put right"))
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("ordered by"))
    issued_at = models.DateTimeField(_("ordered"))
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="+", verbose_name=_("clock"))
    answer = models.TextField(_("what was put right"), blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    remark = models.TextField(_("what was found on verifying"), blank=True)
    verified_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("verified by"))
    verified_at = models.DateTimeField(_("verified"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = _("correction order")
        verbose_name_plural = _("correction orders")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number


class CheckRecord(models.Model):
    """「监察检查」 A look at one control: what it tests, what was found, what is changed because of it (查控结合)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    on = models.DateField(_("day"))
    control = models.CharField(_("control that is tested"), max_length=120)
    case_no = models.CharField(_("number of the case"), max_length=32, blank=True)
    finding = models.TextField(_("finding"))
    change = models.TextField(_("change of the control"), blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("checked by"))

    class Meta:
        verbose_name = _("check of a control")
        verbose_name_plural = _("checks of controls")
        ordering = ["-on", "-pk"]


class VideoPoint(models.Model):
    """「视频监察点」 Where a camera looks at a hall or window, and the link to it. No video is kept here."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    name = models.CharField(_("name of the point"), max_length=60)
    window = models.CharField(_("hall or window"), max_length=60, blank=True)
    link = models.URLField(_("link"))
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("video point")
        verbose_name_plural = _("video points")
        ordering = ["unit__name", "name"]

    def __str__(self) -> str:
        return self.name
