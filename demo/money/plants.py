"""What in the books of 安澜县 is not as it should be, and the honest things that look like it.

`demo/data/plants.yaml` is both the plan and the ground truth: the tests read it, and every line of it must be found.
What the invented economy brings by itself (rent in arrears, idle things, contracts over the land term) is ground truth
too; it is worked out here from what was invented, not from what a rule says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

import yaml

from huilian.engine.directory.identity import key_of
from huilian.engine.directory.services import declare_kin
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.codes import identity_check_digit

from . import year
from .economy import YUAN, Bargain, Thing, Village, years_later
from .year import Fact

LATE_BOARDS = 0.02
LATE_CLOSERS = 0.02  # of the villages; their last month is still open on the twentieth
MONTHLY_DUE = 10  # the day of the month by which the month before is published
FILE = Path(__file__).parent.parent / "data" / "plants.yaml"


@dataclass(frozen=True)
class Truth:
    """Something a rule must find: at least at this level, in this village. `honest`: it looks bad and is not."""

    rule: str
    village: int
    level: int
    honest: bool = False
    what: str = ""


@cache
def planted() -> tuple[dict, ...]:
    return tuple(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def sow(villages: Sequence[Village]) -> list[Truth]:
    """Put the plants into the villages they are meant for; gives everything that is to be found."""
    by_name: dict[str, Village] = {}
    for v in villages:
        by_name.setdefault(v.name, v)
    truth = []
    for plant in planted():
        v = by_name.get(plant["village"])
        if v is None:
            continue
        v.plants = [*v.plants, plant]
        for change in plant.get("assets", ()):
            _asset(v, change)
        for change in plant.get("contracts", ()):
            _contract(v, change)
        truth.append(Truth(plant["rule"], v.code, plant["level"], plant.get("honest", False), plant["what"]))
    for v in villages:
        truth += _by_itself(v)
    return truth


def _by_itself(v: Village) -> list[Truth]:
    """What the invented economy brings without being planted."""
    made, today = [], v.today
    for bargain in v.bargains:
        grace = 30 if bargain.kind == "contracting" else 0
        overdue = [
            (today - due).days
            for due, _c in year.schedule(bargain)
            if due <= today and not year.paid_on(v, bargain, due)
        ]
        if overdue and (late := max(overdue) - grace) > 15 and max(overdue) > 15:
            made.append(Truth("HT02", v.code, 3 if late > 90 else 2 if late > 60 else 1, what=bargain.number))
        term = bargain.more.get("land_term_ends")
        if term and bargain.ends_on > term and bargain.ends_on >= today:
            made.append(Truth("HT03", v.code, 3, what=bargain.number))
        if bargain.more.get("filed_on", today) is None and (today - bargain.signed_on).days > 10:
            made.append(Truth("HT12", v.code, 1, what=bargain.number))
        if (bargain.ends_on - today).days <= 90 and not bargain.more.get("ended_on"):
            made.append(Truth("HT01", v.code, 1, what=bargain.number))
    if (late := late_closing(v)) and (today - _end_of_first_open(today, late)).days > 15:
        made.append(Truth("ZJ21", v.code, 1, what="open months"))
    if unpublished(v) and today.day > MONTHLY_DUE:
        made.append(Truth("CX08", v.code, 1, what="last month"))
    for thing in v.things:
        if thing.status == "idle" and (today - thing.status_since).days > 90:
            made.append(Truth("ZC01", v.code, 1, what=thing.number))
        if thing.status not in ("sold", "scrapped") and (today - (thing.counted_on or thing.acquired_on)).days > 365:
            made.append(Truth("ZC10", v.code, 1, what=thing.number))
    return made


# ---------------------------------------------------------------------- property


def _asset(v: Village, change: dict) -> None:
    """Change one card (`of`: name), or add one (`new`)."""
    values = {key: _value(v, value) for key, value in change.get("set", {}).items()}
    if "new" in change:
        made = {**change["new"]}
        bought = v.today - timedelta(days=made.pop("bought_days", 900))
        thing = Thing(
            f"ZC{v.place.code[6:]}{len(v.things) + 51:03d}", made["name"], made.get("class", "building"),
            made.get("class") == "resource", made.get("land_kind", ""), made.get("mu"), made.get("yuan", 0) * YUAN,
            bought, made.get("status", "in_use"), v.today - timedelta(days=made.get("since_days", 200)),
            v.today - timedelta(days=40),
        )  # fmt: skip
        v.things.append(thing)
    else:
        thing = next(t for t in v.things if t.name == change["of"])
    for key in ("status", "status_since", "counted_on"):
        if key in values:
            setattr(thing, key, values.pop(key))
    thing.more.update(values)


def _contract(v: Village, change: dict) -> None:
    """Change a contract (`of`: its place in the village's list), or add one (`new`) on a thing that may be new too."""
    if "new" not in change:
        bargain = v.bargains[change["of"]]
    else:
        new = change["new"]
        thing = next((t for t in v.things if t.name == new.get("thing")), None)
        signed = v.today - timedelta(days=new.get("signed_days", 300))
        starts = signed + timedelta(days=new.get("starts_after", 5))
        count = len(v.bargains) + 51
        bargain = Bargain(
            f"HT{v.place.code[6:]}-{signed:%Y}-{count:02d}", thing, new["title"], new.get("kind", "lease"),
            _value(v, new.get("party", "周同林")), signed, starts,
            years_later(starts, new.get("years", 3)) - timedelta(days=1), new["yearly_yuan"] * YUAN,
            new.get("mode", "open"), f"JY{v.place.code[6:]}-{signed:%Y}-{count:02d}", signed - timedelta(days=12),
        )  # fmt: skip
        v.bargains.append(bargain)
    for key, given in change.get("set", {}).items():
        value = _value(v, given)
        if key in ("arrears", "decision_no", "decided_on", "deal_no", "mode", "party", "title", "yearly"):
            setattr(bargain, key, value)
        elif key == "renews":
            bargain.more["renews"] = v.bargains[value].number
        else:
            bargain.more[key] = value


def debts(v: Village, accounts) -> list[dict]:
    rows = []
    for plant in v.plants:
        for debt in plant.get("debts", ()):
            row = {key: _value(v, value) for key, value in debt.items() if not key.endswith(("_yuan", "_days"))}
            row |= {f"{key[:-5]}_cents": value * YUAN for key, value in debt.items() if key.endswith("_yuan")}
            row |= {f"{key[:-5]}_on": v.today - timedelta(days=n) for key, n in debt.items() if key.endswith("_days")}
            rows.append({"set": accounts, **row})
    return rows


# ------------------------------------------------------------------------- books


def planted_facts(v: Village, facts: list[Fact]) -> list[Fact]:
    """The ordinary facts of a village with the planted ones between them, by day."""
    made = list(facts)
    for plant in v.plants:
        for change in plant.get("facts", ()):
            for again in range(len(change.get("month_days", ())) or change.get("times", 1)):
                made.append(_fact(v, change, again))
        for change in plant.get("lost", ()):  # an ordinary fact that the bank never sees
            made = [f.changed(in_bank=False) if change in f.summary else f for f in made]
    return sorted(made, key=lambda f: f.on)


def _fact(v: Village, change: dict, again: int) -> Fact:
    on = _day(v, change, again)
    cents = round((change["yuan"] + again * change.get("rises", 0)) * YUAN)
    more = {}
    if change.get("paper", "invoice") != "none":
        number = change.get("number") or f"26{Random(f'{v.code}{on}{again}').randrange(10**18):018d}"
        if change.get("serial"):
            number = f"{int(number) + again:020d}"
        payee = change.get("seller", change.get("payee", ""))
        more["papers"] = (
            (change.get("paper", "invoice"), number, payee, change.get("paper_yuan", cents / YUAN) * YUAN),
        )
        more["papers"] = tuple((k, n, s, round(c)) for k, n, s, c in more["papers"])
    values = {key: _value(v, value) for key, value in change.get("values", {}).items()}
    for key in ("payee_kind", "decision_no", "contract_no", "fund", "approved_days", "stamped", "entered_days",
                "bank_name", "bank_days", "in_bank"):  # fmt: skip
        if key in change:
            more[key] = _value(v, change[key])
    hands = {key: getattr(v.hands, name) for key, name in change.get("hands", {}).items()}
    more["more"] = {"values": values, "hands": hands}
    payee = _value(v, change.get("payee", ""))
    if "lines" in change:
        lines = tuple((code, d * YUAN, c * YUAN, _value(v, party)) for code, d, c, party in change["lines"])
        return Fact(on, change.get("kind", "transfer"), "none", change["summary"], lines, payee=payee, **more)
    book = year.spend if "spend" in change else year.receive
    account = change.get("spend") or change["receive"]
    return book(on, account, cents, change["summary"], payee, cash=change.get("cash", False), **more)


def _day(v: Village, change: dict, again: int) -> date:
    """So many days ago; or on days of a month so many back; or before the end of last year."""
    if change.get("december"):
        return date(v.today.year - 1, 12, 16)
    if "month_days" in change:
        month = v.today
        for _i in range(change["back"]):
            month = month.replace(day=1) - timedelta(days=1)
        return month.replace(day=change["month_days"][again])
    return v.today - timedelta(days=change["days"] - again * change.get("every", 1))


def bank_only(v: Village) -> list[tuple]:
    """What only the bank knows."""
    made = []
    for plant in v.plants:
        for row in plant.get("bank", ()):
            day = v.today - timedelta(days=row["days"])
            made.append(
                (
                    day,
                    row["yuan"] * YUAN,
                    _value(v, row["name"]),
                    row.get("account", ""),
                    row.get("summary", "转账"),
                    None,
                )
            )
    return made


def open_months(v: Village) -> int:
    """How many months the plan leaves unpublished as well, because they are not closed."""
    return max((plant.get("open_months", 0) for plant in v.plants), default=0)


def unpublished(v: Village) -> int:
    """How many months a village's income and spending are not on the board; a few villages are late by themselves."""
    return open_months(v) or (1 if Random(v.code + 3).random() < LATE_BOARDS else 0)


def late_closing(v: Village) -> int:
    """How many months behind the village's books are closed."""
    by_itself = 1 if Random(v.code + 7).random() < LATE_CLOSERS else 0
    return max((plant.get("open_months", 0) for plant in v.plants), default=by_itself) or by_itself


def _end_of_first_open(today: date, late: int) -> date:
    """The last day of the first month that is not closed yet."""
    day = today.replace(day=1) - timedelta(days=1)
    for _i in range(late):
        day = day.replace(day=1) - timedelta(days=1)
    return (day.replace(day=28) + timedelta(days=35)).replace(day=1) - timedelta(days=1)


# ------------------------------------------------------------------------ values


def _value(v: Village, given):
    """A value of the file: "@head" is the name of the village's head, "-30" a day thirty days ago, and so on."""
    if not isinstance(given, str):
        return given
    if given.startswith("@kin"):
        return {"@kin": _kin(v), "@kinid": identity(v.code), "@kinkey": key_of(identity(v.code))}[given]
    if given.startswith("@"):
        return getattr(v.hands, given[1:]).name
    if given[:1] in "-+" and given[1:].isdigit():
        return v.today + timedelta(days=int(given))
    return given


def _kin(v: Village) -> str:
    """The name of a relative whom the head of the village has declared."""
    return "罗小龙"


def declare(villages: Sequence[Village]) -> None:
    """The heads of the villages in which it matters declare a relative, long before."""
    for v in villages:
        if any("@kin" in str(plant) for plant in v.plants):
            declare_kin(v.hands.head, relation="弟弟", name=_kin(v), identity_number=identity(v.code), by=SYSTEM)


def identity(seed: int) -> str:
    """A number with a right check digit that belongs to nobody: its area stands in no table."""
    rnd = Random(seed)
    born = date(1975, 1, 1) + timedelta(days=rnd.randrange(6000))
    body = f"119999{born:%Y%m%d}{rnd.randrange(1000):03d}"
    return body + identity_check_digit(body)
