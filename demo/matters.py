"""How a citizen's matter goes, from the call to the call-back, in every way it can go: scripts for `Diary`."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from huilian.areas.hear.hotline import services as hotline
from huilian.areas.hear.hotline.models import Channel, Knowledge, Matter, Order, RefusalGround
from huilian.engine.directory.models import Place, Unit
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import State, Supervision
from huilian.engine.trail.actors import Actor
from huilian.foundation.now import now

from . import letters, names
from .company import Company
from .county import County
from .diary import Pace, Script
from .letters import Letter, say

LIMITS = {"general": 3, "special": 7, "major": 15}  # only to decide when somebody acts; the product counts for itself
CHANNELS = {
    "122": 34, "12345": 30, "web": 12, "kiosk": 6, "sms": 4, "letter": 4, "visit": 6, "radio": 2, "television": 2,
}  # fmt: skip
WRITTEN = ("web", "kiosk", "letter")
ANONYMOUS = 0.12
# How matters go, per thousand. What is left over goes the ordinary way.
FATES = {
    "at_once": 120, "three_way": 45, "refused": 30, "refusal_rejected": 10, "merged": 50, "objection_upheld": 40,
    "objection_overruled": 20, "extended": 40, "extension_refused": 12, "paused": 25, "sent_back": 40, "discontent": 70,
    "twice_discontent": 15, "unreached": 30, "explained": 20, "late": 40, "silent": 8, "helped": 40, "reopened": 20,
}  # fmt: skip


@dataclass
class Stage:
    """What every script needs."""

    county: County
    company: Company
    pace: Pace
    rnd: Random
    channels: dict[str, Channel]
    matters: dict[str, Matter]
    grounds: dict[str, RefusalGround]
    knowledge: list[Knowledge]

    @classmethod
    def set_up(cls, county: County, rnd: Random) -> "Stage":
        return cls(
            county,
            Company(county, rnd),
            Pace(rnd),
            rnd,
            {c.key: c for c in Channel.objects.all()},
            {m.code: m for m in Matter.objects.select_related("lead_unit").prefetch_related("co_units")},
            {g.key: g for g in RefusalGround.objects.all()},
            list(Knowledge.objects.all()),
        )

    def fate(self) -> str:
        kinds, weights = list(FATES), list(FATES.values())
        return self.rnd.choices([*kinds, "ordinary"], [*weights, 1000 - sum(weights)])[0]

    def village(self) -> Place:
        """Where it happens: busy townships have more to say."""
        town = self.rnd.choice(list(self.county.towns))
        if self.rnd.random() < 0.15:
            town = self.rnd.choice(["城关镇", "开发区", "青石镇"])
        return self.rnd.choice(self.county.villages[town])

    def unit_for(self, matter: Matter, village: Place) -> Unit:
        town = self.county.units[village.parent.name]
        return town if matter.by_place or matter.lead_unit is None else matter.lead_unit


def matter(stage: Stage, fate: str = "", *, channel: str = "", code: str = "", village: Place | None = None) -> Script:
    """One matter from the first word on; `fate` says how it goes."""
    rnd, fate = stage.rnd, fate or stage.fate()
    village = village or stage.village()
    channel = channel or rnd.choices(list(CHANNELS), list(CHANNELS.values()))[0]
    letter = letters.compose(rnd, month=now().month, village=village.name, written=channel in WRITTEN, code=code)
    if fate == "at_once":
        letter = _question(stage)
    order = open_order(stage, letter, channel, village)
    yield stage.pace.minutes(now(), 2, 25) if channel not in WRITTEN else stage.pace.minutes(now(), 30, 400)
    order = accept(stage, order)
    if fate == "at_once":
        yield from _at_once(stage, order, letter)
    elif fate == "three_way":
        yield from _three_way(stage, order, letter, village)
    elif fate in ("refused", "refusal_rejected"):
        yield from _refusal(stage, order, letter, village, fate)
    elif fate == "merged":
        yield from _merge(stage, order, letter, village, channel)
    else:
        yield from _handled(stage, order, letter, village, fate)


def _question(stage: Stage) -> Letter:
    asked = stage.rnd.choice(stage.knowledge)
    matters = [m for m in stage.matters.values() if m.topic == asked.topic] or list(stage.matters.values())
    text = f"咨询一下，{asked.title}？{stage.rnd.choice(['家里老人在问。', '麻烦说详细点。', '网上说法不一样。', ''])}"
    return Letter(matters[0].code, f"咨询：{asked.title}", text, asked.answer)


def open_order(stage: Stage, letter: Letter, channel: str, village: Place) -> Order:
    rnd = stage.rnd
    said = {
        "channel": stage.channels[channel],
        "title": letter.title,
        "text": letter.text,
        "place": village,
        "where": f"{village.name}{letters.gaps(rnd, village.name)['g']}",
        "keeps_secret": rnd.random() < 0.05,
    }
    if rnd.random() > ANONYMOUS:
        said |= {"caller_name": names.person(rnd), "caller_phone": names.phone(rnd)}
    if channel in ("web", "kiosk"):
        return hotline.submit(**said)[0]
    return hotline.take(by=stage.company.operator(), **said)


def accept(stage: Stage, order: Order) -> Order:
    if order.case.step == "raised":
        return hotline.accept(order, by=stage.company.operator())
    return order


def _call_back_by(stage: Stage, order: Order):
    return stage.company.operator(but=order.answered_by)


def _content(stage: Stage, order: Order) -> None:
    """The citizen says it is done."""
    grade = stage.rnd.choices((5, 4, 3), (38, 42, 20))[0]
    kind = "fair" if grade == 3 else "satisfied"
    note = say(kind, stage.rnd)
    hotline.call_back(order, reached=True, solved="yes", satisfaction=grade, note=note, by=_call_back_by(stage, order))


def _at_once(stage: Stage, order: Order, letter: Letter) -> Script:
    operator = order.taken_by or stage.company.operator()
    order = hotline.answer_at_once(order, letter.answer, by=operator)
    yield stage.pace.workdays(now(), 1)
    _content(stage, order)


def _three_way(stage: Stage, order: Order, letter: Letter, village: Place) -> Script:
    found = stage.matters[letter.code]
    unit = stage.unit_for(found, village)
    started, operator = now(), order.taken_by or stage.company.operator()
    yield stage.pace.minutes(now(), 4, 15)
    said = say("three_way", stage.rnd)
    hotline.record_three_way_call(
        order,
        unit=unit,
        officer=stage.company.clerk(unit).name,
        started_at=started,
        ended_at=now(),
        conclusion=said,
        citizen_agrees=True,
        by=operator,
    )
    order = hotline.answer_at_once(order, f"{unit}{said}", by=operator)
    yield stage.pace.workdays(now(), 2)
    _content(stage, order)


def _refusal(stage: Stage, order: Order, letter: Letter, village: Place, fate: str) -> Script:
    ground = stage.rnd.choice([g for g in stage.grounds.values() if g.key not in ("discipline", "petitions")])
    if fate == "refusal_rejected":
        ground = stage.grounds["litigation"]
    order = hotline.propose_refusal(
        order, ground=ground, note=f"来电人所述属于“{ground.name}”。", by=stage.company.operator()
    )
    yield stage.pace.hours(now(), 1, 6)
    if fate == "refused":
        hotline.confirm_refusal(order, by=stage.company.reviewer)
        return
    order = hotline.reject_refusal(order, note="没有起诉，也没有裁判，应当受理。", by=stage.company.reviewer)
    yield stage.pace.minutes(now(), 10, 60)
    yield from _handled(stage, order, letter, village, "ordinary")


def _merge(stage: Stage, order: Order, letter: Letter, village: Place, channel: str) -> Script:
    """A neighbour calls about the same thing soon afterwards; their call joins this one."""
    order = dispatch(stage, order, letter, village)
    yield stage.pace.minutes(now(), 30, 300)
    again = letters.compose(stage.rnd, month=now().month, village=village.name, code=letter.code)
    second = accept(stage, open_order(stage, again, channel, village))
    yield stage.pace.minutes(now(), 2, 20)
    hotline.merge(second, order, by=stage.company.operator())
    yield stage.pace.hours(now(), 1, 4)
    yield from _worked(stage, order, letter, "ordinary")


def dispatch(stage: Stage, order: Order, letter: Letter, village: Place, fate: str = "") -> Order:
    found = stage.matters[letter.code]
    unit = stage.unit_for(found, village)
    wrong = fate.startswith("objection_upheld")
    if wrong:  # the township gets what a department has to do, or the other way round
        town = stage.county.units[village.parent.name]
        unit = town if unit.pk != town.pk else stage.county.units["县住建局"]
    helpers = list(found.co_units.all())[:2] if fate == "helped" or stage.rnd.random() < 0.1 else []
    class_key = found.class_key
    if class_key == "general" and stage.rnd.random() < 0.08:
        class_key = "special"
    return hotline.dispatch(
        order,
        unit=unit,
        class_key=class_key,
        matter=found,
        co_units=helpers,
        note=found.hint and f"请核实：{found.hint}",
        by=stage.company.operator(),
    )


def _handled(stage: Stage, order: Order, letter: Letter, village: Place, fate: str) -> Script:
    order = dispatch(stage, order, letter, village, fate)
    yield stage.pace.hours(now(), 0.5, 5)
    if fate.startswith("objection"):
        order = yield from _objection(stage, order, letter, village, fate)
    if fate == "silent":
        yield from _silence(stage, order)
    yield from _worked(stage, order, letter, fate)


def _objection(stage: Stage, order: Order, letter: Letter, village: Place, fate: str) -> Script:
    unit = order.case.unit
    right = stage.unit_for(stage.matters[letter.code], village)
    objection = hotline.object_to_dispatch(
        order,
        ground=say("objection", stage.rnd),
        proposed=right if right.pk != unit.pk else None,
        by=stage.company.clerk(unit),
    )
    yield stage.pace.hours(now(), 0.5, 3)
    upheld = fate == "objection_upheld"
    words = say("uphold" if upheld else "overrule", stage.rnd)
    hotline.rule_on_objection(objection, uphold=upheld, ruling=words, by=stage.company.duty_head)
    order = Order.objects.select_related("case__unit").get(pk=order.pk)
    if upheld:
        yield stage.pace.minutes(now(), 5, 60)
        order = dispatch(stage, order, letter, village)
        yield stage.pace.hours(now(), 0.5, 5)
    return order


def _silence(stage: Stage, order: Order) -> Script:
    """A unit that does not even sign: reminded, supervised, investigated; then it wakes up."""
    for level, wait in (
        (Supervision.Level.URGE, 2),
        (Supervision.Level.SUPERVISE, 2),
        (Supervision.Level.INVESTIGATE, 2),
    ):
        yield stage.pace.workdays(now(), wait)
        supervise(stage, order, level)
    yield stage.pace.workdays(now(), 1)
    _answer_supervisions(stage, order)


def supervise(stage: Stage, order: Order, level: int) -> None:
    kind = {1: "urge", 2: "supervise", 3: "investigate"}[level]
    by = stage.company.leader if level == Supervision.Level.INVESTIGATE else stage.company.duty_head
    cases.supervise(order.case, demand=say(kind, stage.rnd), level=level, by=by)


def _answer_supervisions(stage: Stage, order: Order) -> None:
    waiting = Supervision.objects.filter(case=order.case_id, replied_at=None).order_by("id")
    for supervision in waiting:
        cases.answer_supervision(
            supervision, say("supervision_reply", stage.rnd), by=stage.company.head(supervision.unit)
        )


def _worked(stage: Stage, order: Order, letter: Letter, fate: str) -> Script:
    rnd, unit = stage.rnd, order.case.unit
    clerk = stage.company.clerk(unit)
    order = hotline.sign(order, by=clerk)
    if rnd.random() < 0.4:
        cases.assign_handler(order.case, clerk.person, by=clerk)
    yield stage.pace.hours(now(), 1, 8)
    if rnd.random() < 0.95:
        hotline.contact(order, note=say("contact", rnd), by=clerk)
    if fate == "helped":
        yield from _help(stage, order)
    limit = LIMITS[order.case.class_key]
    if fate in ("extended", "extension_refused"):
        yield from _more_time(stage, order, clerk, fate)
        limit += limit // 2 if fate == "extended" else 0
    if fate == "paused":
        cases.pause(order.case, reason="materials", basis="等待诉求人补充材料，县级约定", by=clerk)
        yield stage.pace.workdays(now(), 3)
        cases.resume(order.case, by=clerk)
    if fate == "late":
        yield from _overdue(stage, order, limit)
    elif fate != "silent":
        yield stage.pace.workdays(now(), rnd.randint(0, max(0, limit - 2)))
    yield from _answered(stage, order, letter, clerk, fate)


def _help(stage: Stage, order: Order) -> Script:
    for helper in order.case.co_handlers.select_related("unit"):
        yield stage.pace.workdays(now(), 1)
        cases.give_opinion(helper, "已到现场配合核查，属我单位职责的部分已处理。", by=stage.company.clerk(helper.unit))


def _more_time(stage: Stage, order: Order, clerk, fate: str) -> Script:
    limit = LIMITS[order.case.class_key]
    extension = cases.ask_extension(
        order.case, workdays=max(1, limit // 2), reason=say("extension", stage.rnd), by=clerk
    )
    yield stage.pace.hours(now(), 1, 6)
    granted = fate == "extended"
    remark = "同意，请告知诉求人。" if granted else say("refused_extension", stage.rnd)
    extension = cases.decide_extension(extension, approve=granted, remark=remark, by=stage.company.duty_head)
    if granted:
        yield stage.pace.hours(now(), 0.5, 4)
        cases.tell_extension(extension, by=stage.company.operator())


def _overdue(stage: Stage, order: Order, limit: int) -> Script:
    """Reminded a day before the end, supervised after it, answered late."""
    begun = order.case.received_at.astimezone(now().tzinfo)
    yield max(stage.pace.workdays(begun, max(1, limit - 1)), stage.pace.hours(now(), 1, 3))
    supervise(stage, order, Supervision.Level.URGE)
    yield stage.pace.workdays(now(), 2)
    supervise(stage, order, Supervision.Level.SUPERVISE)
    yield stage.pace.workdays(now(), 1)
    _answer_supervisions(stage, order)
    yield stage.pace.workdays(now(), stage.rnd.randint(1, 4))


def _answered(stage: Stage, order: Order, letter: Letter, clerk, fate: str) -> Script:
    """First feedback, second feedback, check, call-back: 双反馈一回访."""
    _answer_supervisions(stage, order)
    hotline.answer(order, letter.answer, by=clerk)
    yield stage.pace.hours(now(), 0.5, 5)
    order = hotline.report(order, say("report", stage.rnd), by=clerk)
    yield stage.pace.hours(now(), 1, 6)
    if fate == "sent_back":
        hotline.check_report(order, passed=False, note=say("returned", stage.rnd), by=stage.company.operator())
        yield stage.pace.workdays(now(), 1)
        yield from _answered(stage, order, letter, clerk, "ordinary")
        return
    order = hotline.check_report(order, passed=True, note=say("passed", stage.rnd), by=stage.company.operator())
    yield stage.pace.workdays(now(), 1)
    yield from _called_back(stage, order, letter, clerk, fate)


def _called_back(stage: Stage, order: Order, letter: Letter, clerk, fate: str) -> Script:
    if fate in ("discontent", "twice_discontent"):
        _discontent(stage, order)
        yield stage.pace.workdays(now(), 2)
        again = "discontent" if fate == "twice_discontent" else "ordinary"
        yield from _answered(stage, order, letter, clerk, again)
    elif fate == "unreached":
        for _i in range(3):
            hotline.call_back(order, reached=False, by=_call_back_by(stage, order))
            yield stage.pace.workdays(now(), 1)
    elif fate == "explained":
        hotline.close_explained(order, note=say("ungranted", stage.rnd), by=stage.company.reviewer)
    else:
        if not order.channel.is_media and stage.rnd.random() < 0.2:
            citizen = Actor(kind="citizen", label=str(order.channel))
            hotline.rate(order, solved="yes", satisfaction=stage.rnd.choice((4, 5)), by=citizen)
        _content(stage, order)
        if fate == "reopened":
            yield stage.pace.workdays(now(), 2)
            _reopen(stage, order)
            yield stage.pace.workdays(now(), 1)
            yield from _answered(stage, order, letter, clerk, "ordinary")


def _discontent(stage: Stage, order: Order) -> None:
    hotline.call_back(
        order,
        reached=True,
        solved=stage.rnd.choice(("no", "partly")),
        satisfaction=stage.rnd.choice((1, 2, 2)),
        note=say("not_solved", stage.rnd),
        by=_call_back_by(stage, order),
    )


def _reopen(stage: Stage, order: Order) -> None:
    order = Order.objects.select_related("case").get(pk=order.pk)
    if order.case.state == State.CLOSED:
        citizen = Actor(kind="citizen", label=str(order.channel))
        hotline.reopen(order, note=say("not_solved", stage.rnd), by=citizen)


def received_in(stage: Stage, day, n: int) -> list[datetime]:
    """Moments of a day at which `n` matters come in; fewer at weekends."""
    if not stage.pace.calendar.is_workday(day):
        n = round(n * 0.45)
    return sorted(stage.pace.waking(day) for _i in range(n))
