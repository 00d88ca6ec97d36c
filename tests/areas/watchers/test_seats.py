"""Bodies and who sits in them."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image

from huilian.areas.hear.watchers import queries, services
from huilian.areas.hear.watchers.models import Body, BodyKind, Seat
from huilian.areas.hear.watchers.queries.figures import is_full, sized
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Kin, Post
from huilian.engine.inbox.models import Notice
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.engine.vault.queries import boxes_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen
from tests.vault import set_up, unlock

from .conftest import MORNING, body, named


def verbs(row) -> list[str]:
    number = getattr(row, "number", None) or str(row.pk)
    return list(Event.objects.filter(subject_id=number, verb__startswith="watchers.").values_list("verb", flat=True))


def test_one_body_of_a_kind_stands_in_an_organisation(net):
    with pytest.raises(Conflict):
        body("committee", net.cast.liuhe_committee, net.town_unit, net.town)
    with pytest.raises(NotAllowed):
        body("post", net.cast.liuhe_committee, net.town_unit, net.branch)
    with pytest.raises(NotAllowed):
        body("post", net.cast.dongwan_committee, net.town_unit, net.town)
    with pytest.raises(Invalid):
        body("post", net.town_unit, net.town_unit, net.town)
    assert Body.objects.count() == 1

    post = body("post", net.branch_unit, net.town_unit, net.town)
    services.save_body(post, {"phone": "12388"}, by=net.town)
    with pytest.raises(NotAllowed):
        services.dissolve(post, reason="并入", by=net.branch)
    services.dissolve(post, reason="并入", by=net.town)
    assert body("post", net.branch_unit, net.town_unit, net.town).name == "柳河村人民监督哨"
    assert verbs(post) == ["watchers.save_body", "watchers.save_body", "watchers.dissolve"]


def test_committee_kin_and_bookkeepers_do_not_serve(net):
    post = body("post", net.branch_unit, net.town_unit, net.town)
    for user in (net.cast.liu_changgui, net.cast.li_xiao):
        with pytest.raises(Invalid):
            services.nominate(post, named(user), by=net.branch)
    Kin.sealed.create(
        person=net.cast.liu_changgui.person,
        relation="妻",
        name="谢安",
        relative=net.one.person,
        declared_on=date(2026, 1, 1),
    )
    with pytest.raises(Invalid) as refused:
        services.nominate(post, named(net.one), by=net.branch)
    assert refused.value.field == "person" and "刘长贵" not in str(refused.value)
    with pytest.raises(Invalid):
        services.nominate(post, {"name": "生人", "minutes_of": date(2026, 5, 1), "minutes": "同意"}, by=net.branch)
    assert not post.seats.exists()


def test_the_branch_names_the_township_examines_two_to_five_serve_a_year(net):
    post = body("post", net.branch_unit, net.town_unit, net.town)
    with pytest.raises(Invalid):
        services.nominate(post, {"person": net.one.person}, by=net.branch)
    with pytest.raises(NotAllowed):
        services.nominate(post, named(net.one), by=net.cast.wang_min)
    seat = services.nominate(post, named(net.one), by=net.branch)
    with pytest.raises(Conflict):
        services.nominate(post, named(net.one), by=net.branch)
    with pytest.raises(NotAllowed):
        services.examine(seat, fit=True, by=net.branch)
    with pytest.raises(Invalid):
        services.examine(seat, fit=False, by=net.town)
    services.examine(seat, fit=True, by=net.town)
    with pytest.raises(Invalid):
        services.appoint(post, by=net.town)
    assert not post.seats.filter(state="serving").exists()
    refused = services.examine(
        services.nominate(post, named(net.two), by=net.branch), fit=False, note="长期在外", by=net.town
    )
    assert refused.state == "refused"
    services.examine(services.nominate(post, named(net.three), by=net.branch), fit=True, by=net.town)

    with pytest.raises(NotAllowed):
        services.appoint(post, by=net.branch)
    one, three = services.appoint(post, by=net.town)
    assert one.ends_on == date(2027, 6, 2) and one.certificate.startswith("SZ20260603") and three.check_code
    assert queries.certified(one.check_code) == one and queries.certified("") is None
    assert is_full(sized().get(pk=post.pk))
    assert {"watchers.nominate", "watchers.examine", "watchers.appoint"} <= set(verbs(post))


def test_a_station_takes_conditions_training_and_an_examination(net):
    station = body("station", net.branch_unit, net.town_unit, net.town)
    seat = services.nominate(station, named(net.one), by=net.branch)
    given = {"fit": True, "conditions_met": True, "trained_on": date(2026, 6, 1), "mark": 60}
    for wrong in ({"conditions_met": False}, {"trained_on": None}, {"mark": 59}, {"mark": None}):
        with pytest.raises(Invalid):
            services.examine(seat, **{**given, **wrong}, by=net.town)
    assert services.examine(seat, **given, by=net.town).state == "passed"
    (serving,) = services.appoint(station, by=net.town)
    assert serving.state == "serving"


def test_terms_are_announced_renewed_and_lapse(net):
    post = body("post", net.branch_unit, net.town_unit, net.town)
    for user in (net.one, net.two):
        services.examine(services.nominate(post, named(user), by=net.branch), fit=True, by=net.town)
    one, two = services.appoint(post, by=net.town)
    with pytest.raises(Conflict):
        services.renew(one, by=net.town)
    with frozen(MORNING + timedelta(days=333)):
        assert services.remind() == 0
    with frozen(MORNING + timedelta(days=334)):
        assert services.remind() == 2 and services.remind() == 0
        assert Notice.objects.filter(template="watchers.term_ends", user=net.branch).count() == 2
        with pytest.raises(NotAllowed):
            services.renew(one, by=net.branch)
        assert services.renew(one, by=net.town).ends_on == date(2028, 6, 2)
        assert queries.own_seats(net.two).filter(body=post).exists()
    with frozen(MORNING + timedelta(days=365)):
        assert not queries.own_seats(net.two).filter(body=post).exists(), "access ends with the day"
        with pytest.raises(NotAllowed):
            services.lapse(by=net.branch)
        assert services.lapse() == 1
    two.refresh_from_db()
    assert two.state == "ended" and two.ends_on == date(2027, 6, 2) and "watchers.lapse" in verbs(post)


def test_twice_not_competent_is_out(net):
    seat = net.committee.seats.get(person=net.two.person)
    with pytest.raises(NotAllowed):
        services.appraise(seat, year=2025, result="unfit", held_on=date(2026, 1, 10), by=net.branch)
    services.appraise(seat, year=2025, result="unfit", held_on=date(2026, 1, 10), by=net.town)
    with pytest.raises(Conflict):
        services.appraise(seat, year=2025, result="good", held_on=date(2026, 1, 10), by=net.town)
    with frozen(MORNING + timedelta(days=220)):
        services.appraise(seat, year=2026, result="unfit", held_on=date(2027, 1, 8), votes=61, by=net.town)
    seat.refresh_from_db()
    assert seat.state == "ended" and not is_full(sized().get(pk=net.committee.pk))
    assert verbs(net.committee).count("watchers.appraise") == 2


def test_an_office_ends_before_its_day_for_a_reason(net):
    seat = net.committee.seats.get(person=net.three.person)
    with pytest.raises(NotAllowed):
        services.withdraw(seat, reason="外出务工", by=net.branch)
    with pytest.raises(Invalid):
        services.withdraw(seat, reason=" ", by=net.town)
    assert services.withdraw(seat, reason="外出务工", by=net.town).ended_because == "外出务工"
    assert "watchers.withdraw" in verbs(net.committee) and not queries.own_seats(net.three).exists()


def test_a_photograph_is_small_and_only_of_those_who_are_shown(net):
    picture = BytesIO()
    Image.new("RGB", (1200, 1600), (200, 180, 160)).save(picture, "JPEG")
    picture.seek(0)
    seat = net.committee.seats.get(person=net.one.person)
    with pytest.raises(NotAllowed):
        services.add_photo(seat, picture, "谢安.jpg", by=net.cast.wang_min)
    services.add_photo(seat, picture, "谢安.jpg", by=net.branch)

    shown = Image.open(BytesIO(queries.photo_of(seat.pk)))
    assert shown.size == (240, 320) and Event.objects.filter(verb="documents.attach").exists()


def test_information_members_stand_under_a_code_name(net):
    network = body("information", net.cast.county_government, net.cast.commission, net.county)
    given = {"name": "暗访人", "phone": "13800000000"}
    with pytest.raises(Conflict):
        services.enrol(network, given, by=net.county)
    set_up(net.cast)
    unlock(net.county), unlock(net.second)
    with pytest.raises(NotAllowed):
        services.enrol(network, given, by=net.town)
    with pytest.raises(Invalid):
        services.nominate(network, {"name": "暗访人"}, by=net.county)
    seat, word = services.enrol(network, given, by=net.county)

    assert len(word) == 10 and word not in seat.word_digest and (seat.name, seat.phone) == ("", "")
    assert boxes_of(f"watcher:{seat.cover}").get().paired
    assert not queries.visible_seats(net.town).filter(pk=seat.pk).exists()
    (event,) = Event.objects.filter(verb="watchers.enrol")
    assert "暗访人" not in str(event.data) and "暗访人" not in str(list(Seat.objects.filter(pk=seat.pk).values()))


def test_the_county_keeps_its_own_lists(net):
    kind = BodyKind.objects.get(key="post")
    with pytest.raises(NotAllowed):
        services.save_entry(BodyKind, kind, {"most": 7}, by=net.town)
    with pytest.raises(Invalid):
        services.save_entry(BodyKind, kind, {"most": 1}, by=net.county)
    services.save_entry(BodyKind, kind, {"most": 7}, by=net.county)
    kind.refresh_from_db()
    assert (kind.most, kind.origin) == (7, "county") and Event.objects.filter(verb="watchers.save_entry").exists()


def test_coverage_counts_villages_with_a_full_committee(net):
    rows = {c.kind.key: c for c in queries.coverage()}

    assert (rows["committee"].full, rows["committee"].villages) == (1, 4) and rows["committee"].share == 25
    assert rows["station"].full == 0


def test_somebody_who_heads_several_bodies_is_noticed(net):
    from huilian.areas.hear.watchers.queries.figures import heads_of_several, raised_fields

    assert queries.concurrent_heads(net.cast.liuhe) == []
    head = Post.objects.create(unit=net.cast.liuhe_cooperative, name="理事长", is_head=True)
    directory.appoint(net.cast.liu_changgui.person, head, starts_on=date(2026, 1, 1), by=SYSTEM)

    assert queries.concurrent_heads(net.cast.liuhe) == [net.cast.liu_changgui.person]
    ((place, person, units, _until),) = heads_of_several()
    assert (place, person) == (net.cast.liuhe, net.cast.liu_changgui.person) and "理事长" in units
    assert raised_fields(net.cast.liuhe)["works"][1].startswith("书记、主任")
