"""「用款事项」 A request to pay names the item it rests on; what is off the list or forbidden is raised (CX14)."""

from huilian.areas.power.powers import queries, services
from huilian.areas.power.powers.queries.cases import item_case_of
from huilian.areas.watch.collective.queries.cited import Powers, give


def held(unit) -> list[tuple[str, str]]:
    return [(item.code, item.label) for item in queries.items_of(unit).order_by("code")]


def cited(case) -> tuple[str, str] | None:
    noted = item_case_of(case)
    return (noted.code, noted.item.label if noted.item else "") if noted else None


def cite(case, unit, code, why, *, by) -> None:
    services.cite(case, unit, code, reason=why, by=by)


give(Powers(held, cited, cite))
