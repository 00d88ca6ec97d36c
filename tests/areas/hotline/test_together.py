"""Two people at the same moment, each over a connection of their own: one is served, the other is told."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections, transaction

from huilian.areas.hear.hotline import services
from huilian.areas.hear.hotline.models import CallBack, Channel, Order
from huilian.engine.accounts.models import User
from huilian.engine.clocks.models import Clock
from huilian.engine.numbering.services import next_number
from huilian.engine.procedures.models import Case, CaseStep
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Refused
from huilian.foundation.now import frozen

from .conftest import MONDAY
from .test_importing import LETTER, table

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run `acts` in threads that start together; what each returned or was refused with, in their order."""
    ready, said = threading.Barrier(len(acts)), [None] * len(acts)

    def run(i: int, act: Callable[[], object]) -> None:
        try:
            with frozen(MONDAY + timedelta(hours=2)):
                ready.wait(timeout=20)
                said[i] = act()
        except Refused as refused:
            said[i] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return said


def person(user: User) -> User:
    """The same user as another request would have it."""
    return User.objects.get(pk=user.pk)


def one_of_two(said: list[object]) -> Refused:
    """The refusal of the second; the first was served."""
    refusals = [s for s in said if isinstance(s, Refused)]
    assert len(refusals) == 1, said
    return refusals[0]


def test_of_two_who_close_a_matter_at_once_one_is_served_and_the_other_is_told(hotline, calling):
    seen = calling.case.revision

    def close(user):
        by, order = person(user), Order.objects.select_related("case").get(pk=calling.pk)
        return services.call_back(order, reached=True, solved="yes", satisfaction=5, by=by, expected=seen)

    refusal = one_of_two(at_once(lambda: close(hotline.wu_mei), lambda: close(hotline.zhou_hui)))

    assert isinstance(refusal, Conflict)
    assert Case.objects.get().state == "closed" and CallBack.objects.count() == 1
    assert Event.objects.filter(verb="hotline.close").count() == 1
    assert CaseStep.objects.filter(step="closed").count() == 1


def test_of_two_who_dispatch_a_matter_at_once_only_one_unit_gets_it(hotline, taken):
    def send(user, unit):
        order = Order.objects.select_related("case").get(pk=taken.pk)
        return services.dispatch(order, unit=unit, class_key="special", by=person(user))

    said = at_once(
        lambda: send(hotline.zhou_hui, hotline.housing), lambda: send(hotline.chen_lixin, hotline.agriculture)
    )

    refusal = one_of_two(said)
    served = next(s for s in said if s is not refusal)
    assert isinstance(refusal, Conflict) and Case.objects.get().unit == served.case.unit
    assert Clock.objects.filter(kind="whole").count() == 1
    assert Event.objects.filter(verb="hotline.dispatch").count() == 1


def test_numbers_taken_at_once_leave_no_gap_even_where_one_is_given_back(hotline):
    def take(keep: bool):
        with transaction.atomic():
            number = next_number("HX", on=MONDAY.date())
            if not keep:
                raise Conflict("given back")
        return number

    said = at_once(*(lambda keep=keep: take(keep) for keep in (True, False, True, True, False, True, True, True)))

    kept = sorted(s for s in said if not isinstance(s, Refused))
    assert kept == [f"HX20260928-000{i}" for i in range(1, 7)]


def test_matters_taken_at_once_get_numbers_in_a_row(hotline):
    def take():
        return services.take(
            by=person(hotline.zhou_hui), channel=hotline.phone, title="路灯不亮", text="村口路灯一个多月不亮。"
        ).case.number

    numbers = at_once(*[take] * 6)

    assert sorted(numbers) == [f"HX20260928-000{i}" for i in range(1, 7)]


def test_one_file_imported_twice_at_once_comes_in_once(hotline):
    Channel.objects.create(key="letter", name="来信", kind="letter")

    def bring():
        return services.import_orders(table(LETTER), by=SYSTEM, name="来信.csv")

    refusal = one_of_two(at_once(bring, bring))

    assert isinstance(refusal, services.FaultyFile) and Order.objects.count() == 1
