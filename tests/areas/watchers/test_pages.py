"""Pages of the desk and of the portal, each for whom it is."""

import pytest
from django.urls import reverse

from huilian.areas.hear.watchers.models import Card, Report
from huilian.foundation.now import today
from tests.vault import set_up, unlocked  # noqa: F401

from .conftest import told


@pytest.fixture
def full(net):
    net.told = told(net.cast, net, today())
    return net


def test_every_page_of_the_desk_opens_for_those_it_is_for(full, client, django_assert_max_num_queries):
    made = full.told
    pages = [
        (full.county, "watchers-home", []),
        (full.county, "watchers-figures", []),
        (full.county, "watchers-letters", []),
        (full.county, "watchers-mailing", [made.mailing.number]),
        (full.county, "watchers-scan", [made.mailing.number]),
        (full.county, "watchers-code-card", [made.mailing.number, 1]),
        (full.one, "watchers-home", []),
        (full.one, "watchers-body", [made.committee.pk]),
        (full.one, "watchers-report", [made.report.number]),
        (full.answers, "watchers-letters", []),
        (full.town, "watchers-body", [made.committee.pk]),
        (full.town, "watchers-paper", [made.committee.pk, "certificates"]),
        (full.branch, "watchers-paper", [made.committee.pk, "complaints"]),
        (full.branch, "watchers-paper", [made.committee.pk, "roster"]),
        (full.county, "watchers-cards", [made.mailing.number]),
        (full.one, "watchers-manual", []),
    ]
    for user, name, args in pages:
        client.force_login(user)
        with django_assert_max_num_queries(70):
            answer = client.get(reverse(name, args=args))
        assert answer.status_code == 200, (name, user)
    for user, name, args in (
        (full.cast.wang_min, "watchers-home", []),
        (full.branch, "watchers-figures", []),
        (full.town, "watchers-mailing", [made.mailing.number]),
    ):
        client.force_login(user)
        assert client.get(reverse(name, args=args)).status_code == 403


def test_an_act_is_done_by_its_page(full, client):
    body = full.told.committee
    client.force_login(full.one)
    for key in ("report", "meeting", "ask", "log", "plan", "hand_in", "box"):
        assert client.get(reverse("watchers-act", args=["body", body.pk, key])).status_code == 200, key
    page = reverse("watchers-act", args=["body", body.pk, "report"])
    assert client.post(page, {"duty": "opinion", "route": "spoken", "words": ""}).status_code == 422
    sent = client.post(page, {"duty": "opinion", "route": "spoken", "words": "桥栏松动"})
    assert sent.url == reverse("watchers-report", args=[Report.objects.get(words="桥栏松动").number])
    assert client.get(reverse("watchers-act", args=["body", body.pk, "dissolve"])).status_code == 403
    client.force_login(full.town)
    assert client.get(reverse("watchers-act", args=["body", body.pk, "name"])).status_code == 200
    seat = body.seats.first()
    for key in ("photo", "appraise", "task", "withdraw"):
        assert client.get(reverse("watchers-act", args=["seat", seat.pk, key])).status_code == 200, key


def test_sealed_words_are_read_with_a_key_and_a_purpose(full, client, unlocked):  # noqa: F811
    set_up(full.cast)
    unlocked(full.county)
    from huilian.areas.hear.watchers import services

    words = "会计虚列误工费"
    sealed = services.take_report(full.committee, duty="abuse", route="town", words=words, by=full.one)
    page = reverse("watchers-words", args=[sealed.number])
    assert words not in client.get(page).content.decode()
    opened = client.post(page, {"purpose": "研判"})
    assert words in opened.content.decode() and "no-store" in opened["Cache-Control"]
    client.force_login(full.town)
    assert client.get(page).status_code in (302, 403)


def test_anybody_sees_who_watches_and_whether_a_certificate_is_real(full, client):
    page = client.get(reverse("portal-village-watchers", args=[full.cast.liuhe.code])).content.decode()
    assert "谢安" in page and full.committee.code in page and "陈一" not in page
    seat = full.committee.seats.first()
    real = client.get(reverse("portal-watch-certificate", args=[seat.check_code]))
    assert real.status_code == 200 and seat.certificate in real.content.decode()
    assert client.get(reverse("portal-watch-certificate", args=["nothing"])).status_code == 404
    assert client.get(reverse("portal-watch-photo", args=[seat.pk])).status_code == 404


def test_a_card_is_filled_in_on_a_telephone(full, client):
    page = reverse("portal-reply-card", args=[Card.objects.first().token])
    assert client.post(page, {"openness": "3"}).status_code == 200
    assert Card.objects.exclude(returned_on=None).count() == 1
    assert "已经收回" in client.get(page).content.decode()
    coded = client.post(reverse("portal-coded"), {"cover": "QB1", "word": "x", "words": "某事"})
    assert coded.status_code == 200 and not Report.objects.filter(is_secret=True).exists()
