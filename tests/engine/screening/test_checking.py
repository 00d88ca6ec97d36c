"""What is wrong with a rule is said in one sentence each: which file, which line, why, what to do."""

from datetime import date

import pytest
from django.utils import translation

from huilian.engine.screening import binding, rule, saying
from huilian.engine.screening.checking import check, check_file

from .toy import CASES, DATASETS, HEAD, SQL, TEXT


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def faults_of(text, cases=CASES):
    try:
        found = rule.parse(text, file="ZJ91.sql")
    except rule.Broken as broken:
        return [str(fault) for fault in broken.faults]
    return [str(fault) for fault in check(found, DATASETS, cases, "ZJ91.cases.yaml") if not fault.warning]


def test_a_sound_rule_has_no_faults():
    assert faults_of(TEXT) == []


@pytest.mark.parametrize(
    "old,new,said",
    [
        ("v.total_cents\nFROM", "v.total_cent\nFROM", "ZJ91.sql:19: There is no column “total_cent”; perhaps"),
        ("FROM voucher v", "FROM vouchers v", "ZJ91.sql:20: There is no dataset “vouchers”. There are: cadre, vou"),
        ("$yellow_cents\n", "$yelow_cents\n", "ZJ91.sql:21: The parameter $yelow_cents is not declared in the head."),
        ("v.total_cents\nFROM", "v.total_cents / v.area_mu AS x\nFROM", "write … / NULLIF(v.area_mu, 0)"),
        ("v.total_cents\nFROM", "CAST(v.area_mu AS INTEGER) AS x\nFROM", "A fraction is never cast"),
        ("v.total_cents\nFROM", "SUM(v.total_cents) OVER () AS x\nFROM", "Write CAST(SUM(v.total_cents) AS BIGINT)"),
        ("v.total_cents\nFROM", "ROW_NUMBER() OVER (ORDER BY v.payee) AS x\nFROM", "end it with the key, such as vou"),
        ("v.total_cents\nFROM", "LEVENSHTEIN(v.payee, 'a') AS x\nFROM", "LEVENSHTEIN is not part of RuleSQL: it c"),
        ("v.total_cents\nFROM", "RANDOM() AS x\nFROM", "differ from run to run"),
        ("v.total_cents\nFROM", "NOW() AS x\nFROM", "use $as_of"),
        ("v.total_cents\nFROM", "READ_TEXT('x') AS x\nFROM", "READ_TEXT is not part of RuleSQL"),
        ("v.total_cents\nFROM", "DATE_DIFF('month', v.voucher_date, $as_of) AS x\nFROM", "counts in 'day' only"),
        ("v.total_cents\nFROM", "$as_of - v.voucher_date AS x\nFROM", "instead of subtracting dates"),
        ("v.total_cents\nFROM", "v.total_cents + 1\nFROM", "Name this column"),
        ("'' AS key,", "", "does not give the column “key”"),
        ("'' AS key,", "1 AS key,", "The column key is INTEGER; it must be VARCHAR."),
        ("FROM voucher v", "FROM (SELECT * FROM voucher) v", "Name the columns instead of *."),
        ("FROM voucher v", "FROM read_csv('/etc/passwd') v", "is not a dataset"),
        ("WHERE", "WHERE v.payee IN (SELECT name FROM cadre) AND", "The SELECT reads cadre; “reads” must list it."),
        ("$yellow_cents\n", "$yellow_cents LIMIT 5", "LIMIT is not part of RuleSQL."),
        ("SELECT v.vill", "SELEC v.vill", "ZJ91.sql:16: This is not SQL near"),
        ("weight: 2", "weigth: 2", "There is no “weigth” in a head; perhaps “weight” is meant."),
        ("weight: 2", "weight: 9", "The weight is a whole number from 1 to 5."),
        ("grain: village", "grain: town", "“town” is not one of: village | county | cross."),
        ("{payee}现金", "{payer}现金", "asks for {payer}"),
        ("id: ZJ91", "id: zj", "The id is two capital letters"),
        ("group: ZJ", "group: [", "The head is not YAML"),
        ("value: 100000", "valu: 100000", "A parameter has a value"),
    ],
)  # fmt: skip
def test_a_fault_is_named(old, new, said):
    assert old in TEXT

    found = faults_of(TEXT.replace(old, new, 1))

    assert any(said in fault for fault in found), found


@pytest.mark.parametrize(
    "old,new,said",
    [
        ("total_cents: 100001}", "total_cents: 99999}", "“超限” should raise {'subject': 'voucher:1', "),
        ("total_cents: 100000}", "total_cents: 100001}", "which it does not expect"),
        ("method: bank", "methd: bank", "The dataset voucher has no column “methd”."),
        ("{voucher: [{voucher_id: 1", "{cadre: [{row_id: 1", "The rule does not read “cadre”."),
        ("  - name: not cash", "  - nam: not cash", "A case has a name, rows and expect."),
        ("as_of: 2026-06-30", "as_of: soon", "A file of cases gives “as_of: 2026-06-30”"),
        ("total_cents: 2000000}]}\n    expect: []", "total_cents: 1.5.5}]}\n    expect: []", "not fit its columns"),
    ],
)  # fmt: skip
def test_a_case_that_does_not_come_out_is_named(old, new, said):
    assert old in CASES

    found = faults_of(TEXT, CASES.replace(old, new, 1))

    assert any(said in fault for fault in found), found


def test_a_level_outside_the_ladder_and_evidence_from_nowhere_are_named():
    found = faults_of(
        HEAD
        + SQL.replace("THEN 3", "THEN 2").replace("|| CAST(v.voucher_id AS VARCHAR) AS evidence", "|| '7' AS evidence")
    )

    assert any("Level 2 is not in the ladder" in fault for fault in found)
    assert any("The evidence voucher:7 is not a row" in fault for fault in found)


def test_a_join_without_equality_is_a_warning_unless_declared():
    text = TEXT.replace("FROM voucher v", "FROM voucher v JOIN voucher w ON v.voucher_id < w.voucher_id")

    plain = check(rule.parse(text), DATASETS)
    declared = check(rule.parse(text.replace("weight: 2", "class: pairwise\nweight: 2")), DATASETS)

    assert [f.message for f in plain if f.warning and "no equality" in f.message]
    assert not [f.message for f in declared if f.warning]


def test_a_file_is_named_as_its_rule_and_has_cases(tmp_path):
    (tmp_path / "ZJ92.sql").write_text(TEXT, encoding="utf-8")
    (tmp_path / "ZJ91.sql").write_text(TEXT, encoding="utf-8")

    assert "Give both the same name" in str(check_file(tmp_path / "ZJ92.sql", DATASETS)[0])
    assert "write ZJ91.cases.yaml beside it" in str(check_file(tmp_path / "ZJ91.sql", DATASETS)[0])


def test_parameters_and_the_day_become_literals_and_text_cannot_break_out():
    bound = binding.bind("SELECT a FROM t WHERE b = $x AND c IN ($ks) AND d < $as_of AND e > $n",
                         {"x": "o'x); DROP", "ks": ["a", "b"], "n": -3}, date(2026, 1, 2), schema="base")  # fmt: skip

    assert "'o''x); DROP'" in bound
    assert "IN ('a', 'b')" in bound and "CAST('2026-01-02' AS DATE)" in bound and "FROM base.t" in bound


def test_a_rule_may_end_in_an_empty_text():
    bound = binding.bind("SELECT a FROM t WHERE e > $n AND b = ''", {"n": 1}, date(2026, 1, 2))

    assert bound == "SELECT a FROM t WHERE e > 1 AND b = ''"


def test_the_sentence_reads_well_in_both_languages_and_hides_the_name():
    found = rule.parse(TEXT)
    personal = saying.personal_facts(found.sql, DATASETS, found.reads)
    facts = {"voucher_date": date(2026, 5, 3), "payee": "王小明", "total_cents": 150050, "yellow_cents": 100000}

    said = saying.explain(found.explain, saying.masked(facts, personal))

    assert said["zh"] == "2026年5月3日付给王*明现金1,500.50元，超过1,000元的限额"
    assert said["en"] == "On 3 May 2026 1,500.50 yuan in cash went to 王*明, over the limit of 1,000 yuan"
