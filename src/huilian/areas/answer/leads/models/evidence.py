"""「证据目录」 Pieces of evidence of a lead: number, day, keeper stand here; name and giver lie sealed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .lead import Lead


class Evidence(models.Model):
    """「证据」 One piece. Its name, from whom it came and its files lie in boxes of the lead."""

    class Kind(models.TextChoices):  # 监察法 §33 and 刑事诉讼法 §50 name these kinds
        MATERIAL = "material", _("material evidence")
        DOCUMENT = "document", _("documentary evidence")
        WITNESS = "witness", _("testimony of a witness")
        STATEMENT = "statement", _("statement of the person")
        EXPERT = "expert", _("expert opinion")
        SCENE = "scene", _("record of a scene")
        MEDIA = "media", _("recordings and electronic data")

    class State(models.TextChoices):
        KEPT = "kept", pgettext_lazy("evidence", "kept")
        HANDED = "handed", pgettext_lazy("evidence", "handed over with the file")
        RETURNED = "returned", pgettext_lazy("evidence", "returned")

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="evidence", verbose_name=_("lead"))
    no = models.PositiveSmallIntegerField(_("number in the list of evidence"))
    kind = models.CharField(_("kind of evidence"), max_length=10, choices=Kind)
    taken_on = models.DateField(_("taken on"))
    copies = models.PositiveSmallIntegerField(_("copies"), default=1)
    files = models.PositiveSmallIntegerField(_("sealed files"), default=0)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("keeper of the evidence")
    )
    kept_at = models.CharField(_("place where it is kept"), max_length=60)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.KEPT)
    gone_on = models.DateField(_("handed over or returned on"), null=True)

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("pieces of evidence")
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["lead", "no"], name="leads_evidence_once")]

    def __str__(self) -> str:
        return f"{self.lead} {self.no}"

    @property
    def part(self) -> str:
        """The box with its name; files lie in evf-…-1, what happened to it at the end in evg-…"""
        return f"ev-{self.no}"
