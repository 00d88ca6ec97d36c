"""Attributes of a log collected block by block, and laid out as Arrow columns at the end. Pure."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa


@dataclass
class Column:
    """One attribute of one kind: the rows that have it and its values, as the reader codes them (see xes.Tags)."""

    kind: str
    parts: list[tuple[np.ndarray, np.ndarray]] = field(default_factory=list)

    def add(self, rows: np.ndarray, values: np.ndarray) -> None:
        self.parts.append((rows, values))

    def dense(self, size: int) -> tuple[np.ndarray, np.ndarray]:
        """A value for each of `size` rows, and which rows have none. A key told twice keeps what was told last."""
        values, missing = np.zeros(size, np.int64), np.ones(size, bool)
        for rows, told in self.parts:
            values[rows], missing[rows] = told, False
        return values, missing

    def arrow(self, size: int, texts: np.ndarray) -> pa.Array:
        values, missing = self.dense(size)
        if self.kind == "float":
            return pa.array(values.view(np.float64), mask=missing)
        if self.kind == "boolean":
            return pa.array(values.astype(bool), mask=missing)
        if self.kind == "int":
            return pa.array(values, mask=missing)
        if self.kind == "date":
            return pa.array(values, pa.timestamp("us", "UTC"), mask=missing)
        used, codes = np.unique(values, return_inverse=True)
        return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32), mask=missing), pa.array(texts[used]))


def as_texts(columns: list[Column], size: int, texts: np.ndarray) -> tuple[list[str], np.ndarray]:
    """The distinct texts of a key and the place of each row's text among them; every row must have one.

    A key told in several kinds (a name that is sometimes a number) is one column of texts.
    """
    known: dict[str, int] = {}
    codes = np.zeros(size, np.int32)
    for column in columns:
        values, missing = column.dense(size)
        used, inverse = np.unique(values[~missing], return_inverse=True)
        shown = texts[used] if column.kind in ("string", "id") else _shown(used, column.kind)
        codes[~missing] = np.array([known.setdefault(str(text), len(known)) for text in shown], np.int32)[inverse]
    return list(known), codes


def _shown(values: np.ndarray, kind: str) -> list:
    return (values.view(np.float64) if kind == "float" else values).tolist()
