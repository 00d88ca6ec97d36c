"""Books set up, given balances and accounts, and handed over on the desk; two people at one voucher at once."""

import threading
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse

from huilian.areas.watch.collective.models import Account, AccountSet, Balance, Voucher
from huilian.areas.watch.collective.queries.balances import balances, trial_balance
from huilian.areas.watch.collective.services import sets, vouchers
from huilian.areas.watch.collective.services.importing import FaultyFile, import_openings
from huilian.engine import sheets
from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Unit
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed, Refused
from huilian.foundation.now import frozen
from tests.stage import once

from .books import JUNE, entered, marked, opened

HEADINGS = (
    ("科目编码", "text"),
    ("科目名称", "text"),
    ("期末借方", "money"),
    ("期末贷方", "money"),
    ("往来单位", "text"),
)
ROWS = [
    ("102", "银行存款", Decimal("900.50"), None, None),
    ("113", "内部往来", Decimal("10"), None, "张三"),
    ("113", "内部往来", None, Decimal("4"), "李四"),
    ("151", "固定资产", Decimal("600"), None, None),  # the sum of what follows
    ("151.01", "房屋", Decimal("600"), None, None),
    ("152", "累计折旧", None, Decimal("0"), None),
    ("301", "资本", None, Decimal("1506.50"), None),
]


def workbook(rows=ROWS):
    return sheets.write([sheets.Column(h, h, k) for h, k in HEADINGS], rows, "余额表")


told, stage, cast = once(partial(opened, opening=()), at=JUNE)


@pytest.fixture
def books(stage):
    with frozen(JUNE):
        yield stage.world


@pytest.mark.django_db
def test_opening_balances_come_from_a_workbook_all_or_none(cast, books):
    with pytest.raises(NotAllowed):
        import_openings(workbook(), books, by=cast.ma_jun)
    for at, row in ((0, ("102", "", Decimal("1"), Decimal("1"), None)), (1, ("113", "", Decimal("10"), None, None)),
                    (6, ("999", "", None, Decimal("1"), None))):  # fmt: skip
        rows = list(ROWS)
        rows[at] = row
        with pytest.raises(FaultyFile) as wrong:
            import_openings(workbook(rows), books, by=cast.tang_yun)
        assert wrong.value.faults and not Voucher.objects.exists()
    with pytest.raises(Invalid, match=r"0\.50"):
        import_openings(workbook([("102", "", Decimal("1"), None, None), ("301", "", None, Decimal("0.5"), None)]),
                        books, by=cast.tang_yun)  # fmt: skip
    with pytest.raises(Invalid):
        import_openings(workbook([]), books, by=cast.tang_yun)

    voucher = import_openings(workbook(), books, by=cast.tang_yun)

    assert (voucher.number, voucher.total_cents) == (0, 151_050)
    assert balances(books, 202601)["151-01"].opening == 60_000 and trial_balance(books, 202601, 202601).balances
    assert Event.objects.filter(verb="collective.add_opening").count() == 1
    with pytest.raises(Conflict):
        import_openings(workbook(), books, by=cast.tang_yun)


@pytest.mark.django_db
def test_books_are_opened_filled_and_given_accounts_on_the_desk(client, cast, books):
    client.force_login(cast.jiang_hong)
    made = client.post(
        reverse("collective-open-books"), {"unit": cast.dongwan_cooperative.pk, "starts_on": "2026-03-01", "agency": ""}
    )
    own = AccountSet.objects.get(unit=cast.dongwan_cooperative)
    assert made.status_code == 302 and own.mode == "own"
    again = client.post(reverse("collective-open-books"), {"unit": cast.dongwan_cooperative.pk, "starts_on": "x"})
    assert again.status_code == 422
    client.force_login(cast.tang_yun)
    opening = reverse("collective-opening", args=[books.pk])
    assert opening in client.get(reverse("collective-books-of", args=[books.pk])).content.decode()
    assert client.get(opening, {"template": 1}).content[:2] == b"PK"
    wrong = client.post(opening, {"file": SimpleUploadedFile("a.xlsx", workbook(ROWS[:2]))})
    assert wrong.status_code == 422 and not Voucher.objects.exists()
    assert client.post(opening, {"file": SimpleUploadedFile("a.xlsx", workbook())}).status_code == 302
    client.force_login(cast.ma_jun)
    chart = reverse("collective-chart", args=[books.pk])

    assert "公积公益金" in client.get(chart).content.decode()
    assert client.post(chart, {"parent": "102", "name": "农商行专户"}).status_code == 302
    assert client.post(chart, {"parent": "102", "name": "农商行专户"}).status_code == 422
    assert Account.objects.get(set=books).code == "102-50"


@pytest.mark.django_db
def test_books_are_handed_over_on_the_desk(client, cast, books):
    unit = Unit.objects.create(name="山前村股份经济合作社", kind="cooperative", place=cast.shanqian)
    other = sets.open_books(unit, starts_on=date(2026, 1, 1), opening=[("102", 700), ("301", -700)], by=SYSTEM)
    client.force_login(cast.tang_yun)
    merge = reverse("collective-merge", args=[other.pk])

    assert "柳河村股份经济合作社" in client.get(merge).content.decode()
    assert client.post(merge, {"into": books.pk, "on": "2026-07-31"}).status_code == 422
    assert client.post(merge, {"into": books.pk, "on": "2026-05-31"}).status_code == 302

    other.refresh_from_db()
    assert other.merged_into == books and balances(books, 202605)["102"].closing == 700
    shown = client.get(reverse("collective-books-of", args=[other.pk])).content.decode()
    assert "2026-05-31" in shown and client.get(merge).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_people_posting_the_same_voucher_at_once_post_it_once(cast):
    with frozen(JUNE):
        books = opened(cast)
        voucher = marked(cast, entered(cast, books, date(2026, 6, 3), "收租金", ("102", 500), ("501-02", -500)))
        others = [
            marked(cast, entered(cast, books, date(2026, 6, 4), "收租金", ("102", 70), ("501-02", -70))) for _i in "12"
        ]
    ready, said = threading.Barrier(2), {}

    def run(name, own):
        try:
            with frozen(JUNE):
                by = User.objects.get(pk=cast.ma_jun.pk)
                ready.wait(timeout=30)
                said[name] = vouchers.post([Voucher.objects.get(pk=own.pk), Voucher.objects.get(pk=voucher.pk)], by=by)
        except Refused as refused:
            said[name] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)

    assert sorted(type(found).__name__ for found in said.values()) == ["Conflict", "list"], said
    assert Voucher.objects.filter(month=202606, state="posted").count() == 2
    assert Balance.objects.get(set=books, account__code="102", month=202606).debit_cents == 570
