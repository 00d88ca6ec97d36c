"""What rules may read of reports of watchers: those in clear that are not about the branch, by dates alone."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

DATASETS = [
    Dataset(
        name="watch_report",
        title=_("Reports of watchers"),
        about=_("General and important reports with their dates. Sealed ones and those about the branch are left out."),
        key="report_id",
        dated="received_at",
        columns=[
            Column("report_id", "BIGINT", _("the report")),
            Column("village_code", "BIGINT", _("place of the body that took it in")),
            Column("number", "VARCHAR", _("number of the report"), default="SB20260601-0001"),
            Column("received_at", "TIMESTAMP", _("day it was received"), default=datetime(2026, 6, 1, 9)),
            Column("due_on", "DATE", _("last day for the answer"), default=date(2026, 6, 8)),
            Column("answered_on", "DATE", _("day it was answered or passed on; empty while it waits")),
            Column("missed_on", "DATE", _("day on which the branch missed its week; empty where it did not")),
            Column("is_important", "BOOLEAN", _("whether it went to the business line"), default=False),
        ],
        sql="""SELECT r.id AS report_id, CAST(p.code AS BIGINT) AS village_code, r.number,
            r.received_at, k.due_on, r.answered_on, r.missed_on, r.is_important
            FROM watchers_report r JOIN watchers_body b ON b.id = r.body_id JOIN directory_place p ON p.id = b.place_id
            JOIN clocks_clock k ON k.id = r.clock_id
            WHERE NOT r.is_secret AND NOT r.on_branch AND {scope}""",
        scope="CAST(p.code AS BIGINT)",
    )
]
