"""Money in cents, in figures and in words."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huilian.foundation import money
from huilian.foundation.errors import Invalid


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1,234.50", 123450), ("¥1234.5", 123450), ("1234元", 123400), ("１２３．４５", 12345), ("-0.01", -1),
     ("−3", -300), (Decimal("2.30"), 230), (7, 700), (".5", 50), ("-¥5", -500)],
)  # fmt: skip
def test_amounts_as_people_write_them(text, amount):
    assert money.cents(text) == amount


@pytest.mark.parametrize("text", ["", "abc", "1.234", "1e5", "1.2万", "12 元 3 角", "9999999999999999", "--1", "1.2.3"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(Invalid):
        money.cents(text)


def test_a_float_is_never_money():
    with pytest.raises(TypeError):
        money.cents(1.1)


@settings(deadline=None)
@given(st.integers(-(10**14), 10**14))
def test_figures_and_cents_are_inverse(amount):
    assert money.cents(money.text(amount)) == amount == money.cents(money.yuan(amount))


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        # the examples of 正确填写票据和结算凭证的基本规定
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        # others
        ("0", "零元整"),
        ("0.5", "伍角"),
        ("0.05", "伍分"),
        ("10", "壹拾元整"),
        ("10000", "壹万元整"),
        ("100000000", "壹亿元整"),
        ("100010001", "壹亿零壹万零壹元整"),
        ("100000001", "壹亿零壹元整"),
        ("1000000000000", "壹万亿元整"),
        ("1000100000000", "壹万零壹亿元整"),
        ("20305040", "贰仟零叁拾万伍仟零肆拾元整"),
        ("-12.30", "负壹拾贰元叁角"),
    ],
)
def test_amounts_in_capital_words(figures, words):
    assert money.capital(money.cents(figures)) == words


_VALUES = {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}


def read(words: str) -> int:
    """Back from words to cents, written independently of `capital`."""
    total = section = digit = 0
    for c in words.rstrip("整"):
        if c in _VALUES:
            digit = _VALUES[c]
        elif c in "拾佰仟":
            section, digit = section + digit * 10 ** ("拾佰仟".index(c) + 1), 0
        elif c == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        elif c == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        elif c == "元":
            total, section, digit = (total + section + digit) * 100, 0, 0
        elif c == "角":
            total, digit = total + digit * 10, 0
        elif c == "分":
            total, digit = total + digit, 0
    return total


@settings(deadline=None, max_examples=400)
@given(st.integers(0, 10**14))
def test_words_read_back_give_the_amount(amount):
    assert read(money.capital(amount)) == amount
    assert "零零" not in money.capital(amount)
