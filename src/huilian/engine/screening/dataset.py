"""What a rule may read. An app declares its datasets in `datasets.py`; their names are promises to every rule.

DATASETS = [Dataset("voucher", title=_("Vouchers"), about=_("…"), key="voucher_id", columns=[…], sql="SELECT … {scope}",
scope="s.village_code")]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

TYPES = ("BIGINT", "INTEGER", "VARCHAR", "DATE", "TIMESTAMP", "BOOLEAN", "DOUBLE")
GRAINS = ("village", "county", "cross")
SAMPLE_VILLAGE = 999901101201  # the village of a case's row that names none


@dataclass(frozen=True)
class Column:
    """One column. `unit` says in what it is counted (cents, mu, days); `default` fills the rows of a rule's cases.

    `personal` marks what names or identifies a person: sentences and trials show it masked. Moments are China time
    without a zone, because a rule compares them with days. `values` are the choices whose words people read instead
    of the code; `refers` says whose number an id is: person, account, unit or place. Other ids and digests are for
    rules alone, and no page shows them.
    """

    name: str
    type: str
    about: Any = ""
    unit: str = ""
    default: object = None
    personal: bool = False
    values: Any = None
    refers: str = ""

    @property
    def for_rules_alone(self) -> bool:
        return not self.refers and self.name.endswith(("_id", "_key", "_norm", "_hash"))


@dataclass(frozen=True)
class Dataset:
    """「数据集」 One table of facts, read from the application's database by one SELECT.

    `grain`: `village` when every row belongs to one village (it then has `village_code`, 12 digits, BIGINT) and a rule
    can be run village by village; `county` or `cross` for small tables that are read whole. `key` is BIGINT and unique:
    evidence names a row as "<dataset>:<key>". `sql` is one SELECT that SQLite and PostgreSQL both understand, with
    `{scope}` where rows are narrowed to villages and `scope` the expression to narrow by. `sealed` data is read by
    rules alone: nobody sees its rows, neither as evidence nor in a trial. `dated` is the day a row came to be, as an
    expression over the columns: a look into the past leaves out what is younger. `follows` says which rows change with
    a row of another dataset: {"voucher": "voucher_id"} those with its key in that column, {"voucher": "village_code"}
    all of its village; without it none.
    """

    name: str
    title: Any
    key: str
    columns: Sequence[Column]
    sql: str
    about: Any = ""
    scope: str = ""
    grain: str = "village"
    sealed: bool = False
    dated: str = ""
    order: int = 100
    follows: Mapping[str, str] = field(default_factory=dict)
    by_name: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})
        for problem in self._problems():
            raise ValueError(f"dataset {self.name}: {problem}")

    def _problems(self) -> list[str]:
        names = [column.name for column in self.columns]
        found = [f"column {n} stands twice" for n in sorted({n for n in names if names.count(n) > 1})]
        found += [f"{c.name} has the unknown type {c.type}" for c in self.columns if c.type not in TYPES]
        if self.grain not in GRAINS:
            found.append(f"the grain is one of {', '.join(GRAINS)}")
        if self.key not in names or self.by_name[self.key].type != "BIGINT":
            found.append(f"its key {self.key} is not a BIGINT column")
        if self.grain == "village" and ("village_code" not in names or self.by_name["village_code"].type != "BIGINT"):
            found.append("of grain village has a BIGINT column village_code")
        if self.grain == "village" and ("{scope}" not in self.sql or not self.scope):
            found.append("of grain village says in its SQL where {scope} narrows, and by what")
        found += [f"{c}, by which it follows {n}, is no column" for n, c in self.follows.items() if c not in names]
        return found

    @property
    def names(self) -> list[str]:
        return list(self.by_name)

    def query(self, villages: Sequence[int] | None = None) -> str:
        """Its SELECT over the application's database, whole or narrowed to `villages`. Codes are numbers: no text."""
        if villages is None or self.grain != "village":
            return self.sql.replace("{scope}", "1=1")
        codes = ", ".join(str(int(code)) for code in villages)
        return self.sql.replace("{scope}", f"{self.scope} IN ({codes})" if codes else "1=0")

    def table(self, name: str) -> str:
        """The CREATE TABLE of DuckDB that holds it under `name`."""
        return f"CREATE OR REPLACE TABLE {name} ({', '.join(f'{c.name} {c.type}' for c in self.columns)})"
