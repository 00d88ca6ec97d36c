"""「办案文书」 Papers made from the 71 templates: what is in them lies sealed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.engine.look.text import say

from .lead import Lead


class Paper(models.Model):
    """One paper of a lead. A correction is a new version of the same number, with a box of its own."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="papers", verbose_name=_("lead"))
    template = models.SlugField(_("template"), max_length=40)
    number = models.CharField(_("number"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    part = models.CharField(_("part"), max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("paper of a case")
        verbose_name_plural = _("papers of cases")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["number", "version"], name="leads_one_version_of_a_paper")]

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        """The name of its template, in the language of the reader."""
        from ..papers import templates

        return say(templates()[self.template].name)
