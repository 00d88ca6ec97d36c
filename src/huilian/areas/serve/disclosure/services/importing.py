"""Many publications at once: the history of another system, or a year of every village. All of it or nothing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine import bulk
from huilian.engine.access.queries import require
from huilian.engine.calendar.queries import calendar_for
from huilian.engine.directory.models import Place
from huilian.engine.numbering.services import take_numbers
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import Act, record_many
from huilian.foundation.errors import Invalid
from huilian.foundation.now import moment

from .. import rules, sealing
from ..models import Item, Kind, Obligation, Proof
from ..sources import Body
from . import calendar as duties
from .guards import village


class Ready(NamedTuple):
    """One item as it was published elsewhere. `proof`: (posted on, which board, SHA-256 of the photograph or "")."""

    place: Place
    kind: str
    period: str  # as in Obligation.period; for an event the day it happened
    body: Body
    published_at: datetime
    drafted_by: object = None
    checked_by: object = None
    checked_at: datetime | None = None
    title: str = ""
    matter: str = ""
    proof: tuple[date, str, str] | None = None


@transaction.atomic
def publish_many(items: Iterable[Ready], *, by) -> list[Item]:
    """Publish what was public already. Raises Invalid for personal data in any line; then nothing is kept.

    Duties that are missing are made. Who checked is taken as it was: an item that nobody checked shows that.
    """
    require(by, "disclosure.import")
    rows = list(items)
    kinds = {kind.key: kind for kind in Kind.objects.filter(key__in={r.kind for r in rows})}
    obligations = _obligations(rows, kinds)
    made = []
    for number, (row, given) in enumerate(zip(_numbers(rows), rows, strict=True), 1):
        obligation = obligations[_key(given, kinds)]
        made.append(_item(given, obligation, row, number))
    acts = [Act("disclosure.publish", item, sealing.facts_of(item), item.published_at, item.place) for item in made]
    for item, event in zip(made, record_many(acts, by=by), strict=True):
        item.event_id = event.pk
    bulk.insert(made)
    _meet(made, rows)
    touch({item.place.code for item in made})
    return made


def _key(row: Ready, kinds: dict[str, Kind]) -> tuple[int, int, str, str]:
    if row.kind not in kinds:
        raise Invalid(_("“%(key)s” is not in the catalogue of publications.") % {"key": row.kind}, field="kind")
    return row.place.pk, kinds[row.kind].pk, row.period, row.matter


def _obligations(rows: Sequence[Ready], kinds: dict[str, Kind]) -> dict[tuple, Obligation]:
    wanted = {_key(row, kinds): row for row in rows}
    found = Obligation.objects.select_for_update(of=("self",)).filter(
        period__in={r.period for r in rows}, kind__in=kinds.values()
    )
    have = {(o.place_id, o.kind_id, o.period, o.matter): o for o in found.select_related("kind", "place")}
    new = []
    for key, row in wanted.items():
        if key not in have:
            kind, calendar = kinds[row.kind], calendar_for(row.place)
            if kind.cycle in rules.MONTHS:
                period = rules.read_period(kind.cycle, row.period)
                made = duties.of_period(kind, village(row.place), period, calendar)
            else:
                on = moment(row.published_at).date()
                event = date.fromisoformat(row.period) if kind.cycle == Kind.Cycle.EVENT else None
                made = duties.make(
                    kind, village(row.place), period=row.period, opens=on, anchor=event or on, calendar=calendar,
                    matter=row.matter, event_on=event,
                )  # fmt: skip
            new.append(made)
            have[key] = made
    bulk.insert(new)
    taken = set(
        Item.objects.filter(
            obligation__in=[o for o in have.values() if o.met_on], state=Item.State.PUBLISHED
        ).values_list("obligation_id", flat=True)
    )
    for key in wanted:
        if have[key].pk in taken:
            raise Invalid(_("“%(what)s” is already published. Correct it instead.") % {"what": have[key]})
    if len(wanted) != len(rows):
        raise Invalid(_("The same matter of the same village stands twice in what is to be imported."))
    return have


def _numbers(rows: Sequence[Ready]) -> list[str]:
    """A number for each, by the day it was published."""
    days: dict[date, list[int]] = {}
    for i, row in enumerate(rows):
        days.setdefault(moment(row.published_at).date(), []).append(i)
    numbers = [""] * len(rows)
    for day, places in sorted(days.items()):
        for i, number in zip(places, take_numbers("GK", day, len(places)), strict=True):
            numbers[i] = number
    return numbers


def _item(row: Ready, obligation: Obligation, number: str, line: int) -> Item:
    item = Item(
        number=number,
        obligation=obligation,
        place=row.place,
        township_id=obligation.township_id,
        place_path=obligation.place_path,
        kind=obligation.kind,
        period=row.period,
        title=row.title or sealing.title_of(obligation),
        state=Item.State.PUBLISHED,
        source=obligation.kind.source,
        drafted_by=row.drafted_by,
        drafted_at=row.published_at,
        checked_by=row.checked_by,
        checked_at=row.checked_at,
        published_at=moment(row.published_at),
    )
    if row.checked_by is not None and row.checked_by == row.drafted_by:
        raise Invalid(_("Who checks an item must be somebody else than who drafted it."), row=line)
    sealing.fill(item, row.body)
    sealing.refuse_leaks(item)
    sealing.seal(item)
    return item


def _meet(items: Sequence[Item], rows: Sequence[Ready]) -> None:
    proofs, first = [], {}
    for item, row in zip(items, rows, strict=True):
        item.obligation.met_on = moment(item.published_at).date()
        if row.proof:
            posted_on, spot, digest = row.proof
            item.obligation.board_on = posted_on
            proof = Proof(
                item=item, posted_on=posted_on, spot=spot, photo_digest=digest, posted_by=row.drafted_by,
                entered_at=item.published_at,
            )  # fmt: skip
            proofs.append(proof)
    Obligation.objects.bulk_update([i.obligation for i in items], ["met_on", "board_on"], batch_size=500)
    for proof in sorted(proofs, key=lambda p: p.posted_on):
        if proof.photo_digest:
            proof.repeats = first.setdefault((proof.item.place_id, proof.photo_digest), proof)
            if proof.repeats is proof:
                proof.repeats = None
    plain = [p for p in proofs if p.repeats is None]
    bulk.insert(plain)
    bulk.insert([p for p in proofs if p.repeats is not None])
