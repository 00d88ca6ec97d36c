"""Two people at the same moment with the same money: one is served, the other is told."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connections

from huilian.areas.watch.collective.models import BankAccount, BankLine, BankStatement, Budget, Payment, Voucher
from huilian.areas.watch.collective.services import bank, budget, entry, matching, payments
from huilian.engine.accounts.models import User
from huilian.engine.procedures.models import Case
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Refused
from huilian.foundation.now import frozen
from tests.stage import once

from .books import JUNE, marked, paying, posted
from .test_money_bank import ROWS, basic, file
from .test_money_pages import read
from .test_money_payments import asked

pytestmark = pytest.mark.django_db(transaction=True)


told, stage, cast = once(paying, at=JUNE)


@pytest.fixture
def books(stage):
    with frozen(JUNE):
        yield stage.world


def twice(act: Callable[[], object]) -> Refused:
    """Run `act` in two threads that start together; the refusal of the second."""
    ready, said = threading.Barrier(2), []

    def run() -> None:
        try:
            with frozen(JUNE + timedelta(hours=2)):
                ready.wait(timeout=20)
                said.append(act())
        except Refused as refused:
            said.append(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    refusals = [s for s in said if isinstance(s, Refused)]
    assert len(said) == 2 and len(refusals) == 1, said
    return refusals[0]


def same(row):
    """The row as another request would have it."""
    return type(row)._default_manager.get(pk=row.pk)


def test_of_two_who_read_the_same_statement_one_reads_it(cast, books):
    account = basic(cast, books)

    def read_it():
        return bank.import_statement(same(account), file(*ROWS), "六月.csv", by=same(cast.ma_jun))

    refusal = twice(read_it)

    assert isinstance(refusal, Refused) and BankStatement.objects.count() == 1 and BankLine.objects.count() == 3
    assert Event.objects.filter(verb="collective.bank_statement").count() == 1


def test_of_two_who_match_the_same_entry_one_does(cast, books):
    account = basic(cast, books)
    spent = posted(cast, books, date(2026, 6, 1), "保洁", ("514-01", 80_000), ("102", -80_000))
    bank.import_statement(account, file(*ROWS), "六月.csv", by=cast.ma_jun)
    line = BankLine.objects.get(amount_cents=-80_000)

    refusal = twice(lambda: matching.match([same(line)], [same(spent)], by=same(cast.ma_jun)))

    assert isinstance(refusal, Conflict)
    assert Event.objects.filter(verb="collective.bank_match").count() == 1


def test_of_two_who_agree_to_the_same_request_one_does(cast, books):
    payment = asked(cast, books)

    refusal = twice(
        lambda: payments.agree(Payment.objects.get(pk=payment.pk), by=User.objects.get(pk=cast.liu_changgui.pk))
    )

    assert isinstance(refusal, Refused) and Case.objects.get().step == "stamping"
    assert Event.objects.filter(verb="payment.agree").count() == 1


def test_of_two_who_enter_the_voucher_of_a_request_one_does(cast, books):
    payment = payments.stamp(payments.agree(asked(cast, books), by=cast.liu_changgui), by=cast.feng_lan)

    refusal = twice(
        lambda: payments.book(Payment.objects.get(pk=payment.pk), day=date(2026, 6, 18), by=same(cast.ma_jun))
    )

    assert isinstance(refusal, Conflict) and Voucher.objects.filter(source="payment").count() == 1


def test_two_budgets_of_one_moment_are_two_versions(cast, books):
    said, ready = [], threading.Barrier(2)

    def save():
        try:
            with frozen(JUNE):
                ready.wait(timeout=20)
                made = budget.save_budget(
                    same(books), 2026, [("513", 5, "")], decision_no="柳决1号", decided_on=date(2026, 1, 1),
                    by=same(cast.ma_jun),
                )  # fmt: skip
                said.append(made.version)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(said) == [1, 2] and Budget.objects.filter(is_current=True).count() == 1


def test_of_two_who_post_many_each_voucher_is_posted_once(cast, books):
    rows = [marked(cast, entry.enter(books, read(books, summary=s), by=cast.ma_jun)) for s in ("甲", "乙", "丙")]
    done = []

    def post():
        with frozen(JUNE):
            try:
                done.extend(entry.post_many([same(v) for v in rows], by=same(cast.ma_jun)))
            finally:
                connections.close_all()

    threads = [threading.Thread(target=post) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sum(r.done for r in done) == 3 and len(done) == 6
    assert sorted(Voucher.objects.filter(state="posted").exclude(number=0).values_list("number", flat=True)) == [
        1,
        2,
        3,
    ]
    assert BankAccount.objects.count() == 0
