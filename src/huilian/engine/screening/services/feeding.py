"""Telling the screening that facts have changed, or that data has come in from outside."""

from collections.abc import Iterable

from django.db import transaction
from django.db.transaction import TransactionManagementError

from huilian.engine.directory.models import Unit
from huilian.engine.trail.services import record
from huilian.foundation.now import now

from ..catalogue import datasets
from ..models import Feed, Outbox


def touch(village_codes: Iterable[int | str] | None, *, about: Iterable[str] = (), by=None) -> None:
    """Let these villages (None: all) be screened soon. One row each, in the caller's transaction: if that is undone,
    so is this. The act that changed the facts is in the trail already; this is not an act of its own.

    `about` names rows of datasets ("voucher:12") when nothing else of the one village has changed: then only these and
    what follows them are read again.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("touch() belongs into the transaction that changes the facts")
    codes = [None] if village_codes is None else sorted({int(code) for code in village_codes})
    at, names = now(), list(about)
    if names and (len(codes) != 1 or codes == [None]):
        raise ValueError("rows are named of one village")
    for name in names:
        dataset, _colon, key = name.partition(":")
        if dataset not in datasets() or not key.isdecimal():
            raise ValueError(f"{name} is no row of a dataset")
    Outbox.objects.bulk_create(
        [Outbox(village_code=code, about=name, at=at) for code in codes for name in names or [""]]
    )


@transaction.atomic
def fed(
    name: str, *, rows: int, faults: int = 0, title: dict | None = None, every_days: int | None = None,
    unit: Unit | None = None, by,
) -> Feed:  # fmt: skip
    """Note that data from outside was delivered: how many rows, how many of them with errors."""
    feed, _new = Feed.objects.select_for_update().get_or_create(name=name)
    feed.last_at, feed.rows, feed.faults = now(), rows, faults
    feed.title = title or feed.title
    feed.every_days = every_days or feed.every_days
    feed.unit = unit or feed.unit
    feed.save()
    record("screening.fed", f"feed:{name}", by=by, data={"rows": rows, "faults": faults})
    return feed
