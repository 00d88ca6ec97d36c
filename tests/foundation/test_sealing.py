"""Sealing: what is locked opens with the right key only, and no single thing on the server is enough."""

from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huilian.foundation import sealing
from huilian.foundation.sealing import BLOCK, CHUNK, WEAK, Unopened

ABOUT = "tip XF20261122-0001 content"


@given(st.binary(max_size=3 * BLOCK))
def test_a_box_gives_back_what_was_put_in_and_its_length_tells_little(plain):
    key, cipher = sealing.seal(plain, ABOUT)

    assert sealing.open_sealed(cipher, key, ABOUT) == plain
    assert (len(cipher) - len(sealing.seal(b"", ABOUT)[1])) % BLOCK == 0
    assert not plain[:16] or len(plain) < 8 or plain not in cipher


def test_a_changed_byte_another_key_or_another_description_opens_nothing():
    key, cipher = sealing.seal("村里的补贴被扣了".encode(), ABOUT)
    changed = [cipher[:i] + bytes([cipher[i] ^ 1]) + cipher[i + 1 :] for i in (0, 30, len(cipher) - 1)]

    for wrong in (*((c, key, ABOUT) for c in changed), (cipher, bytes(32), ABOUT), (cipher, key, ABOUT + "x")):
        with pytest.raises(Unopened):
            sealing.open_sealed(*wrong)


def test_a_secret_opens_with_its_passphrase_alone():
    secret = sealing.make_pair().secret
    locked = sealing.lock(secret, "清风 徐来 水波 不兴", WEAK)

    assert sealing.unlock(locked, "清风 徐来 水波 不兴") == secret
    assert secret not in locked and sealing.lock(secret, "清风 徐来 水波 不兴", WEAK) != locked
    for wrong in ("清风徐来水波不兴", ""):
        with pytest.raises(Unopened):
            sealing.unlock(locked, wrong)
    with pytest.raises(Unopened):  # the price of a guess cannot be lowered by whoever holds the file
        sealing.unlock(locked[:3] + (2).to_bytes(4, "big") + locked[7:], "清风 徐来 水波 不兴")


def test_a_key_is_wrapped_for_one_person_and_one_thing():
    holder, other = sealing.make_pair(), sealing.make_pair()
    key, _cipher = sealing.seal(b"", ABOUT)
    wrapped = sealing.wrap(key, holder.public, ABOUT)

    assert sealing.unwrap(wrapped, holder.secret, ABOUT) == key
    for secret, about in ((other.secret, ABOUT), (holder.secret, "tip XF20261122-0002 content")):
        with pytest.raises(Unopened):
            sealing.unwrap(wrapped, secret, about)


def test_half_a_key_opens_nothing():
    key, cipher = sealing.seal(b"name", ABOUT)
    one, other = sealing.halves(key)

    assert sealing.joined(one, other) == key
    for half in (one, other):
        with pytest.raises(Unopened):
            sealing.open_sealed(cipher, half, ABOUT)


def test_any_two_of_three_sheets_give_the_secret_back():
    secret = sealing.make_pair().secret
    sheets = sealing.sheets(secret)

    for one, other in combinations(sheets, 2):
        assert sealing.from_sheets(one, other) == secret
        assert sealing.from_sheets(other.lower().replace("-", " "), one) == secret
    for wrong in ((sheets[0], sheets[0]), (sheets[0], sheets[1].replace(sheets[1][9], "A", 1) + "A"), ("", sheets[0])):
        with pytest.raises(Unopened):
            sealing.from_sheets(*wrong)
    with pytest.raises(Unopened):  # a sheet of another secret
        sealing.from_sheets(sheets[0], sealing.sheets(secret)[1])


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, 2 * CHUNK + 5])
def test_a_file_goes_in_and_out_piece_by_piece_and_cut_short_does_not_open(size):
    plain, sealed = bytes(range(256)) * (size // 256) + bytes(size % 256), BytesIO()
    key = sealing.seal_file(BytesIO(plain), sealed, ABOUT)
    whole = sealed.getvalue()

    assert b"".join(sealing.open_file(BytesIO(whole), key, ABOUT)) == plain
    for wrong in (whole[:-1], whole[: sealing.HEADER], whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:], b""):
        with pytest.raises(Unopened):
            list(sealing.open_file(BytesIO(wrong), key, ABOUT))
    with pytest.raises(Unopened):
        list(sealing.open_file(BytesIO(whole), key, "another"))
