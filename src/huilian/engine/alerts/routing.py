"""Where a colour goes: the county's table, filled from `routing.yaml` at first."""

import re
from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.procedures.definition import Limit, Limits

from .models import Alert, AlertRoute

GROUP = re.compile(r"[A-Z]+")


def seed() -> None:
    """Write the default routes where the county has none yet; what it changed stays."""
    body = yaml.safe_load((Path(__file__).parent / "routing.yaml").read_text(encoding="utf-8"))
    rows = [AlertRoute(**row) for row in body["routes"]]
    rows += [AlertRoute(group=group, **row) for group in body["money"] for row in body["money_routes"]]
    AlertRoute.objects.bulk_create(rows, ignore_conflicts=True)


def group_of(rule: str) -> str:
    """The group a rule belongs to by its name: ZJ of ZJ07."""
    found = GROUP.match(rule)
    return found[0][:8] if found else ""


def limits_of(route: AlertRoute, step: str) -> Limits:
    """The limits that `route` sets where an alert comes to `step`."""
    days = {
        "raised": route.sign_days,
        "checking": route.check_days,
        "rectifying": route.rectify_days,
        "verifying": route.verify_days,
    }.get(step)
    return Limits(
        whole=Limit(route.explain_days) if route.explain_days else None,
        step=Limit(days) if days else None,
    )


class Table:
    """All routes as they stand; what is asked for is found by rule, else by group, else the default."""

    def __init__(self, rows) -> None:
        self._by_key = {(row.rule, row.group, row.level): row for row in rows}

    def of(self, rule: str, level: int, group: str = "") -> AlertRoute:
        found = self._by_key
        return found.get((rule, "", level)) or found.get(("", group or group_of(rule), level)) or found["", "", level]


class Routes(Table):
    """The routes, locked: everybody who raises alerts waits here, so the same alert is made once."""

    def __init__(self) -> None:
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("routes are read inside the transaction that raises")
        rows = list(AlertRoute.objects.select_for_update().order_by("pk"))
        if not rows:
            seed()
            rows = list(AlertRoute.objects.select_for_update().order_by("pk"))
        super().__init__(rows)


def route_of(alert: Alert) -> AlertRoute:
    """The route of an alert at the level it has. Without any row the defaults are written first."""
    if not AlertRoute.objects.filter(rule="", group="", level=alert.level).exists():
        seed()
    return Table(AlertRoute.objects.filter(level=alert.level)).of(alert.rule, alert.level, alert.group)
