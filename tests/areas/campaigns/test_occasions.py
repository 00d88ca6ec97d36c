"""Family occasions reported before and after; official cars with orders, fuel and sightings."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from huilian.areas.answer.campaigns import rules, services
from huilian.areas.answer.campaigns.models import Car, Occasion, OccasionKind, Sighting
from huilian.areas.answer.campaigns.queries import reach
from huilian.engine.alerts.models import Alert
from huilian.engine.alerts.seeding import seed as seed_alerts
from huilian.engine.inbox.models import Notice
from huilian.engine.procedures.services import publish_all
from huilian.engine.screening.services import screen
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import CHINA, today
from huilian.project import discover

from .conftest import MORNING, begun, on, verbs


def declared(site, days: int = 15, **more):
    given = {"kind": OccasionKind.objects.get(key="wedding"), "day": today() + timedelta(days=days),
             "venue": "村礼堂", "invited": "亲属", "tables": 10, "guests": 90, **more}  # fmt: skip
    return services.declare(**given, by=site.cadre)


def test_reported_before_checked_reported_after_and_closed(site):
    with pytest.raises(NotAllowed):
        services.declare(kind=OccasionKind.objects.first(), day=today(), venue="x", invited="x", tables=1, guests=1,
                         by=site.village)  # fmt: skip
    occasion = declared(site)
    assert occasion.over == [] and occasion.after_due == date(2026, 6, 28)
    with pytest.raises(NotAllowed):
        services.check(occasion, opinion="x", by=site.village)
    services.check(occasion, opinion="不得邀请管理服务对象", by=site.conduct)
    with pytest.raises(Invalid):
        services.report(occasion, tables=1, guests=1, gifts_cents=0, by=site.cadre)
    with on(16):
        with pytest.raises(NotAllowed):
            services.report(occasion, tables=10, guests=80, gifts_cents=0, by=site.conduct)
        occasion = services.report(occasion, tables=10, guests=80, gifts_cents=0, by=site.cadre)
        with pytest.raises(NotAllowed):
            services.conclude(occasion, is_confirmed=False, conclusion="x", by=site.cadre)
        with pytest.raises(Invalid):
            services.conclude(occasion, is_confirmed=True, conclusion="x", by=site.conduct)
        occasion = services.conclude(occasion, is_confirmed=False, conclusion="未见异常", by=site.conduct)
    with pytest.raises(Conflict):
        services.report(occasion, tables=1, guests=1, gifts_cents=0, by=site.cadre)

    assert occasion.state == "closed" and not Notice.objects.filter(template="campaigns.over").exists()
    assert {f"campaigns.{verb}" for verb in ("declare", "check", "report", "conclude")} <= verbs(occasion)


def test_what_is_over_or_late_is_told_confirmed_and_proposed_without_a_name(site):
    kind = OccasionKind.objects.get(key="wedding")
    with pytest.raises(NotAllowed):
        services.save_occasion_kind(kind, {"tables": 12}, by=site.conduct)
    services.save_occasion_kind(kind, {"tables": 12}, by=site.officer)
    occasion = declared(site, days=3)
    assert occasion.over == ["late_before"]
    with on(20):
        assert services.tell_the_late() == 1 and services.tell_the_late() == 0
        occasion = services.report(occasion, tables=18, guests=160, gifts_cents=50_000_00, by=site.cadre)
        services.conclude(occasion, is_confirmed=True, conclusion="桌数超标，批评教育", by=site.conduct)
        campaign = begun(site, kind="three")
        (found,) = services.draw(campaign, "occasions", by=site.officer)

    assert occasion.over == ["tables", "late_before", "late_after"]
    assert found.source_ref == occasion.number and "何伟" not in found.fact and "村礼堂" not in found.fact
    assert {"campaigns.over", "campaigns.late"} <= set(
        Notice.objects.filter(user=site.conduct).values_list("template", flat=True)
    )
    assert "campaigns.tell_late" in verbs(occasion)


def test_nobody_else_reads_it(site):
    occasion = declared(site)

    assert list(reach.visible_occasions(site.cadre)) == list(reach.visible_occasions(site.conduct)) == [occasion]
    for user in (site.unit, site.officer, site.village, site.proposer):
        assert not reach.visible_occasions(user).exists()


def test_without_a_limit_nothing_is_over():
    day = date(2026, 6, 20)
    assert rules.faults(day, day, 0, day, None, {"tables": (None, 99), "guests": (10, 10)}) == []


def test_pages_of_occasions(site, client):
    def opened(user, name, *args, data=None):
        client.force_login(user)
        address = reverse(name, args=args)
        return client.post(address, data) if data is not None else client.get(address)

    kind = OccasionKind.objects.get(key="funeral").pk
    given = {"kind": kind, "day": "2026-06-02", "venue": "家中", "invited": "亲属", "tables": 5, "guests": 40}
    assert opened(site.cadre, "campaigns-declare").status_code == 200
    number = opened(site.cadre, "campaigns-declare", data=given).url.rstrip("/").split("/")[-1]
    for user, verb, data in (
        (site.conduct, "check", {"opinion": "从简"}),
        (site.cadre, "report", {"tables": 5, "guests": 38, "gifts_cents": "0"}),
        (site.conduct, "conclude", {"conclusion": "未见异常"}),
    ):
        page = opened(user, "campaigns-occasion", number)
        assert reverse("campaigns-act", args=["occasion", number, verb]) in page.content.decode(), verb
        assert opened(user, "campaigns-act", "occasion", number, verb, data=data).status_code == 302, verb
    assert Occasion.objects.get().state == "closed"
    assert opened(site.conduct, "campaigns-paper", "occasion", number, "docx").content[:2] == b"PK"
    assert number in opened(site.cadre, "campaigns-mine").content.decode()
    assert number in opened(site.conduct, "campaigns-occasions").content.decode()
    assert opened(site.officer, "campaigns-occasion", number).status_code == 404
    assert opened(site.cadre, "campaigns-occasions").status_code == 403


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return MORNING.replace(day=day, hour=hour, minute=minute)


@pytest.fixture
def car(site):
    return services.save_car(None, {"number": "a12345", "unit": site.cast.housing, "tank_litres": 60}, by=site.keeper)


def test_orders_fuel_and_sightings_of_a_car(site, car):
    trip = {"car": car, "purpose": "下乡检查", "goes_to": "青石镇", "driver": "王师傅", "agreed_by": "徐芳"}
    fuel = {"car": car, "at": at(2, 9), "litres": Decimal("58.5"), "amount_cents": 450_00, "paper": "小票17"}
    seen = {"car": car, "at": at(2, 20), "where": "外县", "source": "toll"}
    for refused in (
        lambda: services.save_car(car, {"tank_litres": 70}, by=site.village),
        lambda: services.order_trip(**trip, leaves_at=at(4, 9), returns_at=at(4, 17), by=site.village),
        lambda: services.fill(**fuel, by=site.village),
        lambda: services.see(**seen, by=site.village),
    ):
        with pytest.raises(NotAllowed):
            refused()
    with pytest.raises(Invalid):
        services.order_trip(**trip, leaves_at=at(4, 9), returns_at=at(4, 9), by=site.keeper)
    services.order_trip(**trip, leaves_at=at(4, 9), returns_at=at(4, 17), by=site.keeper)
    with pytest.raises(Conflict):
        services.order_trip(**trip, leaves_at=at(4, 16), returns_at=at(4, 18), by=site.keeper)
    with pytest.raises(Invalid):
        services.fill(**{**fuel, "litres": Decimal(0)}, by=site.keeper)
    services.fill(**fuel, by=site.keeper)
    with pytest.raises(Invalid):
        services.see(**{**seen, "at": at(5, 9)}, by=site.keeper)
    services.see(**seen, by=site.keeper)
    for n, (day, hour, minute) in enumerate(((2, 10, 0), (2, 12, 30), (1, 23, 0))):
        services.see(**{**seen, "at": at(day, hour, minute), "source": "device"}, by=site.keeper)
        assert Sighting.objects.latest("pk").off_duty is (n == 2)  # the noon rest is no time off duty

    assert (car.number, Car.objects.get().trips.get().number[:2]) == ("A12345", "PC")
    assert Sighting.objects.get(at=at(2, 20).astimezone(CHINA)).off_duty
    assert list(reach.visible_cars(site.conduct)) == [car] and not reach.visible_cars(site.village).exists()
    assert {f"campaigns.{verb}" for verb in ("car", "trip", "fill", "see")} <= verbs(car)


def test_rules_find_fuel_over_the_tank_and_drives_off_duty_without_an_order(site, car):
    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem == "alert"])
    seed_alerts()
    for hour in (9, 11):
        services.fill(car=car, at=at(2, hour), litres=Decimal(40), amount_cents=300_00, paper="小票", by=site.keeper)
    trip = {"car": car, "purpose": "值班", "goes_to": "青石镇", "driver": "王师傅", "agreed_by": "徐芳"}
    with on(-2, 8):
        services.order_trip(**trip, leaves_at=at(1, 19), returns_at=at(1, 23), by=site.keeper)
    for day, hour in ((1, 20), (2, 20)):
        services.see(car=car, at=at(day, hour), where="外县", source="toll", by=site.keeper)

    screen([int(site.cast.county.code)], rules=["GB01", "GB02"])

    assert sorted(Alert.objects.values_list("rule", "subject", "level")) == [
        ("GB01", f"car:{car.pk}", 3),
        ("GB02", f"car:{car.pk}", 1),
    ]
