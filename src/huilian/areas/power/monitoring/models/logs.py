"""Event logs from outside and what came of them. They change only through `services.logs`."""

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Unit
from huilian.engine.mining.prescription import Prescription, prescribe


class OutsideLog(models.Model):
    """「外来日志」 One file of events from another system, held against one procedure.

    The file is deleted when it has been judged. `procedure` keeps the whole text it was judged by, since the procedure
    may change; `result` holds counts and the discovered map, `findings` every finding as Parquet.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        JUDGING = "judging", _("being read and judged")
        DONE = "done", _("judged")
        REFUSED = "refused", _("could not be read")

    number = models.CharField(_("number"), max_length=32, unique=True)
    title = models.CharField(_("title"), max_length=120)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    file_name = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField(_("digest of the file"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    file = models.FileField(_("kept file"), upload_to="logs/%Y/%m", max_length=200, blank=True)
    columns = models.JSONField(_("headings of the table"), default=dict, blank=True)
    procedure_key = models.CharField(_("key of the procedure"), max_length=40)
    procedure = models.JSONField(_("text of the procedure"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    refusal = models.TextField(_("why it could not be read"), blank=True)
    cases = models.PositiveIntegerField(_("cases"), default=0)
    events = models.PositiveIntegerField(_("events"), default=0)  # read so far, while it is being judged
    first_day = models.DateField(_("first day"), null=True)
    last_day = models.DateField(_("last day"), null=True)
    found = models.PositiveIntegerField(_("findings"), default=0)
    result = models.JSONField(_("result"), default=dict, blank=True)
    findings = models.FileField(_("kept findings"), upload_to="logs/%Y/%m", max_length=200, blank=True)
    made_by = models.CharField(_("handed in by"), max_length=120)
    made_at = models.DateTimeField(_("handed in at"))
    ended_at = models.DateTimeField(_("judged at"), null=True)

    class Meta:
        verbose_name = _("event log from outside")
        verbose_name_plural = _("event logs from outside")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "procedure_key"], condition=~models.Q(state="refused"), name="outside_log_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.WAITING, self.State.JUDGING)

    @cached_property
    def prescription(self) -> Prescription:
        return prescribe(self.procedure)
