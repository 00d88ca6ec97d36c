"""「账目上墙」 Where each posted voucher was published: the last station in the life of a payment."""

from collections.abc import Sequence

from django.urls import NoReverseMatch, reverse

from huilian.areas.serve.disclosure.queries import MONEY_KIND, items_of
from huilian.areas.serve.disclosure.queries.village import ledger_of
from huilian.areas.watch.collective.queries.timeline import Publication, look_up_publication


@look_up_publication
def published(vouchers: Sequence) -> dict[int, Publication]:
    """The publications that are up and hold a line of these vouchers, by the voucher's key."""
    by_month: dict[tuple, list] = {}
    for voucher in vouchers:
        if voucher.number:
            by_month.setdefault((voucher.set.place, voucher.month), []).append(voucher)
    found = {}
    for (place, month), some in by_month.items():
        period = f"{month // 100}-{month % 100:02d}"
        item = items_of(place, kind=MONEY_KIND).filter(period=period, state="published").order_by("-version").first()
        if item is None:
            continue
        shown = {line["voucher"] for line in ledger_of(item)}
        where = Publication(item.published_at.date(), item.title, _address(item))
        found |= {v.pk: where for v in some if f"记-{v.number}" in shown}
    return found


def _address(item) -> str:
    try:
        return reverse("portal-item", args=[item.number])
    except NoReverseMatch:  # the public face is not installed
        return ""
