"""What the county decides once: topics and who puts them right, strata, checkpoints, the manual, what is watched."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Unit
from huilian.engine.look.text import lang


class Kept(models.Model):
    """A row of the county's lists. `origin`: default (ours, no rule of a higher level behind it) or county."""

    key = models.SlugField(pgettext_lazy("watchers", "key"), max_length=24, unique=True)
    name = models.CharField(pgettext_lazy("watchers", "name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(pgettext_lazy("watchers", "position"), default=0)
    is_active = models.BooleanField(pgettext_lazy("watchers", "in use"), default=True)
    origin = models.CharField(pgettext_lazy("watchers", "origin"), max_length=8, default="county", editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name_en if self.name_en and lang() == "en" else self.name


class Topic(Kept):
    """「反映主题」 What a report is about; `focus`: which topic of the reply card; `unit` puts it right."""

    class Focus(models.TextChoices):
        INTEGRITY = "integrity", _("clean conduct of leading cadres")
        OPENNESS = "openness", _("openness of party and government affairs")
        APPOINTMENTS = "appointments", _("choice and use of cadres")
        FARMERS = "farmers", _("policies for farmers")

    focus = models.CharField(_("topic of the reply card"), max_length=12, choices=Focus.choices, blank=True)
    field = models.CharField(_("field code"), max_length=16, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department that puts it right")
    )

    class Meta(Kept.Meta):
        verbose_name = _("topic of reports")
        verbose_name_plural = _("topics of reports")


class Stratum(Kept):
    """「联系层面」 One of the strata of the contact points, with how many persons it should have."""

    quota = models.PositiveIntegerField(_("persons it should have"), default=0)

    class Meta(Kept.Meta):
        verbose_name = _("stratum of contact points")
        verbose_name_plural = _("strata of contact points")


class Checkpoint(Kept):
    """「监督点」 What a station looks at, and every how many months."""

    what = models.CharField(_("what is looked at"), max_length=300)
    field = models.CharField(_("field code"), max_length=16, blank=True)
    every_months = models.PositiveSmallIntegerField(_("every how many months"), default=3)

    class Meta(Kept.Meta):
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")


class ManualEntry(Kept):
    """「工作手册」 What members of a station may see, ask and attend, which forms they use, what they must not do."""

    class Chapter(models.TextChoices):
        SEE = "see", _("may see")
        ASK = "ask", _("may ask about")
        ATTEND = "attend", _("may attend")
        FORM = "form", _("writes down on")
        NEVER = "never", _("must not")

    chapter = models.CharField(_("chapter of the manual"), max_length=8, choices=Chapter.choices)

    class Meta(Kept.Meta):
        verbose_name = _("entry of the manual")
        verbose_name_plural = _("entries of the manual")


class WatchedPoint(Kept):
    """「重点事、关键岗」 A kind of matter or a post that is looked at more often. Posts, never people.

    `words` are parts of a post's name (divided by spaces) or the matter in words; `fields` the field codes of the
    checkpoints that come every `every_months` months wherever such a matter or post is.
    """

    class Kind(models.TextChoices):
        MATTER = "matter", _("key matter")
        POST = "post", _("key post")
        HEADS = "heads", _("one person heads several bodies")

    kind = models.CharField(_("kind of watching"), max_length=8, choices=Kind.choices)
    words = models.CharField(_("known by"), max_length=200, blank=True)
    threshold_cents = models.BigIntegerField(_("from this amount (cents)"), null=True, blank=True)
    fields = models.CharField(_("field codes"), max_length=120, blank=True)
    every_months = models.PositiveSmallIntegerField(_("every how many months"), default=1)

    class Meta(Kept.Meta):
        verbose_name = _("watched matter or post")
        verbose_name_plural = _("watched matters and posts")
