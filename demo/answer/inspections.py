"""A round over three villages of 青石镇 from the lot to the sign-off, one on its way, a self-check, what is planned.

One thing is signed off without any proof. What the sheets say is in `ROWS`: days and steps count from today."""

import io
from datetime import timedelta

from PIL import Image

from huilian.areas.answer.inspections import rules, services
from huilian.areas.answer.inspections.models import SheetForm
from huilian.areas.answer.inspections.queries import zeros
from huilian.engine.directory.models import Unit
from huilian.engine.screening.services import screen
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen, now, today

from ..money.plants import Truth

TOWN, COMMISSION = "青石镇", "县纪委监委"
ROWS = (  # village, item, what the sheet says, how far the repair is
    (0, 26, "误餐补助三笔共2,400元没有原始票据", "closed"),
    (0, 61, "二季度财务公开晚了十九天", "closed"),
    (0, 36, "村西泵房没有登记入台账", "mending"),
    (1, 39, "鱼塘承包合同没有写明交费日期", "unproven"),
    (1, 28, "为个人报销手机话费360元", "at_once"),
    (1, 74, "上轮指出的会议记录代签仍有发生", "told"),
    (2, 40, "两户三年未交承包费共11,600元", "raised"),
    (2, 16, "文化广场改造没有党员大会审议记录", "review"),
)


def ago(days: int):
    return frozen(now() - timedelta(days=days))


def tell(county) -> list[Truth]:
    """Tell it; gives what screening must find. Nothing where the sheets or the township are not told."""
    villages = county.villages.get(TOWN, [])[:3]
    form = SheetForm.objects.filter(key="items75").first()
    if len(villages) < 3 or form is None:
        return []
    commission = county.units[COMMISSION]
    bodies = [_body(place) for place in villages]
    with ago(80):
        round_ = _round(commission, form, "第一轮村级巡察", 40, bodies)
        services.announce_team(round_, wanted=2, by=SYSTEM)
        services.draw_team(round_, words="四二五", by=SYSTEM)
        services.begin(round_, by=SYSTEM)
    targets = {t.unit_id: t for t in round_.targets.select_related("sheet", "unit", "round")}
    items = {i.number: i for i in form.items.all()}
    with ago(60):
        for n, body in enumerate(bodies):
            rows = [(number, text) for village, number, text, _to in ROWS if village == n]
            changes = [_entry(items[number], "bad", text, n) for number, text in rows]
            changes += [_entry(items[number], "ok", "", n) for number in range(1, 9)]
            services.sync(targets[body.pk].sheet, changes, by=SYSTEM)
            services.hand_in(targets[body.pk].sheet, by=SYSTEM)
    with ago(55):
        for body in bodies:
            target = targets[body.pk]
            at_once = target.findings.filter(item__number=28).first()
            if at_once:
                services.tell_now(at_once, by=SYSTEM)
            services.feed_back(target, on=today(), told_to="村“两委”班子、村监会、镇纪委",
                               opinion="制度基本健全，资金资产管理和公开仍有薄弱环节。", by=SYSTEM)  # fmt: skip
        services.close_round(round_, by=SYSTEM)
    for n, (village, number, _text, to) in enumerate(ROWS):
        if to != "told":
            _repair(targets[bodies[village].pk].findings.get(item__number=number), to, n, county)
    with ago(20):
        letter = services.send_letter(
            "advice", bodies[1], commission, facts="同一问题两轮检查均有发现。", advice="建立签到复核制度，书面回复。",
            due_on=today() + timedelta(days=15), by=SYSTEM,
        )  # fmt: skip
        services.follow_up_letter(letter, outcome="partly", text="制度已建，两次会议未按制度签到。", by=SYSTEM)
        check = _round(commission, SheetForm.objects.get(key="self"), "作风纪律自查", 30, bodies, kind="self")
    _on_its_way(commission, form, [_body(place) for place in county.villages[TOWN][3:5]])
    _round(commission, form, "下半年延伸巡察", 45, [], starts_in=30, mode="extended", ends_in=75)
    _round(commission, SheetForm.objects.get(key="points"), f"{check.ends_on.year}年服务点检查", 0, [], kind="points",
           starts_in=20, ends_in=25)  # fmt: skip
    _follow(county, commission, bodies)
    codes = [int(place.code) for place in villages]
    screen(villages=codes, rules=[f"XC{n:02d}" for n in range(1, 6)], by=SYSTEM)
    return [Truth("XC02", codes[1], 2, False, "没有佐证就销号")]


def _follow(county, commission: Unit, bodies: list[Unit]) -> None:
    """A great decision, a meeting with one task done and one overdue, the checks of this month, three zeros."""
    decision = services.save_decision(
        None, {"code": f"{today().year}-01", "title": "粮食安全和耕地保护责任", "issuer": "县委、县政府"}, by=SYSTEM
    )
    services.save_round(None, {**_values(commission, "耕地保护政治监督", "topic", 20, 50), "decision": decision,
                               "form": SheetForm.objects.get(key="points")}, by=SYSTEM)  # fmt: skip
    with ago(45):
        meeting = services.call_meeting(
            title="村级监督分析会商", unit=commission, starts_on=today() - timedelta(90), ends_on=today(),
            meet_on=today(), by=SYSTEM,
        )  # fmt: skip
        services.hold_meeting(
            meeting, held_on=today(), attended="纪委监委、农业农村局、民政局",
            minutes="一、票据和公开仍是多发问题。\n二、资产台账要先补齐再复核。", by=SYSTEM,
        )  # fmt: skip
        done, _late = services.give_tasks(
            meeting, bodies[:2], what="补登资产资源台账，逐项拍照", due_on=today() + timedelta(30), by=SYSTEM
        )
    with ago(30):
        services.hand_in_task(done, result="补登七项", files=[(_picture(9), "台账.jpg")], by=SYSTEM)
        services.accept_task(done, note="现场核对相符", by=SYSTEM)
    services.run_routines()
    town = county.units[TOWN]
    last = rules.span("quarter", today()).before
    zero = next((t.unit for t in zeros.townships(last) if t.is_zero and t.unit != town), None)
    if zero and (post := zero.posts.order_by("-is_head").first()):
        services.invite(
            post, f"zeros:{last.label}", sender=commission, demand="每月至少走访两个村，季度末报送发现的问题。",
            meet_on=today() + timedelta(3), due_on=today() + timedelta(40), by=SYSTEM,
        )  # fmt: skip


def _on_its_way(commission, form, bodies) -> None:
    """A round whose team fills a sheet on two devices without a network: both wrote on one item, and not the same."""
    with ago(9):
        round_ = _round(commission, form, "第二轮村级巡察", 30, bodies)
        services.announce_team(round_, wanted=2, by=SYSTEM)
        services.draw_team(round_, words="七一六", by=SYSTEM)
        services.begin(round_, by=SYSTEM)
    sheet = round_.targets.select_related("sheet").order_by("pk")[0].sheet
    items = list(form.items.order_by("number")[:6])
    for days, device, last in ((3, "平板一", "会议记录缺二月、三月"), (2, "平板二", "会议记录只缺三月")):
        with ago(days):
            changes = [_entry(item, "ok", "", days) for item in items[days - 2 : days + 1]]
            bad = _entry(items[5], "bad", last, days)
            services.sync(sheet, [{**change, "device": device} for change in (*changes, bad)], by=SYSTEM)


def _body(place) -> Unit:
    bodies = {unit.kind: unit for unit in place.units.all()}
    return bodies.get(Unit.Kind.VILLAGE_COMMITTEE) or bodies[Unit.Kind.COMMUNITY]


def _round(unit, form, title, days, bodies, *, kind="inspection", mode="", starts_in=0, ends_in=None):
    values = _values(unit, title, kind, starts_in, days if ends_in is None else ends_in)
    made = services.save_round(None, {**values, "mode": mode, "form": form}, by=SYSTEM)
    for body in bodies:
        services.add_target(made, body, by=SYSTEM)
    return made


def _values(unit, title, kind, first: int, last: int) -> dict:
    return {"title": title, "kind": kind, "unit": unit, "starts_on": today() + timedelta(first),
            "ends_on": today() + timedelta(last)}  # fmt: skip


def _entry(item, mark, text, n) -> dict:
    return {
        "uid": f"demo-{n}-{item.pk:04d}-{mark}",
        "item": item.pk,
        "base": "",
        "mark": mark,
        "text": text,
        "device": "平板",
    }


def _repair(finding, to: str, n: int, county) -> None:
    if to == "raised":
        with ago(45):
            services.raise_level(finding, county.units[TOWN], note="涉及历史欠费，村里催收无果", by=SYSTEM)
        return
    with ago(52):
        due = finding.case.clock.due_on
        services.promise(finding, measures="逐项核对，补齐手续", responsible="村书记", by_day=due, by=SYSTEM)
    if to == "mending":
        return
    with ago(51 - n):
        proof = [] if to == "unproven" else [(_picture(n), "整改.jpg")]
        services.hand_in_repair(finding, result="已按要求整改到位", files=proof, by=SYSTEM)
    if to == "review":
        return
    with ago(40 - 2 * n):
        services.sign_off(finding, note="电话了解" if to == "unproven" else "", by=SYSTEM)
        if to == "closed":
            services.publish_finding(finding, text=f"{finding.fact}。已整改。", by=SYSTEM)
            services.note_visit(finding, verdict="yes", text="看到公开栏上补贴了", by=SYSTEM)


def _picture(n: int) -> io.BytesIO:
    found = io.BytesIO()
    Image.new("RGB", (320, 240), (90 + 12 * n, 120, 100)).save(found, "JPEG")
    found.seek(0)
    return found
