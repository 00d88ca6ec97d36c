"""Reading and writing a spreadsheet of 50,000 rows with faults found by row, against openpyxl in the same run.

    python benchmarks/sheets.py [--rows 50000] [--json]

Reading means the whole way of an import: look through the package, open it, find the headings, type every cell,
compare numbers for doubles. openpyxl only hands out its cells. Times are the best of three; memory is the process's
highest, measured in a process of its own.
"""

import argparse
import io
import json
import multiprocessing
import os
import resource
import sys
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huilian.project.settings")
os.environ.setdefault("HUILIAN_SECRET", "benchmark")

QUICK = ("--rows", "5000")


def columns():
    from huilian.engine.sheets import Column

    return [
        Column("number", "编号", "code", required=True),
        Column("received_on", "受理日期", "date", required=True),
        Column("township", "乡镇"),
        Column("village", "村"),
        Column("channel", "渠道", "choice", choices={"电话": "phone", "网络": "web", "来信": "letter"}),
        Column("name", "姓名"),
        Column("identity", "证件号码", "code"),
        Column("amount", "金额", "money"),
        Column("days", "工作日", "integer"),
        Column("done", "办结", "yesno"),
        Column("text", "诉求内容"),
        Column("answer", "答复"),
    ]


def rows(count):
    start = date(2026, 1, 1)
    for i in range(count):
        yield (
            f"HX20260101-{i:05d}",
            start + timedelta(i % 320),
            "清溪镇",
            f"第{i % 346}村",
            ("phone", "web", "letter")[i % 3],
            "张某某",
            f"11010519491231{i % 10000:04d}",
            i * 1.37,
            i % 15,
            i % 2 == 0,
            f"村口路灯第{i}次不亮，晚上老人出行不便，请尽快派人修理。",
            "已安排供电所维修，三日内完成。",
        )


def ours_write(count, path):
    from huilian.engine.sheets import write_to

    write_to(path, columns(), rows(count), "热线工单台账")


def ours_read(count, path):
    from huilian.engine.sheets import Parsed, read, records
    from huilian.engine.sheets.columns import known

    wanted, parsed = columns(), Parsed()
    with Path(path).open("rb") as file:
        found = sum(1 for _r in records(read(file, known=known(wanted)), wanted, parsed, unique=("number",)))
    assert (found, parsed.faults) == (count, []), (found, parsed.faults[:3])


def openpyxl_write(count, path):
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([c.heading for c in columns()])
    for row in rows(count):
        sheet.append(row)
    book.save(path)


def openpyxl_read(count, path):
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True).active
    assert sum(1 for _row in sheet.iter_rows(values_only=True)) == count + 2  # title and headings


def measure(function, count, path, out):
    import django

    django.setup()
    begin = time.perf_counter()
    function(count, path)
    seconds = time.perf_counter() - begin
    out.put((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def best(function, count, path, times=3):
    found = []
    for _ in range(times):
        out = multiprocessing.Queue()
        process = multiprocessing.Process(target=measure, args=(function, count, path, out))
        process.start()
        found.append(out.get(timeout=600))
        process.join()
    return min(s for s, _m in found), max(m for _s, m in found)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--rows", type=int, default=50_000)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    multiprocessing.set_start_method("spawn")
    folder = Path(os.environ.get("TMPDIR", "/tmp"))
    ours, theirs = folder / "huilian-bench.xlsx", folder / "huilian-bench-openpyxl.xlsx"
    result = {"rows": given.rows, "columns": len(columns())}
    for name, function, path in (
        ("write", ours_write, ours),
        ("openpyxl write", openpyxl_write, theirs),
        ("read and check", ours_read, ours),
        ("openpyxl read only", openpyxl_read, ours),
    ):
        seconds, megabytes = best(function, given.rows, str(path))
        result[name] = {"seconds": round(seconds, 2), "peak MB": round(megabytes)}
    result["file MB"] = round(ours.stat().st_size / 1e6, 1)
    result["write, times as fast as openpyxl"] = round(
        result["openpyxl write"]["seconds"] / result["write"]["seconds"], 2
    )
    result["read, times as fast as openpyxl"] = round(
        result["openpyxl read only"]["seconds"] / result["read and check"]["seconds"], 2
    )
    for path in (ours, theirs):
        path.unlink()
    out = io.StringIO()
    if given.json:
        json.dump(result, out, ensure_ascii=False)
    else:
        for key, value in result.items():
            print(f"{key:36} {value}", file=out)
    print(out.getvalue().rstrip())


if __name__ == "__main__":
    main()
