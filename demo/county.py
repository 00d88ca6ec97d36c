"""Builds 安澜县: townships, villages, departments and stations, their posts and people. Runs twice unharmed."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

import yaml
from django.db import transaction

from huilian.engine.directory import services
from huilian.engine.directory.models import Person, Place, Post, Unit, WorkGroup
from huilian.engine.directory.queries import place_on
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import today

from . import cast, names

DATA = Path(__file__).parent / "data"
SEED = 999901
YEARS_IN_OFFICE = 3  # everybody took office before the story begins, also in the long one
FARM, ZONE = "安澜农场", "开发区"
GOVERNMENTS = {FARM: "安澜农场管理委员会", ZONE: "安澜经济开发区管理委员会"}
FIRST_VILLAGE = 200  # 统计用区划代码: residents' committees from 001, villagers' committees from 200


@dataclass
class County:
    """The county as built or found: places and units by short name."""

    place: Place
    towns: dict[str, Place] = field(default_factory=dict)
    villages: dict[str, list[Place]] = field(default_factory=dict)  # by township
    units: dict[str, Unit] = field(default_factory=dict)  # by short name; townships and villages by place name


@dataclass
class _Seat:
    """A post to make and the person to put in it; `person` may be shared by two seats."""

    post: Post
    person: Person


def find() -> County | None:
    """The county if it stands already."""
    place = place_on(_file("county")["county"]["code"])
    return _gather(place) if place else None


def _gather(place: Place) -> County:
    county = County(place)
    for town in place.children.filter(valid_to=None).order_by("code"):
        county.towns[town.name] = town
        county.villages[town.name] = list(town.children.filter(valid_to=None).order_by("code"))
    for unit in Unit.objects.filter(valid_to=None, place__path__startswith=place.path).select_related("place"):
        if unit.kind == Unit.Kind.TOWNSHIP_GOVERNMENT or unit.kind in VILLAGE_BODIES:
            county.units[unit.place.name] = unit
        else:
            county.units[str(unit)] = unit
    return county


VILLAGE_BODIES = (Unit.Kind.VILLAGE_COMMITTEE, Unit.Kind.COMMUNITY)


@transaction.atomic
def build(*, seed: int = SEED) -> County:
    """Build the county, or return it as it stands. The same seed gives the same names."""
    found = find()
    if found:
        return found
    rnd = Random(seed)
    plan = _file("county")
    since = today() - timedelta(days=365 * YEARS_IN_OFFICE + 200)
    place = _places(plan)
    county_units = _county_units(place)
    town_units = _town_units(place, plan)
    village_units = _village_units(place, county_units, town_units)
    seats = [
        *_county_seats(county_units, rnd),
        *_town_seats(town_units, rnd),
        *_village_seats(village_units, rnd),
    ]
    _fill(seats, since)
    county = _gather(place)
    _work_rooms(county, plan)
    _command(county, since)
    return county


def _file(name: str):
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def _places(plan: dict) -> Place:
    top = plan["county"]
    county = services.add_place(code=top["code"], name=top["name"], by=SYSTEM)
    for name, town in plan["towns"].items():
        code = top["code"] + town["code"]
        township = services.add_place(code=code, name=name, parent=county, by=SYSTEM)
        last_community, last_village = 0, FIRST_VILLAGE - 1
        for village in town["villages"].split():
            if village.endswith("社区"):
                number = last_community = last_community + 1
            else:
                number = last_village = last_village + 1
            services.add_place(code=f"{code}{number:03d}", name=village, parent=township, by=SYSTEM)
    return county


def _county_units(place: Place) -> dict[str, tuple[Unit, dict]]:
    """Units of the county with their row of the file, by short name; those they belong to first."""
    plan = _file("units")
    plan.pop("township_stations")
    made: dict[str, tuple[Unit, dict]] = {}
    top = Unit(
        name="安澜县人民政府",
        short_name="安澜县人民政府",
        kind=Unit.Kind.COUNTY_GOVERNMENT,
        place=place,
        duties="全县行政工作",
    )
    services.add_units([top], by=SYSTEM)
    made[str(top)] = (top, {"head": "县长"})
    rows = [(kind, row) for kind, group in plan.items() for row in group]
    for below in (False, True):
        batch = []
        for kind, row in rows:
            if bool(row.get("parent")) != below:
                continue
            parent = made["县" + row["parent"]][0] if below else (top if kind != "discipline" else None)
            short = row["short"] if row["short"].startswith("县") else "县" + row["short"]
            unit = Unit(
                name="安澜县" + row["name"],
                short_name=short,
                kind=kind,
                place=place,
                parent=parent,
                duties=row["duties"],
            )
            made[short] = (unit, row)
            batch.append(unit)
        services.add_units(batch, by=SYSTEM)
    return made


def _town_units(place: Place, plan: dict) -> dict[str, dict[str, Unit]]:
    """For each township its government and its own stations."""
    top = Unit.objects.get(place=place, kind=Unit.Kind.COUNTY_GOVERNMENT)
    towns = {town.name: town for town in place.children.order_by("code")}
    governments = [
        Unit(
            name=GOVERNMENTS.get(name, f"{name}人民政府"),
            short_name=name,
            kind=Unit.Kind.TOWNSHIP_GOVERNMENT,
            place=town,
            parent=top,
            duties="辖区经济社会事务、村级指导、群众诉求办理",
        )
        for name, town in towns.items()
    ]
    services.add_units(governments, by=SYSTEM)
    units = {unit.place.name: {"government": unit} for unit in governments}
    stations = []
    for row in _file("units")["township_stations"]:
        for name, town in towns.items():
            unit = Unit(
                name=name + row["name"],
                short_name=name + row["short"],
                kind=row["kind"],
                place=town,
                parent=units[name]["government"],
                duties=row["duties"],
            )
            units[name][row["short"]] = unit
            stations.append(unit)
    services.add_units(stations, by=SYSTEM)
    return units


def _village_units(place: Place, county_units, town_units) -> list[tuple[Unit, Unit, Unit]]:
    """For each village its committee, its share cooperative and its supervision committee."""
    rows = []
    for village in Place.objects.filter(parent__parent=place).select_related("parent").order_by("code"):
        government = town_units[village.parent.name]["government"]
        urban = village.name.endswith("社区")
        rows.append(
            (
                Unit(
                    name=village.name + ("居民委员会" if urban else "村民委员会"),
                    short_name=village.name,
                    kind=Unit.Kind.COMMUNITY if urban else Unit.Kind.VILLAGE_COMMITTEE,
                    place=village,
                    parent=government,
                    duties="村（居）民自治、公共事务、办理群众诉求",
                ),
                Unit(
                    name=f"{village.name}股份经济合作社",
                    short_name=f"{village.name}合作社",
                    kind=Unit.Kind.COOPERATIVE,
                    place=village,
                    duties="集体资产经营管理、收益分配",
                ),
                Unit(
                    name=village.name + ("居务监督委员会" if urban else "村务监督委员会"),
                    short_name=f"{village.name}监委会",
                    kind=Unit.Kind.SUPERVISION_COMMITTEE,
                    place=village,
                    duties="监督决策、财务、工程、公开",
                ),
            )
        )
    services.add_units([unit for row in rows for unit in row], by=SYSTEM)
    return rows


def _seat(unit: Unit, name: str, rnd: Random, roles=(), head=False, who: Person | None = None, called="") -> _Seat:
    person = who or Person(name=called or names.person(rnd), phone=names.phone(rnd))
    return _Seat(Post(unit=unit, name=name, roles=list(roles), is_head=head), person)


def _of_cast(called: str, unit: Unit) -> list[_Seat]:
    """Each draws from a stream of their own, so that one more of them leaves all others as they are."""
    held = [member for member in cast.members() if member.unit == called]
    return [_seat(unit, m.post, Random(m.login), m.roles, head=m.head, called=m.name) for m in held]


def _county_seats(county_units: dict, rnd: Random) -> list[_Seat]:
    seats = []
    for short, (unit, row) in county_units.items():
        known = _of_cast(short, unit)
        seats += known
        if not any(s.post.is_head for s in known):
            seats.append(_seat(unit, row.get("head", "局长"), rnd, ["unit_head"], head=True))
        if unit.kind == Unit.Kind.HOTLINE_CENTRE:
            seats += [_seat(unit, f"话务员{mark}", rnd, ["hotline_operator"]) for mark in "丙丁戊己"]
            seats.append(_seat(unit, "副值班长", rnd, ["hotline_supervisor"]))
            seats.append(_seat(unit, "复核员乙", rnd, ["hotline_reviewer"]))
        elif unit.kind not in (Unit.Kind.COUNTY_GOVERNMENT, Unit.Kind.DISCIPLINE):
            first = "热线经办人乙" if any(s.post.name == "热线经办人" for s in known) else "热线经办人"
            seats += [_seat(unit, name, rnd, ["department_clerk"]) for name in (first, "办事员")]
    return seats


def _town_seats(town_units: dict, rnd: Random) -> list[_Seat]:
    seats = []
    for name, units in town_units.items():
        for key, unit in units.items():
            if key == "三资代理中心":
                seats += _agency_seats(unit, rnd)
                continue
            if key != "government":
                seats.append(_seat(unit, "负责人", rnd, ["unit_head"], head=True))
                seats.append(_seat(unit, "经办人", rnd, ["department_clerk"]))
                seats += _of_cast(str(unit), unit)
                continue
            known = _of_cast(name, unit)
            seats += known
            if not any(s.post.is_head for s in known):
                title = "乡长" if name.endswith("乡") else "镇长" if name.endswith("镇") else "主任"
                seats.append(_seat(unit, title, rnd, ["unit_head"], head=True))
            if not any(s.post.name == "热线经办人" for s in known):
                seats.append(_seat(unit, "热线经办人", rnd, ["township_clerk"]))
            if not any(s.post.name == "监督办主任" for s in known):
                seats.append(_seat(unit, "监督办主任", rnd, ["township_supervisor"]))
            if not any(s.post.name == "分管副职" for s in known):
                seats.append(_seat(unit, "分管副职", rnd, ["township_approver", "seal_approver"]))
            more = {"农业农村干事": ["works_reviewer", "exchange_town"]}
            seats += [
                _seat(unit, post, rnd, ["township_clerk", *more.get(post, [])])
                for post in ("信访干事", "综合办事员", "农业农村干事")
            ]
    return seats


def _agency_seats(unit: Unit, rnd: Random) -> list[_Seat]:
    """Who keeps the villages' books: one prepares, another reviews, posts go to a third in the government."""
    known = _of_cast(str(unit), unit)
    rest = {"主任": (["agency_reviewer", "unit_head"], True), "代理会计": (["agency_bookkeeper"], False)}
    for seat in known:
        rest.pop(seat.post.name, None)
    return known + [_seat(unit, name, rnd, roles, head=head) for name, (roles, head) in rest.items()]


def _village_seats(village_units: list, rnd: Random) -> list[_Seat]:
    seats = []
    for committee, cooperative, supervisors in village_units:
        known = _of_cast(committee.place.name, committee)
        seats += known
        head = next((s for s in known if s.post.is_head), None)
        if head is None:
            head = _seat(committee, "书记、主任", rnd, ["unit_head", "village_head", "seal_reviewer"], head=True)
            seats.append(head)
        if not any(s.post.name == "村文书" for s in known):
            seats.append(
                _seat(
                    committee,
                    "村文书",
                    rnd,
                    ["village_clerk", "proxy_agent", "seal_applicant", "works_clerk", "exchange_applicant"],
                )
            )
        if not any(s.post.name == "报账员" for s in known):
            seats.append(_seat(committee, "报账员", rnd, ["village_accountant"]))
        # 一肩挑: the secretary usually chairs the cooperative too; the supervisors are always somebody else.
        seats.append(_seat(cooperative, "理事长", rnd, [], head=True, who=head.person if rnd.random() < 0.8 else None))
        watching = _of_cast(str(supervisors), supervisors)
        # Where nobody is appointed to keep the seal, who watches over the village keeps it, apart from who asks for it.
        roles = ["village_stamper", "supervision_member", "seal_keeper"]
        seats += watching or [_seat(supervisors, "主任", rnd, roles, head=True)]
    return seats


def _fill(seats: list[_Seat], since: date) -> None:
    services.add_posts([s.post for s in seats], by=SYSTEM)
    people = list({id(s.person): s.person for s in seats}.values())
    services.add_people(people, by=SYSTEM)
    services.appoint_all([(s.person, s.post) for s in seats], starts_on=since, by=SYSTEM)


def _work_rooms(county: County, plan: dict) -> None:
    """District work-rooms of the discipline commission, each for several townships."""
    for district in plan["districts"]:
        towns = [county.towns[name] for name, town in plan["towns"].items() if town["district"] == district]
        room = services.add_unit(
            name=f"安澜县纪委监委{district}监督工作室",
            short_name=f"{district}工作室",
            kind=Unit.Kind.WORK_ROOM,
            place=county.place,
            parent=county.units["县纪委监委"],
            duties="片区监督检查、联动协作",
            covers=towns,
            by=SYSTEM,
        )
        county.units[str(room)] = room


def _command(county: County, since: date) -> None:
    """The general command post and its two sub-commands, of the hotline and of the exchange."""
    host = county.units["县指挥中心"]
    post = services.set_up_group(
        name="安澜县基层权力监督总指挥部", kind=WorkGroup.Kind.COMMAND, unit=host, set_up_on=since, by=SYSTEM
    )
    for name, short in (("民生热线分指挥中心", "县热线中心"), ("产权交易分指挥中心", "县产权交易所")):
        services.set_up_group(
            name=f"安澜县{name}",
            kind=WorkGroup.Kind.SUB_COMMAND,
            unit=county.units[short],
            parent=post,
            set_up_on=since,
            by=SYSTEM,
        )
