"""Why an alert was raised, as its page shows it: the sentence, the rule, the documents, the rows, what can be done."""

import re
from collections import defaultdict
from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine.access.queries import may
from huilian.engine.directory.models import Appointment, Person, Place, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.look.levels import BY_COLOUR
from huilian.foundation import money
from huilian.foundation.masking import mask_name, mask_text
from huilian.foundation.now import moment, now, today

from . import sources
from .evidence import is_intact
from .models import Alert
from .services.life import grace_until

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")
SOURCES = {"procedures.case": gettext_lazy("Case"), "clocks.clock": gettext_lazy("Clock")}
FIELDS = {
    "received_at": gettext_lazy("received"),
    "class": gettext_lazy("class"),
    "step": gettext_lazy("step"),
    "unit": gettext_lazy("unit"),
    "started_at": gettext_lazy("clock started"),
    "length": gettext_lazy("limit"),
    "counted_in": gettext_lazy("counted in"),
    "extension": gettext_lazy("extension"),
    "due_at": gettext_lazy("due"),
    "pauses": gettext_lazy("pauses"),
    "stopped_at": gettext_lazy("clock stopped"),
    "colour": gettext_lazy("colour"),
}
WHY = {
    "raised": gettext_lazy("alert raised"),
    "risen": gettext_lazy("level risen"),
    "again": gettext_lazy("raised again"),
    "lapsed": gettext_lazy("done before the limit"),
    "reopened": gettext_lazy("raised again"),
    "verified": gettext_lazy("verified, the colour falls"),
    "lowered": gettext_lazy("the colour falls, it is watched on"),
    "corrected": gettext_lazy("data corrected"),
    "closed": gettext_lazy("taken off the list"),
    **dict(Alert.Verdict.choices),
}


def reason_panel(alert: Alert, user=None) -> dict:
    """What the template `alerts/reason.html` needs, for the page of an alert or of what it is about."""
    case = alert.case if alert.case_id else None
    pages = sources.addresses_of([alert.subject, *(f"{row['source']}:{row['id']}" for row in alert.evidence)])
    return {
        "alert": alert,
        "level": BY_COLOUR[alert.colour],
        "about": alert.about or alert.subject.partition(":")[2],
        "about_href": pages.get(alert.subject, ""),
        "rows": _rows(alert.evidence, pages),
        "entries": [_entry(line) for line in reversed(alert.levels)],
        "reply_open": case is not None and case.step in ("raised", "explaining"),
        "age": (now() - alert.data_as_of).days,
        "todo": _todo(alert) if case is not None and case.is_open else "",
        "rectifications": list(alert.rectifications.all()),
        "appeals": list(alert.appeals.all()),
        "may_pack": user is not None and may(user, "alert.pack"),
    }


def _todo(alert: Alert) -> str:
    """What the one with whom it lies can do now, in a sentence."""
    due = f"{alert.case.due_on:%F}" if alert.case.due_on else "—"
    match alert.case.step:
        case "raised":
            return _("The unit signs for it, then says by %(due)s how it was. Papers can be attached.") % {"due": due}
        case "explaining":
            said = _("The unit says by %(due)s how it was, and attaches what proves it.") % {"due": due}
            until = grace_until(alert)
            if alert.nature == Alert.Nature.FORM and now() <= until:
                said += " " + _("A slip of form made good by %(day)s does not count.") % {"day": f"{until:%F}"}
            return said
        case "checking":
            return _("Somebody from outside the unit checks the reply and gives the verdict by %(due)s.") % {"due": due}
        case "rectifying":
            return _("The unit puts it right by %(due)s and reports it, or appeals once to the next higher level.") % {
                "due": due
            }
        case "appealing":
            return _("Somebody one level higher decides the appeal by %(due)s; until then nothing is due.") % {
                "due": due
            }
        case "correcting":
            return _("The owner of the data corrects them by %(due)s; it says nothing about the unit.") % {"due": due}
        case "verifying":
            return _("Somebody looks by %(due)s whether it was put right; only then does the colour fall.") % {
                "due": due
            }
        case "watched":
            return _("It is watched and looked at again by %(due)s; green ends it.") % {"due": due}
        case "verified":
            return _("It can be closed.")
    return ""


def _rows(evidence: list[dict], pages: dict[str, str]) -> list[dict]:
    headings = {row["source"]: sources.headings_of(row["source"]) for row in evidence}
    numbers = defaultdict(set)
    for row in evidence:
        for name, heading in headings[row["source"]].items():
            if heading.refers and row["fields"].get(name) not in ("", None):
                numbers[heading.refers].add(row["fields"][name])
    names = {kind: NAMES[kind](found) for kind, found in numbers.items()}
    return [_row(row, headings[row["source"]], names, pages) for row in evidence]


def _row(row: dict, headings, names: dict[str, dict], pages: dict[str, str]) -> dict:
    pairs = []
    for name, value in row["fields"].items():
        heading = headings.get(name)
        if heading is None:
            pairs.append((FIELDS.get(name, name), _shown(value)))
        elif heading.refers:
            pairs.append((heading.title, names.get(heading.refers, {}).get(str(value), "")))
        elif heading.shown:
            pairs.append((heading.title, _told(value, heading)))
    return {
        "label": sources.title_of(row["source"]) or SOURCES.get(row["source"], row["source"]),
        "id": row["id"],
        "href": pages.get(f"{row['source']}:{row['id']}", ""),
        "pairs": [(name, value) for name, value in pairs if value not in ("", None)],
        "hash": row["hash"],
        "intact": is_intact(row),
    }


def _told(value, heading: sources.Heading):
    """A value of a dataset: money as money, persons masked, everything else as it was stored."""
    if value in ("", None):
        return value
    if value in heading.words:
        return heading.words[value]
    if heading.personal:
        return mask_name(str(value)) if len(str(value)) < 6 else mask_text(str(value))
    if heading.unit == "cents" and isinstance(value, int):
        return money.text(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{_shown(value)} {heading.unit}".strip() if heading.unit and heading.unit != "cents" else _shown(value)


def _shown(value):
    """A moment as people write it; everything else as it was stored."""
    if isinstance(value, str) and MOMENT.match(value):
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            return value
        return f"{moment(found) if found.tzinfo else found:%Y-%m-%d %H:%M}"
    return value


def _persons(numbers: set) -> dict[str, str]:
    """Who acted, by post and masked name: the page is about what was done, the books name who did it."""
    posts = defaultdict(list)
    held = Appointment.objects.filter(in_office(today()), person__in=numbers).select_related("post")
    for appointment in held.order_by("pk"):
        posts[appointment.person_id].append(appointment.post.name)
    return {
        str(p.pk): f"{mask_name(p.name)} {_(', ').join(posts[p.pk])}".strip()
        for p in Person.objects.filter(pk__in=numbers)
    }


def _accounts(numbers: set) -> dict[str, str]:
    return {str(u.pk): mask_name(u.name) for u in get_user_model().objects.filter(pk__in=numbers)}


def _units(numbers: set) -> dict[str, str]:
    return {str(u.pk): str(u) for u in Unit.objects.filter(pk__in=numbers)}


def _places(numbers: set) -> dict[str, str]:
    codes = {f"{int(n):012d}": str(n) for n in numbers}
    return {codes[p.code]: p.name for p in Place.objects.filter(code__in=codes).order_by("valid_from")}


NAMES = {"person": _persons, "account": _accounts, "unit": _units, "place": _places}


def _entry(line: dict) -> dict:
    level = BY_COLOUR[line["colour"]]
    return {"when": datetime.fromisoformat(line["at"]), "head": WHY.get(line["why"], line["why"]), "level": level}
