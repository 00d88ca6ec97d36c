"""A supervision committee sees which bills wait for its stamp, and which leases make it look more often."""

from datetime import date

import pytest
from django.urls import reverse

from huilian.areas.hear.watchers.models import WatchedPoint
from huilian.areas.hear.watchers.queries.figures import raised_fields
from huilian.areas.watch.collective.services import vouchers
from huilian.flows.a_committee_sees_the_bills import unstamped
from tests.areas.collective import books as b
from tests.areas.collective.things import lease
from tests.areas.watchers.conftest import net, stage  # noqa: F401


@pytest.fixture
def books(net):  # noqa: F811
    return b.opened(net.cast)


def test_bills_wait_on_the_committees_page_until_they_are_stamped(net, books, client):  # noqa: F811
    cast = net.cast
    rows = ("514-01", 80_000), ("102", -80_000)
    bill = b.entered(cast, books, date(2026, 6, 2), "六月保洁费", *rows, payee="安澜保洁部", payee_kind="firm")
    assert not list(unstamped(cast.feng_lan, cast.liuhe)), "nobody has handed it over yet"
    bill = vouchers.submit(bill, by=cast.ma_jun)
    (waits,) = unstamped(cast.feng_lan, cast.liuhe)
    assert (waits.cents, waits.url) == (80_000, reverse("collective-voucher", args=[bill.pk]))
    assert not list(unstamped(net.branch, cast.liuhe)) and not list(unstamped(cast.feng_lan, cast.dongwan))

    vouchers.stamp(bill, by=cast.feng_lan)
    assert not list(unstamped(cast.feng_lan, cast.liuhe))


def test_a_running_lease_is_looked_at_every_month(net, books):  # noqa: F811
    WatchedPoint.objects.filter(kind="post").update(is_active=False)
    WatchedPoint.objects.filter(key="leases").update(threshold_cents=3_600_000)
    lease(net.cast, books, running=False)
    assert "assets" not in raised_fields(net.cast.liuhe)
    lease(net.cast, books)

    assert raised_fields(net.cast.liuhe)["assets"] == (1, "资产资源发包")
