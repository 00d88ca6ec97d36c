"""Earlier orders about the same matter at the same place are found, explained, and never merged by themselves."""

from datetime import date, datetime

import pytest

from huilian.areas.hear.hotline.suggestion.duplicates import Index

from .letters import LETTERS


@pytest.fixture
def index():
    index = Index()
    for n, (subject, text, _) in enumerate(LETTERS):
        index.add(n, subject, text, date(2026, 3, 1))
    index.add(
        "HX1",
        "青桐花园旁搅拌站噪音扰民",
        "青桐花园小区旁边建了搅拌站，整夜噪音，扬尘很大",
        datetime(2026, 3, 2, 9),
        "320101001",
    )
    return index


def test_a_second_letter_on_the_same_matter_finds_the_first(index):
    found = index.similar("青桐花园搅拌站太吵", "我是青桐花园小区业主，旁边的搅拌站噪音和扬尘让人睡不着")

    assert [match.id for match in found] == ["HX1"]
    assert {"搅拌站", "噪音"} <= set(found[0].shared)
    assert 0.3 <= found[0].score <= 1


def test_the_same_text_scores_one(index):
    subject, text, _ = LETTERS[0]

    assert index.similar(subject, text)[0].score == pytest.approx(1)
    assert index.similar(subject, text)[0].id == 0


def test_another_matter_finds_nothing(index):
    assert index.similar("咨询生育津贴", "生育津贴如何申领，需要什么材料") == []
    assert index.similar("", "") == []


def test_the_same_words_in_another_village_count_less(index):
    letter = ("青桐花园搅拌站噪音", "青桐花园旁边的搅拌站整夜噪音")
    here = index.similar(*letter, place="320101001203", at_least=0)[0].score
    elsewhere = index.similar(*letter, place="320101002", at_least=0)[0].score
    unknown = index.similar(*letter, at_least=0)[0].score

    assert here == unknown
    assert elsewhere == pytest.approx(here / 2, abs=1e-3)


def test_a_window_of_days_and_left_out_orders_are_respected(index):
    letter = ("青桐花园搅拌站噪音", "青桐花园旁边的搅拌站整夜噪音")

    assert index.similar(*letter, date(2026, 3, 5), within_days=7)
    assert not index.similar(*letter, date(2026, 6, 5), within_days=7)
    assert not index.similar(*letter, but=["HX1"])


def test_a_closed_order_is_found_no_more(index):
    size = len(index)
    index.remove("HX1")
    index.remove("HX1")

    assert len(index) == size - 1
    assert not index.similar("青桐花园旁搅拌站噪音扰民", "青桐花园小区旁边建了搅拌站")


def test_putting_an_order_in_again_replaces_it(index):
    size = len(index)
    index.add("HX1", "路灯不亮", "青石巷的路灯不亮")

    assert len(index) == size
    assert not index.similar("青桐花园旁搅拌站噪音扰民", "青桐花园小区旁边建了搅拌站")


def test_orders_on_one_matter_form_a_group_led_by_the_earliest(index):
    index.add("HX9", "青桐花园旁搅拌站噪音扰民", "青桐花园小区旁边的搅拌站整夜噪音", date(2026, 2, 1))
    index.add("HX5", "青桐花园搅拌站噪音扰民何时解决", "青桐花园小区旁边搅拌站整夜噪音，扬尘很大", date(2026, 3, 9))

    assert index.groups() == [["HX9", "HX1", "HX5"]]
