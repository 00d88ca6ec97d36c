"""A log as its pages show it."""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from huilian.engine.mining import discovery, maps
from huilian.engine.mining.drawing import svg
from huilian.engine.mining.judging import KINDS
from huilian.engine.mining.telling import kind_name, length_of

from ..models import OutsideLog


def discovered(log: OutsideLog) -> tuple[discovery.Discovered, dict[tuple[str, str], int]]:
    """The discovered map, and the cases that went each way where the procedure has none."""
    off = {(source, target): cases for source, target, cases in log.result["off"]}
    return discovery.from_data(log.result["map"]), off


def pictures(log: OutsideLog, share: float) -> list[tuple[maps.Picture, str]]:
    """The prescribed map and the discovered one, equally large, drawn."""
    found, off = discovered(log)
    both = maps.prescribed(found, log.prescription), maps.discovered(found, log.prescription, off, share=share)
    boxes = [box for picture in both for box in picture.boxes]
    rows, lanes = (max((getattr(box, name) for box in boxes), default=0) + 1 for name in ("row", "lane"))
    return [(picture, svg(picture, rows=rows, lanes=lanes)) for picture in both]


def ways(log: OutsideLog) -> list[maps.Row]:
    """Every way of the log, the most frequent first."""
    found, off = discovered(log)
    return maps.rows(found, log.prescription, off)


def limits(log: OutsideLog) -> list[dict]:
    """How the periods went, with the limits as the procedure has them."""
    known = {limit.key: limit for limit in log.prescription.limits}
    return [one | {"limit": known[one["key"]], "length": length_of(known[one["key"]])} for one in log.result["limits"]]


def kinds(log: OutsideLog) -> list[tuple[str, str, int, int]]:
    """Kind, its name, cases and findings, of the kinds that were found."""
    told = log.result["deviations"]
    return [
        (kind, kind_name(kind), told[kind]["cases"], told[kind]["findings"]) for kind in KINDS if told[kind]["cases"]
    ]


def findings(log: OutsideLog, *, kind: str = "", about: str = "", case: str = "") -> pa.Table:
    """Findings of a kind, about a limit or an activity, of cases whose number holds `case`."""
    wanted = [(name, "=", value) for name, value in (("kind", kind), ("about", about)) if value]
    with log.findings.open("rb") as file:
        found = pq.read_table(file, filters=wanted or None)
    if case:
        found = found.filter(pc.match_substring(found["case"].cast(pa.string()), case, ignore_case=True))
    return found
