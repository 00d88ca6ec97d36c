"""Notices: told in the transaction of the fact, sent outside without names, read by their owner only."""

import pytest
from django.db import transaction
from django.urls import reverse

from huilian.engine.inbox import adapters, wordings
from huilian.engine.inbox.models import Delivery, Notice
from huilian.engine.inbox.queries import unread_count
from huilian.engine.inbox.services import deliver, mark_all_read, mark_read, notify
from huilian.engine.inbox.wordings import UnknownNotice, Wording
from huilian.engine.jobs import running

pytestmark = pytest.mark.django_db
sent: list = []


def gateway(address, title, text):
    if address.startswith("down"):
        raise ConnectionError("gateway")
    sent.append((address, text))


@pytest.fixture(autouse=True)
def wording(monkeypatch, settings):
    sent.clear()
    adapters.sender.cache_clear()
    monkeypatch.setattr(wordings, "declared", lambda: {"t.due": Wording("办件{number}今日到期")})
    monkeypatch.setattr("huilian.engine.inbox.services.declared", wordings.declared)
    settings.INBOX = {"email": {"send": f"{__name__}.gateway"}, "sms": {"send": f"{__name__}.gateway"}}


@pytest.fixture
def wang(cast):
    cast.wang_min.email = "wang@anlan.test"
    cast.wang_min.save()
    return cast.wang_min


def tell(*users, level=0, **kwargs):
    return notify(users, "t.due", "hotline.order:HX1", {"number": "HX1"}, link="/desk/x/", level=level, **kwargs)


def test_everybody_is_told_once_and_the_message_goes_out_by_job(wang, cast):
    tell(wang, wang, cast.sun_yan)

    assert [unread_count(u) for u in (wang, cast.sun_yan)] == [1, 1]
    assert sent == []
    running.drain()
    assert sent == [("wang@anlan.test", "办件HX1今日到期 请登录系统查看。")]


def test_a_plain_notice_does_not_become_an_sms_but_an_orange_one_does(wang):
    wang.person.phone = "13900000000"
    wang.person.save()

    tell(wang)
    tell(wang, level=2)
    running.drain()

    assert [a for a, _text in sent] == ["wang@anlan.test", "wang@anlan.test", "13900000000"]


def test_nothing_is_told_when_the_fact_is_rolled_back(wang):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(wang)
        raise ZeroDivisionError

    assert unread_count(wang) == 0
    assert running.drain() == 0


def test_a_gateway_that_fails_for_one_is_asked_again_for_that_one_only(wang, cast):
    cast.sun_yan.email = "down@anlan.test"
    cast.sun_yan.save()
    tell(cast.sun_yan, wang)
    ids = list(Delivery.objects.values_list("pk", flat=True))

    with pytest.raises(ConnectionError):
        deliver(channel="email", ids=ids)
    with pytest.raises(ConnectionError):
        deliver(channel="email", ids=ids)

    assert [a for a, _text in sent] == ["wang@anlan.test"]
    assert Delivery.objects.filter(sent_at=None).count() == 1


def test_a_wording_nobody_declared_and_a_link_out_of_the_house_are_refused(wang):
    with pytest.raises(UnknownNotice):
        notify([wang], "t.unknown")
    for link in ("https://elsewhere.test/", "//elsewhere.test/"):
        with pytest.raises(ValueError, match="house"):
            notify([wang], "t.due", link=link)

    assert not Notice.objects.exists()


def test_only_its_owner_reads_a_notice(wang, cast):
    (notice,) = tell(wang)

    assert mark_read(cast.sun_yan, notice.pk) is None
    assert unread_count(wang) == 1
    assert mark_read(wang, notice.pk).read_at is not None
    assert unread_count(wang) == 0
    assert mark_all_read(wang) == 0


def test_the_page_lists_ones_own_and_opening_leads_on(client, wang, cast):
    (mine,), (other,) = tell(wang, level=3), tell(cast.sun_yan)
    client.force_login(wang)

    page = client.get(reverse("desk-notices"))
    assert page.status_code == 200
    assert page.content.decode().count("办件HX1今日到期</a>") == 1
    assert client.get(reverse("desk-notice", args=[other.pk])).status_code == 404

    opened = client.get(reverse("desk-notice", args=[mine.pk]))
    assert opened.url == "/desk/x/"
    assert "办件HX1" not in client.get(reverse("desk-notices")).content.decode()
    assert "办件HX1" in client.get(reverse("desk-notices") + "?show=all").content.decode()


def test_the_page_is_for_those_signed_in(client):
    assert client.get(reverse("desk-notices")).status_code == 302


def test_everything_can_be_read_at_once(client, wang):
    tell(wang)
    client.force_login(wang)

    assert client.get(reverse("desk-notices-read")).status_code == 405
    client.post(reverse("desk-notices-read"))

    assert unread_count(wang) == 0
