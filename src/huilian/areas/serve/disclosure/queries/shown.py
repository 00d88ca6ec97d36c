"""One publication as anybody may read it: its table, its proof, its versions, the questions under it."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from huilian.engine.look.text import day, money, say
from huilian.engine.procedures.models import CaseStep
from huilian.engine.trail.queries import event_or_none
from huilian.foundation.money import text as money_text
from huilian.foundation.now import moment, today

from .. import rules, sealing
from ..models import Affairs, Feature, Item, Kind, Policy, PublicityClass, Question, ReaderCount

SEEN = (Item.State.PUBLISHED, Item.State.REPLACED, Item.State.WITHDRAWN)


def item_called(number: str) -> Item | None:
    """The item with this number when strangers may know of it; a withdrawn one too."""
    return (
        Item.objects.select_related("kind", "place__parent", "obligation", "replaces", "checked_by", "drafted_by")
        .filter(number=number, state__in=SEEN, kind__scope=Kind.Scope.PUBLIC)
        .first()
    )


def item_versions(item: Item) -> list[Item]:
    """Every published version of the same thing, newest first."""
    found = Item.objects.filter(obligation=item.obligation_id, state__in=SEEN).only(
        "number", "version", "state", "published_at", "reason", "obligation"
    )
    return list(found.order_by("-version"))


@dataclass(frozen=True)
class Line:
    """One line of a table: its number as people count, and its cells as text with the kind of their column."""

    number: int
    cells: list[tuple[str, str, str]]  # (kind, text, heading)


@dataclass(frozen=True)
class Table:
    """A table ready to be shown: headings with kinds, lines, totals by column ("" where there is none)."""

    headings: list[tuple[str, str]]
    lines: list[Line]
    totals: list[tuple[str, str]]  # (text, heading)


def table_of(item: Item, *, limit: int | None = None) -> Table:
    heads = [(c.get("kind", rules.TEXT), say(c)) for c in item.columns]
    lines = [
        Line(number, [(kind, cell(kind, value), name) for (kind, name), value in zip(heads, row, strict=True)])
        for number, row in enumerate(item.rows[:limit], 1)
    ]
    sums = rules.totals(item.columns, item.rows)
    totals = [(money(sums[c["key"]]) if c["key"] in sums else "", say(c)) for c in item.columns]
    return Table(heads, lines, totals)


def cell(kind: str, value: object) -> str:
    """A value as it stands in a table."""
    if value is None or value == "":
        return ""
    if kind == rules.MONEY:
        return money(value)
    if kind == rules.DATE:
        return day(date.fromisoformat(str(value)))
    return str(value)


def csv_of(item: Item) -> str:
    """The lines as CSV with the keys as headings: money in yuan with a point, days as ISO text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([c["key"] for c in item.columns])
    kinds = [c.get("kind", rules.TEXT) for c in item.columns]
    for row in item.rows:
        writer.writerow([_plain(kind, value) for kind, value in zip(kinds, row, strict=True)])
    return out.getvalue()


def _plain(kind: str, value: object) -> str:
    if value is None:
        return ""
    if kind == rules.MONEY:
        return money_text(int(value)).replace(",", "")  # type: ignore[call-overload]
    text = str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text  # a spreadsheet must not take it for a formula


FRICTIONLESS = {rules.MONEY: "number", rules.DATE: "date", rules.NUMBER: "string"}


def schema_of(item: Item) -> dict:
    """The Table Schema (frictionless) of the CSV, with what each column means in both languages."""
    fields = [
        {
            "name": c["key"],
            "type": FRICTIONLESS.get(c.get("kind", ""), "string"),
            "title": c["zh"],
            "description": c.get("en", ""),
        }
        for c in item.columns
    ]
    return {
        "profile": "tabular-data-resource",
        "name": item.number.lower(),
        "title": item.title,
        "path": f"{item.number}.csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
        "place": item.place.code,
        "kind": item.kind.key,
        "period": item.period,
        "version": item.version,
        "digest": f"sha256:{item.digest}",
    }


def public_body_of(item: Item) -> dict:
    """What the digest is taken of. Nothing for a withdrawn item: its lines are gone from the web."""
    return sealing.public_body(item)


def event_facts(item: Item) -> dict | None:
    """Everything of the log's entry that a reader needs to recompute it: the fields and the salt."""
    event = event_or_none(item.event_id) if item.event_id else None
    if event is None:
        return None
    return {
        "at": event.at.isoformat(),
        "verb": event.verb,
        "subject": [event.subject_kind, event.subject_id],
        "actor": [event.actor_kind, event.actor_id, event.actor_label],
        "place": event.place,
        "data": event.data,
        "salt": bytes(event.salt).hex(),
        "algorithm": event.algorithm,
        "event": event.pk,
    }


def proof_of(item: Item) -> Mapping[str, object] | None:
    """The place of the item in the public log: index and size; None while it waits for the sealer."""
    from huilian.engine.trail.queries import log_size

    if not item.event_id:
        return None
    from huilian.engine.trail.models import Leaf

    leaf = Leaf.objects.filter(event_id=item.event_id).values_list("seq", flat=True).first()
    return None if leaf is None else {"index": leaf, "size": log_size(), "event": item.event_id}


def line_of(item: Item, line: int) -> list[tuple[str, str]]:
    """One line as (heading, text), without empty cells."""
    cells = zip(item.columns, item.rows[line - 1], strict=True)
    said = [(say(c), cell(c.get("kind", rules.TEXT), value)) for c, value in cells]
    return [(heading, text) for heading, text in said if text]


def question_steps(question: Question) -> list[tuple[str, str, date]]:
    """Who had the question, one after the other: step, unit, since when."""
    definition = question.case.definition
    stays = CaseStep.objects.filter(case=question.case_id).select_related("unit").order_by("id")
    return [(say(definition.step(s.step).name), str(s.unit or ""), moment(s.entered_at).date()) for s in stays]


def affairs() -> list[tuple[str, str]]:
    """The kinds of affairs with their names."""
    return [(key, str(name)) for key, name in Affairs.choices]


def questions_of(*, item: Item | None = None, place=None) -> QuerySet[Question]:
    """Questions with their cases and clocks, newest first."""
    found = Question.objects.select_related("case__clock", "case__lamp", "case__unit", "item", "answered_unit")
    if item is not None:
        return found.filter(item__obligation=item.obligation_id)  # of every version of the same thing
    return found.filter(place=place)


def question_called(number: str) -> Question | None:
    return (
        Question.objects.select_related(
            "case__lamp", "case__unit", "case__procedure", "item__place__parent", "item__kind", "answered_unit"
        )
        .filter(case__number=number.strip().upper(), item__kind__scope=Kind.Scope.PUBLIC)
        .first()
    )


def question_of_case(case) -> Question:
    return Question.objects.select_related("case", "item__kind", "item__place", "answered_unit").get(case=case)


def catalogue() -> list[Kind]:
    """The lines of the catalogue in use."""
    return list(Kind.objects.filter(is_active=True).select_related("publicity_class"))


def kind_called(key: str) -> Kind | None:
    return Kind.objects.filter(key=key).first()


def classes() -> list[PublicityClass]:
    return list(PublicityClass.objects.all())


def policies(subject: str = "", text: str = "") -> list[Policy]:
    """Policies in force, by subject and by words in title, number or card. A library is a few hundred rows."""
    found = Policy.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today()))
    if subject:
        found = found.filter(subject=subject)
    return [p for p in found if text in f"{p.title} {p.document} {p.card} {p.card_en}"]


def policy_subjects() -> list[str]:
    return list(Policy.objects.order_by("subject").values_list("subject", flat=True).distinct())


def features(limit: int = 20) -> list[Feature]:
    """Columns with their answers, newest first."""
    return list(Feature.objects.select_related("unit").prefetch_related("answers")[:limit])


def readers_of(*, place=None, item: Item | None = None) -> int:
    """How often the pages were opened in all."""
    found = ReaderCount.objects.filter(item=item) if item else ReaderCount.objects.filter(place=place)
    return found.aggregate(n=Sum("count"))["n"] or 0
