"""Identity numbers, credit codes, organisation codes, division codes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huilian.foundation.codes import (
    Division,
    check_credit_code,
    check_division,
    check_identity,
    check_organisation_code,
    credit_check_character,
    identity_check_digit,
    organisation_check_character,
)
from huilian.foundation.errors import Invalid


def test_the_published_identity_number_is_valid():
    found = check_identity("11010519491231002x")  # the example of GB 11643

    assert (found.number, found.province, found.birth, found.sex) == (
        "11010519491231002X", "北京市", date(1949, 12, 31), "F",
    )  # fmt: skip


def test_numbers_typed_full_width_or_with_spaces_are_put_right():
    assert check_identity(" 110105 19491231 ００２Ｘ ").number == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("110105194912310021", "last character"),
        ("1101051949123100", "16"),
        ("110105491231002", "15 digits"),
        ("A10105194912310021", "17 digits"),
        ("990105194912310021", "area"),
        ("110105194902300021", "19490230"),
        ("110105189012310021", "1890"),
        ("110105209912310021", "2099"),
        ("", "0"),
    ],
)
def test_a_wrong_identity_number_is_refused_with_what_is_wrong(number, word):
    with pytest.raises(Invalid, match=word):
        check_identity(number)


def test_permits_of_residents_and_foreigners_have_the_same_form():
    for first in ("81000019800101001", "83000019800101001", "93115619800101001"):
        assert check_identity(first + identity_check_digit(first)).birth == date(1980, 1, 1)


@settings(deadline=None)
@given(st.from_regex(r"11010119[5-9][0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", fullmatch=True),
       st.integers(0, 16), st.integers(1, 9))  # fmt: skip
def test_any_single_wrong_digit_is_found(first, place, shift):
    number = first + identity_check_digit(first)
    assert check_identity(number)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    with pytest.raises(Invalid):
        check_identity(wrong)


@pytest.mark.parametrize(
    "number", ["91350100M000100Y43", "91110000100000000A"[:17] + credit_check_character("91110000100000000")]
)
def test_published_credit_codes_are_valid(number):
    assert check_credit_code(number.lower()).number == number


def test_a_credit_code_tells_its_parts():
    code = check_credit_code("91350100M000100Y43")

    assert (code.department, code.area, code.organisation_code, code.collective) == (
        "工商",
        "350100",
        "M000100Y4",
        False,
    )
    assert check_organisation_code(code.organisation_code) == "M000100Y4"
    first = "N2371502" + "MF1234567"
    assert check_credit_code(first + credit_check_character(first)).collective


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("91350100M000100Y44", "last character"),
        ("91350100M000100Y4", "17"),
        ("91350100M000I00Y43", "I"),
        ("B1350100M000100Y43", "B"),
        ("9135010AM000100Y43", "35010A"),
    ],
)
def test_a_wrong_credit_code_is_refused_with_what_is_wrong(number, word):
    with pytest.raises(Invalid, match=word):
        check_credit_code(number)


def test_organisation_codes_use_x_and_nought():
    assert {organisation_check_character(f"{n:08}") for n in range(200)} >= {"X", "0"}
    with pytest.raises(Invalid):
        check_organisation_code("M000100Y5")
    with pytest.raises(Invalid):
        check_organisation_code("123")


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("37", "province", None),
        ("371500000000", "city", "370000000000"),
        ("371502", "county", "371500000000"),
        ("371502104000", "township", "371502000000"),
        ("371502104201", "village", "371502104000"),
        ("441900003000", "township", "441900000000"),  # Dongguan has no counties
        ("441900003001", "village", "441900003000"),
    ],
)
def test_a_division_knows_its_level_and_what_lies_above(code, level, parent):
    division = check_division(code)

    assert division.level == level
    assert division.parent == (Division(parent) if parent else None)
    assert division.parent is None or division.parent.contains(division)


@pytest.mark.parametrize("code", ["99", "3715021", "37150210400a", "370000104201", "371502000201", ""])
def test_a_wrong_division_code_is_refused(code):
    with pytest.raises(Invalid):
        check_division(code)
