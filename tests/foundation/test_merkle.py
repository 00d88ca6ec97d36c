"""The tree of RFC 9162 against the Certificate Transparency vectors, against pymerkle, and against tampering."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from huilian.foundation import merkle

# Reference inputs, roots and paths of Certificate Transparency (merkle tree tests of google/certificate-transparency).
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    bytes.fromhex(text)
    for text in (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
INCLUSION = [
    (0, 1, []),
    (0, 8, [A, B, C]),
    (5, 8, [D, E, ROOTS[4].hex()]),
    (2, 3, [ROOTS[2].hex()]),
    (1, 5, [ROOTS[1].hex(), B, D]),
]
CONSISTENCY = [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [F, E, ROOTS[4].hex()]), (2, 5, [B, D])]


def tree_of(count):
    return merkle.Tree(merkle.leaf_hash(n.to_bytes(4, "big")) for n in range(count))


REFERENCE = merkle.Tree(merkle.leaf_hash(i) for i in INPUTS)
BIG = tree_of(600)


def test_roots_equal_the_published_ones():
    for size, expected in enumerate(ROOTS):
        leaves = [merkle.leaf_hash(i) for i in INPUTS[:size]]
        assert merkle.root(leaves) == merkle.Tree(leaves).root() == REFERENCE.root(size) == expected


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_inclusion_proofs_equal_the_published_ones(index, size, path):
    assert [step.hex() for step in merkle.inclusion_proof(index, size, REFERENCE.node)] == path


@pytest.mark.parametrize(("old", "new", "path"), CONSISTENCY)
def test_consistency_proofs_equal_the_published_ones(old, new, path):
    assert [step.hex() for step in merkle.consistency_proof(old, new, REFERENCE.node)] == path


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 100, 255, 256, 257])
def test_pymerkle_gets_the_same_root(size):
    other = InmemoryTree(algorithm="sha256")
    for n in range(size):
        other.append_entry(n.to_bytes(4, "big"))

    assert other.get_root() == BIG.root(size)


def test_every_proof_of_every_small_tree_verifies_and_every_change_to_it_does_not():
    for size in range(1, 34):
        root = BIG.root(size)
        for index in range(size):
            leaf, proof = BIG.node(0, index), merkle.inclusion_proof(index, size, BIG.node)
            assert merkle.verify_inclusion(leaf, index, size, proof, root)
            assert not merkle.verify_inclusion(merkle.leaf_hash(b"other"), index, size, proof, root)
            assert not merkle.verify_inclusion(leaf, index, size, [*proof, root], root)
            assert not proof or not merkle.verify_inclusion(leaf, index, size, proof[:-1], root)
            assert size == 1 or not merkle.verify_inclusion(leaf, (index + 1) % size, size, proof, root)
        for old in range(size + 1):
            proof = merkle.consistency_proof(old, size, BIG.node)
            assert merkle.verify_consistency(old, size, BIG.root(old), root, proof)
            assert not merkle.verify_consistency(old, size, bytes(32), root, proof)
            assert old == 0 or not merkle.verify_consistency(old, size, BIG.root(old), bytes(32), proof)
            assert not merkle.verify_consistency(old, size, BIG.root(old), root, [*proof, root])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_proofs_hold_for_any_size_and_break_with_any_flipped_bit(data):
    new = data.draw(st.integers(1, 600))
    old, index = data.draw(st.integers(1, new)), data.draw(st.integers(0, new - 1))
    inclusion = merkle.inclusion_proof(index, new, BIG.node)
    consistency = merkle.consistency_proof(old, new, BIG.node)

    assert merkle.verify_inclusion(BIG.node(0, index), index, new, inclusion, BIG.root(new))
    assert merkle.verify_consistency(old, new, BIG.root(old), BIG.root(new), consistency)
    assert len(inclusion) <= (new - 1).bit_length() and len(consistency) <= (new - 1).bit_length() + 1

    for proof in (inclusion, consistency):
        if proof:
            at, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
            proof[at] = (int.from_bytes(proof[at], "big") ^ 1 << bit).to_bytes(32, "big")
    assert not inclusion or not merkle.verify_inclusion(BIG.node(0, index), index, new, inclusion, BIG.root(new))
    assert not consistency or not merkle.verify_consistency(old, new, BIG.root(old), BIG.root(new), consistency)


@given(st.lists(st.binary(max_size=8), max_size=70), st.integers(0, 70))
def test_a_frontier_that_was_stored_and_loaded_goes_on_as_if_nothing_had_happened(entries, cut):
    leaves = [merkle.leaf_hash(entry) for entry in entries]
    frontier = merkle.Frontier()
    for leaf in leaves[:cut]:
        frontier.append(leaf)

    frontier = merkle.Frontier.load(frontier.size, frontier.dump())
    for leaf in leaves[cut:]:
        frontier.append(leaf)

    assert frontier.root() == merkle.Tree(leaves).root()
    with pytest.raises(ValueError, match="subtrees"):
        merkle.Frontier.load(frontier.size + 1, frontier.dump() + bytes(320))


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0)])
def test_a_leaf_outside_the_tree_has_no_proof(index, size):
    with pytest.raises(ValueError, match="not in a tree"):
        merkle.inclusion_proof(index, size, BIG.node)
    assert not merkle.verify_inclusion(bytes(32), index, size, [], bytes(32))


def test_malformed_proofs_are_refused_without_an_error():
    assert not merkle.verify_inclusion(bytes(32), 0, 2, [b"short"], bytes(32))
    assert not merkle.verify_consistency(3, 2, bytes(32), bytes(32), [])
    assert not merkle.verify_consistency(2, 3, bytes(32), bytes(32), [b"short"])
    assert not merkle.verify_consistency(3, 5, bytes(32), bytes(32), [])
    with pytest.raises(ValueError, match="follow"):
        merkle.consistency_proof(3, 2, BIG.node)


def test_a_tree_of_70000_has_the_tiles_the_specification_counts():
    # The worked example of c2sp.org/tlog-tiles.
    tiles = list(merkle.tiles_of(70_000))

    assert sum(1 for level, _i, width in tiles if level == 0 and width == 256) == 273
    assert (0, 273, 112) in tiles
    assert [t for t in tiles if t[0] >= 1] == [(1, 0, 256), (1, 1, 17), (2, 0, 1)]


@given(st.integers(0, 1 << 20), st.integers(0, 3000))
def test_growing_touches_exactly_the_tiles_whose_width_changes(old, more):
    new = old + more

    touched = {(level, index) for level, index, _w in merkle.tiles_touched(old, new)}

    levels = range(4)
    for level in levels:
        first, last = (old >> 8 * level) // 256, (new >> 8 * level) // 256
        for index in range(max(0, first - 1), last + 2):
            differs = merkle.tile_width(level, index, old) != merkle.tile_width(level, index, new)
            assert ((level, index) in touched) == differs


@pytest.mark.parametrize(
    ("index", "width", "path"),
    [
        (0, 256, "tile/0/000"),
        (273, 112, "tile/0/273.p/112"),
        (1_234_067, 256, "tile/0/x001/x234/067"),
        (1_000, 1, "tile/0/x001/000.p/1"),
    ],
)
def test_tile_addresses_are_those_of_the_specification(index, width, path):
    assert merkle.tile_path(0, index, width) == path
    assert merkle.parse_tile_path(path.removeprefix("tile/")) == (0, index, width)
    assert merkle.parse_tile_path(path.removeprefix("tile/").replace("0/", "entries/", 1)) == ("entries", index, width)


@pytest.mark.parametrize(
    "path",
    ["", "0", "0/0", "0/0000", "00/000", "64/000", "0/001/000", "0/x000/001", "0/000.p/256", "0/000.p/0", "0/٠٠٠"],
)
def test_an_address_written_otherwise_is_not_one(path):
    assert merkle.parse_tile_path(path) is None


def test_proofs_out_of_tiles_are_those_out_of_the_whole_tree():
    size = 70_000
    tree = tree_of(size)

    def read(level, index):
        width = merkle.tile_width(level, index, size)
        return b"".join(tree.node(8 * level, index * 256 + i) for i in range(width))

    nodes = merkle.nodes_from_tiles(read)
    assert merkle.tree_root(size, nodes) == tree.root()
    rng = random.Random(1)
    for _ in range(50):
        index, old = rng.randrange(size), rng.randrange(1, size)
        assert merkle.inclusion_proof(index, size, nodes) == merkle.inclusion_proof(index, size, tree.node)
        assert merkle.consistency_proof(old, size, nodes) == merkle.consistency_proof(old, size, tree.node)
    with pytest.raises(LookupError, match="too short"):
        merkle.nodes_from_tiles(lambda level, index: b"")(0, 0)
