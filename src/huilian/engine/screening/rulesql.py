"""「RuleSQL」 The part of SQL in which DuckDB and Spark were measured to agree, checked on the syntax tree.

What is refused here either gives different answers on the two engines, gives another answer each time it runs, or can
bring a run down. What is only slow is a warning.
"""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError, TokenError

from .binding import tree
from .dataset import Dataset
from .rule import OUTPUT, Fault, Rule

# Functions on which both engines agree, as SQLGlot calls their nodes.
FUNCTIONS = (
    exp.Abs, exp.AnyValue, exp.ArgMax, exp.ArgMin, exp.Avg, exp.Ceil, exp.Coalesce, exp.Concat, exp.ConcatWs,
    exp.Contains, exp.Count, exp.CountIf, exp.CumeDist, exp.DateTrunc, exp.DenseRank, exp.EndsWith, exp.Exp,
    exp.Extract, exp.FirstValue, exp.Floor, exp.Greatest, exp.GroupConcat, exp.If, exp.Lag, exp.LastDay,
    exp.LastValue, exp.Lead, exp.Least, exp.Left, exp.Length, exp.Ln, exp.LogicalAnd, exp.LogicalOr, exp.Lower,
    exp.Max, exp.MD5, exp.Median, exp.Min, exp.Nullif, exp.Ntile, exp.PercentRank, exp.Pow, exp.Quarter, exp.Rank,
    exp.RegexpLike, exp.Replace, exp.Right, exp.Round, exp.RowNumber, exp.SHA2, exp.Sign, exp.Sqrt, exp.StartsWith,
    exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.StrPosition, exp.Substring, exp.Sum, exp.TimeToStr,
    exp.TimestampTrunc, exp.Trim, exp.TryCast, exp.Cast, exp.Upper, exp.Variance, exp.VariancePop, exp.Week,
    exp.Year, exp.Month, exp.Day, exp.Case, exp.DateDiff, exp.Explode, exp.GenerateSeries, exp.And, exp.Or, exp.Xor,
    exp.Exists, exp.TsOrDsToDate,
)  # fmt: skip
NAMED = frozenset({"strpos"})  # what SQLGlot has no node for
BYTES = gettext_lazy("it counts bytes on one engine and characters on the other; compare names in *_norm")
REPEAT = gettext_lazy("use $as_of, so that the same screening can be repeated")
REASONS = {  # why a common function is not there, and what to use
    "Levenshtein": BYTES,
    "DamerauLevenshtein": BYTES,
    "CurrentDate": REPEAT,
    "CurrentTimestamp": REPEAT,
    "Rand": gettext_lazy("the result would differ from run to run"),
    "RegexpReplace": gettext_lazy("one engine replaces the first match, the other all; use REPLACE"),
    "Log": gettext_lazy("its base is 10 on one engine and e on the other; use LN"),
}
Node = exp.Expr
UNITS = frozenset({"YEAR", "QUARTER", "MONTH", "WEEK", "DAY"})
ORDERED = (exp.RowNumber, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.NthValue, exp.Ntile)
INTEGERS = ("TINYINT", "SMALLINT", "INT", "BIGINT", "HUGEINT", "UBIGINT", "UINT")
FORBIDDEN: dict[type[Node], str] = {
    exp.Limit: "LIMIT", exp.Offset: "OFFSET", exp.Into: "INTO", exp.Lateral: "LATERAL", exp.Pivot: "PIVOT",
    exp.TableSample: "TABLESAMPLE", exp.Lambda: "->", exp.Command: "COMMAND", exp.Star: "*",
}  # fmt: skip


def lint(rule: Rule, datasets: Mapping[str, Dataset], *, free: bool = False) -> list[Fault]:
    """Everything in the rule's SELECT that both engines would not answer alike, and what would be slow.

    `free` is for a query that only looks: it need not give the columns of a rule.
    """
    try:
        root = tree(rule.sql)
    except (ParseError, TokenError) as error:
        detail = (getattr(error, "errors", None) or [{}])[0]
        line = rule.sql_line + (detail.get("line") or 1) - 1
        near = detail.get("highlight") or ""
        why = detail.get("description") or str(error).splitlines()[0]
        message = _("This is not SQL near “%(near)s”: %(why)s.") % {"near": near, "why": why}
        return [Fault(message, rule.file, line)]
    except SqlglotError as error:
        return [Fault(str(error), rule.file, rule.sql_line)]
    if not isinstance(root, exp.Select):
        return [Fault(_("A rule is one SELECT; CTEs may stand before it."), rule.file, rule.sql_line)]
    linter = _Linter(rule, root, datasets, free)
    return [
        Fault(message, rule.file, linter.line(node), warning=warning) for node, message, warning in linter.findings()
    ]


def line_at(rule: Rule, offset: int) -> int:
    """The line of the rule's file of a place in its SELECT."""
    return rule.sql_line + rule.sql[: max(offset, 0)].count("\n")


class _Linter:
    def __init__(self, rule: Rule, root: exp.Select, datasets: Mapping[str, Dataset], free: bool) -> None:
        self.rule, self.root, self.datasets, self.free = rule, root, datasets, free
        self.ctes = {cte.alias: cte for cte in root.find_all(exp.CTE)}
        self.tables = [t for t in root.find_all(exp.Table) if t.name not in self.ctes]
        self.read = [datasets[t.name] for t in self.tables if t.name in datasets]

    def line(self, node: Node | None) -> int:
        """The line of the file on which `node` stands, as near as the tree knows it."""
        if isinstance(node, exp.Placeholder):
            at = self.rule.sql.find(f"${node.name}")
        else:
            starts = [n.meta["start"] for n in node.walk() if "start" in n.meta] if node is not None else []
            at = min(starts, default=0)
        return line_at(self.rule, at)

    def findings(self) -> Iterator[tuple[Node | None, str, bool]]:
        """(node, sentence, only a warning?)"""
        for check in (
            self._reads, self._output, self._parameters, self._forbidden, self._hidden, self._functions,
            self._divisions, self._casts, self._sums, self._windows, self._dates,
        ):  # fmt: skip
            for node, message in check():
                yield node, message, False
        for node, message in self._slow():
            yield node, message, True

    def _reads(self) -> Iterator[tuple[Node | None, str]]:
        for name, cte in self.ctes.items():
            if name in self.datasets:
                yield cte, _("A CTE must not be called %(name)s, which is a dataset.") % {"name": name}
        for table in self.tables:
            if table.db or table.catalog or not isinstance(table.this, exp.Identifier):
                yield table, _("“%(name)s” is not a dataset.") % {"name": table.sql()}
            elif table.name not in self.datasets:
                yield (
                    table,
                    _("There is no dataset “%(name)s”. There are: %(known)s.")
                    % {"name": table.name, "known": ", ".join(sorted(self.datasets)) or "—"},
                )
        used, declared = {t.name for t in self.tables}, set(self.rule.reads)
        if missing := (used & set(self.datasets)) - declared:
            yield None, _("The SELECT reads %(names)s; “reads” must list it.") % {"names": ", ".join(sorted(missing))}
        if unused := declared - used:
            yield (
                None,
                _("“reads” lists %(names)s, which the SELECT does not read.") % {"names": ", ".join(sorted(unused))},
            )
        if self.rule.grain == "village" and self.read and all(d.grain != "village" for d in self.read):
            yield None, _("A rule of grain village reads at least one dataset of villages.")

    def _output(self) -> Iterator[tuple[Node | None, str]]:
        names = [e.alias_or_name for e in self.root.expressions]
        for name in OUTPUT:
            if name not in names and not self.free:
                yield self.root, _("The SELECT does not give the column “%(name)s”.") % {"name": name}
        for expression, name in zip(self.root.expressions, names, strict=True):
            if not name:
                yield expression, _("Name this column: %(sql)s AS ….") % {"sql": expression.sql()[:60]}
            elif names.count(name) > 1:
                yield expression, _("The column “%(name)s” stands twice.") % {"name": name}

    def _parameters(self) -> Iterator[tuple[Node | None, str]]:
        used = set()
        for node in self.root.find_all(exp.Placeholder):
            used.add(node.name)
            if node.name == "as_of":
                continue
            if node.name not in self.rule.parameters:
                yield node, _("The parameter $%(name)s is not declared in the head.") % {"name": node.name}
            elif isinstance(self.rule.parameters[node.name].value, list) and not isinstance(node.parent, exp.In):
                yield node, _("$%(name)s is a list; use it as IN ($%(name)s).") % {"name": node.name}
        for name in set(self.rule.parameters) - used:
            yield None, _("The parameter “%(name)s” is not used in the SELECT.") % {"name": name}

    def _forbidden(self) -> Iterator[tuple[Node | None, str]]:
        for node in self.root.walk():
            word = FORBIDDEN.get(type(node))
            if word == "*" and (isinstance(node.parent, exp.Count) or self._in_exists(node)):
                continue
            if word == "*":
                yield node, _("Name the columns instead of *.")
            elif word:
                yield node, _("%(word)s is not part of RuleSQL.") % {"word": word}

    def _hidden(self) -> Iterator[tuple[Node | None, str]]:
        """Ways to give a column another name unseen, past the masking of personal columns."""
        aliases = {t.alias_or_name for t in self.root.find_all(exp.Table)}
        columns = {c.name for d in self.read for c in d.columns} | {a.alias for a in self.root.find_all(exp.Alias)}
        for alias in self.root.find_all(exp.TableAlias):
            if alias.args.get("columns"):
                yield alias, _("Name columns with AS, not in brackets after the name of a table.")
        for column in self.root.find_all(exp.Column):
            if not column.table and column.name in aliases - columns:
                yield column, _("“%(name)s” is a table here, not a column.") % {"name": column.name}
        for union in self.root.find_all(exp.SetOperation):
            sides = [[e.alias_or_name for e in s.selects] for s in (union.left, union.right)]
            if sides[0] != sides[1]:
                yield union, _("Both sides of a UNION give their columns the same names, in the same order.")

    def _in_exists(self, node: Node) -> bool:
        select = node.find_ancestor(exp.Select)
        return select is not None and isinstance(select.parent, exp.Exists)

    def _functions(self) -> Iterator[tuple[Node | None, str]]:
        for node in self.root.find_all(exp.Func):
            name = type(node).__name__
            if type(node) in FUNCTIONS or (isinstance(node, exp.Anonymous) and node.name.lower() in NAMED):
                continue
            said = node.name if isinstance(node, exp.Anonymous) else node.sql_name()
            why = REASONS.get("CurrentTimestamp" if said.upper() == "NOW" else name)
            if why:
                yield node, _("%(name)s is not part of RuleSQL: %(why)s.") % {"name": said.upper(), "why": why}
            else:
                yield (
                    node,
                    _("%(name)s is not part of RuleSQL: both engines are not known to agree on it.")
                    % {"name": said.upper()},
                )
        for text in self.root.find_all(exp.GroupConcat):
            if not text.find(exp.Order) and not isinstance(text.parent, exp.WithinGroup):
                yield text, _("STRING_AGG needs an ORDER BY, or its text differs from run to run.")

    def _divisions(self) -> Iterator[tuple[Node | None, str]]:
        for node in self.root.find_all(exp.Div, exp.IntDiv, exp.Mod):
            by = node.expression.unnest()
            safe = isinstance(by, exp.Nullif) and by.expression.name == "0"
            if not safe and not (isinstance(by, exp.Literal) and by.is_number and float(by.name) != 0):
                yield node, _("This divides by what may be 0: write … / NULLIF(%(by)s, 0).") % {"by": by.sql()[:40]}

    def _casts(self) -> Iterator[tuple[Node | None, str]]:
        for node in self.root.find_all(exp.Cast, exp.TryCast):
            if node.to.this.name not in INTEGERS:
                continue
            inner = node.this.unnest()
            if not isinstance(inner, (exp.Round, exp.Floor, exp.Ceil)) and self._is_float(inner):
                yield (
                    node,
                    _("A fraction is never cast to a whole number (the engines round differently): ROUND it first."),
                )

    def _is_float(self, node: Node) -> bool:
        if isinstance(node, (exp.Div, exp.Avg, exp.Sqrt, exp.Pow, exp.Ln, exp.Median, exp.Stddev)):
            return True
        if isinstance(node, exp.Literal):
            return node.is_number and not node.name.isdigit()
        if isinstance(node, (exp.Cast, exp.TryCast)):
            return node.to.this.name in ("DOUBLE", "FLOAT", "DECIMAL")
        if isinstance(node, exp.Column):
            return any(d.by_name[node.name].type == "DOUBLE" for d in self.read if node.name in d.by_name)
        if isinstance(node, (exp.Round, exp.Floor, exp.Ceil, exp.Count, exp.Length, exp.Extract)):
            return False
        return any(self._is_float(child) for child in node.iter_expressions() if not isinstance(child, exp.Predicate))

    def _sums(self) -> Iterator[tuple[Node | None, str]]:
        for node in self.root.find_all(exp.Sum):
            parent, cast = node.parent, False
            while parent is not None and not isinstance(parent, exp.Select):
                if isinstance(parent, (exp.Cast, exp.TryCast, exp.Predicate, exp.Having, exp.Qualify, exp.Order)):
                    cast = True
                parent = parent.parent
            if not cast and not self._is_float(node.this):
                yield (
                    node,
                    _("Write CAST(%(sum)s AS BIGINT): the engines give a sum different types.")
                    % {"sum": node.sql()[:40]},
                )

    def _windows(self) -> Iterator[tuple[Node | None, str]]:
        keys = {d.key for d in self.read}
        groups = [
            {e.name for e in group.expressions if isinstance(e, exp.Column)} for group in self.root.find_all(exp.Group)
        ]
        for window in self.root.find_all(exp.Window):
            what = window.this.this if isinstance(window.this, (exp.IgnoreNulls, exp.Filter)) else window.this
            spec = window.args.get("spec")
            by_rows = spec is not None and spec.args.get("kind") == "ROWS"
            if not isinstance(what, ORDERED) and not by_rows:
                continue
            order = window.args.get("order")
            names = [o.this.name for o in order.expressions if isinstance(o.this, exp.Column)] if order else []
            split = {e.name for e in window.args.get("partition_by") or [] if isinstance(e, exp.Column)}
            total = any(n in keys or n.endswith("_id") for n in names)
            if not total and not any(group and group <= {*names, *split} for group in groups):
                yield (
                    window,
                    _(
                        "The ORDER BY of this window leaves ties open, so the answer differs from run to run: "
                        "end it with the key, such as %(key)s."
                    )
                    % {"key": min(keys, default="voucher_id")},
                )

    def _dates(self) -> Iterator[tuple[Node | None, str]]:
        for node in self.root.find_all(exp.DateDiff):
            if (node.args.get("unit") or exp.var("DAY")).name.upper() != "DAY":
                yield node, _("DATE_DIFF counts in 'day' only: the engines count other units differently.")
        for part in self.root.find_all(exp.Extract):
            if part.name.upper() not in UNITS:
                yield part, _("EXTRACT takes %(units)s only.") % {"units": ", ".join(sorted(UNITS))}
        days = {c.name for d in self.read for c in d.columns if c.type in ("DATE", "TIMESTAMP")} | {"as_of"}
        for minus in self.root.find_all(exp.Sub):
            if all(isinstance(e, (exp.Column, exp.Placeholder)) and e.name in days for e in (minus.left, minus.right)):
                yield minus, _("Write DATE_DIFF('day', earlier, later) instead of subtracting dates.")

    def _slow(self) -> Iterator[tuple[Node | None, str]]:
        for join in self.root.find_all(exp.Join):
            on = join.args.get("on")
            if join.args.get("using") or isinstance(join.this, exp.Unnest):
                continue
            equal = on is not None and any(
                {c.table for c in e.left.find_all(exp.Column)} != {c.table for c in e.right.find_all(exp.Column)}
                for e in on.find_all(exp.EQ)
            )
            if not equal and not self.rule.pairwise:
                yield (
                    join,
                    _(
                        "This join has no equality, so every row meets every other: add one, or say "
                        "“class: pairwise” in the head."
                    ),
                )
        for window in self.root.find_all(exp.Window):
            select = window.find_ancestor(exp.Select)
            source = select.args.get("from_") or select.args.get("from") if select is not None else None
            raw = source is not None and source.this.name in self.datasets
            if raw and select is not None and not (select.args.get("where") or select.args.get("group")):
                yield (
                    window,
                    _("This window sorts the whole dataset: narrow it first (WHERE, or GROUP BY … HAVING in a CTE)."),
                )
        joined = sum(1 for t in self.tables if isinstance(t.parent, (exp.Join, exp.From)))
        for select in self.root.find_all(exp.Select):
            direct = [j.this for j in select.args.get("joins") or [] if isinstance(j.this, exp.Table)]
            if joined >= 4 and len([t for t in direct if t.name in self.datasets]) >= 3:
                yield (
                    select,
                    _("Four datasets are joined at once: reduce the largest first in a CTE (IN (SELECT …), GROUP BY)."),
                )
