"""A rule as text: a YAML head in one comment, then one SELECT. Reading it names every fault of the head."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from huilian.foundation import money

from .dataset import GRAINS

REQUIRED = ("id", "names", "group", "grain", "reads", "levels", "explain", "weight", "status", "owner")
OPTIONAL = ("parameters", "basis", "note", "exclusions", "false_alarms", "source", "class", "nature", "subject")
LADDER = {"yellow": 1, "orange": 2, "red": 3}
STATUSES, NATURES, ORIGINS = ("trial", "active"), ("form", "gain"), ("default", "county", "law")
OWNERS = ("agriculture", "discipline", "finance", "system")
ID = re.compile(r"[A-Z]{2}\d{2,3}")
NAME = re.compile(r"[a-z][a-z0-9_]*")
HEAD = re.compile(r"\s*/\*(.*?)\*/", re.S)
MEASURES = {  # units of parameters, in words; money is kept in cents and shown in yuan
    "cents": pgettext_lazy("measure", "yuan"),
    "percent": pgettext_lazy("measure", "per cent"),
    "permille": pgettext_lazy("measure", "per thousand"),
    "bp": pgettext_lazy("measure", "hundredths of a per cent"),
    "days": pgettext_lazy("measure", "days"),
    "hour": pgettext_lazy("measure", "o'clock"),
    "years": pgettext_lazy("measure", "years"),
    "mu": pgettext_lazy("measure", "mu"),
    "times": "",  # the name says of what
    "rows": pgettext_lazy("measure", "rows"),
    "looks": pgettext_lazy("measure", "looks"),
    "alerts": pgettext_lazy("measure", "alerts"),
    "contracts": pgettext_lazy("measure", "contracts"),
    "invoices": pgettext_lazy("measure", "invoices"),
    "vouchers": pgettext_lazy("measure", "vouchers"),
    "payments": pgettext_lazy("measure", "payments"),
    "items": pgettext_lazy("measure", "items"),
    "periods": pgettext_lazy("measure", "periods"),
}
OUTPUT = ("village_code", "subject", "key", "level", "evidence")  # every rule gives these; the rest are facts


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a rule. `line` counts from 1 in the file (0: all of it); a warning does not stop it."""

    message: str
    file: str = ""
    line: int = 0
    field: str = ""
    warning: bool = False

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line or "") if part)
        field = f"[{self.field}] " if self.field else ""
        return f"{where}: {field}{self.message}" if where else f"{field}{self.message}"


class Broken(Exception):
    """A rule that cannot be used; `faults` say why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = list(faults)


@dataclass(frozen=True)
class Parameter:
    """One threshold a county may change. `origin`: `default` has no upper basis, `law` has, `county` was decided."""

    name: str
    value: Any
    unit: str
    names: Mapping[str, str]
    origin: str = "default"

    @property
    def measure(self) -> str:
        """In what it is counted, in words."""
        return str(MEASURES.get(self.unit, self.unit))

    def told(self, value: Any) -> str:
        """A value as people read it: 1,000.00 yuan, 30 days."""
        if self.unit == "cents" and isinstance(value, int):
            value = money.text(value)
        return f"{', '.join(map(str, value)) if isinstance(value, list) else value} {self.measure}".strip()


@dataclass(frozen=True)
class Rule:
    """「模型」 What a rule file says. `version` is the digest of its text, so that any change is another version."""

    id: str
    names: Mapping[str, str]
    group: str
    grain: str
    reads: tuple[str, ...]
    levels: Mapping[str, Mapping[str, str]]
    explain: Mapping[str, str]
    weight: int
    status: str
    owner: str
    sql: str
    text: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    basis: tuple[Mapping[str, Any], ...] = ()
    note: Any = ""
    exclusions: Any = ""
    false_alarms: Any = ""
    source: str = ""
    nature: str = ""  # form: a slip that can be made good; gain: somebody may have gained; "": not said
    pairwise: bool = False
    file: str = ""
    sql_line: int = 1  # the line of the file on which the SELECT's text begins

    @property
    def version(self) -> str:
        return digest(self.text)

    @property
    def values(self) -> dict[str, Any]:
        """The parameters as the file gives them."""
        return {name: parameter.value for name, parameter in self.parameters.items()}


def digest(text: str) -> str:
    """The version of a rule's text: twelve hexadecimal digits of its SHA-256, line ends and outer space apart."""
    return sha256(text.replace("\r\n", "\n").strip().encode()).hexdigest()[:12]


def read(path: Path) -> Rule:
    """The rule of a file. Raises `Broken`."""
    rule = parse(path.read_text(encoding="utf-8"), file=path.name)
    if rule.id != path.stem:
        raise Broken([Fault(_("The file is called %(file)s, but the rule in it %(id)s. Give both the same name.")
                            % {"file": path.name, "id": rule.id}, path.name, 0, "id")])  # fmt: skip
    return rule


def parse(text: str, *, file: str = "") -> Rule:
    """The rule in `text`. Raises `Broken` with every fault of the head."""
    text = text.replace("\r\n", "\n")
    match = HEAD.match(text)
    if match is None:
        raise Broken([Fault(_("A rule begins with its head between /* and */, before the SELECT."), file, 1)])
    try:
        head = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = (mark.line if mark else 0) + 1 + text[: match.start(1)].count("\n")
        why = {"why": getattr(error, "problem", error)}
        raise Broken([Fault(_("The head is not YAML: %(why)s.") % why, file, line)]) from None
    if not isinstance(head, dict):
        raise Broken([Fault(_("The head is a list of names and values, such as “id: ZJ01”."), file, 1)])
    faults = [Fault(message, file, _line_of(text, name), name) for name, message in _faults(head)]
    sql = text[match.end() :]
    if not sql.strip():
        faults.append(Fault(_("There is no SELECT after the head."), file, text.count("\n") + 1))
    if faults:
        raise Broken(faults)
    return Rule(
        id=head["id"],
        names=head["names"],
        group=head["group"],
        grain=head["grain"],
        reads=tuple(head["reads"]),
        levels=head["levels"],
        explain=head["explain"],
        weight=head["weight"],
        status=head["status"],
        owner=head["owner"],
        sql=sql.strip().rstrip(";").rstrip(),
        text=text,
        parameters={name: _parameter(name, body) for name, body in (head.get("parameters") or {}).items()},
        basis=tuple(head.get("basis") or ()),
        note=head.get("note") or "",
        exclusions=head.get("exclusions") or "",
        false_alarms=head.get("false_alarms") or "",
        source=str(head.get("source") or ""),
        nature=head.get("nature") or "",
        pairwise=head.get("class") == "pairwise",
        file=file,
        sql_line=1 + text[: len(text) - len(sql.lstrip())].count("\n"),
    )


# ---------------------------------------------------------------------- inside


def _line_of(text: str, name: str) -> int:
    found = re.search(rf"^{re.escape(name.split('.')[0])}\s*:", text, re.M)
    return text[: found.start()].count("\n") + 1 if found else 1


def _parameter(name: str, body: Mapping[str, Any]) -> Parameter:
    names = {lang: body[lang] for lang in ("zh", "en")}
    return Parameter(name, body["value"], str(body.get("unit") or ""), names, body.get("origin") or "default")


def _both(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(value.get(k), str) and value[k] for k in ("zh", "en"))


def _faults(head: dict[str, Any]) -> list[tuple[str, str]]:
    """Everything wrong with the head, as (field, sentence)."""
    known = (*REQUIRED, *OPTIONAL)
    found = [(str(name), _unknown(str(name), known)) for name in head if name not in known]
    found += [(name, _("“%(name)s” is missing in the head.") % {"name": name}) for name in REQUIRED if name not in head]
    if found:
        return found

    def wrong(name: str, *allowed: str) -> None:
        if head.get(name) is not None and head[name] not in allowed:
            values = {"value": head[name], "allowed": " | ".join(allowed)}
            found.append((name, _("“%(value)s” is not one of: %(allowed)s.") % values))

    wrong("grain", *GRAINS)
    wrong("status", *STATUSES)
    wrong("owner", *OWNERS)
    wrong("nature", *NATURES)
    wrong("class", "pairwise")
    if not isinstance(head["id"], str) or not ID.fullmatch(head["id"]):
        found.append(("id", _("The id is two capital letters and two or three digits, such as ZJ01.")))
    for name in ("names", "explain"):
        if not _both(head[name]):
            found.append((name, _("Say it in both languages: {zh: …, en: …}.")))
    for name in ("exclusions", "false_alarms"):
        if head.get(name) and not _both(head[name]):
            found.append((name, _("Say it in both languages: {zh: …, en: …}.")))
    if not isinstance(head["reads"], list) or not head["reads"]:
        found.append(("reads", _("“reads” lists the datasets of the SELECT, such as [voucher].")))
    if not isinstance(head["weight"], int) or not 1 <= head["weight"] <= 5:
        found.append(("weight", _("The weight is a whole number from 1 to 5.")))
    levels = head["levels"]
    if not isinstance(levels, dict) or not levels or any(k not in LADDER or not _both(v) for k, v in levels.items()):
        found.append(("levels", _("“levels” says in both languages what is yellow, orange or red.")))
    basis = head.get("basis") or []
    if not isinstance(basis, list) or any(not isinstance(b, dict) or not b.get("law") for b in basis):
        found.append(("basis", _("“basis” is a list of {law, version, article}; leave it empty when unsure.")))
    return found + _parameter_faults(head.get("parameters") or {})


def _parameter_faults(parameters: object) -> list[tuple[str, str]]:
    if not isinstance(parameters, dict):
        return [("parameters", _("“parameters” is a list of names with their value, unit, zh and en."))]
    found = []
    for name, body in parameters.items():
        where = f"parameters.{name}"
        if not NAME.fullmatch(str(name)) or name == "as_of":
            found.append((where, _("A parameter is named in small letters, and not as_of.")))
        elif not isinstance(body, dict) or "value" not in body or not _both(body):
            found.append((where, _("A parameter has a value and is named in both languages: {value, unit, zh, en}.")))
        elif body.get("origin", "default") not in ORIGINS:
            found.append((where, _("The origin is one of: %(allowed)s.") % {"allowed": " | ".join(ORIGINS)}))
        elif not _storable(body["value"]):
            found.append((where, _("The value is a number, a text, a date, true or false, or a list of those.")))
    return found


def _storable(value: object) -> bool:
    from datetime import date

    if isinstance(value, list):
        return bool(value) and all(_storable(v) and not isinstance(v, list) for v in value)
    return isinstance(value, (bool, int, float, str, date))


def _unknown(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, 1)
    if near:
        return _("There is no “%(name)s” in a head; perhaps “%(near)s” is meant.") % {"name": name, "near": near[0]}
    return _("There is no “%(name)s” in a head. Known are: %(known)s.") % {"name": name, "known": ", ".join(known)}
