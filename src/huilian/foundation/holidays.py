"""Reading the yearly arrangement of holidays: the announced years that come with the product, and new ones by file.

A file is what an officer writes down from the State Council's notice; see `data/workdays/2026.yaml`. Every slip gets a
sentence that says where it is, and nothing of a faulty file is taken.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

from .errors import Invalid
from .wording import _
from .workdays import LAST_YEAR, Notice, WorkCalendar, Year

DATA = Path(__file__).parent / "data" / "workdays"
HOLIDAYS = {
    "new_year": {"zh": "元旦", "en": "New Year"},
    "spring_festival": {"zh": "春节", "en": "Spring Festival"},
    "qingming": {"zh": "清明节", "en": "Qingming"},
    "labour_day": {"zh": "劳动节", "en": "Labour Day"},
    "dragon_boat": {"zh": "端午节", "en": "Dragon Boat Festival"},
    "mid_autumn": {"zh": "中秋节", "en": "Mid-Autumn Festival"},
    "national_day": {"zh": "国庆节", "en": "National Day"},
    "victory_70": {"zh": "抗战胜利70周年纪念日", "en": "70th anniversary of victory"},
}
# A notice that leaves one of these out has been copied down incompletely (Order 795 §2).
ALWAYS_REST = ("01-01", "05-01", "10-01", "10-02", "10-03")
LIBRARY_YEARS = range(2007, 2022)  # announced before the product's own tables begin


def parse_year(text: str, name: str = "") -> Year:
    """The arrangement written in `text` (YAML). Raises Invalid with a sentence naming the fault; `name` is the file."""
    where = f"{name}: " if name else ""
    try:
        given = yaml.safe_load(text)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise Invalid(
            _(
                "%(where)sline %(line)s cannot be read. Please compare with the example of another year.",
                where=where,
                line=line,
            ),
            row=line,
        ) from None
    if not isinstance(given, dict) or not isinstance(given.get("year"), int) or not 2000 <= given["year"] <= LAST_YEAR:
        raise Invalid(_("%(where)sthe line “year:” with a year such as 2027 is missing.", where=where), field="year")
    year = given["year"]
    notice = given.get("notice")
    if not isinstance(notice, dict) or not notice.get("title"):
        raise Invalid(
            _("%(where)sthe State Council's notice is not named (notice: title, number, issued).", where=where),
            field="notice",
        )
    issued = notice.get("issued")
    if issued is not None and not isinstance(issued, date):
        raise Invalid(_("%(where)sthe date of the notice must be written as 2026-11-04.", where=where), field="issued")
    rest = _days(given.get("rest"), year, where, "rest")
    work = _days(given.get("work"), year, where, "work")
    _check(year, rest, work, where)
    return Year(year, rest, work, Notice(str(notice["title"]), str(notice.get("number") or ""), issued))


def load_file(path: Path) -> Year:
    """The arrangement in a file; Invalid when it cannot be read."""
    try:
        return parse_year(path.read_text("utf-8-sig"), path.name)
    except UnicodeDecodeError:
        raise Invalid(_("%(where)sthe file is not text in UTF-8.", where=f"{path.name}: ")) from None
    except OSError as error:
        raise Invalid(
            _("%(where)sthe file cannot be opened (%(why)s).", where=f"{path}: ", why=error.strerror)
        ) from None


@cache
def announced_years() -> dict[int, Year]:
    """The years whose notices come with the product."""
    return {year.number: year for year in map(load_file, sorted(DATA.glob("*.yaml")))}


@cache
def library_years() -> dict[int, Year]:
    """Years before the product's own tables, from the library chinesecalendar (which cites the notices)."""
    from chinese_calendar import constants  # type: ignore[import-untyped]

    keys = dict(zip((h.value for h in constants.Holiday), HOLIDAYS, strict=True))
    years = {}
    for number in LIBRARY_YEARS:
        rest = {d: keys[h] for d, h in constants.holidays.items() if d.year == number}
        work = {d: keys[h] for d, h in constants.workdays.items() if d.year == number}
        years[number] = Year(
            number, rest, work, Notice(f"国务院办公厅关于{number}年部分节假日安排的通知（chinesecalendar 1.11.0）")
        )
    return years


@cache
def national() -> WorkCalendar:
    """The nation's calendar as far as it comes with the product, without a database."""
    return WorkCalendar(library_years() | announced_years())


def _days(given: object, year: int, where: str, what: str) -> dict[date, str]:
    """`given` is a list of days or a mapping from holiday to such a list."""
    groups = given if isinstance(given, dict) else {"": given}
    days: dict[date, str] = {}
    for name, entries in groups.items():
        if name and name not in HOLIDAYS:
            raise Invalid(
                _(
                    "%(where)s“%(name)s” is not a holiday. Known are: %(known)s.",
                    where=where,
                    name=name,
                    known=", ".join(HOLIDAYS),
                ),
                field=what,
            )
        if not isinstance(entries, list):
            raise Invalid(
                _("%(where)s“%(what)s” must be a list of days such as [01-01..01-03].", where=where, what=what),
                field=what,
            )
        for entry in entries:
            for day in _span(entry, year, where):
                if day in days:
                    raise Invalid(_("%(where)s%(day)s is written twice.", where=where, day=day), field=what)
                days[day] = str(name)
    return days


def _span(entry: object, year: int, where: str) -> list[date]:
    try:
        ends = [_day(part, year) for part in str(entry).split("..")]
        first, last = ends[0], ends[-1]
        if len(ends) > 2 or last < first or (last - first).days > 31:
            raise ValueError
    except ValueError:
        raise Invalid(
            _("%(where)s“%(entry)s” is not a day or a span of days such as 01-01..01-03.", where=where, entry=entry)
        ) from None
    if not date(year - 1, 12, 1) <= first <= last <= date(year + 1, 1, 31):
        raise Invalid(
            _("%(where)s%(day)s does not belong to the arrangement of %(year)s.", where=where, day=first, year=year)
        )
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def _day(text: str, year: int) -> date:
    text = text.strip()
    return date.fromisoformat(text if len(text) > 5 else f"{year}-{text}")


def _check(year: int, rest: dict[date, str], work: dict[date, str], where: str) -> None:
    for text in ALWAYS_REST:
        if _day(text, year) not in rest:
            raise Invalid(
                _(
                    "%(where)s%(day)s is a statutory holiday but is not among the days of rest.",
                    where=where,
                    day=_day(text, year),
                ),
                field="rest",
            )
    for day in work:
        if day in rest:
            raise Invalid(
                _("%(where)s%(day)s is both a day of rest and a day of work.", where=where, day=day), field="work"
            )
        if day.weekday() < 5:
            raise Invalid(
                _(
                    "%(where)s%(day)s is no weekend day; only weekend days are listed under “work”.",
                    where=where,
                    day=day,
                ),
                field="work",
            )
