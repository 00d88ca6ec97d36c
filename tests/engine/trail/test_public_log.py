"""A reader who trusts nobody: fetches the pieces over HTTP and recomputes everything with nothing of ours."""

import base64
import hashlib
import json

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.exceptions import ObjectDoesNotExist
from pymerkle import InmemoryTree

from huilian.engine.trail import services
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event, Leaf

pytestmark = pytest.mark.django_db


def write(count):
    acts = [services.Act("test.act", f"a.b:{i}", {"who": "张三"}) for i in range(count)]
    events = services.record_many(acts, by=SYSTEM)
    services.seal()
    return events


def path_of(index):
    """c2sp.org/tlog-tiles, written once more."""
    text = f"{index:03d}" if index < 1000 else None
    if text is None:
        digits = str(index).zfill(-(-len(str(index)) // 3) * 3)
        groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
        text = "/".join([f"x{g}" for g in groups[:-1]] + groups[-1:])
    return text


def read_checkpoint(client):
    """(size, root) after checking the Ed25519 signature by hand."""
    note = client.get("/log/checkpoint").content.decode()
    name, key_id, key = client.get("/log/keys").content.decode().split()[-1].split("+", 2)
    key = base64.b64decode(key)
    assert key[0] == 1 and key_id == hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex()
    text, signature = note.split("\n\n")
    assert signature.startswith(f"— {name} ")
    raw = base64.b64decode(signature.split(" ")[2])
    assert raw[:4].hex() == key_id
    Ed25519PublicKey.from_public_bytes(key[1:]).verify(raw[4:], (text + "\n").encode())
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(key[1:]).verify(raw[4:], (text + "x\n").encode())
    origin, size, root = text.split("\n")
    assert origin == name
    return int(size), base64.b64decode(root)


def fetch(client, level, count):
    """All hashes (or entries) of a level."""
    pieces = []
    for index in range(-(-count // 256)):
        width = min(256, count - index * 256)
        answer = client.get(f"/log/tile/{level}/{path_of(index)}" + (f".p/{width}" if width < 256 else ""))
        assert answer.status_code == 200 and answer["Content-Type"] == "application/octet-stream"
        assert "immutable" in answer["Cache-Control"] and "max-age=31536000" in answer["Cache-Control"]
        body = answer.content
        if level == "entries":
            while body:
                length = int.from_bytes(body[:2], "big")
                pieces.append(body[2 : 2 + length])
                body = body[2 + length :]
        else:
            pieces += [body[i : i + 32] for i in range(0, len(body), 32)]
    return pieces


@pytest.mark.parametrize("count", [1, 255, 256, 257, 600])
def test_an_independent_reader_gets_the_signed_root_out_of_the_entries_and_out_of_the_tiles(client, count):
    write(count)

    size, root = read_checkpoint(client)
    entries, leaves = fetch(client, "entries", size), fetch(client, 0, size)

    assert size == count == len(entries) == len(leaves)
    assert leaves == [hashlib.sha256(b"\x00" + entry).digest() for entry in entries]
    tree = InmemoryTree(algorithm="sha256")
    for entry in entries:
        tree.append_entry(entry)
    assert tree.get_root() == root
    for index, hashed in enumerate(fetch(client, 1, size // 256)):
        part = InmemoryTree(algorithm="sha256")
        for entry in entries[index * 256 : index * 256 + 256]:
            part.append_entry(entry)
        assert part.get_root() == hashed


def test_the_public_log_reveals_nothing_of_an_event(client):
    event = write(1)[0]

    body = client.get("/log/tile/entries/000.p/1").content

    assert body == b"\x00\x20" + bytes(event.digest)
    assert "张三" not in client.get(f"/log/proof/{event.pk}").content.decode()
    guess = json.dumps({"who": "张三"}, ensure_ascii=False, separators=(",", ":")).encode()
    assert hashlib.sha256(guess).digest() not in body  # Without the salt no guess can be tried.


def test_an_older_reader_can_still_fetch_the_narrower_pieces_of_its_checkpoint(client):
    write(3)
    before = client.get("/log/tile/0/000.p/3").content
    write(400)

    assert client.get("/log/tile/0/000.p/3").content == before
    assert client.get("/log/tile/0/000").content[:96] == before


@pytest.mark.parametrize(
    "path",
    [
        "0/001",
        "0/000.p/4",
        "0/000",
        "1/000.p/1",
        "0/000.p/0",
        "0/000.p/256",
        "0/0",
        "0/x000/000",
        "00/000.p/3",
        "64/000",
        "-1/000",
        "entries/000.p/4",
        "entries/x",
        "0/../000",
        "0/x999/x999/x999/x999/x999/x999/x999/999",
    ],
)
def test_a_tile_that_is_not_there_or_not_written_as_it_must_be_is_not_found(client, path):
    write(3)

    assert client.get(f"/log/tile/{path}").status_code == 404


def test_an_empty_log_has_a_signed_checkpoint_too(client):
    assert read_checkpoint(client) == (0, hashlib.sha256(b"").digest())


def test_the_checkpoint_is_not_kept_longer_than_a_few_seconds(client):
    answer = client.get("/log/checkpoint")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "max-age=2" in answer["Cache-Control"] and "immutable" not in answer["Cache-Control"]


def test_a_daily_head_is_served_and_an_unknown_day_is_not_found(client):
    write(3)
    head = services.sign_head()

    assert client.get(f"/log/head/{head.day}").content.decode() == head.note
    assert client.get("/log/head/1999-01-01").status_code == 404
    assert client.get("/log/head/yesterday").status_code == 404


def test_the_proof_a_qr_code_points_at_leads_to_the_signed_root(client):
    events = write(300)

    found = client.get(f"/log/proof/{events[7].pk}").json()

    size, root = read_checkpoint(client)
    assert found["size"] == size and found["root"] == root.hex()
    at, last, result = found["index"], size - 1, hashlib.sha256(b"\x00" + bytes.fromhex(found["entry"])).digest()
    for step in map(bytes.fromhex, found["proof"]):  # RFC 9162 §2.1.3.2
        if at & 1 or at == last:
            result = hashlib.sha256(b"\x01" + step + result).digest()
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            result = hashlib.sha256(b"\x01" + result + step).digest()
        at, last = at >> 1, last >> 1
    assert result == root


def test_a_proof_of_an_unsealed_event_says_to_wait_and_of_an_unknown_one_is_not_found(client):
    event = services.record("test.act", "a.b:1", by=SYSTEM)

    assert client.get(f"/log/proof/{event.pk}").status_code == 409
    assert client.get(f"/log/proof/{event.pk + 1}").status_code == 404
    assert client.get(f"/log/proof/{10**30}").status_code == 404


def test_the_public_log_only_reads(client):
    assert client.post("/log/checkpoint").status_code == 405
    with pytest.raises(ObjectDoesNotExist):
        Leaf.objects.get(seq=0)
    assert not Event.objects.exists()
