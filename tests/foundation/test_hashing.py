"""Canonical bytes and digests against published vectors."""

import enum
import json
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huilian.foundation import hashing
from huilian.foundation.now import CHINA

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("algorithm", "data", "expected"),
    [
        # GB/T 32905-2016, appendix A.1 and A.2
        ("sm3", b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        ("sm3", b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
        # FIPS 180-4 examples
        ("sha256", b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("sha256", b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ],
)
def test_digests_equal_the_published_vectors(algorithm, data, expected):
    assert hashing.digest(data, algorithm).hex() == expected


def test_an_unknown_algorithm_is_refused():
    with pytest.raises(ValueError, match="md5"):
        hashing.digest(b"", "md5")


class Colour(enum.StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, None, "惠廉"]}, '{"a":[true,null,"惠廉"],"b":1}'),
        ({"é": 1, "z": 2, "a": 3, "汉": 4}, '{"a":3,"z":2,"é":1,"汉":4}'),
        ('a"\\\n/\x01', '"a\\"\\\\\\n/\\u0001"'),
        (10**30, "1" + "0" * 30),
        (date(2026, 11, 22), '"2026-11-22"'),
        (datetime(2026, 11, 22, 9, 0, tzinfo=CHINA), '"2026-11-22T01:00:00.000000Z"'),
        (datetime(2026, 11, 22, 9, 0, 0, 5, timezone(timedelta(hours=-5))), '"2026-11-22T14:00:00.000005Z"'),
        (time(9, 30), '"09:30:00"'),
        (Decimal("1.50"), '"1.50"'),
        (Decimal("1E+3"), '"1000"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        ((1, 2), "[1,2]"),
        (Colour.RED, '"red"'),
    ],
)
def test_canonical_bytes_are_written_one_way_only(value, expected):
    assert hashing.canonical(value).decode() == expected


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (1.0, "value"),
        ({"a": [0, float("nan")]}, r"value.a\[1\]"),
        (Decimal("Infinity"), "value"),
        (datetime(2026, 11, 22), "value"),
        (time(9, tzinfo=CHINA), "value"),
        ({1: 2}, "key 1"),
        ("a\0", "NUL"),
        ("\ud800", "surrogate"),
        ({"k\0": 1}, "NUL"),
        (b"bytes", "bytes"),
        ({1, 2}, "set"),
        (object(), "object"),
    ],
)
def test_what_has_no_exact_text_is_refused_and_the_place_is_told(value, where):
    with pytest.raises(hashing.Unhashable, match=where):
        hashing.canonical(value)


@given(VALUES)
def test_canonical_bytes_survive_a_json_column_and_the_order_of_keys(value):
    first = hashing.canonical(value)

    back = json.loads(json.dumps(json.loads(first), indent=1))

    assert hashing.canonical(back) == first


def test_a_chain_depends_on_every_link_and_on_their_order():
    def run(*leaves):
        link = hashing.START
        for leaf in leaves:
            link = hashing.chain(link, leaf)
        return link

    assert len({run(), run(b"a"), run(b"a", b"b"), run(b"b", b"a"), run(b"ab"), run(b"", b"ab")}) == 6
    assert hashing.chain(hashing.START, b"a", "sm3") != hashing.chain(hashing.START, b"a", "sha256")
    with pytest.raises(ValueError, match="32"):
        hashing.chain(b"", b"a")
