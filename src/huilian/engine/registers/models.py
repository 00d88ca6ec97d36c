"""What the registers keep for themselves: views that somebody saved, where a source's columns stand, imports."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """「常用视图」 A search, filters and an order that one person keeps under a name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    register = models.CharField(_("register"), max_length=40)
    name = models.CharField(_("name of the view"), max_length=30)
    query = models.CharField(_("conditions"), max_length=1000)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "register", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name


class ColumnMapping(models.Model):
    """「列对应」 Which heading of a source stands for which column. A source is known by its headings."""

    register = models.CharField(_("register"), max_length=40)
    source = models.CharField(_("digest of the headings"), max_length=64)
    headings = models.JSONField(_("column by heading"), default=dict)  # {column's name: heading in the file}
    made_by = models.CharField(_("made by"), max_length=120)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("mapping of columns")
        verbose_name_plural = _("mappings of columns")
        constraints = [models.UniqueConstraint(fields=["register", "source"], name="column_mapping_once")]

    def __str__(self) -> str:
        return f"{self.register} {self.source[:8]}"


class ImportRun(models.Model):
    """「导入」 One file on its way into a register. The file is deleted as soon as the run has ended."""

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        MAPPING = "mapping", _("columns to be matched")
        READY = "ready", _("ready to import")
        FAULTY = "faulty", _("has faults")
        WRITING = "writing", _("being written")
        DONE = "done", _("imported")
        REFUSED = "refused", _("could not be read")
        CANCELLED = "cancelled", _("given up")

    register = models.CharField(_("register"), max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    name = models.CharField(_("file"), max_length=120)
    file = models.FileField(_("kept file"), upload_to="imports/%Y/%m", max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.CHECKING)
    began_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    rows = models.PositiveIntegerField(_("rows read"), default=0)
    added = models.PositiveIntegerField(_("rows added"), default=0)
    changed = models.PositiveIntegerField(_("rows changed"), default=0)
    unchanged = models.PositiveIntegerField(_("rows unchanged"), default=0)
    faulty = models.PositiveIntegerField(_("rows with faults"), default=0)
    report = models.JSONField(_("report"), default=dict)  # faults, examples, headings, skipped; see importing.Report
    digest = models.CharField(max_length=64, blank=True)  # of the preview, so that what was shown is what is written

    class Meta:
        verbose_name = _("import of a file")
        verbose_name_plural = _("imports of files")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "register"], name="import_run_user")]

    def __str__(self) -> str:
        return f"{self.register} {self.name}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.REFUSED, self.State.CANCELLED)

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.CHECKING, self.State.WRITING)
