"""What a row says: units, places, channels and matters found by their names, moments in an order that can be."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from huilian.engine.directory import queries as directory
from huilian.engine.directory.models import Place, Unit
from huilian.engine.sheets import Fault, Record
from huilian.foundation.errors import Invalid
from huilian.foundation.now import now

from ..models import Channel, Matter, RefusalGround

TITLE_LENGTH = 40  # of the text, where a row has no title
LETTER = "letter"
DEFAULT_CLASS = "major"  # S0-10: what nobody classed gets the longest time, 15 working days
# Every moment a row may hold, in the order in which they happen; a contact may come at any time after receipt.
IN_ORDER = ("received_at", "dispatched_at", "signed_at", "answered_at", "reported_at", "checked_at", "called_at")
MOMENTS = (*IN_ORDER, "contacted_at", "paused_at", "resumed_at", "closed_at")


class RowRefused(Invalid):
    """A row that cannot be; `field` is the key of the column."""


@dataclass(slots=True)
class Letter:
    """One citizen's matter as another system knew it. `row` is its row in the file."""

    row: int
    title: str
    text: str
    received_at: datetime
    channel: Channel
    class_key: str
    number: str = ""
    matter: Matter | None = None
    topic: str = ""
    unit: Unit | None = None
    place: Place | None = None
    where: str = ""
    caller_name: str = ""
    caller_phone: str = ""
    keeps_secret: bool = False
    dispatched_at: datetime | None = None
    signed_at: datetime | None = None
    contacted_at: datetime | None = None
    returns: int = 0
    paused_at: datetime | None = None
    resumed_at: datetime | None = None
    pause_reason: str = ""
    extension: int = 0
    extension_reason: str = ""
    at_once: bool = False
    reply: str = ""
    answered_at: datetime | None = None
    report: str = ""
    reported_at: datetime | None = None
    checked_at: datetime | None = None
    called_at: datetime | None = None
    solved: str = ""
    satisfaction: int | None = None
    call_note: str = ""
    closed_at: datetime | None = None
    end: str = ""
    ground: RefusalGround | None = None
    first: str = ""

    @property
    def key(self) -> tuple[int, str]:
        return self.channel.pk, self.number


@dataclass
class Reading:
    """All rows of a file: what was understood, what is wrong, and what the person should know."""

    letters: list[Letter] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


class Names:
    """Finds what rows name. Everything is asked for once; places only by the names that occur."""

    def __init__(self, records: Iterable[Record], place: Place | None, channel: Channel | None) -> None:
        self.home = place
        self.channels = {word: c for c in Channel.objects.all() for word in (c.name_en.casefold(), c.name, c.key)}
        self.channel = channel or self._letters()
        self.matters = {word: m for m in Matter.objects.all() for word in (m.name, m.code.casefold())}
        self.grounds = {word: g for g in RefusalGround.objects.all() for word in (g.name, g.key)}
        named = {
            key: {r.values.get(key) for r in records} - {None} for key in ("unit", "township", "village", "place_code")
        }
        self.units = self._units(named["unit"])
        self.places = self._places(named["township"] | named["village"])
        codes = {code.ljust(12, "0") for code in named["place_code"]}
        self.codes = {
            p.code: p for p in Place.objects.filter(directory.standing(), code__in=codes).select_related("parent")
        }

    def channel_of(self, word: str | None) -> Channel:
        found = self.channels.get(word.casefold()) or self.channels.get(word) if word else self.channel
        if found is None and word:
            raise Invalid(
                _("“%(name)s” is no channel. There are: %(names)s.")
                % {"name": word[:40], "names": "、".join(c.name for c in dict.fromkeys(self.channels.values()))}
            )
        if found is None:
            raise Invalid(_("Say through which channel these came in: there is none for letters."))
        return found

    def matter_of(self, word: str | None) -> Matter | None:
        return self._one(
            self.matters, word, _("“%(name)s” is not in the dispatch catalogue, neither as code nor as matter.")
        )

    def ground_of(self, word: str | None) -> RefusalGround | None:
        return self._one(self.grounds, word, _("“%(name)s” is no listed ground for not accepting a matter."))

    def unit_of(self, word: str | None) -> Unit | None:
        found = self.units.get(word) if word else []
        if not word or (found and len(found) == 1):
            return found[0] if found else None
        if found:
            raise Invalid(
                _("“%(name)s” are several units. Write the full name as in the directory.") % {"name": word[:40]}
            )
        raise Invalid(
            _("“%(name)s” is no unit of the directory. Write its name or short name as it stands there.")
            % {"name": word[:40]}
        )

    def place_of(self, code: str | None, township: str | None, village: str | None) -> Place | None:
        """The village, else the township, else the place the import is for."""
        if code:
            found = self.codes.get(code.ljust(12, "0"))
            if found is None:
                raise Invalid(_("No place has the code %(code)s.") % {"code": code[:20]})
            return found
        town = self._named(township, Place.Level.TOWNSHIP, self.home) if township else None
        if village:
            return self._named(village, Place.Level.VILLAGE, town or self.home)
        return town or self.home

    def _named(self, name: str, level: int, within: Place | None) -> Place:
        inside = within.path if within else ""
        found = [p for p in self.places.get(name, ()) if p.level == level and p.path.startswith(inside)]
        if len(found) == 1:
            return found[0]
        if found:
            raise Invalid(
                _("There are several places named “%(name)s”. Name the township as well.") % {"name": name[:40]}
            )
        raise Invalid(_("There is no place named “%(name)s” here.") % {"name": name[:40]})

    @staticmethod
    def _one(known: dict, word: str | None, otherwise: str):
        if not word:
            return None
        found = known.get(word) or known.get(word.casefold())
        if found is None:
            raise Invalid(otherwise % {"name": word[:40]})
        return found

    def _letters(self) -> Channel | None:
        return self.channels.get(LETTER) or next((c for c in self.channels.values() if c.kind == LETTER), None)

    @staticmethod
    def _units(words: set[str]) -> dict[str, list[Unit]]:
        """A short name stands for the highest unit that bears it; the full name for the unit itself."""
        found: dict[str, list[Unit]] = {}
        if not words:
            return found
        short: dict[str, list[Unit]] = {}
        for unit in Unit.objects.filter(directory.standing()).select_related("place").order_by("place__level", "pk"):
            if unit.name in words:
                found.setdefault(unit.name, []).append(unit)
            for name in {unit.short_name, unit.short_name[1:]} & words - {""}:
                if name == unit.short_name or unit.short_name[0] in "县市区州旗":
                    short.setdefault(name, []).append(unit)
        for name, units in short.items():
            highest = [u for u in units if u.place.level == units[0].place.level]
            found.setdefault(name, highest)
        return found

    def _places(self, words: set[str]) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        if not words:
            return found
        wanted = sorted(words)
        for start in range(0, len(wanted), 500):
            rows = Place.objects.filter(directory.standing(), name__in=wanted[start : start + 500])
            if self.home:
                rows = rows.filter(path__gte=self.home.path, path__lte=self.home.highest_path)
            for place in rows.select_related("parent"):
                found.setdefault(place.name, []).append(place)
        return found


def understand(records: list[Record], *, place: Place | None, channel: Channel | None, headings: dict) -> Reading:
    """Letters out of parsed rows. `headings` gives (heading, letter) of a column by its key, for the faults."""
    names, reading, seen, present = Names(records, place, channel), Reading(), {}, now()
    for record in records:
        try:
            letter = _letter(record, names, present)
        except RowRefused as refusal:
            heading, at = headings.get(refusal.field, ("", ""))
            reading.faults.append(Fault(record.row, heading, at, str(refusal)))
            continue
        if letter.number and (before := seen.setdefault(letter.key, record.row)) != record.row:
            heading, at = headings.get("number", ("", ""))
            text = _("The same as row %(row)d. Delete one of the two.") % {"row": before}
            reading.faults.append(Fault(record.row, heading, at, text))
            continue
        if letter.reply and not letter.answered_at and not letter.closed_at:
            heading, at = headings.get("reply", ("", ""))
            text = _("There is an answer but no moment at which it was given, so this matter stays open.")
            reading.notes.append(Fault(record.row, heading, at, text))
        reading.letters.append(letter)
    return reading


def _letter(record: Record, names: Names, present: datetime) -> Letter:
    given = {key: value for key, value in record.values.items() if value is not None}
    given.pop("identity", None)

    def find(key: str, look, *words):
        try:
            return look(*words)
        except Invalid as refusal:
            raise RowRefused(str(refusal), field=key) from None

    take = given.pop
    channel = find("channel", names.channel_of, take("channel", None))
    matter = find("matter", names.matter_of, take("matter", None))
    place_key = "place_code" if "place_code" in given else "village" if "village" in given else "township"
    place = find(place_key, names.place_of, take("place_code", None), take("township", None), take("village", None))
    letter = Letter(
        row=record.row,
        title=take("title", "")[:200] or given["text"][:TITLE_LENGTH],
        channel=channel,
        matter=matter,
        unit=find("unit", names.unit_of, take("unit", None)),
        place=place,
        ground=find("ground", names.ground_of, take("ground", None)),
        topic=take("topic", "") or (matter.topic if matter else ""),
        class_key=take("class_key", "") or (matter.class_key if matter else DEFAULT_CLASS),
        **given,
    )
    _check(letter, present)
    return letter


def _check(letter: Letter, present: datetime) -> None:
    for key in MOMENTS:
        at = getattr(letter, key)
        if at and at > present:
            raise RowRefused(_("This lies in the future."), field=key)
        if at and at < letter.received_at:
            raise RowRefused(_("This lies before the receipt of the matter."), field=key)
    known = [(key, getattr(letter, key)) for key in IN_ORDER if getattr(letter, key)]
    for (_earlier, first), (key, then) in pairwise(known):
        if then < first:
            raise RowRefused(_("This lies before what must come first."), field=key)
    if letter.closed_at and letter.closed_at < known[-1][1]:
        raise RowRefused(_("This lies before what must come first."), field="closed_at")
    if letter.resumed_at and (not letter.paused_at or letter.resumed_at < letter.paused_at):
        raise RowRefused(_("This lies before what must come first."), field="resumed_at")
    if letter.extension < 0 or letter.extension > 60 or letter.returns < 0 or letter.returns > 99:
        raise RowRefused(_("This number cannot be right."), field="extension" if letter.extension else "returns")
    if letter.end == "merged" and not letter.first:
        raise RowRefused(_("Say into which matter it was merged."), field="first")
    if letter.signed_at and not letter.unit:
        raise RowRefused(_("Somebody signed for it, so name the unit."), field="unit")
