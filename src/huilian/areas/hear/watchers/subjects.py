"""Who answers for a report of a watcher that is late: whoever looks into it."""

from collections.abc import Sequence

from django.urls import reverse

from huilian.engine.screening.subjects import Subject, register

from .models import Report


def _reports(ids: Sequence[str]) -> dict[str, Subject]:
    found = Report.objects.filter(pk__in=[i for i in ids if i.isdigit()], is_secret=False, on_branch=False)
    return {
        str(r.pk): Subject(
            unit=r.handler, place=r.handler.place, township=r.body.township, label=r.number,
            url=reverse("watchers-report", args=[r.number]), data_owner=r.handler,
        )
        for r in found.select_related("handler__place", "body__township")
    }  # fmt: skip


register("watch_report", _reports)
