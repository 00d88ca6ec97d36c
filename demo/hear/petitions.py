"""Petitions of 青石镇: some answered in time, one overdue, one raised again and again, one led by a leader.

Everything is made up; who asks is called by a family name only. Days are counted back from today.
"""

from datetime import date, timedelta

from huilian.areas.hear.petitions import services
from huilian.areas.hear.petitions.models import Heat
from huilian.engine.screening.services import screen
from huilian.foundation.now import frozen, now, today

from ..money.plants import Truth

TOWN, OFFICE, HOUSING = "青石镇", "县信访局", "县住建局"
RULES = ["XF09", "XF11", "XF12", "XF13"]
NOTICE = "已收到您的信访事项，由本单位办理，按期书面答复。"
# days ago, village, title, what is asked, unit, how far it goes
MATTERS = (
    (85, "柳泉村", "关于三组危房改造补助的诉求", "危房改造验收半年，补助没有到账，请核实发放。", HOUSING, "answered"),
    (78, "石门村", "关于自建房质量安全鉴定的诉求", "邻居施工后自家墙体开裂，请求鉴定并处理。", HOUSING, "accepted"),
    (70, "双井村", "关于垃圾清运频次的建议", "建议夏季增加一次清运。", TOWN, "answered"),
    (40, "柳泉村", "关于四组灌溉水渠修复的诉求", "水渠断裂两年，请求修复。", TOWN, "accepted"),
    (12, "上坊村", "关于公交站点设置的建议", "建议在村口增设站点。", TOWN, "forwarded"),
    (6, "岭后村", "关于宅基地确权的诉求", "申请确权一年没有结果，请答复。", TOWN, "taken"),
)
ANSWER = {
    "claim": "请求核实并予以解决。",
    "facts": "经入户核查和调阅档案，所述情况属实，因手续衔接延误。",
    "law": "信访工作条例（2022年5月1日起施行）第三十一条、第三十四条。",
    "opinion": "予以支持，二十个工作日内落实到位。",
    "remedy": "不服本意见的，可以自收到之日起三十日内请求上一级机关复查。",
}


def tell(county, company) -> list[Truth]:
    """Tell the petitions; gives what screening must find, and has it looked for."""
    villages = {place.name: place for place in county.villages.get(TOWN, [])}
    if not villages or any(name not in villages for _d, name, *_rest in MATTERS):
        return []
    units, present = county.units, now()
    clerk, head = (company.holder(units[OFFICE], role) for role in ("petition_clerk", "petition_head"))

    def at(days: int):
        return frozen(present - timedelta(days=days))

    def take(days: int, village: str, title: str, text: str, **more):
        kind = "suggestion" if "建议" in title else "demand"
        given = {"kind": kind, "channel": "letter", "text": text, **more}
        who = [{"name": "张某", "phone": "13900000000", "address": f"{TOWN}{village}"}]
        with at(days):
            return services.take_in(title, given, place=villages[village], petitioners=who, by=clerk).petition

    made = {}
    for days, village, title, text, called, until in MATTERS:
        petition = made[village, days] = take(days, village, title, text)
        worker = company.clerk(units[called])
        if until == "taken":
            continue
        with at(days - 2):
            petition = services.forward(petition, unit=units[called], by=clerk)
        if until == "forwarded":
            continue
        with at(days - 4):
            petition = services.accept(petition, text=NOTICE, by=worker)
        if until == "answered":
            with at(days - 30):
                petition = services.answer(petition, ANSWER, by=worker)
            with at(days - 31):
                services.rate(services.deliver(petition, way="handed", proof="本人签收", by=worker), stars=4)
    canal = made["柳泉村", 40]
    for days in (25, 9):
        take(days, "柳泉村", "关于四组灌溉水渠修复的诉求", "上次反映后仍未动工，请求答复。", repeat_of=canal)
    with at(8):
        marks = {"harm": 2, "people": 2, "duration": 1, "units": 1, "turn": 0}
        services.put_in_charge(
            canal, company.leader.person, marks=marks, reason="影响百亩灌溉，多次反映", due_on=today() + timedelta(60),
            by=head,
        )  # fmt: skip
    _beside(county, company, at, villages)
    screen(None, rules=RULES)
    code = {name: int(place.code) for name, place in villages.items()}
    return [
        Truth("XF13", code["柳泉村"], 1, what="同一水渠两次重复反映"),
        Truth("XF09", code["柳泉村"], 1, what="九十天内重复信访两件"),
        Truth("XF12", code["石门村"], 1, what="住建局一件超过六十日未答复"),
    ]


def _beside(county, company, at, villages) -> None:
    """A reception, public opinion, a paper of supervision, targets and the campaign."""
    units, town = county.units, county.towns[TOWN]
    clerk, head = (company.holder(units[OFFICE], role) for role in ("petition_clerk", "petition_head"))
    leader = company.leader.person
    with at(3):
        starts = now() + timedelta(days=5)
        slot = services.save_slot(
            None,
            {"leader": leader, "unit": units[OFFICE], "room": "县人民来访接待大厅", "is_remote": True, "town": town,
             "starts_at": starts, "ends_at": starts + timedelta(hours=3), "seats": 8},
            by=clerk,
        )  # fmt: skip
        services.book(slot, name="李某", matter="水渠修复进度", by=clerk)
        services.save_shifts(units[OFFICE], clerk.person, leader, today(), 14, by=head)
    with at(2):
        matter = services.note_matter(
            "网帖称村口积水影响出行", source="本地论坛", text="雨后村口积水，学生上学不便", place=villages["上坊村"],
            heat=Heat.objects.get(key="middle"), appeared_at=now() - timedelta(hours=2), reads=3200, by=clerk,
        )  # fmt: skip
        matter = services.send_matter(matter, unit=units[TOWN], by=clerk)
        matter = services.tell_facts(
            matter, found="true", facts="排水沟淤堵，已组织清理", by=company.clerk(units[TOWN])
        )
        services.publish_answer(
            matter, answer="经核实情况属实，排水沟当天已清理，后续定期巡查。", where="县政府网站", by=clerk
        )
    commission = units["县纪委监委"]
    watcher = company.holder(commission, "petition_watcher")
    with at(5):
        paper = services.draft_paper(
            "notice", unit=units[HOUSING], facts="一件信访事项超过六十日未答复", demand="说明原因，限期答复", by=watcher
        )
        paper = services.propose_paper(paper, by=watcher)
        services.serve_paper(paper, by=company.holder(commission, "petition_watch_head"))
        year = today().year
        services.save_target(None, {"township": town, "year": year, "stock": 8, "new": 30}, by=head)
        contest = services.save_contest(
            None,
            {"year": year, "title": "无越级访乡镇创建", "criteria": "初信初访一次办好\n领导按期接访\n无超期件",
             "apply_until": date(year, 12, 31)},
            by=head,
        )  # fmt: skip
        services.apply_for(
            contest, units[TOWN], statement="本镇每周两天开门接访，初信初访全部一次答复。",
            by=company.holder(units[TOWN], "petition_desk"),
        )  # fmt: skip
