"""What an item holds, and how it is sealed: filled from a body, kept free of personal data, frozen with its digest."""

from datetime import date

from django.utils.translation import gettext as _

from huilian.engine.look.text import say
from huilian.foundation.errors import Invalid
from huilian.foundation.now import moment, today

from . import rules
from .models import Item, Kind, Obligation
from .sources import Body
from .summary import LANGUAGES, period_name, plain_words

WHAT = {  # names of what may not be published
    "identity": lambda: _("an identity number"),
    "phone": lambda: _("a telephone number"),
    "account": lambda: _("a bank account number"),
}


def title_of(obligation: Obligation) -> str:
    """Title when nobody wrote one: the matter, or the kind with its period, in Chinese like all titles."""
    from django.utils import translation

    if obligation.matter:
        return obligation.matter
    kind = obligation.kind
    if kind.cycle == Kind.Cycle.STANDING:
        return kind.names["zh"]
    with translation.override(LANGUAGES["zh"]):
        return f"{period_name(obligation.period)}{kind.names['zh']}"


def period_of(item: Item) -> rules.Period | None:
    cycle = item.kind.cycle
    return rules.read_period(cycle, item.period) if cycle in rules.MONTHS else None


def fill(item: Item, body: Body) -> None:
    """Put a body into a draft: checked against its columns, names masked at once, figures and plain words made."""
    rules.check_table(body.columns, body.rows)
    rows = rules.freeze(body.columns, body.rows)
    sums = rules.totals(body.columns, rows)
    known = {f"{key}_cents": sums[key] for key in ("income", "expense") if key in sums}
    item.columns, item.rows, item.facts, item.note = list(body.columns), rows, {**body.facts, **known}, body.note
    item.row_count, item.expected_rows = len(rows), body.expected_rows
    item.total_cents = sums.get("expense", sum(sums.values())) if sums else 0
    item.depth = rules.depth_of(body.columns, rows)
    item.summary = plain_words(body.columns, rows, body.facts, period_of(item))


def refuse_leaks(item: Item) -> None:
    """Raise Invalid naming the first line with an identity number, a private telephone or a bank account."""
    found = rules.leaks(item.columns, item.rows, item.title, item.note)
    if not found:
        return
    leak = found[0]
    where = (
        _("Row %(row)s, column “%(column)s”") % {"row": leak.row, "column": say(item.columns[leak.column])}
        if leak.row
        else _("The title or the remark")
    )
    raise Invalid(
        _("%(where)s holds %(what)s, which may not be published. Take it out. Found in all: %(n)s.")
        % {"where": where, "what": WHAT[leak.what](), "n": len(found)},
        row=leak.row or None,
    )


def public_body(item: Item) -> dict:
    """Exactly what the digest is taken of, as anybody can load it."""
    return {
        "number": item.number,
        "place": item.place.code,
        "kind": item.kind.key,
        "period": item.period,
        "version": item.version,
        "title": item.title,
        "columns": [{name: c.get(name, "") for name in ("key", "zh", "en", "kind")} for c in item.columns],
        "rows": item.rows,
        "note": item.note,
        "published_at": moment(item.published_at).isoformat(timespec="seconds"),
    }


def seal(item: Item) -> None:
    """Fix the digest; `published_at` must be set."""
    item.digest = rules.body_digest(public_body(item))
    item.lines_digest = rules.body_digest({"rows": item.rows}) if item.rows else ""


def facts_of(item: Item) -> dict:
    """What the trail keeps of a publication; never the lines themselves."""
    return {
        "digest": item.digest,
        "kind": item.kind.key,
        "period": item.period,
        "version": item.version,
        "rows": item.row_count,
        "total_cents": item.total_cents,
    }


def end(item: Item, state: str, on: date | None = None) -> None:
    """The (unsaved) item goes down."""
    item.state, item.ended_on = state, on or today()
    item.days_shown = max((item.ended_on - moment(item.published_at).date()).days, 0)
