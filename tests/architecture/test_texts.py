"""Every text of the house is there in both languages."""

import pytest

from huilian.project import texts


@pytest.mark.parametrize("home", texts.homes(), ids=lambda home: home.name)
def test_every_text_has_its_chinese(home):
    faults = texts.check(home)

    assert not faults, f"run `huilian messages update {home.name}` and translate: {faults}"


def test_two_parts_never_translate_one_text_differently():
    assert texts.clashes() == {}
