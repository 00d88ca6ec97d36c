"""A workbook of 50,000 lines of vouchers becomes posted books, against merely reading the same workbook.

    python benchmarks/voucher_import.py [--rows 50000] [--json]

Merely reading is what every import has to do before it may do anything: open the workbook, find the headings, type
every cell (`engine.sheets`). Importing is all of it: reading, checking every voucher, writing vouchers, lines, papers
and balances in one transaction with its entry in the trail. openpyxl, which only hands out cells, stands beside it.
Times are the best of three. Exit code 1 if the trial balance differs from the sums of the file by a cent.
"""

import argparse
import sys
import time
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import own_database, report

QUICK = ("--rows", "5000")
LINES = 5  # of two vouchers: one with two lines, one with three


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with own_database() as vendor:
        results = run(options.rows, vendor)
    report(results, as_json=options.json)
    sys.exit(0 if results["cents that differ"] == 0 else 1)


def run(rows: int, vendor: str) -> dict:
    from huilian.areas.watch.collective.queries.balances import balances
    from huilian.areas.watch.collective.reading import vouchers as files
    from huilian.areas.watch.collective.services.importing import import_file
    from huilian.engine import sheets
    from huilian.engine.sheets.columns import known
    from huilian.engine.trail.actors import SYSTEM
    from huilian.foundation.now import CHINA, frozen

    content, bank = workbook(rows)
    wanted = files.columns()

    def reading() -> None:
        parsed = sheets.parse(sheets.read(BytesIO(content), known=known(wanted)), wanted)
        assert len(parsed.records) == rows and parsed.ok

    with frozen(datetime(2026, 12, 31, 12, tzinfo=CHINA)):
        read = best([seconds(reading) for _ in range(3)])
        times = []
        for n in range(3):
            books = opened(n)
            times.append(seconds(lambda books=books: import_file(content, books, history=True, by=SYSTEM)))
        took = best(times)
        stand = balances(books, 202612)["102"].closing
    return {
        "database": vendor,
        "lines": rows,
        "reading, s": round(read[0], 2),
        "openpyxl handing out cells, s": round(seconds(lambda: cells(content))[0], 2),
        "importing, s": round(took[0], 2),
        "importing / reading": round(took[0] / read[0], 2),
        "importing / reading, CPU of this process": round(took[1] / read[1], 2),
        "lines a second": round(rows / took[0]),
        "cents that differ": abs(stand - bank),
    }


def workbook(rows: int) -> tuple[bytes, int]:
    """The file, and what the bank account must stand at afterwards."""
    from huilian.engine.sheets import Column, write

    head = (("凭证日期", "date"), ("凭证号", "text"), ("摘要", "text"), ("科目编码", "text"), ("借方金额", "money"))
    rest = (("贷方金额", "money"), ("往来单位", "text"), ("收款人", "text"), ("附件数", "integer"))
    last = (("经手人", "text"), ("发票号码", "text"))
    columns = [Column(name, name, kind) for name, kind in (*head, *rest, *last)]
    table, bank = [], 0
    for n in range(rows // LINES):
        day, cents = date(2026, 1, 1) + timedelta(n * 360 // (rows // LINES)), 10_000 + n
        head = (day, str(2 * n + 1), f"收{n}号地块租金")
        table.append((*head, "102", cents, None, None, "柳河食品厂", 1, "王会计", None))
        table.append((*head, "501.02", None, cents, None, "柳河食品厂", 1, "王会计", None))
        head = (day, str(2 * n + 2), "付办公用品和保洁费")
        table.append((*head, "513-02", cents, None, None, "安澜文具店", 2, "王会计", f"26{n:08d}"))
        table.append((*head, "51401", 500, None, None, "安澜文具店", 2, "王会计", None))
        table.append((*head, "102", None, cents + 500, None, "安澜文具店", 2, "王会计", None))
        bank -= 500 * 100
    return write(columns, table, "凭证"), bank


def opened(n: int):
    from huilian.areas.watch.collective.services.sets import open_books
    from huilian.engine.directory import services as directory
    from huilian.engine.directory.models import Place, Unit
    from huilian.engine.trail.actors import SYSTEM

    parent = None
    for code, name in (("999901", "安澜县"), ("999901101", "青石镇"), (f"9999011012{n:02d}", f"柳河{n}村")):
        full = code.ljust(12, "0")
        found = Place.objects.filter(code=full).first()
        parent = found or directory.add_place(code=code, name=name, parent=parent, by=SYSTEM)
    unit = Unit(name=f"柳河{n}村股份经济合作社", kind="cooperative", place=parent)
    return open_books(directory.add_units([unit], by=SYSTEM)[0], starts_on=date(2026, 1, 1), by=SYSTEM)


def cells(content: bytes) -> int:
    import openpyxl

    return sum(1 for row in openpyxl.load_workbook(BytesIO(content), read_only=True).active.iter_rows() for _ in row)


def seconds(act) -> tuple[float, float]:
    """On the wall, and of this process's CPU: on a busy machine only the second compares."""
    started, used = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - started, time.process_time() - used


def best(times: list[tuple[float, float]]) -> tuple[float, float]:
    return min(wall for wall, _cpu in times), min(cpu for _wall, cpu in times)


if __name__ == "__main__":
    main()
