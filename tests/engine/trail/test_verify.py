"""Every part of the trail is tampered with once, behind the guards' back; each time that part alone is named."""

import json

import pytest
from click.testing import CliRunner
from django.db import connection

from huilian.engine.trail import guards, keys, queries, services
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event, Leaf, Log, Pending, Tile, TreeHead
from huilian.engine.trail.verify import Result, verify
from huilian.foundation import merkle
from huilian.project.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture
def events():
    """600 sealed events with a signed head after 300 of them."""
    acts = [services.Act("test.act", f"a.b:{i}", {"n": i}) for i in range(600)]
    first = services.record_many(acts[:300], by=SYSTEM)
    services.sign_head()
    rest = services.record_many(acts[300:], by=SYSTEM)
    services.seal()
    return first + rest


def event_row(events, n):
    return Event.objects.filter(pk=events[n].pk)


def leaf_row(events, n):
    return Leaf.objects.filter(event_id=events[n].pk)


def tile_with_one_hash_changed(level, index, place):
    tile = Tile.objects.get(level=level, index=index)
    data = bytearray(tile.hashes)
    data[place * 32] ^= 1
    Tile.objects.filter(pk=tile.pk).update(hashes=bytes(data))


TAMPERINGS = {
    "an actor is renamed": (lambda e: event_row(e, 10).update(actor_label="x"), "event_changed"),
    "a moment is moved": (lambda e: event_row(e, 10).update(at=e[11].at.replace(year=2020)), "event_changed"),
    "a particular is changed": (lambda e: event_row(e, 10).update(data={"n": 11}), "event_changed"),
    "a particular becomes a fraction": (lambda e: event_row(e, 10).update(data={"n": 10.0}), "event_changed"),
    "the salt is changed": (lambda e: event_row(e, 10).update(salt=b"x" * 16), "event_changed"),
    "an algorithm nobody knows": (lambda e: event_row(e, 10).update(algorithm="md5"), "event_changed"),
    "the event's digest is changed": (lambda e: event_row(e, 10).update(digest=b"x" * 32), "event_changed"),
    "an event is removed": (lambda e: event_row(e, 10).delete(), "event_removed"),
    "the sealed digest is changed": (lambda e: leaf_row(e, 10).update(digest=b"x" * 32), "leaf_changed"),
    "a link is changed": (lambda e: leaf_row(e, 10).update(chain=b"x" * 32), "chain_changed"),
    "the last link is changed": (lambda e: leaf_row(e, 599).update(chain=b"x" * 32), "chain_changed"),
    "a hash in a full tile is changed": (lambda e: tile_with_one_hash_changed(0, 0, 5), "tile_changed"),
    "a hash in the growing tile is changed": (lambda e: tile_with_one_hash_changed(0, 2, 5), "tile_changed"),
    "a hash in an upper tile is changed": (lambda e: tile_with_one_hash_changed(1, 0, 1), "tile_changed"),
    "a tile is removed": (lambda e: Tile.objects.filter(level=0, index=1).delete(), "tile_removed"),
    "an upper tile is removed": (lambda e: Tile.objects.filter(level=1).delete(), "tile_removed"),
    "a tile is slipped in": (lambda e: Tile.objects.create(level=0, index=9, hashes=b"x" * 32), "tile_inserted"),
    "a leaf is slipped in": (
        lambda e: Leaf.objects.create(seq=900, event_id=10**9, digest=b"x" * 32, chain=b"x" * 32),
        "leaf_inserted",
    ),
    "a head's row is changed": (lambda e: TreeHead.objects.update(size=299), "head_changed"),
    "a head's note is changed": (
        lambda e: TreeHead.objects.update(note=TreeHead.objects.get().note.replace("\n300\n", "\n299\n")),
        "head_changed",
    ),
    "the log's edge is changed": (
        lambda e: Log.objects.update(frontier=b"x" * 32 * (601).bit_count()),
        "log_changed",
    ),
    "the log's link is changed": (lambda e: Log.objects.update(chain=b"x" * 32), "log_changed"),
    "the log's checkpoint is changed": (lambda e: Log.objects.update(checkpoint="x"), "checkpoint_changed"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_one_tampering_is_one_finding_that_names_it(events, name):
    tamper, kind = TAMPERINGS[name]
    assert list(verify()) == []

    with guards.lifted(connection):
        tamper(events)

    found = list(verify())
    assert [f.kind for f in found] == [kind], found
    if kind in ("event_changed", "event_removed"):
        assert found[0].number == str(events[10].pk) and str(events[10].pk) in found[0].message


def test_a_removed_entry_is_named_and_so_is_the_event_that_lost_its_entry(events):
    with guards.lifted(connection):
        leaf_row(events, 10).delete()

    assert [(f.kind, f.number) for f in verify()] == [
        ("leaf_removed", "10"),
        ("event_unsealed", str(events[10].pk)),
    ]


def test_an_event_changed_together_with_its_entry_is_named(events):
    with guards.lifted(connection):
        event = event_row(events, 10).get()
        event.actor_label = "x"
        event.digest = digest_of(event)
        event.save()
        leaf_row(events, 10).update(digest=event.digest)

    assert [(f.kind, f.number) for f in verify()] == [("event_changed", str(event.pk))]


def test_a_log_rewritten_in_every_part_but_without_the_key_fails_at_its_signed_heads(events):
    with guards.lifted(connection):
        event = event_row(events, 10).get()
        event.actor_label = "x"
        event.digest = digest_of(event)
        event.save()
        old = Log.objects.get()
        reseal_from_scratch()
        Log.objects.update(checkpoint=old.checkpoint)

    assert sorted(f.kind for f in verify()) == ["root_differs", "root_differs"]


def test_a_log_rewritten_and_signed_with_the_stolen_key_fails_at_a_checkpoint_kept_elsewhere(events):
    kept = queries.checkpoint()
    with guards.lifted(connection):
        event = event_row(events, 10).get()
        event.actor_label = "x"
        event.digest = digest_of(event)
        event.save()
        TreeHead.objects.all().delete()
        reseal_from_scratch()

    assert list(verify()) == []
    assert [(f.kind, f.number) for f in verify(checkpoints=[("kept.txt", kept)])] == [("root_differs", "kept.txt")]


def test_a_shortened_log_fails_at_its_heads(events):
    kept = queries.checkpoint()
    with guards.lifted(connection):
        for model in (Leaf, Tile, Log):
            model.objects.all().delete()
        Event.objects.filter(pk__gte=events[200].pk).delete()
        Pending.objects.bulk_create([Pending(event_id=e.pk) for e in events[:200]])
        services.seal()

    assert [f.kind for f in verify(checkpoints=[("kept", kept)])] == ["log_shortened", "log_shortened"]


def test_a_dropped_guard_is_named(events):
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER trail_event_no_update" + (" ON trail_event" if connection.vendor == "postgresql" else "")
        )

    assert [(f.kind, f.number) for f in verify()] == [("guard_missing", "trail_event_no_update")]


def test_a_guard_that_was_made_toothless_is_named(events):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            name = "trail_refuse"
            cursor.execute(
                "CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RETURN NEW; END $$"
            )
        else:
            name = "trail_event_no_update"
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON trail_event BEGIN SELECT 1; END")

    assert [(f.kind, f.number) for f in verify()] == [("guard_missing", name)]


def test_an_event_that_was_taken_off_the_waiting_list_or_changed_on_it_is_named(events):
    hidden = services.record("test.act", "a.b:1", by=SYSTEM)
    changed = services.record("test.act", "a.b:2", by=SYSTEM)
    with guards.lifted(connection):
        Pending.objects.filter(event_id=hidden.pk).delete()
        Event.objects.filter(pk=changed.pk).update(actor_label="x")

    result = Result()
    assert [(f.kind, f.number) for f in verify(result=result)] == [
        ("event_unsealed", str(hidden.pk)),
        ("event_changed", str(changed.pk)),
    ]
    assert (result.events, result.waiting) == (601, 1)


def test_sm3_digests_verify_as_well_and_a_log_may_change_over(events, settings):
    settings.TRAIL_DIGEST = "sm3"
    services.record("test.act", "a.b:1", by=SYSTEM)
    services.seal()

    assert Event.objects.latest("id").algorithm == "sm3"
    assert list(verify()) == []


def test_the_command_prints_each_finding_on_a_line_and_exits_1(events, tmp_path):
    kept = tmp_path / "kept.txt"
    kept.write_text(queries.checkpoint())
    arguments = ["verify", "--checkpoint", str(kept)]
    good = CliRunner().invoke(main, arguments)
    with guards.lifted(connection):
        event_row(events, 10).update(actor_label="x")

    bad = CliRunner().invoke(main, arguments)
    bad_json = CliRunner().invoke(main, [*arguments, "--json"])

    assert good.exit_code == 0
    assert bad.exit_code == 1 and len(bad.stdout.splitlines()) == 2 and str(events[10].pk) in bad.stdout
    answer = json.loads(bad_json.stdout)
    assert not answer["ok"] and [f["kind"] for f in answer["findings"]] == ["event_changed"]
    assert answer["entries"] == 601


def test_the_seal_command_seals_and_signs(events):
    services.record("test.act", "a.b:1", by=SYSTEM)

    answer = json.loads(CliRunner().invoke(main, ["seal", "--json", "--day", "2026-01-05"]).stdout)

    assert answer["sealed"] == 1
    assert keys.read_note(answer["head"]).size == answer["size"] == 602


def digest_of(event) -> bytes:
    from huilian.engine.trail import rules

    names = [f.name for f in Event._meta.concrete_fields if f.name not in ("id", "digest")]
    return rules.event_digest(**{name: getattr(event, name) for name in names})


def reseal_from_scratch():
    order = list(Leaf.objects.order_by("seq").values_list("event_id", flat=True))
    for model in (Leaf, Tile, Log):
        model.objects.all().delete()
    Pending.objects.bulk_create([Pending(event_id=pk) for pk in order])
    services.seal()
    assert queries.root() == merkle.root(
        [merkle.leaf_hash(bytes(d)) for d in Leaf.objects.order_by("seq").values_list("digest", flat=True)]
    )
