"""Every text of the house is there in both languages."""

from huilian.project import texts


def test_every_text_has_its_chinese():
    faults = {home.name: found for home in texts.homes() if (found := texts.check(home))}

    assert faults == {}, "run `huilian messages update <name>` and translate"


def test_two_parts_never_translate_one_text_differently():
    assert texts.clashes() == {}
