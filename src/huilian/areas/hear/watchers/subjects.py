"""Who answers for a report of a watcher that is late: whoever looks into it."""

from collections.abc import Sequence

from django.urls import reverse

from huilian.engine.directory.models import Unit
from huilian.engine.screening.subjects import Subject, register
from huilian.foundation.now import today

from .models import Report


def _reports(ids: Sequence[str]) -> dict[str, Subject]:
    found = Report.objects.filter(pk__in=[i for i in ids if i.isdigit()], is_secret=False, on_branch=False)
    return {
        str(r.pk): Subject(
            unit=_late(r), place=_late(r).place, township=r.body.township, label=r.number,
            url=reverse("watchers-report", args=[r.number]), data_owner=r.handler,
        )
        for r in found.select_related("handler__place", "body__township", "body__unit__place", "clock")
    }  # fmt: skip


def _late(report: Report) -> Unit:
    """Whoever is late: the branch whose week was missed, until the line above misses its month as well."""
    return report.handler if report.clock.due_on < today() or not report.missed_on else report.body.unit


register("watch_report", _reports)
