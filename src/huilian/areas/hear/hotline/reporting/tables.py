"""The report as plain tables: the same ones for the workbook and for paper."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from huilian.engine.documents.forms import Report as Paper
from huilian.engine.documents.forms import Table
from huilian.engine.look.site import site
from huilian.engine.sheets import Column
from huilian.foundation.now import now

from .. import rules
from .monthly import Line, Report, UnitLine, worst_first


@dataclass
class Sheet:
    """One table: `columns` are (heading, kind) with the kinds of engine.sheets."""

    title: str
    columns: list[tuple[str, str]]
    rows: list[list] = field(default_factory=list)
    note: str = ""

    def as_columns(self) -> list[Column]:
        return [
            Column(f"c{i}", heading, kind, width=26 if i == 0 else None)
            for i, (heading, kind) in enumerate(self.columns)
        ]


def rate(r) -> str:
    return f"{r}（n={r.whole}）" if r.whole else str(r)


def summary(report: Report) -> list[list]:
    t = report.total
    n = t.of
    return [
        [pgettext("count", "Received"), t.dispatched, "", _("all that came in, whatever became of it")],
        [_("on year"), "", str(report.received.on_year), _("(this month − a year ago) ÷ a year ago")],
        [_("on month"), "", str(report.received.on_month), _("(this month − the month before) ÷ the month before")],
        [
            pgettext("count", "Closed"),
            n("closed"),
            "",
            _("of these answered on the line, without a limit: %(n)s") % {"n": n("at_once")},
        ],
        [
            _("On time ÷ closed"),
            n("on_time"),
            str(t.of_closed),
            _("answered on time %(a)s ÷ closed with a limit %(b)s") % {"a": n("on_time"), "b": n("limited")},
        ],
        [
            _("On time ÷ (closed + overdue)"),
            n("on_time"),
            str(t.of_due),
            _("answered on time %(a)s ÷ (closed with a limit %(b)s + open and overdue %(c)s)")
            % {"a": n("on_time"), "b": n("limited"), "c": n("overdue")},
        ],
        [
            _("Reached by call-back"),
            n("heard"),
            str(report.reach),
            _("reached %(a)s ÷ closed %(b)s") % {"a": n("heard"), "b": n("closed")},
        ],
        [
            _("Solved"),
            n("solved"),
            str(t.solving),
            _("the citizen says solved %(a)s ÷ said anything %(b)s; no word %(c)s")
            % {"a": n("solved"), "b": n("said"), "c": n("no_word")},
        ],
        [
            pgettext("rate", "Satisfied"),
            n("satisfied"),
            str(t.satisfying),
            _("grades 3 to 5 %(a)s ÷ graded %(b)s; no grade %(c)s")
            % {"a": n("satisfied"), "b": n("graded"), "c": n("no_grade")},
        ],
        [_("Not accepted"), n("refused"), "", _("by legal ground, see below")],
        [_("Repeated, merged into the first"), n("merged"), "", ""],
        [
            _("Returned by units"),
            n("objected"),
            "",
            _("overruled, so without ground: %(n)s") % {"n": n("unfounded")},
        ],
        [_("Extended"), n("extended"), "", ""],
        [_("Sent back or reopened"), n("sent_back"), "", ""],
        *[[name, count, "", _("supervisions issued")] for name, count in report.supervised],
    ]


def _received(title: str, first: str, lines: list[Line]) -> Sheet:
    columns = [(first, "text"), (pgettext("count", "Received"), "integer"), (_("Share"), "text")]
    columns += [(_("on year"), "text"), (_("on month"), "text")]
    rows = [[x.name, x.count, str(x.share), str(x.on_year), str(x.on_month)] for x in lines]
    return Sheet(title, columns, rows)


def _units(lines: list[UnitLine]) -> Sheet:
    columns = [
        (_("Unit"), "text"),
        (_("Dispatched"), "integer"),
        (_("Share"), "text"),
        (_("on year"), "text"),
        (_("on month"), "text"),
        (pgettext("count", "Closed"), "integer"),
        (pgettext("count", "Overdue"), "integer"),
        (_("On time ÷ closed"), "text"),
        (_("On time ÷ (closed + overdue)"), "text"),
        (_("Solved"), "text"),
        (pgettext("rate", "Satisfied"), "text"),
    ]
    rows = [
        [
            u.name,
            u.dispatched,
            str(u.share),
            str(u.on_year),
            str(u.on_month),
            u.of("closed"),
            u.of("overdue"),
            rate(u.of_closed),
            rate(u.of_due),
            rate(u.solving),
            rate(u.satisfying),
        ]
        for u in lines
    ]
    return Sheet(_("By unit"), columns, rows, _("dispatched: received this month and now with the unit"))


def score_note() -> str:
    """The formula of the score, with its weights."""
    w = rules.SCORE_WEIGHTS
    return _(
        "Score: on time with overdue × %(on_time)s + signed in time × %(sign)s + not returned without ground × "
        "%(returned)s + satisfied × %(satisfied)s + not done again × %(reworked)s; what was not counted is left out "
        "and the rest rescaled; fewer than %(least)s closed is not scored. Weights are the county's own default."
    ) % {**w, "least": rules.SCORED_FROM}


def _scores(lines: list[UnitLine]) -> Sheet:
    columns = [
        (_("Unit"), "text"),
        (_("On time ÷ (closed + overdue)"), "text"),
        (_("Signed in time"), "text"),
        (_("Returned without ground"), "text"),
        (pgettext("rate", "Satisfied"), "text"),
        (_("Done again"), "text"),
        (_("Score"), "number"),
    ]
    rows = [
        [
            u.name,
            rate(u.of_due),
            rate(u.signing),
            rate(u.returning),
            rate(u.satisfying),
            rate(u.reworking),
            _("too few") if u.score is None else u.score,
        ]
        for u in lines
    ]
    return Sheet(_("Scores of units"), columns, rows, score_note())


def sheets(report: Report) -> list[Sheet]:
    """Every table of the report, in order."""
    columns = [(_("Figure"), "text"), (pgettext("count", "Number"), "integer"), (_("Rate"), "text")]
    found = [Sheet(_("Summary"), [*columns, (_("How it is counted"), "text")], summary(report))]
    found.append(_received(_("By source"), _("Source"), report.by_source))
    found.append(_received(_("By topic"), _("Topic"), report.by_topic))
    found.append(_received(_("By class"), _("Class"), report.by_class))
    found.append(_received(_("Where it presses"), _("Topic and township"), report.hot))
    found.append(_units(report.units))
    found.append(_scores(report.units))
    grounds = [[name, law, n] for _key, name, law, n in report.refusals]
    found.append(
        Sheet(
            _("Not accepted"),
            [(_("Ground"), "text"), (_("Law"), "text"), (pgettext("count", "Received"), "integer")],
            grounds,
        )
    )
    found[-1].columns[-1] = (pgettext("count", "Number"), "integer")
    return found


def title(report: Report) -> str:
    since = report.month.since
    return _("%(place)s hotline, monthly report %(year)s-%(month)s") % {
        "place": site().place,
        "year": since.year,
        "month": f"{since.month:02d}",
    }


def as_of(report: Report) -> str:
    if report.month.is_over:
        return _("whole month; made on %(day)s") % {"day": f"{now():%Y-%m-%d %H:%M}"}
    return _("month still running; as of %(day)s") % {"day": f"{now():%Y-%m-%d %H:%M}"}


def paper(report: Report) -> Paper:
    """The report for print: a few sentences, then the tables that are read on paper."""
    t = report.total
    units = worst_first(report.units)
    sentences = [
        _(
            "In %(year)s-%(month)s the hotline received %(n)s matters, %(on_year)s on the year and %(on_month)s on the "
            "month, and closed %(closed)s."
        )
        % {
            "year": report.month.since.year,
            "month": f"{report.month.since.month:02d}",
            "n": t.dispatched,
            "on_year": report.received.on_year,
            "on_month": report.received.on_month,
            "closed": t.of("closed"),
        },
        _(
            "Answered on time: %(a)s of closed (%(ok)s ÷ %(limited)s); %(b)s when open and overdue matters are counted "
            "(%(ok)s ÷ (%(limited)s + %(overdue)s))."
        )
        % {
            "a": t.of_closed,
            "b": t.of_due,
            "ok": t.of("on_time"),
            "limited": t.of("limited"),
            "overdue": t.of("overdue"),
        },
        _(
            "Solved by the citizens' own word: %(solved)s of %(said)s who said so, no word from %(no_word)s. "
            "Satisfied: %(satisfied)s of %(graded)s who gave a grade. Call-backs reached %(heard)s of those closed."
        )
        % {
            "solved": t.solving,
            "said": t.of("said"),
            "no_word": t.of("no_word"),
            "satisfied": t.satisfying,
            "graded": t.of("graded"),
            "heard": report.reach,
        },
    ]
    if units and units[0].of("overdue"):
        late = [u for u in units if u.of("overdue")]
        sentences.append(
            ngettext(
                "%(n)s unit has overdue matters: %(names)s.",
                "%(n)s units have overdue matters: %(names)s.",
                len(late),
            )
            % {"n": len(late), "names": "、".join(f"{u.name} {u.of('overdue')}" for u in late[:8])}
        )
    tables = [
        Table(s.title, [heading for heading, _kind in s.columns], [[str(v) for v in row] for row in s.rows], s.note)
        for s in sheets(report)
        if s.rows
    ]
    return Paper(
        title=title(report),
        sender=site().owner or site().place,
        note=as_of(report),
        paragraphs=sentences,
        tables=tables,
        made_on=date(now().year, now().month, now().day),
    )
