"""The three administrators, accounts, refusals in the trail, what is sealed, and who must step back."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from huilian.engine.access import services
from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import recused, second_factor_needed, three_administrators
from huilian.engine.accounts.models import SignInRules, User
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Appointment, Person
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.project import urls as house

ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
NEW_YEAR = date(2026, 1, 1)


def last() -> Event:
    return Event.objects.latest("id")


ROLES = ("system_administrator", "security_administrator", "audit_administrator", "township_clerk")
OTHERS = [(who, role) for who in ADMINISTRATORS for role in ROLES if role[:5] != who[:5]]


@pytest.mark.parametrize(("who", "role"), OTHERS)
def test_the_three_administrators_hold_nothing_else(cast, who, role):
    post = directory.add_post(unit=cast.administration, name="另一岗位", roles=[role], by=SYSTEM)
    events = Event.objects.count()

    with pytest.raises(Invalid) as refused:
        directory.appoint(cast.person(who), post, starts_on=NEW_YEAR, by=SYSTEM)

    assert refused.value.field == "person" and "三" in str(refused.value)
    assert not Appointment.objects.filter(post=post).exists() and Event.objects.count() == events


def test_they_may_follow_one_another(cast):
    post = directory.add_post(unit=cast.administration, name="审计副岗", roles=["audit_administrator"], by=SYSTEM)
    person = cast.person("system_admin")
    directory.end_appointment(person.appointments.get(), on=date(2030, 12, 31), by=SYSTEM)

    directory.appoint(person, post, starts_on=date(2031, 1, 1), by=SYSTEM)

    assert person.appointments.count() == 2


def test_a_post_cannot_carry_two_of_them(cast):
    with pytest.raises(Invalid):
        directory.add_post(
            unit=cast.administration, name="全能岗", roles=["system_administrator", "audit_administrator"], by=SYSTEM
        )


def test_new_roles_of_a_post_are_checked_against_its_holder(cast):
    person = cast.person("audit_admin")
    post = directory.add_post(unit=cast.administration, name="无权岗", by=SYSTEM)
    directory.appoint(person, post, starts_on=NEW_YEAR, by=SYSTEM)

    with pytest.raises(Invalid):
        directory.change_post(post, roles=["township_clerk"], by=cast.security_admin)

    post.refresh_from_db()
    assert post.roles == []


def test_each_administrator_does_only_their_own_part(cast):
    free = directory.add_person(name="新人", by=cast.system_admin)
    post = directory.add_post(
        unit=cast.qingshi_government, name="新岗", roles=["township_clerk"], by=cast.security_admin
    )
    for admin in (cast.system_admin, cast.audit_admin, cast.zhao_jianguo):
        with pytest.raises(NotAllowed):
            directory.appoint(free, post, starts_on=NEW_YEAR, by=admin)
    for admin in (cast.security_admin, cast.audit_admin):
        with pytest.raises(NotAllowed):
            directory.add_person(name="又一人", by=admin)

    directory.appoint(free, post, starts_on=NEW_YEAR, by=cast.security_admin)

    assert free.appointments.count() == 1
    assert [p.name for p in three_administrators()["audit"]] == ["审计管理员"]


def test_an_account_begins_with_a_password_to_be_changed(cast):
    person = directory.add_person(name="刘洋", by=cast.system_admin)

    user, password = services.create_account(person, username="liu_yang", by=cast.system_admin)

    assert user.check_password(password) and user.must_change_password
    assert Person.objects.get(pk=person.pk).user == user
    assert last().verb == "access.create_account" and password not in str(last().data)


def test_an_account_is_refused_and_nothing_changes(cast):
    person = directory.add_person(name="刘洋", by=cast.system_admin)
    before = User.objects.count(), Event.objects.count()

    for username, by, error in (
        ("liu", cast.security_admin, NotAllowed),
        ("", cast.system_admin, Invalid),
        ("two words", cast.system_admin, Invalid),
        ("WANG_MIN", cast.system_admin, Conflict),
    ):
        with pytest.raises(error):
            services.create_account(person, username=username, by=by)
    with pytest.raises(Conflict):
        services.create_account(cast.person("li_xiao"), username="second", by=cast.system_admin)

    assert (User.objects.count(), Event.objects.count()) == before


def test_nobody_switches_their_own_account(cast):
    with pytest.raises(NotAllowed):
        services.switch_account(cast.security_admin, on=False, reason="试", by=cast.security_admin)
    with pytest.raises(Invalid):
        services.switch_account(cast.sun_yan, on=False, reason=" ", by=cast.security_admin)
    services.switch_account(cast.sun_yan, on=False, reason="退休", by=cast.security_admin)
    with pytest.raises(Conflict):
        services.switch_account(cast.sun_yan, on=False, reason="退休", by=cast.security_admin)

    assert not User.objects.get(pk=cast.sun_yan.pk).is_active
    assert last().data == {"on": False, "reason": "退休"}


def test_an_account_not_locked_is_not_unlocked(cast):
    with pytest.raises(Conflict):
        services.unlock_account(cast.sun_yan, by=cast.system_admin)


def test_sign_in_rules_keep_within_bounds_and_keep_their_history(cast):
    with pytest.raises(Invalid) as refused:
        services.set_sign_in_rules(idle_minutes=0, by=cast.security_admin)
    with pytest.raises(NotAllowed):
        services.set_sign_in_rules(idle_minutes=10, by=cast.system_admin)
    assert refused.value.field == "idle_minutes" and not SignInRules.objects.exists()

    services.set_sign_in_rules(idle_minutes=10, by=cast.security_admin)
    services.set_sign_in_rules(failures=3, by=cast.security_admin)

    assert [(r.idle_minutes, r.failures) for r in SignInRules.objects.all()] == [(10, 3), (10, 5)]


def test_officers_need_a_second_factor(cast, settings):
    settings.SECOND_FACTOR = True
    needing = {user.username for user in cast.everybody if second_factor_needed(user)}

    assert needing == {"zhao_jianguo", "lin_zheng", *ADMINISTRATORS}


@needs("sealed.open")
def sealed_page(request):
    return HttpResponse("open")


class Addresses:
    """The house's own addresses, and the page of this test."""

    urlpatterns = [path("sealed-page/", sealed_page, name="sealed-page"), *house.urlpatterns]


@pytest.fixture
def pages(settings):
    settings.ROOT_URLCONF = Addresses


def test_a_page_opens_to_the_post_that_needs_it(cast, pages, client):
    client.force_login(cast.lin_zheng)

    reply = client.get("/sealed-page/")

    assert (reply.status_code, reply.content) == (200, b"open")


def test_a_page_refused_names_who_may_and_is_recorded(cast, pages, client):
    client.force_login(cast.wang_min)

    reply = client.get("/sealed-page/")

    assert reply.status_code == 403 and "纪检监察干部" in reply.content.decode()
    assert (last().verb, last().data, last().actor_label) == ("access.refuse", {"page": "sealed-page"}, "王敏")


def test_a_page_asks_a_stranger_to_sign_in(db, pages):
    reply = Client().get("/sealed-page/")

    assert reply.status_code == 302 and reply["Location"] == "/sign-in/?next=/sealed-page/"


def test_kin_are_read_only_with_a_purpose_that_is_kept(cast):
    li_xiao = cast.person("li_xiao")
    directory.declare_kin(li_xiao, relation="配偶", name="张三", by=cast.li_xiao)
    before = Event.objects.count()
    with pytest.raises(NotAllowed):
        services.open_sealed(cast.zhao_jianguo, li_xiao, "看看有无关系")
    with pytest.raises(Invalid):
        services.open_sealed(cast.lin_zheng, li_xiao, " ")
    assert Event.objects.count() == before

    found = services.open_sealed(cast.lin_zheng, li_xiao, "核实柳河村工程回避事项")

    assert [kin.name for kin in found] == ["张三"]
    assert last().verb == "access.open_sealed" and last().data == {"purpose": "核实柳河村工程回避事项"}
    assert "张三" not in "".join(str(e.data) for e in Event.objects.all())


def test_an_officer_cannot_open_their_own_envelope(cast):
    with pytest.raises(NotAllowed):
        services.open_sealed(cast.lin_zheng, cast.person("lin_zheng"), "看看别人怎么说我")


def test_who_is_named_steps_back(cast):
    assert "本人" in recused(cast.li_xiao, persons=[cast.person("li_xiao")])
    assert recused(cast.wang_min, persons=[cast.person("li_xiao")]) == ""
    assert recused(SYSTEM, persons=[cast.person("li_xiao")]) == ""


def test_kin_of_the_named_steps_back_either_way_round(cast):
    directory.declare_kin(
        cast.person("wang_min"), relation="姐", name="李晓", relative=cast.person("li_xiao"), by=cast.wang_min
    )

    assert "亲属" in recused(cast.wang_min, persons=[cast.person("li_xiao")])
    assert "亲属" in recused(cast.li_xiao, persons=[cast.person("wang_min")])
    assert recused(cast.sun_yan, persons=[cast.person("li_xiao")]) == ""
    assert "李晓" not in recused(cast.wang_min, persons=[cast.person("li_xiao")])


def test_kin_withdrawn_count_no_more(cast):
    kin = directory.declare_kin(
        cast.person("wang_min"), relation="配偶", name="李晓", relative=cast.person("li_xiao"), by=cast.wang_min
    )
    with pytest.raises(NotAllowed):
        directory.withdraw_kin(kin, by=cast.sun_yan)

    directory.withdraw_kin(kin, by=cast.wang_min)

    assert recused(cast.wang_min, persons=[cast.person("li_xiao")]) == ""


def test_kin_of_a_named_firm_steps_back(cast):
    firm = directory.add_organisation(name="安澜建工有限公司", by=cast.wang_min)
    directory.declare_kin(cast.person("he_wei"), relation="弟", name="何某", organisation=firm, by=cast.he_wei)

    assert recused(cast.he_wei, units=[firm]) and not recused(cast.xu_fang, units=[firm])


def test_the_head_of_a_named_unit_steps_back(cast):
    assert "负责人" in recused(cast.xu_fang, units=[cast.housing])
    assert recused(cast.he_wei, units=[cast.housing]) == ""
    assert recused(cast.xu_fang, units=[cast.agriculture]) == ""


def test_nobody_declares_for_another_but_a_discipline_officer(cast):
    with pytest.raises(NotAllowed):
        directory.declare_kin(cast.person("li_xiao"), relation="妻", name="某", by=cast.wang_min)

    directory.declare_kin(cast.person("li_xiao"), relation="妻", name="某", by=cast.lin_zheng)

    assert last().verb == "directory.declare_kin"
