"""County data: which papers are sealed on which way, and which a village does not issue at all."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.engine.look.text import say


class DocumentClass(models.Model):
    """「用印类别」 A class of papers: who must agree, what number it needs, within how many minutes of office time."""

    class Way(models.TextChoices):
        READY = "ready", _("agreed beforehand: released at once")
        HEAD = "head", _("head of the village")
        TOWNSHIP = "township", _("head of the village, then the township")

    class Needs(models.TextChoices):
        NOTHING = "", _("no number")
        DECISION = "decision", _("number of a decision")
        CONTRACT = "contract", _("number of a decision and of the contract")

    key = models.SlugField(_("key"), max_length=24, unique=True)
    name = models.CharField(_("class of papers"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    examples = models.CharField(_("examples"), max_length=200, blank=True)
    way = models.CharField(_("way of approval"), max_length=12, choices=Way)
    needs = models.CharField(_("number it needs"), max_length=12, choices=Needs, blank=True)
    promised_minutes = models.PositiveSmallIntegerField(_("promised minutes of office time"))
    most_copies = models.PositiveSmallIntegerField(_("most copies at a time"), default=10)
    is_active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("class of sealed papers")
        verbose_name_plural = _("classes of sealed papers")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class ForbiddenPaper(models.Model):
    """「不应由村（社区）出具的证明」 A paper a village must not seal, and where to go instead (民发〔2020〕20号)."""

    name = models.CharField(_("name of the paper"), max_length=120, unique=True)
    words = models.CharField(_("words it is known by, divided by spaces"), max_length=200)
    instead = models.CharField(_("where to go instead"), max_length=200)
    basis = models.CharField(_("basis"), max_length=120, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("paper not to be issued")
        verbose_name_plural = _("papers not to be issued")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
