"""What the worker keeps beside the queue itself (the queue's rows are those of django-tasks-db)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScheduledRun(models.Model):
    """「定时任务」 One scheduled function. Moving `due_at` on is the claim: only one worker can do it."""

    key = models.CharField(_("function"), max_length=200, unique=True)
    due_at = models.DateTimeField(_("next run"), db_index=True)
    busy_until = models.DateTimeField(_("taken until"), null=True)
    started_at = models.DateTimeField(_("last started"), null=True)
    finished_at = models.DateTimeField(_("last finished"), null=True)
    job_id = models.UUIDField(_("last job"), null=True)
    runs = models.PositiveBigIntegerField(_("runs"), default=0)
    failure = models.TextField(_("last failure"), blank=True)

    class Meta:
        verbose_name = _("scheduled work")
        verbose_name_plural = _("scheduled work")

    def __str__(self) -> str:
        return self.key


class Worker(models.Model):
    """「后台进程」 A worker that is alive; one not seen for a while is dead, and its job is given back."""

    id = models.CharField(_("worker"), max_length=64, primary_key=True)
    host = models.CharField(_("host"), max_length=255)
    pid = models.PositiveIntegerField(_("process"))
    started_at = models.DateTimeField(_("started"))
    seen_at = models.DateTimeField(_("last seen"), db_index=True)

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"
