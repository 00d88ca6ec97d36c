"""The county's lists: lawful ways beside the petition, grounds, hours of public opinion, numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.engine.look.text import say


class Line(models.Model):
    """A line of a list with its names and where it comes from."""

    key = models.SlugField(_("key"), max_length=24, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        abstract = True
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class Path(Line):
    """「法定途径」 A way by law that comes before the petition: a demand that has one is led there first."""

    when = models.CharField(_("for which demands"), max_length=200)
    organ = models.CharField(_("where it is handed in"), max_length=120)
    period = models.CharField(_("period to mind"), max_length=120, blank=True)

    class Meta(Line.Meta):
        verbose_name = _("lawful way")
        verbose_name_plural = _("lawful ways")


class Ground(Line):
    """「信访不予受理情形」 On which ground a petition is not accepted, and what is left to the person."""

    guidance = models.CharField(_("what is left to the person"), max_length=300)

    class Meta(Line.Meta):
        verbose_name = _("ground for not accepting a petition")
        verbose_name_plural = _("grounds for not accepting petitions")


class Heat(Line):
    """「舆情热度」 How much a matter is talked of online, and within how many hours it is verified and answered."""

    verify_hours = models.PositiveSmallIntegerField(_("hours until it is verified"))
    answer_hours = models.PositiveSmallIntegerField(_("hours until the answer is published"))

    class Meta(Line.Meta):
        verbose_name = _("heat of public opinion")
        verbose_name_plural = _("heats of public opinion")


class Number(Line):
    """「参数」 A number of the county, such as the days within which a paper is answered."""

    value = models.PositiveSmallIntegerField(_("number"))

    class Meta(Line.Meta):
        verbose_name = _("number of petitions")
        verbose_name_plural = _("numbers of petitions")
