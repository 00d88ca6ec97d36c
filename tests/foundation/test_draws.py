"""A draw is the same for everybody, fair, and depends on every word."""

from collections import Counter

import pytest

from huilian.foundation import draws
from huilian.foundation.errors import Invalid

SEED = bytes(range(32))
PEOPLE = [f"ZJ{i:03d}" for i in range(12)]


def draw(seed=SEED, words="", people=PEOPLE, wanted=3):
    return draws.drawn(seed, draws.listed("CJ1", "评标专家", people, wanted), words, people, wanted)


def test_a_draw_is_the_same_whenever_and_in_whatever_order_the_list_is_given():
    assert draw() == draw(people=PEOPLE[::-1])
    assert draws.commitment(SEED, draws.listed("CJ1", "评标专家", PEOPLE, 3)) == (
        draws.commitment(SEED, draws.listed("CJ1", "评标专家", PEOPLE[::-1], 3))
    )


def test_seed_words_and_list_each_change_the_draw():
    others = [draw(bytes(32)), draw(words="5 1 7"), draw(people=[*PEOPLE[:-1], "ZJ999"])]

    assert all(other != draw() for other in others)


def test_everybody_is_drawn_about_as_often():
    seen = Counter(name for i in range(3000) for name in draw(i.to_bytes(32, "big")))

    expected = 3000 * 3 / 12
    assert sum((count - expected) ** 2 / expected for count in seen.values()) < 35  # chi-square, 11 degrees, 0.02 %


@pytest.mark.parametrize("people,wanted", [(PEOPLE, 0), (PEOPLE, 13), ([], 1), (["a", "a"], 1)])
def test_a_list_that_cannot_be_drawn_from_is_refused(people, wanted):
    with pytest.raises(Invalid):
        draw(people=people, wanted=wanted)
