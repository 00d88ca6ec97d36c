"""「票据审核」 What the village paid and its supervision committee has not stamped yet is shown on the committee's page
to whoever may see the books; the stamp itself is put on the voucher's page.
"""

from collections.abc import Iterable

from django.urls import reverse

from huilian.areas.hear.watchers.ways import BILLS, Bill
from huilian.areas.watch.collective.queries.agency import waiting_vouchers
from huilian.engine.access.queries import may
from huilian.engine.directory.models import Place


def unstamped(user, place: Place) -> Iterable[Bill]:
    """Payments that wait for the committee, the oldest first."""
    if not may(user, "collective.see"):
        return []
    waits = waiting_vouchers(user, "submitted").filter(set__place=place, kind="payment", stamped_at=None)
    return [
        Bill(str(v), v.date, v.summary, v.total_cents, reverse("collective-voucher", args=[v.pk])) for v in waits[:20]
    ]


BILLS.append(unstamped)
