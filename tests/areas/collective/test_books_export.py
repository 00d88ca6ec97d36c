"""Books as plain text: Beancount and hledger take them without a word and come to the same balances, to the cent."""

import csv
import io
import json
import shutil
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from huilian.areas.watch.collective.queries import plain_text
from huilian.areas.watch.collective.queries.balances import balances
from huilian.areas.watch.collective.services import sets, vouchers
from huilian.areas.watch.collective.services.exporting import export_ledger
from huilian.engine.trail.models import Event
from huilian.foundation.errors import NotAllowed
from huilian.foundation.now import CHINA, frozen
from huilian.project.cli import main
from tests.stage import once

from .books import closed, opened, posted

pytestmark = pytest.mark.django_db


def awkward(cast):
    """A year with all that is awkward: a reversal, an account of its own, names with signs in them, a closed year."""
    books = opened(cast)
    own = sets.add_account(books, "102", "农商行（专户）_2;号", by=cast.ma_jun)
    wrong = posted(cast, books, date(2026, 1, 3), "收租金", (own.code, 70_003), ("501-02", -70_003))
    vouchers.reverse(wrong, reason="金额写错", by=cast.tang_yun)
    posted(cast, books, date(2026, 1, 4), '=1+1 "办公"; |纸\\笔\n换行', ("513-02", 1_234), ("101", -1_234),
           payee='甲"乙;店', payee_kind="firm")  # fmt: skip
    posted(cast, books, date(2026, 2, 4), "误工", ("513-01", 9), ("102", -9), payee="王大明", payee_kind="person")
    posted(cast, books, date(2026, 12, 31), "生产成本", ("401", 5_000), ("213", -5_000))
    posted(cast, books, date(2026, 10, 6), "分配", ("322-01", 50_001), ("113", -50_001, "李四"))
    closed(cast, books, *range(202601, 202613))
    posted(cast, books, date(2027, 1, 6), "收租金", ("102", 1), ("501-99", -1))
    return books


LATER = datetime(2027, 2, 12, 9, tzinfo=CHINA)
told, stage, cast = once(awkward, at=LATER)


@pytest.fixture
def books(stage):
    with frozen(LATER):
        yield stage.world


def ours(books):
    """Balances by the name in the text, the accounts that stand at nothing left out."""
    found = {}
    for code, standing in balances(books, 202702).items():
        if standing.closing:
            found[code] = standing.closing
    return found


def code_of(name):
    """Assets:102-银行存款:102-50-专户 → 102-50; Assets:102-银行存款 → 102."""
    last = name.rpartition(":")[2].split("-")
    return "-".join(last[:2]) if len(last) > 2 else last[0]


def test_beancount_finds_no_fault_and_comes_to_the_same(books, tmp_path):
    path = tmp_path / "books.beancount"
    path.write_text("".join(plain_text.beancount(books)), encoding="utf-8")

    checked = subprocess.run([Path(sys.executable).parent / "bean-check", path], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")

    from beancount import loader
    from beancount.core.data import Transaction

    entries, errors, _options = loader.load_file(str(path))
    theirs = {}
    for entry in entries:
        if isinstance(entry, Transaction):
            for posting in entry.postings:
                code = code_of(posting.account)
                theirs[code] = theirs.get(code, 0) + int(posting.units.number * 100)
    assert errors == [] and {c: v for c, v in theirs.items() if v} == ours(books)


def test_hledger_finds_no_fault_and_comes_to_the_same(books, tmp_path):
    if not shutil.which("hledger"):
        pytest.skip("hledger is not installed: see tests/tools/install_parts.sh")
    path = tmp_path / "books.journal"
    path.write_text("".join(plain_text.hledger(books)), encoding="utf-8")
    env = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}

    def hledger(*command):
        return subprocess.run(["hledger", "-f", path, *command], capture_output=True, text=True, env=env)

    checked = hledger("check", "--strict")
    assert (checked.returncode, checked.stderr) == (0, "")
    table = hledger("balance", "--flat", "--no-total", "-O", "csv")
    rows = list(csv.reader(io.StringIO(table.stdout)))[1:]
    theirs = {code_of(name): int(Decimal(amount.split()[0]) * 100) for name, amount in rows}
    assert theirs == ours(books)


def test_a_changed_amount_is_found_by_beancount(books, tmp_path):
    path = tmp_path / "books.beancount"
    path.write_text("".join(plain_text.beancount(books)).replace("-12.34 CNY", "-12.35 CNY"), encoding="utf-8")

    checked = subprocess.run([Path(sys.executable).parent / "bean-check", path], capture_output=True, text=True)

    assert checked.returncode != 0


def test_names_of_persons_are_masked_and_no_cell_is_a_formula(books):
    for form in plain_text.FORMATS:
        text = "".join(plain_text.write(books, form))
        assert "王大明" not in text and "王*明" in text
        assert "李四" not in text
    assert all(not row[2].startswith("=") for row in csv.reader(io.StringIO(text)))


def test_taking_books_out_is_allowed_to_who_sees_them_and_written_down(cast, books):
    with pytest.raises(NotAllowed):
        export_ledger(books, "csv", by=cast.sun_yan)
    export_ledger(books, "csv", by=cast.li_xiao)

    assert Event.objects.filter(verb="collective.export_ledger").count() == 1


def test_the_command_writes_a_file_for_each_set(cast, books, tmp_path):
    run = CliRunner().invoke
    told = run(main, ["export", "ledger", "--format", "hledger", "--to", str(tmp_path), "--json"])
    [one] = json.loads(told.output)
    shown = run(main, ["export", "ledger", "--village", str(books.village_code), "--by", "ma_jun"])

    assert Path(one["file"]).read_text("utf-8").startswith("decimal-mark")
    assert shown.output.startswith("option") and shown.exit_code == 0
    assert run(main, ["export", "ledger", "--village", "1"]).exit_code == 2
    assert run(main, ["export", "ledger", "--set", str(books.pk), "--by", "sun_yan"]).exit_code == 1
