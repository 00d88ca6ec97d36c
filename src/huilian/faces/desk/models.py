"""What the desk itself keeps: the views that a person has saved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SavedView(models.Model):
    """「常用筛选」 A filter a person wants to come back to: a name for the query of a list."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(_("list"), max_length=24)
    name = models.CharField(pgettext_lazy("of a saved view", "name"), max_length=24)
    query = models.CharField(_("filter"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "page", "name"], name="savedview_name_once")]

    def __str__(self) -> str:
        return self.name
