"""Names made comparable."""

import pytest

from huilian.foundation.names import norm


@pytest.mark.parametrize(
    "written", ["安澜农资个体", "安澜 农资（个体）", "安澜农资(个体)", "安澜　农资[个体]", "安澜·农资-个体"]
)
def test_ways_of_writing_one_name_compare_equal(written):
    assert norm(written) == "安澜农资个体"


def test_letters_compare_without_width_and_case():
    assert norm("ＡＢｃ co.") == "ABCCO"
