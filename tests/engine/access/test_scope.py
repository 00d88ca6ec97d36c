"""Who sees which rows, with every member of the cast."""

from datetime import date

import pytest

from huilian.engine.access.queries import copies_of, may, roles_of, scope, scope_of
from huilian.engine.directory import services
from huilian.engine.directory.models import Place, Unit
from huilian.engine.trail.actors import SYSTEM, Actor
from huilian.foundation.errors import NotAllowed

VILLAGES = {"柳河村", "山前村", "东湾村", "西岭村"}
SEEN = {  # which villages each of the cast sees
    "zhao_jianguo": VILLAGES,
    "lin_zheng": VILLAGES,
    "wang_min": {"柳河村", "山前村"},
    "sun_yan": {"东湾村", "西岭村"},
    "li_xiao": {"柳河村"},
    "he_wei": set(),
    "xu_fang": set(),
    "zhou_hui": VILLAGES,  # the hotline hears the whole county
    "system_admin": set(),
    "security_admin": set(),
    "audit_admin": set(),
}


def villages(user) -> set[str]:
    rows = scope(Place.objects.filter(level=5), user, place="pk", unit=None)
    return set(rows.values_list("name", flat=True))


@pytest.mark.parametrize("who", SEEN)
def test_everybody_sees_the_villages_of_their_post(cast, who):
    assert villages(getattr(cast, who)) == SEEN[who]


def test_units_follow_place_and_own_unit(cast):
    def seen(user):
        return set(scope(Unit.objects.all(), user, place="place", unit="pk").values_list("name", flat=True))

    assert seen(cast.wang_min) == {
        "青石镇人民政府",
        "青石镇农村集体“三资”委托代理中心",
        "青石镇便民服务中心",
        "柳河村村民委员会",
        "柳河村股份经济合作社",
        "柳河村村务监督委员会",
    }
    assert seen(cast.he_wei) == {"安澜县住房和城乡建设局"}
    assert seen(cast.sun_yan) == {"白沙乡人民政府", "东湾村村民委员会", "东湾村股份经济合作社"}
    assert seen(cast.security_admin) == set()


def test_the_system_sees_all_and_a_citizen_nothing(cast):
    assert scope_of(SYSTEM).whole
    assert scope_of(Actor("citizen", None, "来电人")).empty


def test_an_account_without_a_post_or_switched_off_sees_nothing(cast):
    cast.wang_min.is_active = False

    assert scope_of(cast.wang_min).empty
    assert not may(cast.wang_min, "case.handle")


def test_a_county_that_shares_its_installation_is_narrowed(cast):
    other = services.add_place(code="999902", name="邻县", by=SYSTEM)
    town = services.add_place(code="999902101", name="邻镇", parent=other, by=SYSTEM)
    village = services.add_place(code="999902101201", name="邻村", parent=town, by=SYSTEM)
    assert "邻村" in villages(cast.zhao_jianguo)  # nobody works there yet: one county has the installation to itself

    services.add_unit(name="邻县人民政府", kind="county_government", place=other, by=SYSTEM)

    assert villages(cast.zhao_jianguo) == VILLAGES
    assert not scope_of(cast.zhao_jianguo).holds_place(village)


def test_a_work_room_reaches_the_townships_it_covers_and_no_more(cast):
    room = services.add_unit(
        name="第一派驻农村工作室", kind="work_room", place=cast.county, covers=[cast.baisha], by=SYSTEM
    )
    post = services.add_post(unit=room, name="干事", roles=["township_clerk"], by=SYSTEM)
    services.appoint(cast.person("he_wei"), post, starts_on=date(2026, 1, 1), by=SYSTEM)

    assert villages(cast.he_wei) == {"东湾村", "西岭村"}


def test_a_township_role_in_a_county_department_never_widens(cast):
    post = services.add_post(unit=cast.housing, name="联络员", roles=["township_clerk"], by=SYSTEM)
    services.appoint(cast.person("xu_fang"), post, starts_on=date(2026, 1, 1), by=SYSTEM)

    assert villages(cast.xu_fang) == set()
    assert cast.housing.pk in scope_of(cast.xu_fang).units


def test_scope_by_one_action_uses_only_the_roles_that_allow_it(cast):
    assert scope_of(cast.wang_min, "case.handle").places
    assert scope_of(cast.wang_min, "sealed.open").empty


def test_after_a_merger_the_heir_reaches_the_rows_of_both(cast):
    services.merge_place(cast.baisha, cast.qingshi, on=date(2026, 3, 1), by=SYSTEM)

    assert villages(cast.wang_min) == VILLAGES  # villages moved with their township
    old = scope(Place.objects.filter(pk=cast.baisha.pk), cast.wang_min, place="pk", unit=None)
    assert old.exists()  # and rows that name the township that is gone stay in reach


def test_a_query_costs_the_same_however_many_rows(cast, django_assert_max_num_queries):
    from huilian.engine.accounts.models import User

    fresh = User.objects.get(username="wang_min")
    with django_assert_max_num_queries(8):
        for _ in range(5):
            scope_of(fresh), may(fresh, "case.handle"), roles_of(fresh)


def test_copies_for_large_tables(cast):
    assert copies_of(cast.liuhe) == {"place": cast.liuhe, "place_path": "999901101201", "township": cast.qingshi}
    assert copies_of(cast.qingshi)["township"] == cast.qingshi
    assert copies_of(cast.county)["township"] is None
    assert copies_of(None) == {"place": None, "place_path": "", "township": None}


def test_a_refusal_names_who_may(cast):
    from huilian.engine.access.queries import require

    with pytest.raises(NotAllowed) as refused:
        require(cast.sun_yan, "sealed.open")

    assert "纪检监察干部" in str(refused.value)
