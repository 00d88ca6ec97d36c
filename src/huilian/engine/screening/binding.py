"""Puts a rule's parameters, the day and the names of its tables into its syntax tree. Text is never pasted into SQL."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlglot
from sqlglot import exp

DIALECT = "duckdb"


def tree(sql: str) -> exp.Expr:
    """The syntax tree of a RuleSQL text. Raises `sqlglot.errors.SqlglotError`."""
    return sqlglot.parse_one(f"{sql}\n", dialect=DIALECT)  # a text that ends in two quotes is misread without


def literal(value: Any) -> exp.Expr:
    """A parameter's value as SQL."""
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    if isinstance(value, date):
        return exp.Cast(this=exp.Literal.string(value.isoformat()), to=exp.DataType.build("DATE"))
    if isinstance(value, (int, float)):
        number = exp.Literal.number(abs(value))
        return exp.Paren(this=exp.Neg(this=number)) if value < 0 else number
    if isinstance(value, str):
        return exp.Literal.string(value)
    raise TypeError(f"{value!r} cannot be a parameter")


def bind(
    sql: str, values: Mapping[str, Any], as_of: date, *, schema: str = "", dialect: str = DIALECT, tables: Any = None
) -> str:
    """The SQL of a rule with every `$name` and `$as_of` as a literal, for `dialect`.

    `schema` qualifies the datasets (names of CTEs stay); `tables` maps names of datasets to other names.
    """
    root = tree(sql)
    known = {**values, "as_of": as_of}
    for node in list(root.find_all(exp.Placeholder)):
        value = known[node.name]
        if not isinstance(value, list):
            node.replace(literal(value))
            continue
        if node.parent is not None:  # `IN ($kinds)`: a list becomes its members
            for item in value:
                node.parent.append("expressions", literal(item))
        node.pop()
    inner = {cte.alias for cte in root.find_all(exp.CTE)}
    for table in root.find_all(exp.Table):
        if table.name in inner:
            continue
        if tables and table.name in tables:
            if not table.alias:
                table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
            table.set("this", exp.to_identifier(tables[table.name]))
        if schema:
            table.set("db", exp.to_identifier(schema))
    return root.sql(dialect=dialect)
