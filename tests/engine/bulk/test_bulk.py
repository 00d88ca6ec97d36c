"""Rows written in bulk are the rows `bulk_create` would write."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from huilian.engine import bulk
from huilian.engine.clocks.models import Clock, ClockEvent
from huilian.engine.links.models import Link
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event, Pending
from huilian.engine.trail.services import Act, record_many

AT = datetime(2026, 3, 2, 1, 10, 0, 5, tzinfo=UTC)


def clock(number: int, **fields) -> Clock:
    given = {
        "subject": f"letters.letter:{number}",
        "kind": "whole",
        "unit": Clock.Unit.WORKDAY,
        "length": 5,
        "started_at": AT,
        "due_on": date(2026, 3, 9),
        "due_at": AT,
        "pauses": [["2026-03-03T00:00:00+08:00", None, "等材料 😀"]],
    }
    return Clock(**given | fields)


def values(pk: int) -> dict:
    return {k: v for k, v in Clock.objects.filter(pk=pk).values().get().items() if k not in ("id", "subject")}


@pytest.mark.django_db
def test_rows_written_in_bulk_equal_those_written_one_by_one():
    single = clock(1)
    single.save()

    (many,) = bulk.insert([clock(2)])

    assert many.pk > single.pk and many.pk is not None and not many._state.adding
    assert values(many.pk) == values(single.pk)


@pytest.mark.django_db
def test_keys_go_on_where_the_last_ones_ended_and_later_rows_go_on_after_them():
    made = bulk.insert([clock(i) for i in range(5)])
    after = clock(9)
    after.save()

    assert len({c.pk for c in made}) == 5 and after.pk > max(c.pk for c in made)
    assert bulk.insert([clock(10)])[0].pk > after.pk


@pytest.mark.django_db
def test_rows_that_point_at_rows_saved_in_between_find_them():
    parent = clock(1)
    event = ClockEvent(clock=parent, kind="start", at=AT, by="x", recorded_at=AT)
    parent.save()

    bulk.insert([event])

    assert ClockEvent.objects.get().clock_id == parent.pk


@pytest.mark.django_db
def test_rows_that_point_at_nothing_saved_are_refused():
    with pytest.raises(ValueError, match=r"ClockEvent\.clock"):
        bulk.insert([ClockEvent(clock=clock(1), kind="start", at=AT, by="x", recorded_at=AT)])


@pytest.mark.django_db(transaction=True)
def test_rows_are_only_written_inside_a_transaction():
    with pytest.raises(TransactionManagementError):
        bulk.insert([clock(1)])


@pytest.mark.django_db
def test_what_the_database_forbids_stays_forbidden_and_nothing_is_kept():
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert([clock(1), clock(1)])

    assert not Clock.objects.exists()


@pytest.mark.django_db
def test_events_written_in_bulk_wait_to_be_sealed_like_any_other():
    record_many([Act("links.link", f"a:{i}", {"n": i}) for i in range(3)], by=SYSTEM)

    assert set(Pending.objects.values_list("event_id", flat=True)) >= set(Event.objects.values_list("pk", flat=True))
    assert Link.objects.count() == 0 and connection.vendor in ("sqlite", "postgresql")


def test_rows_made_for_bulk_are_those_the_model_would_make_and_unknown_names_are_refused():
    from huilian.engine.registers.models import ImportRun
    from huilian.foundation.now import now

    given = {"register": "x", "user_id": 1, "name": "甲.xlsx", "began_at": now()}
    [one, two] = bulk.rows_of(ImportRun, [given, given])
    made = ImportRun(**given)

    assert {f.attname: getattr(one, f.attname) for f in ImportRun._meta.fields} == {
        f.attname: getattr(made, f.attname) for f in ImportRun._meta.fields
    }
    assert one.report is not two.report and one._state is not two._state
    with pytest.raises(TypeError, match="colour"):
        bulk.rows_of(ImportRun, [{"colour": 1}])


def test_the_collector_is_as_it_was_after_rows_piled_up():
    import gc

    with pytest.raises(ZeroDivisionError), bulk.piling_up():
        assert not gc.isenabled()
        1 / 0  # noqa: B018
    assert gc.isenabled()
