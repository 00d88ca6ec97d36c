"""Queued work for the technicians: what failed, and the button that starts it again."""

from django.utils.translation import gettext_lazy, pgettext_lazy
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from huilian.engine.jobs import services
from huilian.engine.jobs.models import ScheduledRun, Worker

from ..declare import Column, Register, Verb, register

STATES = {
    TaskResultStatus.READY: pgettext_lazy("of a job", "waiting"),
    TaskResultStatus.RUNNING: pgettext_lazy("of a job", "running"),
    TaskResultStatus.FAILED: pgettext_lazy("of a job", "failed"),
    TaskResultStatus.SUCCESSFUL: pgettext_lazy("of a job", "done"),
}


def _lamp(job) -> str | None:
    return {TaskResultStatus.FAILED: "red", TaskResultStatus.SUCCESSFUL: "done"}.get(job.status)


def _state(job) -> str:
    return str(STATES.get(job.status, job.status))


@register
class Jobs(Register):
    key, title, model, icon = "jobs", gettext_lazy("Background jobs"), DBTaskResult, "server"
    about = gettext_lazy("Failed jobs have used up their attempts; they can be started again once the cause is gone.")
    columns = (
        Column("task_path", gettext_lazy("Job")),
        Column("lamp", gettext_lazy("Lamp"), kind="level", value=_lamp),
        Column("status", gettext_lazy("State"), value=_state, sort="status"),
        Column("enqueued_at", gettext_lazy("Queued")),
        Column("started_at", gettext_lazy("Started")),
        Column("finished_at", gettext_lazy("Finished")),
    )
    sections = (
        (gettext_lazy("Job"), ("task_path", "status", "enqueued_at", "started_at", "finished_at")),
        (gettext_lazy("What went wrong"), (Column("traceback", gettext_lazy("Report of the failure")),)),
    )
    search = ("task_path",)
    ordering = ("-enqueued_at",)
    see = "system.see"
    verbs = (
        Verb(
            "retry",
            gettext_lazy("Start again"),
            lambda job, *, by: services.retry(job.pk, by=by),
            "system.see",
            text=gettext_lazy("The job goes back on the queue with all its attempts."),
            when=lambda job: job.status == TaskResultStatus.FAILED,
            icon="refresh-cw",
        ),
    )

    def visible_to(self, user):
        return DBTaskResult.objects.all()

    def subject(self, row):
        return f"jobs:{row.pk}"


@register
class Scheduled(Register):
    key, title, model, icon = "scheduled", gettext_lazy("Scheduled work"), ScheduledRun, "calendar-clock"
    columns = ("key", "due_at", "started_at", "finished_at", "runs", "failure")
    see = "system.see"
    ordering = ("key",)

    def visible_to(self, user):
        return ScheduledRun.objects.all()


@register
class Workers(Register):
    key, title, model, icon = "workers", gettext_lazy("Workers"), Worker, "settings"
    columns = ("id", "host", "pid", "started_at", "seen_at")
    see = "system.see"
    ordering = ("-seen_at", "id")

    def visible_to(self, user):
        return Worker.objects.all()
