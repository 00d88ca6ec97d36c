"""The one sealer: nothing skipped, nothing twice, whoever calls it and whenever an act commits."""

import threading
from datetime import date

import pytest
from django.db import connection, connections, transaction

from huilian.engine.trail import guards, keys, queries, services
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event, Leaf, Log, Pending, Tile, TreeHead
from huilian.engine.trail.verify import verify
from huilian.foundation import merkle
from huilian.foundation.errors import Invalid


def acts(count: int, first: int = 0) -> list[services.Act]:
    return [services.Act("test.act", f"a.b:{i}") for i in range(first, first + count)]


@pytest.mark.django_db
def test_sealing_in_pieces_gives_the_tree_of_all_entries():
    for count in (1, 254, 1, 1, 3, 300):
        services.record_many(acts(count), by=SYSTEM)
        assert services.seal(batch=128) == count

    digests = [bytes(d) for d in Leaf.objects.order_by("seq").values_list("digest", flat=True)]
    assert list(Leaf.objects.order_by("seq").values_list("seq", flat=True)) == list(range(560))
    assert queries.root() == merkle.root([merkle.leaf_hash(d) for d in digests])
    assert {(t.level, t.index, len(t.hashes) // 32) for t in Tile.objects.all()} == set(merkle.tiles_of(560))
    assert list(verify()) == []


@pytest.mark.django_db
def test_sealing_with_nothing_to_seal_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert services.seal() == 0

    assert not Log.objects.exists()


@pytest.mark.django_db
def test_an_event_with_a_lower_number_that_commits_late_is_sealed_late_and_not_skipped():
    early = services._event(acts(1)[0], SYSTEM, services.now())
    early.pk = 1000
    services.record("test.act", "a.b:2", by=SYSTEM)
    later = Event.objects.get()
    with guards.lifted(connection):
        Event.objects.filter(pk=later.pk).update(id=2000)
        Pending.objects.update(event_id=2000)
    assert services.seal() == 1

    early.save(force_insert=True)
    assert services.seal() == 1

    assert list(Leaf.objects.order_by("seq").values_list("event_id", flat=True)) == [2000, 1000]
    assert [leaf.event_id for leaf in queries.feed(after=0)] == [1000]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time: nothing commits late")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_a_transaction_that_stays_open_neither_blocks_the_sealer_nor_is_skipped():
    written, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            services.record("test.act", "a.b:slow", by=SYSTEM)
            written.set()
            go_on.wait(20)
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(20)
    services.record("test.act", "a.b:quick", by=SYSTEM)
    assert services.seal() == 1

    go_on.set()
    thread.join()
    assert services.seal() == 1

    order = Leaf.objects.order_by("seq").values_list("event__subject_id", "event_id")
    assert [s for s, _pk in order] == ["quick", "slow"]
    assert order[1][1] < order[0][1]
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_two_sealers_and_two_writers_at_once_seal_everything_once():
    faults, stop = [], threading.Event()

    def run(work):
        try:
            work()
        except BaseException as fault:  # pytest would not see it in a thread
            faults.append(fault)
        finally:
            connections["default"].close()

    def write():
        for i in range(40):
            with transaction.atomic():
                services.record_many(acts(3, i * 3), by=SYSTEM)

    def keep_sealing():
        while not stop.is_set():
            services.seal(batch=7)

    writers = [threading.Thread(target=run, args=(write,)) for _ in range(2)]
    sealers = [threading.Thread(target=run, args=(keep_sealing,)) for _ in range(2)]
    for thread in (*writers, *sealers):
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in sealers:
        thread.join()
    services.seal()

    assert faults == []
    assert Event.objects.count() == Leaf.objects.count() == queries.log_size() == 240
    assert list(verify()) == []


@pytest.mark.django_db
def test_a_seal_that_fails_half_way_leaves_everything_waiting(monkeypatch):
    services.record_many(acts(3), by=SYSTEM)

    def fail(*args):
        raise OSError("no key")

    monkeypatch.setattr(keys, "signed_note", fail)
    with pytest.raises(OSError, match="no key"):
        services.seal()

    assert (Pending.objects.count(), Leaf.objects.count(), Tile.objects.count()) == (3, 0, 0)


@pytest.mark.django_db
def test_the_head_of_a_day_is_signed_once_and_the_signing_is_itself_recorded():
    services.record_many(acts(5), by=SYSTEM)

    head = services.sign_head(date(2026, 11, 22))
    services.record_many(acts(5), by=SYSTEM)
    again = services.sign_head(date(2026, 11, 22))

    assert (again.pk, again.size) == (head.pk, 5)
    note = keys.read_note(head.note)
    assert (note.size, note.root, note.extra[0]) == (5, bytes(head.root), "day 2026-11-22")
    assert queries.history_of("trail.treehead:2026-11-22").count() == TreeHead.objects.count() == 1


@pytest.mark.django_db
def test_the_key_is_readable_by_its_owner_only_and_stays_out_of_the_database():
    services.record_many(acts(1), by=SYSTEM)
    services.seal()

    key = keys.folder() / "log.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_text() not in queries.checkpoint()


@pytest.mark.django_db
def test_after_a_change_of_keys_the_old_heads_still_hold_and_a_strange_key_does_not(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    services.record_many(acts(3), by=SYSTEM)
    services.sign_head(date(2026, 11, 22))
    (keys.folder() / "log.key").rename(tmp_path / "old.key")

    services.sign_head(date(2026, 11, 23))
    assert len(keys.verifiers()) == 2
    assert list(verify()) == []

    settings.HOME = tmp_path / "elsewhere"
    assert {f.kind for f in verify()} == {"head_changed", "checkpoint_changed"}


@pytest.mark.django_db
def test_an_inclusion_proof_leads_from_an_event_to_the_root_and_a_consistency_proof_from_root_to_root():
    events = services.record_many(acts(700), by=SYSTEM)
    services.seal()

    found = queries.inclusion_proof(events[300])

    proof = [bytes.fromhex(step) for step in found["proof"]]
    leaf, root = bytes.fromhex(found["leaf_hash"]), queries.root()
    assert merkle.verify_inclusion(leaf, found["index"], found["size"], proof, root)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"x"), found["index"], found["size"], proof, root)
    assert merkle.verify_consistency(257, 700, queries.root(257), root, queries.consistency(257))


@pytest.mark.django_db
def test_a_proof_of_what_is_not_sealed_yet_is_refused():
    event = services.record("test.act", "a.b:1", by=SYSTEM)

    with pytest.raises(Invalid):
        queries.inclusion_proof(event)
    with pytest.raises(Invalid):
        queries.consistency(0, 5)
