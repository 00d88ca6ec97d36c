"""Masking."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huilian.foundation.masking import mask_account, mask_identity, mask_name, mask_phone, mask_text


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张伟", "张*"), ("张小明", "张*明"), ("欧阳小明", "欧**明"), ("张", "*"), ("", ""), ("John Smith", "J*** S****")],
)
def test_names(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345726", "138****5726"),
        ("+86 138 1234 5726", "138****5726"),
        ("0635-8231234", "0635-*****34"),
        ("12345", "***45"),
    ],
)
def test_phones(phone, masked):
    assert mask_phone(phone) == masked


def test_identity_numbers_keep_three_and_four_and_accounts_four():
    assert mask_identity("11010519491231002X") == "110***********002X"
    assert mask_identity("1101") == "****"
    assert mask_account("6222 0202 0011 2345 678") == "***************5678"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我叫张三，电话13812345726。", "我叫张三，电话138****5726。"),
        ("电话１３８１２３４５７２６", "电话138****5726"),
        ("手机138-1234-5726或0635-8231234", "手机138****5726或0635-*****34"),
        ("身份证11010519491231002X，谢谢", "身份证110***********002X，谢谢"),
        ("卡号6222020200112345678", "卡号***************5678"),
        ("工单HX20261122-0001，2026年11月22日，3.14159265358", "工单HX20261122-0001，2026年11月22日，3.14159265358"),
        ("合同金额1234567.89元", "合同金额1234567.89元"),
    ],
)
def test_numbers_inside_free_text(text, masked):
    assert mask_text(text) == masked


@settings(deadline=None)
@given(st.text(max_size=40))
def test_masking_is_done_once(text):
    assert mask_text(mask_text(text)) == mask_text(text)
