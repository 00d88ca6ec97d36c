"""Links between things of different areas."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Link(models.Model):
    """「关联」 The source led to, answers or belongs to the target. A link is written once and never changed."""

    source_kind = models.CharField(_("source kind"), max_length=64)
    source_id = models.CharField(_("source"), max_length=64)
    target_kind = models.CharField(_("target kind"), max_length=64)
    target_id = models.CharField(_("target"), max_length=64)
    kind = models.CharField(_("kind"), max_length=32)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.CharField(_("made by"), max_length=128, blank=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "target_kind", "target_id", "kind"], name="one_link_of_a_kind"
            )
        ]
        indexes = [models.Index(fields=["target_kind", "target_id"], name="links_by_target")]

    def __str__(self) -> str:
        return f"{self.source_kind}:{self.source_id} {self.kind} {self.target_kind}:{self.target_id}"
