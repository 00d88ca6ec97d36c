"""A township's service points in daily life: applications at every step, duty, the people's diary, ratings."""

from dataclasses import dataclass
from datetime import timedelta

from huilian.areas.serve.services.models import Item, Norm, Point
from huilian.areas.serve.services.services import (
    applying,
    catalogue,
    conduct,
    handling,
    papers,
    points,
    ratings,
    telling,
)
from huilian.engine.accounts.models import User
from huilian.foundation.now import now, today

from .. import names
from ..diary import Script
from ..money.plants import identity
from .scene import TOWN, VILLAGE, Scene, words

HALL, CENTRE = "县行政审批局", f"{TOWN}便民服务中心"
ROOMS = (VILLAGE, "石门村", "上坊村", "双井村")
NAMED = {HALL: "安澜县政务服务中心", CENTRE: CENTRE}
HOURS = "周一至周五 8:30—12:00，14:00—17:30"
RESULT = {"SH-02": "已参保登记，次月生效", "QT-01": "已办理生育登记", "DW-02": "已登记为流动党员"}
PROOF = {"handed": "本人签收", "home": "送到家中，本人签收", "phone": "本人接听，已讲明理由和救济途径"}
GRANTED = "经审核符合条件，准予办理"
# What people ask for, in the order in which they come; the same again from the top when the list is through.
AT_CENTRE = ("SH-02", "QT-01", "SH-02", "DW-02", "SH-02", "SH-05", "QT-03", "SH-01", "JJ-04")
AT_ROOMS = ("SH-05", "SH-01", "SH-04", "QT-03", "SH-03", "JJ-04", "SH-06", "QT-02", "ZW-02")
STOPS = ("receive", "sort", "report", "above", "supervise", "feedback")
STARS = (5, 5, 4, 5, 5, 3, 5, 4, 5, 5, 4, 5)


@dataclass
class Desk:
    """Points, items and the people who serve, as every teller here needs them."""

    scene: Scene
    point: dict[str, Point]
    item: dict[str, Item]

    def agent(self, name: str) -> User:
        """Who takes in at a point."""
        return self.scene.holder(name, "proxy_agent", "window_clerk")


def tell(scene: Scene) -> None:
    """Points and rota first, then sixty applications and what people said of them."""
    desk = Desk(scene, {}, {item.code: item for item in Item.objects.all()})
    if not desk.item:
        return
    scene.begin(scene.morning(32, 8), _opened(desk))
    for ago in range(12, -6, -1):
        scene.begin(scene.morning(max(ago, 0), 8), _day(desk, ago))
    for place in range(18):
        scene.begin(scene.morning(28 - place * 3 // 2), _at_centre(desk, AT_CENTRE[place % 9], _stars(place)))
    for place in range(18):
        room = ROOMS[place % 3]
        scene.begin(scene.morning(27 - place // 2), _by_proxy(desk, room, AT_ROOMS[place % 9], stars=_stars(place + 5)))
    for place, stop in enumerate(STOPS * 2):
        script = _by_proxy(desk, ROOMS[place % 4], ("SH-01", "SH-06", "ZW-02")[place % 3], stop=stop)
        scene.begin(scene.workdays_ago(0, 9 + place % 2), script)
    for ago, script in (
        (2, _sent_home(desk, came_back=False)),
        (9, _sent_home(desk, came_back=True)),
        (1, _joint(desk)),
        (8, _refused(desk)),
        (6, _withdrawn(desk)),
        (0, _from_phone(desk, "SH-02", CENTRE)),
        (0, _from_phone(desk, "SH-05", VILLAGE)),
        (12, _badly_rated(desk, 2, "跑了两趟，第一次没说清要带户口簿。", "corrected")),
        (2, _badly_rated(desk, 1, "等了一个多小时没人叫号。", "called")),
        (1, _badly_rated(desk, 2, "态度生硬。", "")),
    ):
        scene.begin(scene.workdays_ago(ago), script)
    for place in range(5):
        scene.begin(scene.morning(20 - 4 * place), _advised(desk))


def _stars(place: int) -> int:
    """Two of three people rate; nobody has to."""
    return 0 if place % 3 == 2 else STARS[place % len(STARS)]


def _opened(desk: Desk) -> Script:
    """The points are entered; who serves signs the pledge and gets a card; postings, volunteers, self-checks follow."""
    scene, officer = desk.scene, desk.scene.holder(HALL, "service_officer")
    for place, name in enumerate((HALL, CENTRE, *ROOMS)):
        values = {"name": NAMED.get(name, f"{name}便民服务室"), "phone": f"0999-12000{place:02d}", "hours": HOURS}
        desk.point[name] = catalogue.save_point(None, {"unit": scene.unit(name), **values}, by=officer)
    yield scene.pace.minutes(now(), 10, 20)
    head = scene.holder(CENTRE, "service_head")
    for name, number, title in ((CENTRE, "1", "综合受理"), (CENTRE, "2", "社保医保"), (HALL, "12", "综合受理")):
        by = head if name == CENTRE else officer
        window = catalogue.save_window(None, {"point": desk.point[name], "number": number, "name": title}, by=by)
        person = desk.agent(name).person if number != "2" else head.person
        catalogue.staff_window(window, person=person, is_chief=True, starts_on=today(), by=by)
    yield scene.pace.minutes(now(), 10, 20)
    pledges = Norm.objects.filter(kind=Norm.Kind.PLEDGE, is_current=True)
    for name in (CENTRE, *ROOMS):
        user = desk.agent(name)
        for pledge in pledges:
            conduct.sign(pledge, promise="不让群众多跑一趟。", by=user)
        conduct.issue_card(desk.point[name], user.person, by=head)
    yield scene.pace.workdays(now(), 3)
    for kind, title, text, seats in words()["postings"]:
        values = {"kind": kind, "title": title, "text": text, "seats": seats, "opens_on": today()}
        posting = points.save_posting(None, {**values, "point": desk.point[CENTRE]}, by=head)
    for _i in range(6):
        points.sign_up(posting, name=names.person(scene.rnd), phone=names.phone(scene.rnd))
    for name in ROOMS[:2]:
        values = {"name": names.person(scene.rnd), "phone": names.phone(scene.rnd), "point": desk.point[name],
                  "helps_with": "陪老人到镇上、县里办事", "starts_on": today()}  # fmt: skip
        points.save_volunteer(None, values, by=desk.agent(name))
    yield scene.pace.workdays(now(), 10)
    conduct.check_rules(desk.point[CENTRE], remark="差评整改要再快一些。", by=head)
    conduct.check_rules(desk.point[VILLAGE], remark="值班签到齐全。", by=head)


def _day(desk: Desk, ago: int) -> Script:
    """A day on duty: planned, signed in, a question answered, a household visited. The days ahead are planned only."""
    scene, head = desk.scene, desk.scene.holder(CENTRE, "service_head")
    day = scene.present.date() - timedelta(days=ago)
    if not scene.pace.calendar.is_workday(day):
        return
    shifts = {}
    for name in (CENTRE, VILLAGE):
        person = head.person if name == CENTRE and ago % 3 == 0 else desk.agent(name).person
        shifts[name] = conduct.plan_shift(desk.point[name], on=day, person=person, by=head)
    if ago < 0:
        return
    yield scene.pace.minutes(now(), 2, 10)
    for name, shift in shifts.items():
        if name == VILLAGE and ago == 5:
            conduct.note_absence(shift, absence="陪代办群众到县医院", by=shift.person.user)
        else:
            conduct.sign_in(shift, spot=NAMED.get(name, f"{name}便民服务室"), by=shift.person.user)
    yield scene.pace.minutes(now(), 30, 90)
    matter, answer = words()["inquiries"][ago % 4]
    points.note_inquiry(matter=matter, name=names.person(scene.rnd), phone=names.phone(scene.rnd), answer=answer,
                        by=desk.agent(CENTRE))  # fmt: skip
    yield scene.pace.minutes(now(), 30, 90)
    heard, household, done = words()["diary"][ago % 4]
    conduct.write_diary(on=today(), heard=heard, household=household, done=done, by=desk.agent(VILLAGE))


def _applicant(desk: Desk) -> dict[str, str]:
    rnd = desk.scene.rnd
    return {"name": names.person(rnd), "phone": names.phone(rnd), "identity": identity(rnd.randrange(10**6))}


def _taken(desk: Desk, name: str, code: str, *, without: tuple[str, ...] = ()):
    """An application taken in at a point with its papers shown."""
    item = desk.item[code]
    seen = [m.key for m in item.materials.all() if m.key not in without]
    return applying.apply(
        item, applicant=_applicant(desk), point=desk.point[name], channel="window", seen=seen, by=desk.agent(name)
    )


def _told(desk: Desk, application, name: str, way: str, stars: int) -> Script:
    """The result reaches the applicant, who may rate."""
    telling.tell(application, way=way, proof=PROOF[way], by=desk.agent(name))
    yield desk.scene.pace.hours(now(), 2, 8)
    if stars:
        ratings.rate(application, stars=stars)


def _at_centre(desk: Desk, code: str, stars: int) -> Script:
    """What the township decides itself: at once, or within its days."""
    scene, clerk = desk.scene, desk.agent(CENTRE)
    application = _taken(desk, CENTRE, code)
    yield scene.pace.minutes(now(), 5, 25)
    if desk.item[code].is_instant:
        application = handling.finish_now(application, result="granted", text=RESULT[code], by=clerk)
        yield scene.pace.minutes(now(), 2, 10)
    else:
        application = handling.accept(application, mode="guided", reason="需核对信息，不能当场办结", by=clerk)
        yield scene.pace.workdays(now(), 1)
        application = handling.decide(application, result="granted", text=GRANTED, by=clerk)
        yield scene.pace.hours(now(), 1, 4)
    yield from _told(desk, application, CENTRE, "handed", stars)


def _by_proxy(desk: Desk, room: str, code: str, *, stop: str = "", stars: int = 0) -> Script:
    """The village's agent takes it in, goes up level by level until somebody may decide, and brings the result home."""
    scene, agent, item = desk.scene, desk.agent(room), desk.item[code]
    application = _taken(desk, room, code)
    if stop == "receive":
        return
    yield scene.pace.minutes(now(), 10, 40)
    application = handling.accept(application, mode="agent", reason="由上级审批，需核查", agent=agent.person, by=agent)
    if stop == "sort":
        return
    yield scene.pace.minutes(now(), 20, 60)
    application = handling.report(application, note="材料齐全", by=agent)
    if stop == "report":
        return
    last = CENTRE
    yield scene.pace.minutes(now(), 20, 60) if stop else scene.pace.workdays(now(), 1)
    if item.decided_at < desk.point[CENTRE].level:
        application = handling.report(application, note="镇已核，报县", by=desk.agent(CENTRE))
        last = HALL
        if stop == "above":
            return
        telling.note_trip(application, on=today(), where=NAMED[HALL], done="递交材料，取回执", by=agent)
        yield scene.pace.minutes(now(), 10, 30) if stop else scene.pace.workdays(now(), 2)
    elif stop == "above":
        return
    application = handling.decide(application, result="granted", text=GRANTED, by=desk.agent(last))
    if stop == "supervise":
        return
    yield scene.pace.minutes(now(), 5, 15) if stop else scene.pace.hours(now(), 1, 4)
    application = handling.confirm(application, by=agent)
    if stop:
        return
    yield scene.pace.hours(now(), 1, 5)
    yield from _told(desk, application, room, "home", stars)


def _sent_home(desk: Desk, *, came_back: bool) -> Script:
    """Papers are missing: all of them are told at once, and some come back with them."""
    scene, clerk = desk.scene, desk.agent(CENTRE)
    application = _taken(desk, CENTRE, "SH-01", without=("income", "household"))
    yield scene.pace.minutes(now(), 5, 15)
    papers.ask_papers(application, by=clerk)
    if not came_back:
        return
    yield scene.pace.workdays(now(), 2)
    application = papers.hand_in(application, seen=list(application.papers.values_list("pk", flat=True)), by=clerk)
    yield scene.pace.minutes(now(), 5, 15)
    application = handling.accept(application, mode="guided", reason="需入户核查", by=clerk)
    yield scene.pace.workdays(now(), 2)
    ground = "家庭人均收入高于低保标准；不服的，可在六十日内申请行政复议"
    application = handling.decide(application, result="denied", text=ground, by=clerk)
    yield scene.pace.hours(now(), 1, 3)
    yield from _told(desk, application, CENTRE, "phone", 0)


def _joint(desk: Desk) -> Script:
    """Two departments look at it one after the other; the first has answered."""
    scene, agent, clerk = desk.scene, desk.agent(VILLAGE), desk.agent(CENTRE)
    application = _taken(desk, VILLAGE, "SH-01")
    yield scene.pace.minutes(now(), 10, 20)
    application = handling.accept(
        application, mode="joint", reason="需核对经济状况和住房", agent=agent.person, by=agent
    )
    yield scene.pace.minutes(now(), 10, 20)
    application = handling.report(application, by=agent)
    yield scene.pace.minutes(now(), 10, 20)
    tasks = [
        handling.Task(scene.unit("县民政局"), "核对经济状况"),
        handling.Task(scene.unit("县住建局"), "核查住房", 2),
    ]
    application = handling.joint(application, tasks, by=clerk)
    yield scene.pace.minutes(now(), 20, 40)
    first = application.legs.get(kind="co", position=1)
    handling.answer_leg(first, opinion="核对无异常收入", agrees=True, by=scene.company.clerk(scene.unit("县民政局")))


def _refused(desk: Desk) -> Script:
    application = _taken(desk, CENTRE, "SH-05")
    yield desk.scene.pace.minutes(now(), 5, 15)
    ground = "未满八十周岁，不符合高龄津贴条件；可先申请居家养老服务"
    handling.refuse(application, ground, by=desk.agent(CENTRE))


def _withdrawn(desk: Desk) -> Script:
    application = _taken(desk, CENTRE, "JJ-04")
    yield desk.scene.pace.minutes(now(), 30, 60)
    handling.withdraw(application, "土地已流转，由承包大户申报")


def _advised(desk: Desk) -> Script:
    application = _taken(desk, CENTRE, "QT-04")
    yield desk.scene.pace.minutes(now(), 10, 25)
    handling.advise(application, "赡养纠纷可先由村里调解，不成的到县法律援助中心申请援助。", by=desk.agent(CENTRE))


def _from_phone(desk: Desk, code: str, name: str) -> Script:
    """Sent from a telephone; it waits at the nearest point to be taken up."""
    applying.apply(desk.item[code], applicant=_applicant(desk), place=desk.point[name].place)
    return
    yield


def _badly_rated(desk: Desk, stars: int, words: str, until: str) -> Script:
    """A bad grade: called back by somebody else, put right, asked once more; as far as `until`."""
    scene, clerk, head = desk.scene, desk.agent(CENTRE), desk.scene.holder(CENTRE, "service_head")
    application = _taken(desk, CENTRE, "SH-02")
    yield scene.pace.minutes(now(), 30, 70)
    application = handling.finish_now(application, result="granted", text=RESULT["SH-02"], by=clerk)
    telling.tell(application, way="handed", proof="本人签收", by=clerk)
    yield scene.pace.minutes(now(), 10, 30)
    rating = ratings.rate(application, stars=stars, words=words)
    if not until:
        return
    yield scene.pace.workdays(now(), 1)
    rating = ratings.call_back(rating, confirmed=True, note="情况属实，已向本人致歉。", by=head)
    if until == "called":
        return
    yield scene.pace.workdays(now(), 2)
    rating = ratings.correct(rating, correction="材料清单贴到取号机旁，窗口一次讲清。", by=clerk)
    yield scene.pace.workdays(now(), 1)
    ratings.confirm_correction(rating, content=True, note="表示满意。", by=head)
