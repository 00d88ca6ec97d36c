"""`huilian deadline --from FILE`."""

import json

import pytest
from click.testing import CliRunner

from huilian.project.cli import main


def run(text, *options):
    return CliRunner().invoke(main, ["deadline", "--from", "-", *options], input=text)


def test_lines_in_lines_out():
    got = run("2026-09-28,7\n\n 2026-12-31 , 5\r\n2026-05-01,0\n")

    assert got.exit_code == 0
    assert got.stdout.splitlines() == [
        "2026-09-28,7,2026-10-13,false", "2026-12-31,5,2027-01-08,true", "2026-05-01,0,2026-05-01,false",
    ]  # fmt: skip


def test_natural_days_months_and_json():
    assert run("2026-09-26,7", "--unit", "day").stdout.strip() == "2026-09-26,7,2026-10-08,false"
    assert json.loads(run("2026-01-31,1", "--unit", "month", "--json").stdout)["due"] == "2026-02-28"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("2026-02-30,3", "2026-02-30"),
        ("20260228,3", "YYYY-MM-DD"),
        ("2026-02-28", "expected"),
        ("2026-02-28,3,4", "expected"),
        ("2026-02-28,-3", "-3"),
        ("2026-02-28,three", "three"),
        ("1066-10-14,3", "1066"),
        ("date,n", "date"),
    ],
)
def test_a_faulty_line_is_named_and_nothing_is_written(line, word):
    got = run(f"2026-09-28,7\n{line}\n")

    assert got.exit_code == 2 and got.stdout == ""
    assert "line 2" in got.stderr and word in got.stderr


def test_a_missing_or_binary_file_is_told(tmp_path):
    odd = tmp_path / "a.xlsx"
    odd.write_bytes(b"PK\x03\x04\xff\xfe\x00")

    assert CliRunner().invoke(main, ["deadline", "--from", str(tmp_path / "no.csv")]).exit_code == 2
    assert CliRunner().invoke(main, ["deadline", "--from", str(odd)]).exit_code == 2
