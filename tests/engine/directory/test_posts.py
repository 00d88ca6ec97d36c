"""Units, posts, people, appointments, groups: works, refused with nothing changed, recorded."""

import threading
from datetime import date

import pytest
from django.db import connection

from huilian.engine.access.queries import may, recused, roles_of
from huilian.engine.directory import queries, services
from huilian.engine.directory.models import Appointment, Organisation, Person, Post, Unit, WorkGroup, WorkGroupMember
from huilian.engine.directory.roles import BadRoles, catalogue, read
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.engine.trail.queries import sentence
from huilian.foundation.codes import identity_check_digit
from huilian.foundation.errors import Conflict, Invalid, NotAllowed, Refused
from huilian.foundation.now import today

NEW_YEAR, YEAR_END = date(2026, 1, 1), date(2026, 12, 31)


def counts() -> tuple:
    models = (Unit, Post, Person, Appointment, Organisation, WorkGroup, WorkGroupMember, Event)
    return tuple(model.objects.count() for model in models)


def refused(error, act):
    before = counts()
    with pytest.raises(error) as raised:
        act()
    assert counts() == before and str(raised.value)
    return raised.value


def test_three_kinds_of_body_share_one_village(cast):
    community = services.add_unit(name="柳河社区居民委员会", kind="community", place=cast.liuhe, by=cast.system_admin)

    assert {u.kind for u in queries.units_at(cast.liuhe)} == {
        "village_committee",
        "cooperative",
        "community",
        "supervision_committee",
    }
    assert sentence(Event.objects.latest("id")) == "登记单位：柳河社区居民委员会（社区居民委员会）"
    refused(Conflict, lambda: services.add_unit(name=community.name, kind="community", place=cast.liuhe, by=SYSTEM))
    refused(Invalid, lambda: services.add_unit(name="某", kind="firm", place=cast.liuhe, by=SYSTEM))
    refused(Invalid, lambda: services.add_unit(name=" ", kind="station", place=cast.liuhe, by=SYSTEM))
    refused(NotAllowed, lambda: services.add_unit(name="某", kind="station", place=cast.liuhe, by=cast.wang_min))


def test_a_unit_is_changed_with_before_and_after(cast):
    services.change_unit(cast.housing, short_name="住建局", parent=cast.county_government, by=cast.system_admin)

    changed = Event.objects.latest("id").data["changed"]
    assert changed["short_name"] == ["", "住建局"]
    refused(Invalid, lambda: services.change_unit(cast.county_government, parent=cast.housing, by=SYSTEM))
    refused(NotAllowed, lambda: services.change_unit(cast.housing, name="某局", by=cast.security_admin))
    with pytest.raises(TypeError):
        services.change_unit(cast.housing, kind="station", by=SYSTEM)


def test_a_unit_ends_only_when_empty(cast):
    refused(Invalid, lambda: services.dissolve_unit(cast.housing, on=YEAR_END, by=SYSTEM))
    refused(NotAllowed, lambda: services.dissolve_unit(cast.agriculture, on=YEAR_END, by=cast.xu_fang))

    refused(Invalid, lambda: services.dissolve_unit(cast.agriculture, on=YEAR_END, by=cast.system_admin))
    empty = services.add_unit(name="安澜县档案馆", kind="public_body", place=cast.county, by=SYSTEM)

    services.dissolve_unit(empty, on=YEAR_END, by=cast.system_admin)

    refused(Conflict, lambda: services.dissolve_unit(empty, on=YEAR_END, by=SYSTEM))
    assert not queries.units_at(cast.county, day=date(2027, 1, 1)).filter(pk=empty.pk).exists()


def test_only_work_rooms_and_zones_cover_places(cast):
    room = services.add_unit(name="一室", kind="work_room", place=cast.county, by=SYSTEM)

    services.cover_places(room, [cast.qingshi, cast.baisha], by=cast.system_admin)

    assert Event.objects.latest("id").data == {"places": ["999901101000", "999901102000"]}
    refused(Invalid, lambda: services.cover_places(cast.housing, [cast.qingshi], by=SYSTEM))
    refused(NotAllowed, lambda: services.cover_places(room, [], by=cast.wang_min))


def test_a_post_carries_declared_roles_only(cast):
    refused(Invalid, lambda: services.add_post(unit=cast.housing, name="新岗", roles=["emperor"], by=SYSTEM))
    refused(Conflict, lambda: services.add_post(unit=cast.housing, name="局长", by=SYSTEM))
    refused(NotAllowed, lambda: services.add_post(unit=cast.housing, name="新岗", by=cast.system_admin))

    post = services.add_post(unit=cast.housing, name="副局长", roles=["unit_head"], quota=2, by=cast.security_admin)

    assert [(s.post, s.vacant) for s in queries.staffing(Unit.objects.filter(pk=cast.housing.pk))] == [(post, 2)]


def test_a_post_gives_and_takes_rights_at_once(cast):
    assert not may(cast.he_wei, "sealed.open")
    services.change_post(cast.posts["he_wei"], roles=["discipline_officer"], by=cast.security_admin)
    assert may(cast.he_wei, "sealed.open")
    services.change_post(cast.posts["he_wei"], roles=[], by=cast.security_admin)
    assert roles_of(cast.he_wei) == []
    refused(NotAllowed, lambda: services.change_post(cast.posts["he_wei"], name="某", by=cast.he_wei))


def test_a_post_is_abolished_when_nobody_holds_it(cast):
    post = cast.posts["he_wei"]
    refused(Invalid, lambda: services.close_post(post, on=YEAR_END, by=SYSTEM))
    services.end_appointment(post.appointments.get(), on=YEAR_END, by=SYSTEM)
    refused(NotAllowed, lambda: services.close_post(post, on=YEAR_END, by=cast.system_admin))

    services.close_post(post, on=YEAR_END, by=cast.security_admin)

    refused(Conflict, lambda: services.close_post(post, on=YEAR_END, by=SYSTEM))
    person = cast.person("zhou_hui")
    refused(Invalid, lambda: services.appoint(person, post, starts_on=NEW_YEAR, by=SYSTEM))


def test_an_appointment_gives_rights_from_its_first_to_its_last_day(cast):
    from datetime import datetime

    from huilian.foundation.now import CHINA, frozen

    post = services.add_post(unit=cast.commission, name="借用", roles=["discipline_officer"], by=SYSTEM)
    services.appoint(cast.person("he_wei"), post, starts_on=NEW_YEAR, ends_on=YEAR_END, by=cast.security_admin)

    for day, allowed in ((date(2025, 12, 31), False), (NEW_YEAR, True), (YEAR_END, True), (date(2027, 1, 1), False)):
        with frozen(datetime(day.year, day.month, day.day, 12, tzinfo=CHINA)):
            assert may(cast.he_wei, "sealed.open") is allowed


def test_an_appointment_that_cannot_be_is_refused(cast):
    he_wei, post = cast.person("he_wei"), cast.posts["zhou_hui"]
    refused(Invalid, lambda: services.appoint(he_wei, post, starts_on=YEAR_END, ends_on=NEW_YEAR, by=SYSTEM))
    refused(Invalid, lambda: services.appoint(he_wei, post, starts_on=NEW_YEAR, kind="honorary", by=SYSTEM))
    refused(Invalid, lambda: services.appoint(he_wei, post, starts_on=NEW_YEAR, kind="seconded", by=SYSTEM))
    refused(Conflict, lambda: services.appoint(he_wei, cast.posts["he_wei"], starts_on=NEW_YEAR, by=SYSTEM))
    refused(NotAllowed, lambda: services.appoint(he_wei, post, starts_on=NEW_YEAR, by=cast.xu_fang))


def test_a_unit_has_one_regular_head_at_a_time(cast):
    he_wei, post = cast.person("he_wei"), cast.posts["xu_fang"]

    raised = refused(Conflict, lambda: services.appoint(he_wei, post, starts_on=NEW_YEAR, by=SYSTEM))

    assert "徐芳" in str(raised)
    services.appoint(he_wei, post, starts_on=NEW_YEAR, kind="acting", by=SYSTEM)
    assert queries.head_of(cast.housing) == cast.person("xu_fang")


def test_an_appointment_ends_once(cast):
    held = cast.person("he_wei").appointments.get()
    refused(NotAllowed, lambda: services.end_appointment(held, on=NEW_YEAR, by=cast.he_wei))
    refused(Invalid, lambda: services.end_appointment(held, on=date(2019, 1, 1), by=SYSTEM))

    services.end_appointment(held, on=date(2021, 1, 1), by=cast.security_admin)

    assert roles_of(cast.he_wei) == [] and Event.objects.latest("id").data["on"] == "2021-01-01"
    refused(Conflict, lambda: services.end_appointment(held, on=YEAR_END, by=SYSTEM))


def test_who_is_seconded_loses_the_rights_of_the_home_unit_while_it_lasts(cast):
    command = services.add_unit(name="总指挥部", kind="command_centre", place=cast.county, by=SYSTEM)
    post = services.add_post(unit=command, name="组员", roles=["discipline_officer"], by=SYSTEM)
    li_xiao = cast.person("wang_min")

    services.appoint(
        li_xiao, post, starts_on=NEW_YEAR, kind="seconded", home_unit=cast.qingshi_government, by=cast.security_admin
    )

    assert roles_of(cast.wang_min) == ["discipline_officer"]
    assert queries.holders_of("township_clerk", unit=cast.qingshi_government) == []
    services.end_appointment(li_xiao.appointments.get(kind="seconded"), on=date(2026, 2, 1), by=SYSTEM)
    assert today() > date(2026, 2, 1) and roles_of(cast.wang_min) == ["township_clerk"]


def test_a_secondment_needs_a_home(cast):
    post = services.add_post(unit=cast.commission, name="抽调", roles=[], by=SYSTEM)
    wang = cast.person("wang_min")
    for home in (cast.commission, cast.housing):
        refused(
            Invalid,
            lambda home=home: services.appoint(
                wang, post, starts_on=NEW_YEAR, kind="seconded", home_unit=home, by=SYSTEM
            ),
        )


def test_a_person_is_entered_once(cast):
    refused(Invalid, lambda: services.add_person(name=" ", by=SYSTEM))
    refused(NotAllowed, lambda: services.add_person(name="新人", by=cast.wang_min))
    refused(Conflict, lambda: services.add_person(name="新人", user=cast.wang_min, by=SYSTEM))

    person = services.add_person(name="新人", phone="13800138000", by=cast.system_admin)
    services.change_person(person, phone="13900139000", by=cast.system_admin)

    event = Event.objects.latest("id")
    assert event.data == {"fields": ["phone"]}  # never the number
    refused(NotAllowed, lambda: services.change_person(person, name="改名", by=cast.sun_yan))
    refused(Invalid, lambda: services.change_person(person, name="", by=SYSTEM))


IDENTITY = "11010519491231002X"  # the example of GB 11643 itself
OTHER = "11010519491231004" + identity_check_digit("11010519491231004")


def test_an_identity_number_is_checked_matched_and_not_kept(cast):
    person = services.add_person(name="新人", identity_number=IDENTITY, phone="13800138000", by=cast.system_admin)

    stored = str(Person.objects.filter(pk=person.pk).values().get()) + str(list(Event.objects.values_list("data")))
    assert IDENTITY not in stored and len(person.identity_digest) == 64
    assert person.masked_phone != person.phone and "0013" not in person.masked_phone
    raised = refused(Invalid, lambda: services.add_person(name="某", identity_number="110105194912310021", by=SYSTEM))
    assert raised.field == "identity_number"
    refused(Conflict, lambda: services.add_person(name="某", identity_number=IDENTITY.lower(), by=SYSTEM))


def test_kin_are_matched_by_identity_number_without_an_entry_of_their_own(cast):
    services.declare_kin(cast.person("wang_min"), relation="弟", name="某", identity_number=IDENTITY, by=cast.wang_min)
    brother = services.add_person(name="王某", identity_number=IDENTITY, by=SYSTEM)
    stranger = services.add_person(name="王某", identity_number=OTHER, by=SYSTEM)

    assert recused(cast.wang_min, persons=[brother])
    assert not recused(cast.wang_min, persons=[stranger])


def test_a_credit_code_is_checked_to_its_last_character(cast):
    unit = services.change_unit(cast.liuhe_cooperative, credit_code=" 91350100m000100y43 ", by=cast.system_admin)

    assert unit.credit_code == "91350100M000100Y43" and queries.by_credit_code("91350100M000100Y43") == unit
    raised = refused(Invalid, lambda: services.change_unit(cast.housing, credit_code="91350100M000100Y44", by=SYSTEM))
    assert raised.field == "credit_code"
    refused(Conflict, lambda: services.change_unit(cast.housing, credit_code="91350100M000100Y43", by=SYSTEM))


def test_organisations_are_entered_by_those_who_work_with_them(cast):
    firm = services.add_organisation(name="安澜建工有限公司", place=cast.county, by=cast.wang_min)
    services.change_organisation(firm, legal_representative="钱某", by=cast.he_wei)

    assert Event.objects.latest("id").data == {"fields": ["legal_representative"]}
    refused(NotAllowed, lambda: services.add_organisation(name="某", by=cast.audit_admin))
    refused(NotAllowed, lambda: services.change_organisation(firm, name="某", by=cast.audit_admin))
    refused(Invalid, lambda: services.add_organisation(name="", by=SYSTEM))
    refused(Invalid, lambda: services.add_organisation(name="某", kind="empire", by=SYSTEM))


def test_a_work_group_has_one_head_and_members_of_two_kinds(cast):
    group = services.set_up_group(
        name="公权力规范运行工作领导小组",
        kind="leading",
        unit=cast.commission,
        set_up_on=NEW_YEAR,
        by=cast.system_admin,
    )
    head = services.add_member(group, person=cast.person("zhao_jianguo"), duty="head", starts_on=NEW_YEAR, by=SYSTEM)
    services.add_member(group, unit=cast.housing, force="stationed", starts_on=NEW_YEAR, by=cast.system_admin)

    lin, add = cast.person("lin_zheng"), services.add_member
    refused(Conflict, lambda: add(group, person=lin, duty="head", starts_on=NEW_YEAR, by=SYSTEM))
    refused(Conflict, lambda: add(group, unit=cast.housing, starts_on=NEW_YEAR, by=SYSTEM))
    refused(Invalid, lambda: add(group, person=lin, unit=cast.housing, starts_on=NEW_YEAR, by=SYSTEM))
    refused(Invalid, lambda: add(group, person=lin, duty="king", starts_on=NEW_YEAR, by=SYSTEM))
    refused(NotAllowed, lambda: add(group, person=lin, starts_on=NEW_YEAR, by=cast.lin_zheng))
    refused(NotAllowed, lambda: services.remove_member(head, on=YEAR_END, by=cast.lin_zheng))
    services.remove_member(head, on=YEAR_END, by=cast.system_admin)
    refused(Conflict, lambda: services.remove_member(head, on=YEAR_END, by=SYSTEM))


def test_a_work_group_is_dissolved_after_those_below_it(cast):
    def set_up(name, **more):
        return services.set_up_group(name=name, unit=cast.commission, set_up_on=NEW_YEAR, **more)

    group = set_up("领导小组", kind="leading", by=SYSTEM)
    office = set_up("办公室", kind="office", parent=group, by=SYSTEM)
    refused(Conflict, lambda: set_up("办公室", kind="office", by=SYSTEM))
    refused(Invalid, lambda: set_up("某", kind="club", by=SYSTEM))
    refused(NotAllowed, lambda: set_up("某", kind="office", by=cast.sun_yan))
    refused(Invalid, lambda: services.dissolve_group(group, on=YEAR_END, by=SYSTEM))
    refused(NotAllowed, lambda: services.dissolve_group(office, on=YEAR_END, by=cast.sun_yan))

    services.dissolve_group(office, on=YEAR_END, by=cast.system_admin)
    services.dissolve_group(group, on=YEAR_END, by=cast.system_admin)

    refused(Conflict, lambda: services.add_member(office, unit=cast.housing, starts_on=NEW_YEAR, by=SYSTEM))


@pytest.mark.django_db(transaction=True)
def test_two_heads_appointed_at_the_same_moment_leave_one():
    from tests.cast import build

    cast = build()
    post = services.add_post(unit=cast.agriculture, name="局长", roles=["unit_head"], is_head=True, by=SYSTEM)
    start, outcome = threading.Barrier(2), []

    def appoint(name):
        try:
            start.wait()
            services.appoint(cast.person(name), post, starts_on=NEW_YEAR, by=SYSTEM)
            outcome.append("appointed")
        except Refused as conflict:
            outcome.append(type(conflict).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=appoint, args=[name]) for name in ("he_wei", "xu_fang")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcome) == ["Conflict", "appointed"]
    assert post.appointments.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_administrators_appointments_at_the_same_moment_leave_one():
    from tests.cast import build

    cast = build()
    person = services.add_person(name="新人", by=SYSTEM)
    posts = [
        services.add_post(unit=cast.administration, name=role, roles=[role], by=SYSTEM)
        for role in ("system_administrator", "audit_administrator")
    ]
    start, outcome = threading.Barrier(2), []

    def appoint(post):
        try:
            start.wait()
            services.appoint(person, post, starts_on=NEW_YEAR, by=SYSTEM)
            outcome.append("appointed")
        except Refused as conflict:
            outcome.append(type(conflict).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=appoint, args=[post]) for post in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcome) == ["Invalid", "appointed"]


def test_the_catalogue_of_roles_is_whole():
    assert {"township_clerk", "system_administrator"} <= set(catalogue())
    assert all(role.names.keys() >= {"zh", "en"} for role in catalogue().values())


@pytest.mark.parametrize(
    "text",
    [
        "x: {name: {zh: 某}, reach: unit, may: []}",
        "x: {name: {zh: 某, en: X}, reach: moon, may: []}",
        "x: {name: {zh: 某, en: X}, reach: unit, may: all}",
        "x: {name: {zh: 某, en: X}, reach: unit, may: [], superuser: true}",
        "x: nothing",
    ],
)
def test_a_broken_role_stops_the_house(text):
    with pytest.raises(BadRoles, match="x"):
        read(text, "roles.yaml")
