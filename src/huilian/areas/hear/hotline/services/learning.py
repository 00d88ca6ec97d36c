"""Letting the suggestions learn from what the county itself has dispatched."""

from collections import Counter
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Place, Unit
from huilian.engine.directory.queries import standing
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid
from huilian.foundation.now import now

from .. import suggesting
from ..models import Knowledge, Learning, Matter, Order
from ..suggestion.text import without_names

MOST = 20_000  # the newest orders; older ones went to units that have changed since
FEW = 300  # below so many dispatched orders the catalogue itself is read as examples
KEPT = 2  # trainings whose files stay: the one in use, and the one a running process may still read


def learn(*, by=SYSTEM) -> Learning:
    """Train topic, unit and class from dispatched orders, and from the catalogue while those are few.

    A kind with too few examples is left out. Writes the files first and the row with their digests last, so a process
    never meets a row without its files. Raises `Invalid` when nothing at all can be learned.
    """
    if by is not SYSTEM:
        require(by, "hotline.catalogue")
    from ..suggestion.model import Background, train

    orders = _orders()
    lines = _lines() if len(orders) < FEW else []
    names = _place_names()
    drop = without_names(names)
    digests, reports = {}, {}
    described = _described()
    for kind in suggesting.KINDS:
        examples = [(title, text, labels[kind]) for title, text, labels in (*orders, *lines) if labels.get(kind)]
        without = None if kind == "unit" else drop
        background = Background.of(((title, text) for title, text, _labels in orders), drop=without)
        try:
            model = train(examples, unlabelled=background, taxonomy=described.get(kind), drop=without)
        except Invalid:
            continue
        draft = suggesting.folder() / f"{kind}.new"
        digest = model.save(draft)
        draft.replace(suggesting.file_of(digest))
        digests[kind], reports[kind] = digest, asdict(model.report)
    if not digests:
        raise Invalid(_("There are too few dispatched orders and catalogue lines to learn from. Run `huilian seed`."))
    with transaction.atomic():
        learning = Learning.objects.create(
            trained_at=now(),
            orders=len(orders),
            lines=len(lines),
            digests=digests,
            names=names,
            reports=reports,
        )
        record("hotline.learn", learning, by=by, data={"orders": len(orders), "lines": len(lines), "digests": digests})
    _clear()
    return learning


def _orders() -> list[tuple[str, str, dict[str, str]]]:
    """(title, text, labels) of what was dispatched, the newest first; a matter sent back and forth counts once."""
    rows = (
        Order.objects.exclude(case__unit=None)
        .exclude(case__class_key="")
        .order_by("-pk")
        .values_list(
            "case__title", "text", "topic", "case__class_key", "case__unit", "case__unit__kind", "case__township",
            "case__unit__place",
        )[:MOST]
    )  # fmt: skip
    return [
        (title, text, {"topic": topic, "class": key, "unit": _unit_label(unit, kind, township == place)})
        for title, text, topic, key, unit, kind, township, place in rows
    ]


def _unit_label(unit: int, kind: str, of_its_place: bool) -> str:
    return suggesting.OF_PLACE if of_its_place and kind == Unit.Kind.TOWNSHIP_GOVERNMENT else str(unit)


def _lines() -> list[tuple[str, str, dict[str, str]]]:
    """The dispatch catalogue and the knowledge base read as if they were orders."""
    found = []
    for matter in Matter.objects.filter(is_active=True):
        unit = suggesting.OF_PLACE if matter.by_place else str(matter.lead_unit_id or "")
        labels = {"topic": matter.topic, "class": matter.class_key, "unit": unit}
        found.append((matter.name, matter.hint, labels))
    for entry in Knowledge.objects.exclude(topic=""):
        found.append((entry.title, entry.keywords, {"topic": entry.topic, "unit": str(entry.unit_id or "")}))
    return found


def _described() -> dict[str, dict[str, list[str]]]:
    """What the catalogue says of each topic and unit: short extra examples with little weight."""
    topics: dict[str, list[str]] = {}
    units: dict[str, list[str]] = {}
    for matter in Matter.objects.filter(is_active=True):
        topics.setdefault(matter.topic, []).append(matter.name)
        unit = suggesting.OF_PLACE if matter.by_place else str(matter.lead_unit_id or "")
        units.setdefault(unit, []).append(matter.name)
    return {"topic": topics, "unit": units}


def _place_names() -> list[str]:
    """Names of places that have a unit; with and without the mark of their level (柳河村, 柳河)."""
    names = Place.objects.filter(standing(), level__gte=Place.Level.COUNTY, units__isnull=False).values_list(
        "name", flat=True
    )
    known = Counter(names.distinct())
    for name in list(known):
        if len(name) > 2 and name[-1] in "县区市镇乡村":
            known[name[:-1]] += 1
    return sorted(known)


def _clear() -> None:
    """Take away the files of trainings nobody reads any more."""
    kept = Learning.objects.order_by("-pk").values_list("digests", flat=True)[:KEPT]
    wanted = {suggesting.file_of(digest).name for digests in kept for digest in digests.values()}
    for file in suggesting.folder().glob("*.npz"):
        if file.name not in wanted:
            file.unlink(missing_ok=True)
