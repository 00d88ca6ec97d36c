"""Where a colour goes: the county's table, filled from `routing.yaml` at first."""

from pathlib import Path

import yaml
from django.db import transaction

from .models import AlertRoute


def seed() -> None:
    """Write the default routes where the county has none yet; what it changed stays."""
    body = yaml.safe_load((Path(__file__).parent / "routing.yaml").read_text(encoding="utf-8"))
    AlertRoute.objects.bulk_create([AlertRoute(rule="", **row) for row in body["routes"]], ignore_conflicts=True)


class Routes:
    """The routes as they stand, locked: everybody who raises alerts waits here, so the same alert is made once."""

    def __init__(self) -> None:
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("routes are read inside the transaction that raises")
        rows = list(AlertRoute.objects.select_for_update().order_by("pk"))
        if not rows:
            seed()
            rows = list(AlertRoute.objects.select_for_update().order_by("pk"))
        self._by_key = {(row.rule, row.level): row for row in rows}

    def of(self, rule: str, level: int) -> AlertRoute:
        """The route of a rule at a level: its own, else the default."""
        return self._by_key.get((rule, level)) or self._by_key["", level]
