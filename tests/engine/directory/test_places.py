"""Places: codes, paths, mergers, the national table."""

import gzip
from datetime import date

import pytest

from huilian.engine.directory import queries, services
from huilian.engine.directory.loading import load_divisions
from huilian.engine.directory.models import Place, PlaceChange
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

MARCH = date(2026, 3, 1)


def state() -> tuple:
    """Everything a refused act must leave alone."""
    rows = Place.objects.values_list("pk", "name", "code", "path", "parent", "valid_to", "merged_into").order_by("pk")
    return tuple(rows), PlaceChange.objects.count(), Event.objects.count()


def test_a_place_is_entered_below_its_parent_and_recorded(cast):
    place = services.add_place(
        code="999901101203", name="新村", parent=cast.qingshi, urban_rural="220", by=cast.system_admin
    )

    assert (place.level, place.path, place.code) == (5, "999901101203", "999901101203")
    assert Event.objects.latest("id").verb == "directory.add_place"
    assert Event.objects.latest("id").place == "999901101203"


@pytest.mark.parametrize(
    ("values", "error", "field"),
    [
        ({"code": "99990110120x"}, Invalid, "code"),
        ({"code": "9999011012034"}, Invalid, "code"),
        ({"name": "  "}, Invalid, "name"),
        ({"urban_rural": "999"}, Invalid, "urban_rural"),
        ({"code": "999901101201"}, Conflict, "code"),
    ],
)
def test_a_broken_place_is_refused_and_nothing_changes(cast, values, error, field):
    before = state()

    with pytest.raises(error) as refused:
        services.add_place(**{"code": "999901101299", "name": "新村", "parent": cast.qingshi, **values}, by=SYSTEM)

    assert refused.value.field == field and str(refused.value)
    assert state() == before


def test_digits_below_the_level_are_refused(cast):
    with pytest.raises(Invalid):
        services.add_place(code="999901103001", name="像村的镇", parent=cast.county, by=SYSTEM)


def test_nothing_lies_below_a_village(cast):
    with pytest.raises(Invalid):
        services.add_place(code="999901101201", name="一组", parent=cast.liuhe, by=SYSTEM)


@pytest.mark.parametrize("who", ["li_xiao", "wang_min", "zhao_jianguo", "sun_yan", "security_admin", "audit_admin"])
def test_only_the_system_administrator_changes_places(cast, who):
    before, by = state(), getattr(cast, who)

    for act in (
        lambda: services.add_place(code="999901103", name="新镇", parent=cast.county, by=by),
        lambda: services.rename_place(cast.liuhe, name="新柳河村", on=MARCH, by=by),
        lambda: services.merge_place(cast.baisha, cast.qingshi, on=MARCH, by=by),
        lambda: services.move_place(cast.dongwan, to=cast.qingshi, on=MARCH, by=by),
        lambda: services.recode_place(cast.liuhe, code="999901101299", on=MARCH, by=by),
        lambda: services.cut_out(cast.county, by=by),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert state() == before


def test_a_merged_village_keeps_its_history(cast):
    services.merge_place(cast.liuhe, cast.shanqian, on=MARCH, document="安政发〔2026〕3号", by=cast.system_admin)

    assert queries.place_on("999901101201", date(2026, 2, 28)) == cast.liuhe
    assert queries.place_on("999901101201", MARCH) is None
    assert queries.heir_of(Place.objects.get(pk=cast.liuhe.pk)) == cast.shanqian
    event = Event.objects.latest("id")
    assert event.verb == "directory.merge_place" and event.data["document"] == "安政发〔2026〕3号"


def test_the_code_of_a_merged_village_may_be_given_anew(cast):
    services.merge_place(cast.liuhe, cast.shanqian, on=MARCH, by=SYSTEM)

    new = services.add_place(
        code="999901101201", name="新柳河", parent=cast.qingshi, valid_from=date(2027, 1, 1), by=SYSTEM
    )

    assert new.path != cast.liuhe.path and new.path.startswith(cast.qingshi.path)
    assert queries.place_on("999901101201", date(2026, 1, 1)) == cast.liuhe
    assert queries.place_on("999901101201", date(2027, 1, 1)) == new


def test_villages_of_a_merged_township_move_with_it(cast):
    services.add_place(code="999901102203", name="同号村", parent=cast.baisha, by=SYSTEM)
    services.add_place(code="999901101203", name="已有号村", parent=cast.qingshi, by=SYSTEM)

    services.merge_place(cast.baisha, cast.qingshi, on=MARCH, by=SYSTEM)

    below = queries.below(cast.qingshi, level=5)
    assert {p.name for p in below} == {"柳河村", "山前村", "东湾村", "西岭村", "同号村", "已有号村"}
    assert len({p.path for p in below}) == 6  # digits that were taken were replaced, codes were not touched
    assert Place.objects.get(name="同号村").code == "999901102203"


@pytest.mark.parametrize("into", ["baisha", "liuhe"])
def test_a_merger_that_cannot_be_is_refused(cast, into):
    before = state()
    with pytest.raises(Invalid):
        services.merge_place(cast.baisha, getattr(cast, into), on=MARCH, by=SYSTEM)
    assert state() == before


def test_two_mergers_of_one_village_at_once_are_a_conflict(cast):
    services.merge_place(cast.liuhe, cast.shanqian, on=MARCH, by=SYSTEM)
    before = state()

    with pytest.raises(Conflict):
        services.merge_place(cast.liuhe, cast.dongwan, on=MARCH, by=SYSTEM)

    assert state() == before


def test_a_village_moves_to_another_township(cast):
    services.move_place(cast.dongwan, to=cast.qingshi, on=MARCH, by=SYSTEM)

    moved = Place.objects.get(pk=cast.dongwan.pk)
    assert moved.parent == cast.qingshi and moved.path.startswith("999901101") and moved.code == "999901102201"
    assert moved.changes.get().kind == "moved"
    with pytest.raises(Invalid):
        services.move_place(cast.dongwan, to=cast.county, on=MARCH, by=SYSTEM)


def test_names_and_codes_of_the_past_are_known(cast):
    services.rename_place(cast.liuhe, name="柳河社区", on=MARCH, document="民政局批复", by=SYSTEM)
    services.recode_place(cast.liuhe, code="999901101101", on=MARCH, by=SYSTEM)

    place = Place.objects.get(pk=cast.liuhe.pk)
    assert queries.name_on(place, date(2026, 2, 1)) == "柳河村" and queries.name_on(place, MARCH) == "柳河社区"
    assert queries.place_on("999901101201", date(2026, 2, 1)) == place
    assert queries.place_on("999901101201", MARCH) is None
    assert queries.place_on("999901101101", MARCH) == place
    assert queries.place_on("999901101101", date(2026, 2, 1)) is None


def test_places_are_found_by_name_and_code(cast):
    assert [p.name for p in queries.find_places("青石")] == ["青石镇"]
    assert [p.name for p in queries.find_places("湾")] == ["东湾村"]
    assert queries.find_places("东湾", within=cast.qingshi) == []
    assert [p.name for p in queries.find_places("999901101", level=5)] == ["柳河村", "山前村"]
    assert queries.find_places(" ") == [] and queries.find_places("100%_") == []
    assert queries.full_name(cast.liuhe) == "安澜县青石镇柳河村"
    assert queries.full_name(cast.liuhe, above=cast.county) == "青石镇柳河村"


TABLE = {
    "provinces": ["code,name", "99,虚省"],
    "cities": ["code,name,provinceCode", "9999,虚市,99"],
    "areas": [
        "code,name",
        "999901,安澜县",
        "999902,邻县",
        "999900,虚市",
    ],  # the last stands on two levels, as 东莞 does
    "streets": ["code,name", '999901101,"青石镇"', "999902101,邻镇"],
    "villages": ["code,name", "999901101201,柳河村", "999902101201,邻村"],
}


@pytest.fixture
def folder(tmp_path):
    def write(**changed):
        for name, rows in {**TABLE, **changed}.items():
            if rows is not None:
                (tmp_path / f"{name}.csv.gz").write_bytes(gzip.compress("\n".join(rows).encode()))
        return tmp_path

    return write


def test_the_table_loads_and_loads_again(db, folder):
    first = load_divisions(folder(), by=SYSTEM)
    again = load_divisions(folder(), by=SYSTEM)

    assert (first.added, again.added, again.unchanged, again.gone) == (9, 0, 9, [])
    assert queries.full_name(Place.objects.get(name="柳河村")) == "虚省虚市安澜县青石镇柳河村"
    assert queries.place_on("9999").level == 2
    services.add_place(code="999901101202", name="山前村", parent=Place.objects.get(name="青石镇"), by=SYSTEM)


def test_a_county_is_loaded_alone(db, folder):
    loaded = load_divisions(folder(), county="999901", by=SYSTEM)

    assert loaded.read == {1: 1, 2: 1, 3: 1, 4: 1, 5: 1}
    assert not Place.objects.filter(name__startswith="邻").exists()


def test_a_county_is_cut_out_of_the_whole(cast, folder):
    load_divisions(folder(), by=SYSTEM)
    county = queries.place_on("999901")

    dropped = services.cut_out(county, by=SYSTEM)

    assert dropped == 4 and not Place.objects.filter(name__startswith="邻").exists()
    assert Place.objects.filter(name="柳河村").exists()


def test_a_new_table_renames_and_counts_what_is_gone(db, folder):
    load_divisions(folder(), by=SYSTEM)

    loaded = load_divisions(folder(villages=["code,name", "999901101201,柳河社区"]), by=SYSTEM)

    assert (loaded.renamed, loaded.gone) == (1, ["999902101201"])
    assert Place.objects.get(code="999901101201").name == "柳河社区"
    assert PlaceChange.objects.get().before == "柳河村"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"villages": ["code,name", "99990110120,短村"]}, "villages.csv.gz 2"),
        ({"villages": ["code,name", "999901101201,", "999901101202,好村"]}, "villages.csv.gz 2"),
        ({"villages": ["code,name", "999901101201,甲", "999901101201,乙"]}, "villages.csv.gz 3"),
        ({"villages": ["code,name", "999903101201,孤村"]}, "999903101"),
        ({"villages": ["代码,名称", "999901101201,甲"]}, "code"),
        ({"villages": None}, "villages.csv"),
    ],
)
def test_a_broken_table_changes_nothing_and_says_where(db, folder, changed, said):
    with pytest.raises(Invalid) as refused:
        load_divisions(folder(**changed), by=SYSTEM)

    assert said in str(refused.value) and not Place.objects.exists() and not Event.objects.exists()


def test_a_file_that_is_not_what_it_says_is_refused(db, folder):
    path = folder()
    (path / "areas.csv.gz").write_bytes(b"MZ\x90\x00 a programme")

    with pytest.raises(Invalid) as refused:
        load_divisions(path, by=SYSTEM)

    assert "areas.csv.gz" in str(refused.value) and not Place.objects.exists()


@pytest.mark.parametrize("county", ["32", "abcdef", "999909"])
def test_an_unknown_county_is_refused(db, folder, county):
    with pytest.raises(Invalid):
        load_divisions(folder(), county=county, by=SYSTEM)
    assert not Place.objects.exists()
