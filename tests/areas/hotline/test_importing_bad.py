"""What offices really send to be imported: one clear sentence, and nothing changed. Odd but sound files come in."""

import json

import pytest
from click.testing import CliRunner

from huilian.areas.hear.hotline import services
from huilian.areas.hear.hotline.models import Order
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid
from huilian.project.cli import imports
from tests.engine.sheets import make

from .test_importing import HEAD, LETTER, counts, letters, table  # noqa: F401

SECOND = ["4002", *LETTER[1:]]


def refusal(file) -> Invalid:
    """The refusal of `file`, of which nothing stayed."""
    before = counts()
    with pytest.raises(Invalid) as caught:
        services.import_orders(file, by=SYSTEM, name="来件.xlsx")
    assert counts() == before
    return caught.value


def test_wrong_headings_are_named_with_what_is_expected(letters):  # noqa: F811
    said = str(refusal(table(LETTER, head=["甲", "乙", "丙", "丁", "戊", "己"])))

    assert "受理时间" in said and "甲" in said


def test_a_missing_heading_is_named(letters):  # noqa: F811
    said = str(refusal(table(LETTER[:2], head=HEAD[:2])))

    assert "受理时间" in said and "内容" in said


@pytest.mark.parametrize("broken", ["2019-02-30", "昨天", "19/13/2019", "25:61", "2099-01-01"])
def test_a_broken_date_is_named_with_its_cell(letters, broken):  # noqa: F811
    (fault,) = refusal(table(LETTER, ["4002", "x", broken, "内容", "", ""])).faults

    assert (fault.row, fault.letter, fault.column) == (3, "C", "受理时间") and fault.message


def test_an_answer_before_the_letter_is_refused(letters):  # noqa: F811
    (fault,) = refusal(table([*LETTER[:5], "2019-09-24"])).faults

    assert (fault.row, fault.letter) == (2, "F")


def test_merged_cells_are_refused(letters):  # noqa: F811
    content = make.xlsx([HEAD, LETTER, SECOND], lambda sheet: sheet.merge_cells("B2:B3"))

    (fault,) = refusal(content).faults
    assert fault.row == 2 and "B2:B3" in fault.message


def test_a_formula_that_was_never_calculated_is_refused_and_never_run(letters):  # noqa: F811
    (fault,) = refusal(make.xlsx([HEAD, ["4001", "=HYPERLINK(A1)", *LETTER[2:]]])).faults

    assert (fault.row, fault.letter) == (2, "B")


def test_emoji_and_rare_characters_come_in_unharmed(letters):  # noqa: F811
    text = "谢谢😀👨‍👩‍👧，𠮷野家门口路灯不亮"

    services.import_orders(make.xlsx([HEAD, ["4001", "路灯💡", LETTER[2], text, *LETTER[4:]]]), by=SYSTEM)

    order = Order.objects.select_related("case").get()
    assert order.text == text and order.case.title == "路灯💡"


def test_a_row_twice_is_named_with_the_first_one(letters):  # noqa: F811
    (fault,) = refusal(table(LETTER, SECOND, LETTER)).faults

    assert fault.row == 4 and "2" in fault.message


def test_an_identity_number_with_a_wrong_check_digit_is_refused(letters):  # noqa: F811
    (fault,) = refusal(table([*LETTER, "999901199001011237"], head=[*HEAD, "身份证号"])).faults

    assert (fault.row, fault.letter) == (2, "G")


def test_a_telephone_number_that_cannot_be_is_refused(letters):  # noqa: F811
    (fault,) = refusal(table([*LETTER, "12"], head=[*HEAD, "电话"])).faults

    assert fault.column == "联系电话"


@pytest.mark.parametrize("heading", ["承办单位", "乡镇", "渠道", "事项"])
def test_a_name_that_nobody_knows_is_refused_with_its_cell(letters, heading):  # noqa: F811
    (fault,) = refusal(table([*LETTER, "没有这个名字"], head=[*HEAD, heading])).faults

    assert (fault.row, fault.letter, fault.column) == (2, "G", heading) and "没有这个名字" in fault.message


def test_a_renamed_program_is_refused(letters):  # noqa: F811
    assert "程序" in str(refusal(b"MZ\x90\x00" + bytes(500)))


def test_a_hundred_megabytes_are_refused_before_they_are_read(letters, tmp_path):  # noqa: F811
    path = tmp_path / "大.csv"
    with path.open("wb") as file:
        file.truncate(101 << 20)

    assert "101" in str(refusal(path))


def test_fifty_thousand_faulty_rows_give_one_readable_sentence(letters):  # noqa: F811
    row = ["", "标题", "不是日期", "内容", "", ""]

    said = refusal(table(*[row] * 50_000))

    assert "50,000" in str(said) or "50000" in str(said)
    assert len(str(said)) < 4000 and len(said.faults) <= 5000


def test_headings_without_rows_are_told(letters):  # noqa: F811
    assert "没有数据" in str(refusal(table()))


@pytest.fixture
def command(letters, monkeypatch):  # noqa: F811
    monkeypatch.setattr(imports, "with_django", lambda: None)
    return lambda *words: CliRunner().invoke(imports.hotline, [str(w) for w in words])


def test_the_command_reports_what_it_did(command, tmp_path):
    path = tmp_path / "来信.csv"
    path.write_bytes(table(LETTER, [*SECOND[:4], "", ""]))

    done = json.loads(command(path, "--json", "--place", "999901").stdout)

    assert (done["imported"], done["closed"], done["open"]) == (2, 1, 1)
    assert (done["answered"], done["in_time"], done["limits"]) == ({"major": 1}, {"major": 1}, {"major": 15})
    assert "0 would be imported, 2 here already" in command(path, "--skip-known", "--dry-run").stdout


def test_the_command_says_what_is_wrong_and_fails(command, tmp_path):
    path = tmp_path / "来信.csv"
    path.write_bytes(table(["4001", "x", "昨天", "内容", "", ""]))
    before = Event.objects.count()

    result = command(path, "--json")

    assert result.exit_code == 1 and json.loads(result.stdout)["faults"][0]["row"] == 2
    assert Event.objects.count() == before
