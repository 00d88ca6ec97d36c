"""`huilian import NAME FILE`, `huilian export NAME`, `huilian house`."""

import json

from click.testing import CliRunner

from huilian.engine import sheets
from huilian.engine.directory.models import Organisation
from huilian.engine.registers import find, importing
from huilian.project.cli import main


def run(*arguments: str):
    return CliRunner().invoke(main, list(arguments))


def test_any_register_is_imported_and_exported_by_its_name(cast, tmp_path):
    columns = importing.sheet_columns(find("organisations"), cast.wang_min)
    file, out = tmp_path / "firms.xlsx", tmp_path / "out.csv"
    file.write_bytes(sheets.write(columns, [{"name": "甲公司", "kind": "firm"}], "x"))
    given = ("import", "organisations", str(file), "--by", "wang_min", "--json")

    dry = json.loads(run(*given, "--dry-run").output)
    assert (dry["added"], dry["written"]) == (1, False) and not Organisation.objects.exists()
    done = json.loads(run(*given).output)
    assert (done["added"], done["written"]) == (1, True) and Organisation.objects.get().name == "甲公司"

    assert run("export", "organisations", "--by", "wang_min", "--to", str(out)).exit_code == 0
    assert "甲公司" in out.read_text(encoding="utf-8-sig")


def test_a_stranger_and_an_unknown_name_are_refused(cast, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("名称,类别\n甲,企业\n", encoding="utf-8")

    assert run("import", "organisations", str(file), "--by", "zhao_jianguo").exit_code == 1
    assert run("import", "nothing", str(file), "--by", "wang_min").exit_code == 2
    assert run("import", "divisions", "--help").exit_code == 0


def test_the_house_is_counted(db):
    rooms = json.loads(run("house", "--json").output)

    hotline = next(room for room in rooms["rooms"] if room["name"] == "areas.hear.hotline")
    assert "hotline-matters" in hotline["registers"] and "take" in hotline["services"]
    assert rooms["total"]["registers"] >= 25
