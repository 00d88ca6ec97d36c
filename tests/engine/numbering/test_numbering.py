"""Numbers: in order, without gaps, safe for two at once."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from huilian.engine.numbering.models import Counter
from huilian.engine.numbering.services import next_number, take_numbers

DAY = date(2026, 11, 22)


@pytest.mark.django_db
def test_numbers_run_per_prefix_and_day():
    assert next_number("HX", DAY) == "HX20261122-0001"
    assert next_number("HX", DAY) == "HX20261122-0002"
    assert next_number("XF", DAY) == "XF20261122-0001"
    assert next_number("HX", date(2026, 11, 23)) == "HX20261123-0001"
    assert take_numbers("HX", DAY, 3) == ["HX20261122-0003", "HX20261122-0004", "HX20261122-0005"]
    assert take_numbers("HX", DAY, 0) == []


@pytest.mark.django_db
def test_past_the_width_a_number_grows_instead_of_starting_again():
    Counter.objects.create(prefix="HX", day=DAY, last=9999)

    assert next_number("HX", DAY) == "HX20261122-10000"


@pytest.mark.django_db
def test_a_number_of_a_transaction_that_fails_is_taken_by_the_next():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        next_number("HX", DAY)
        raise ZeroDivisionError

    assert next_number("HX", DAY) == "HX20261122-0001"


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_number_is_given():
    with pytest.raises(TransactionManagementError):
        next_number("HX", DAY)


@pytest.mark.django_db(transaction=True)
def test_four_at_once_leave_neither_gaps_nor_doubles():
    taken, lock = [], threading.Lock()

    def take():
        try:
            for i in range(10):
                try:
                    with transaction.atomic():
                        number = next_number("HX", DAY)
                        if i % 5 == 4:
                            raise ZeroDivisionError
                except ZeroDivisionError:
                    continue
                with lock:
                    taken.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [f"HX20261122-{i:04d}" for i in range(1, 33)]
