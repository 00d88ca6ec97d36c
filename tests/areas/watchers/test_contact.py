"""Contact points: quota, draw, cards that nobody can tie to a person."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from huilian.areas.hear.watchers import codes, papers, queries, services
from huilian.areas.hear.watchers.models import Card, Seat, Stratum, Topic
from huilian.engine.documents.forms import post_code
from huilian.engine.documents.services import bytes_of
from huilian.engine.draws.models import Draw
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from tests.vault import set_up, unlock

from .conftest import body
from .test_seats import verbs

LETTER = {"title": "致联系点成员的一封信", "letter": "请您如实反映。\n感谢支持。", "wanted": 4}
NAMES = ("陈一", "陈二", "陈三", "林一", "林二", "林三", "林四", "王五")


def contact_points(net):
    found = body("contact", net.cast.county_government, net.cast.commission, net.county)
    strata = [*["farmers"] * 3, *["traders"] * 4, "veterans"]
    for name, key in zip(NAMES, strata, strict=True):
        given = {"name": name, "phone": "13912345678", "stratum": Stratum.objects.get(key=key), "address": f"{name}家"}
        services.nominate(found, given, by=net.county)
    services.appoint(found, by=net.county)
    return found


@pytest.fixture
def mailing(net):
    made = services.make_mailing(contact_points(net), **LETTER, by=net.county)
    return services.draw_receivers(made, words="3 5 6", by=net.county)


def test_receivers_are_drawn_by_quota_before_witnesses(net):
    points = contact_points(net)
    with pytest.raises(NotAllowed):
        services.make_mailing(points, **LETTER, by=net.town)
    with pytest.raises(Invalid):
        services.make_mailing(points, **{**LETTER, "wanted": 9}, by=net.county)
    made = services.make_mailing(points, **LETTER, by=net.county)
    listed = Draw.objects.filter(number__in=made.draws)
    assert sum(d.wanted for d in listed) == 4 and "陈一" not in str(list(listed.values_list("candidates", flat=True)))
    with pytest.raises(NotAllowed):
        services.draw_receivers(made, words="3 5 6", by=net.town)
    with pytest.raises(Invalid):
        services.draw_receivers(made, words="", by=net.county)
    made = services.draw_receivers(made, words="3 5 6", by=net.county)
    with pytest.raises(Conflict):
        services.draw_receivers(made, words="1", by=net.county)

    assert len(set(made.receivers)) == 4 and verbs(made) == ["watchers.make_mailing", "watchers.draw_receivers"]


def test_strata_show_what_is_missing(net):
    contact_points(net)

    rows = {r["stratum"].key: r for r in queries.strata()}
    assert (rows["farmers"]["there"], rows["farmers"]["missing"], rows["farmers"]["should"]) == (3, 97, 10)
    assert rows["traders"]["share"] == 50
    assert not queries.visible_seats(net.town).filter(name="陈一").exists()


def test_cards_carry_codes_that_name_nobody(mailing, net):
    with pytest.raises(Conflict):
        services.send_out(mailing, by=net.county)
    with pytest.raises(Invalid):
        services.print_cards(mailing, 3, by=net.county)
    with pytest.raises(NotAllowed):
        services.print_cards(mailing, by=net.town)
    made = services.print_cards(mailing, by=net.county)
    with pytest.raises(NotAllowed):
        services.send_out(made, by=net.town)
    made = services.send_out(made, by=net.county)
    assert made.cards == 4 and {"watchers.print_cards", "watchers.send_out"} <= set(verbs(made))
    assert {f.name for f in Card._meta.fields if f.related_model} == {"mailing", "signed_by", "report"}

    sheet = papers.cards_of(made, lambda card: f"https://huilian.example/c/{card.token}/")
    assert len(sheet.slips) == 4 and not any(name in str(sheet) for name in NAMES)
    assert bytes_of(sheet, "pdf").startswith(b"%PDF")


def test_envelopes_go_out_with_names_and_come_back_without(mailing, net, client):
    made = services.print_cards(mailing, by=net.county)
    client.force_login(net.county)
    page = reverse("watchers-envelopes", args=[made.number, "replies"])
    assert client.get(page).status_code == 302, "nobody knows yet where they come back to"
    services.save_body(made.body, {"office": "安澜县人民路1号 222300"}, by=net.county)
    made.refresh_from_db()
    assert client.get(page)["Content-Type"] == "application/pdf"
    client.force_login(net.town)
    assert client.get(page).status_code == 403

    out, back = papers.letters_to(made), papers.replies_of(made)
    assert sorted(e.to_name for e in out.envelopes) == sorted(f"{s.name} 收" for s in drawn_of(made))
    assert not any(e.code for e in out.envelopes) and not any(name in str(back) for name in NAMES)
    assert [e.code for e in back.envelopes] == [str(card) for card in made.slips.all()]
    assert post_code(back.envelopes[0].to_address) == ("安澜县人民路1号", "222300")
    assert bytes_of(out, "pdf").startswith(b"%PDF")


def drawn_of(made):
    return Seat.objects.filter(pk__in=made.receivers)


def test_a_scan_is_read_for_its_codes_and_thrown_away(mailing, net):
    import segno

    services.print_cards(mailing, by=net.county)
    card = Card.objects.get(serial=2)
    picture = io.BytesIO()
    segno.make(f"https://huilian.example/c/{card.token}/").save(picture, kind="png", scale=6)
    page = Image.new("RGB", (1600, 1200), "white")
    page.paste(Image.open(io.BytesIO(picture.getvalue())), (900, 80))
    picture = io.BytesIO()
    segno.make(str(Card.objects.get(serial=3))).save(picture, kind="png", scale=6)
    page.paste(Image.open(io.BytesIO(picture.getvalue())), (100, 700))
    scanned = io.BytesIO()
    page.save(scanned, "JPEG")

    read = Card.objects.filter(codes.read_cards(io.BytesIO(scanned.getvalue())))
    assert [c.serial for c in read] == [2, 3], "a card by its token, an envelope by its serial"
    assert not Card.objects.filter(codes.read_cards(io.BytesIO(b"no picture"))).exists()


def test_a_card_is_entered_once(mailing, net):
    services.print_cards(mailing, by=net.county)
    one, two, three, _four = Card.objects.all()
    marks = {"openness": 3, "farmers": 1}
    with pytest.raises(NotAllowed):
        services.code_card(one, marks=marks, by=net.town)
    with pytest.raises(Invalid):
        services.code_card(one, marks={"openness": 4}, by=net.county)
    with pytest.raises(Invalid):
        services.code_card(one, marks={}, by=net.county)
    topic = Topic.objects.get(key="farm_prices")
    services.code_card(one, marks=marks, words="化肥涨价没人管", topic=topic, by=net.county)
    with pytest.raises(Conflict):
        services.code_card(one, marks=marks, by=net.county)
    one.refresh_from_db()
    assert one.report.words == "化肥涨价没人管" and one.report.seat is None

    with pytest.raises(Conflict):
        services.fill_in(two.token, marks=marks, words="举报某人")
    set_up(net.cast)
    unlock(net.county)
    services.fill_in(two.token, marks=marks, words="举报某人")
    services.fill_in(three.token, marks={"openness": 3})
    with pytest.raises(Invalid):
        services.fill_in("nothing", marks=marks)
    two.refresh_from_db()
    assert two.report.is_secret and two.online

    found = queries.response(mailing.__class__.objects.get())
    assert (found["back"], found["share"], found["online"], found["signed"]) == (3, 75, 2, 0)
    assert [n for _topic, n in found["poor"]] == [0, 3, 0, 0]
    assert Event.objects.filter(verb="watchers.card_back").count() == 3
