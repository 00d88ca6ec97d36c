"""Writing an act down and reading it as a history."""

from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from huilian.engine.accounts.models import User
from huilian.engine.trail import queries, rules, services
from huilian.engine.trail.actors import SYSTEM, Actor
from huilian.engine.trail.models import Event, Pending
from huilian.engine.trail.verbs import UnknownVerb
from huilian.foundation.hashing import Unhashable
from huilian.foundation.now import CHINA, frozen

pytestmark = pytest.mark.django_db


def test_an_act_is_written_with_actor_moment_place_and_a_digest_that_can_be_recomputed():
    user = User.objects.create(username="li", name="李晓")

    with frozen(datetime(2026, 11, 22, 9, 0, tzinfo=CHINA)):
        written = services.record(
            "test.act",
            "hotline.order:HX1",
            by=user,
            data={"unit": "住建局", "fee": Decimal("1.50")},
            place=SimpleNamespace(code="370613001001"),
        )

    event = Event.objects.get()
    assert (event.pk, event.subject, event.place) == (written.pk, "hotline.order:HX1", "370613001001")
    assert event.actor == Actor("user", str(user.pk), "李晓")
    assert event.data == {"unit": "住建局", "fee": "1.50"}
    fields = {f.name: getattr(event, f.name) for f in Event._meta.concrete_fields if f.name not in ("id", "digest")}
    assert bytes(event.digest) == rules.event_digest(**fields)


def test_a_history_tells_the_acts_on_one_subject_in_order_and_in_words():
    user = User.objects.create(username="li", name="李晓")
    services.record("test.act", user, by=SYSTEM, data={"unit": {"zh": "住建局", "en": "Housing"}})
    services.record("test.act", "accounts.user:none", by=SYSTEM)
    services.record("test.other", user, by=user, data={"state": "done"})

    first, second = queries.history_of(user)

    with translation.override("en"):
        assert queries.sentence(first) == "sent it to Housing"
        assert queries.sentence(second) == f"李晓 closed {user.pk} as DONE"
    with translation.override("zh-hans"):
        assert queries.sentence(first) == "sent it to 住建局"


def test_a_subject_with_a_number_is_known_by_it():
    order = SimpleNamespace(number="HX20261122-0001", pk=5, _meta=SimpleNamespace(label_lower="hotline.order"))

    services.record("test.act", order, by=SYSTEM)

    assert queries.history_of("hotline.order:HX20261122-0001").count() == 1


def test_a_sentence_says_so_where_a_particular_is_missing():
    assert queries.sentence(services.record("test.act", "a.b:1", by=SYSTEM)) == "sent it to …"


@pytest.mark.parametrize(
    ("verb", "subject", "by", "data", "error"),
    [
        ("test.unknown", "a.b:1", SYSTEM, {}, UnknownVerb),
        ("test.act", "a.b", SYSTEM, {}, ValueError),
        ("test.act", "a.b:" + "1" * 81, SYSTEM, {}, ValueError),
        ("test.act", User(), SYSTEM, {}, ValueError),
        ("test.act", "a.b:1", AnonymousUser(), {}, TypeError),
        ("test.act", "a.b:1", None, {}, TypeError),
        ("test.act", "a.b:1", SYSTEM, {"rate": 0.5}, Unhashable),
        ("test.act", "a.b:1", SYSTEM, {"when": datetime(2026, 1, 1)}, Unhashable),
        ("test.act", "a.b:1", SYSTEM, {"user": object()}, Unhashable),
    ],
)
def test_what_cannot_be_told_later_is_refused_and_nothing_is_written(verb, subject, by, data, error):
    with pytest.raises(error):
        services.record(verb, subject, by=by, data=data)

    assert not Event.objects.exists()


def test_an_act_that_is_rolled_back_leaves_no_trace():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.record("test.act", "a.b:1", by=SYSTEM)
        raise ZeroDivisionError

    assert not Event.objects.exists() and not Pending.objects.exists()


def test_many_acts_are_written_at_once_and_all_wait_to_be_sealed():
    acts = [services.Act("test.act", f"a.b:{i}", {"unit": "x"}) for i in range(1500)]

    events = services.record_many(acts, by=SYSTEM)

    assert len({e.pk for e in events}) == Event.objects.count() == Pending.objects.count() == 1500
    assert services.seal() == 1500


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_event SET actor_label = 'x'",
        "DELETE FROM trail_event",
        "UPDATE trail_leaf SET seq = 7",
        "DELETE FROM trail_leaf",
        "DELETE FROM trail_tile",
        "UPDATE trail_tile SET level = 3",
        "UPDATE trail_log SET size = 0",
        "DELETE FROM trail_log",
        "UPDATE trail_treehead SET note = ''",
        "DELETE FROM trail_treehead",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_what_was_written(statement):
    services.record("test.act", "a.b:1", by=SYSTEM)
    services.sign_head()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Event.objects.get(verb="test.act").actor_label == "huilian"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
def test_sqlite_refuses_to_replace_an_event():
    event = services.record("test.act", "a.b:1", by=SYSTEM)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO trail_event SELECT id, at, 'x', subject_kind, subject_id, actor_kind, actor_id,"
            " actor_label, place, data, algorithm, salt, digest FROM trail_event WHERE id = %s",
            [event.pk],
        )
