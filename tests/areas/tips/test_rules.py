"""What in a text may show who wrote it, found by form."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huilian.areas.hear.tips.rules import clock_class, identifying, is_told, rewritten


@pytest.mark.parametrize(
    "text, sort",
    [
        ("我叫周大山，电话如下", "self"),
        ("联系13900001111", "phone"),
        ("固话0999-1234567", "phone"),
        ("身份证440106199001011235", "identity"),
        ("写信到zhou@example.cn", "email"),
        ("卡号6222020200112233445", "account"),
        ("我家住幸福路18号", "address"),
        ("三组的地被占了", "address"),
        ("我儿子周小山看见的", "kin"),
        ("俺家的邻居看见的", "kin"),
        ("我是村里的会计", "title"),
        ("我是低保户", "self_kind"),
    ],
)
def test_what_shows_who_wrote_it_is_found(text, sort):
    assert sort in {f.sort for f in identifying(text)}


def test_what_the_tip_is_about_stays():
    text = "反映柳河村报账员李晓2025年冒领低保金21000元，村书记知道。"

    assert identifying(text) == []


def test_known_words_are_replaced_first_and_nothing_overlaps():
    text = "我叫周大山，我儿子周小山，电话13900001111。"

    new = rewritten(text, identifying(text, ("周大山",)))

    assert "周大山" not in new and "周小山" not in new and "13900001111" not in new and "〔电话〕" in new


@given(st.text(max_size=120))
def test_rewriting_ends_and_keeps_what_was_not_found(text):
    found = identifying(text)

    assert all(a.end <= b.start for a, b in pairwise(found))
    assert len(rewritten(text, found)) == len(text) + sum(len(f.instead) - (f.end - f.start) for f in found)


def test_a_repeat_is_not_told_again():
    assert clock_class(True, False, False) == "named" and is_told("named_fast")
    assert clock_class(True, True, True) == "other_fast" and not is_told(clock_class(False, False, False))
