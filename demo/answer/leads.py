"""Ten leads of the commission, over the four ways of disposal: to the end, or somewhere on the way. All made up.

What a lead says lies in the vault; who acts has a key and is of its team, as it would be in a real county.
"""

from datetime import timedelta

from huilian.areas.answer.leads import hooks, services
from huilian.areas.answer.leads.models import Lead, Sanction
from huilian.foundation.now import frozen, now, today

POINTS = {"specific": 16, "verifiable": 15, "serious": 10, "power": 6, "source": 8, "repeated": 4, "urgent": 4}
THIN = {"specific": 6, "verifiable": 5, "serious": 8, "power": 6, "source": 2, "repeated": 0, "urgent": 2}
VILLAGE = {"rank": "village", "discipline": "integrity"}
# days ago, how far it goes, whose, what it says, who, codes
ROWS = (
    (150, "tried", "双井村", "两笔土方款共四万六千元付给了没有施工的人。", "井守田",
     {"source": "supervision", "naming": "real", "field": "works", "micro": "false_claim", "amount": "2", **VILLAGE}),
    (120, "cleared", "岭后村", "反映把公益岗位给了自己的亲戚。", "岭保国",
     {"source": "superior", "naming": "real", "field": "subsidy", "micro": "favour", **VILLAGE}),
    (100, "reminded", "上坊村", "村民办事三次没有人在岗，代办件压了半个月。", "方庆和",
     {"source": "inspection", "field": "enforcement", "rank": "village", "discipline": "work"}),
    (95, "held", "柳泉村", "反映多年前处理旧校舍价格偏低，当事人在外地。", "柳玉成",
     {"source": "opinion", "field": "assets", "micro": "favour", **VILLAGE}),
    (60, "moved", "", "商户反映有人冒充执法人员收取罚款。", "不详",
     {"source": "handover", "field": "market", "rank": "other", "discipline": "crime"}),
    (50, "verified", "石门村", "危房改造补助有两户信息与户籍不一致。", "石文斌",
     {"source": "screening", "field": "homestead", "micro": "false_claim", "amount": "2", **VILLAGE}),
    (25, "asked", "青石镇", "反映一名干部借下乡检查收受土特产。", "唐某",
     {"source": "superior", "naming": "anonymous", "field": "four_winds", "rank": "staff", "discipline": "integrity"}),
    (12, "weighed", "柳泉村", "同一料场连续三次中选，比价单日期相同。", "柳春来",
     {"source": "supervision", "field": "works", "micro": "favour", **VILLAGE}),
    (3, "taken", "双井村", "本人说明多领了误工补贴，主动退回一千二百元。", "井玉明",
     {"source": "surrender", "field": "subsidy", "micro": "embezzle", "amount": "1", **VILLAGE}),
)  # fmt: skip


class Room:
    """Who handles and who decides, on the days that are told."""

    def __init__(self, county, cast: dict, ring) -> None:
        self.county, self.ring, self.present = county, ring, now()
        self.manager, self.handler, self.second, self.trial = (
            cast[login] for login in ("puyu", "guojing", "leiming", "keming")
        )
        self.levels = [cast[login] for login in ("weihua", "yanbin", "luochong")]

    def ago(self, days: float):
        return frozen(self.present - timedelta(days=days))

    def give(self, days: float, lead: Lead, points: dict) -> Lead:
        """Handed over, taken, weighed."""
        with self.ago(days):
            token = self.ring.token(self.manager)
            services.hand_over(lead, self.handler, office="第一纪检监察室", token=token, by=self.manager)
            lead = services.take_over(lead, by=self.handler)
            services.weigh(lead, points, cause="first", by=self.handler)
        return lead

    def propose(self, days: float, lead: Lead, way: str, text: str, levels: int = 3) -> Lead:
        """Proposed, and agreed to by as many levels."""
        with self.ago(days):
            token = self.ring.token(self.handler)
            asked = services.propose(lead, way=way, text=text, token=token, by=self.handler)
            for user in self.levels[:levels]:
                asked = services.decide(asked, agree=True, by=user)
        return Lead.objects.get(pk=lead.pk)

    def paper(self, lead: Lead, *templates: str) -> None:
        """Papers filled from the box."""
        token, purpose = self.ring.token(self.handler), "制作文书"
        for template in templates:
            values = services.suggested(lead, template=template, purpose=purpose, token=token, by=self.handler)
            services.make_paper(lead, template=template, values=values, by=self.handler)


def tell(county, cast: dict, ring, tip) -> None:
    """Tell the leads; `tip` becomes one of them."""
    room = Room(county, cast, ring)
    for days, fate, village, text, who, codes in ROWS:
        unit = county.units[village] if village else None
        with room.ago(days):
            lead = services.register(
                summary=text, unit=unit, place=county.place if unit is None else None, competent=fate != "moved",
                persons=[{"name": who, "unit": str(unit or "")}], by=room.manager, **codes,
            )  # fmt: skip
        FATES[fate](room, lead, days)
    _from_tip(room, tip)


def _taken(_room: Room, _lead: Lead, _days: int) -> None:
    """Nobody has it yet."""


def _weighed(room: Room, lead: Lead, days: int) -> None:
    lead = room.give(days - 2, lead, POINTS)
    with room.ago(days - 6):
        services.write(lead, kind="progress", text="已调取三次比价单原件，正与料场送货单核对。", by=room.handler)
        room.paper(lead, "value")
    room.propose(days - 9, lead, "verify", "情节具体、可查性强，建议初步核实。", levels=1)


def _talk(room: Room, lead: Lead, days: int, kind: str, text: str) -> Lead:
    lead = room.give(days - 2, lead, POINTS)
    lead = room.propose(days - 10, lead, "interview", "情节较轻，建议谈话函询。")
    with room.ago(days - 13):
        if kind == "letter":
            room.paper(lead, "inquiry")
        copied = kind == "letter"
        services.inquire(lead, kind=kind, text=text, held_on=today(), copied_to_head=copied, by=room.handler)
    return lead


def _asked(room: Room, lead: Lead, days: int) -> None:
    _talk(room, lead, days, "letter", "请就下乡期间接受土特产的情况作出书面说明。")


def _reminded(room: Room, lead: Lead, days: int) -> None:
    lead = _talk(room, lead, days, "talk", "谈话核实在岗情况，本人承认并说明原因。")
    with room.ago(days - 20):
        services.report_inquiry(lead, text="三次不在岗属实，没有造成其他后果。", by=room.handler)
    lead = room.propose(days - 22, lead, "remind", "情节轻微，建议谈话提醒并整改值班制度。")
    with room.ago(days - 24):
        sanction = Sanction.objects.get(key="talk")
        services.enter_outcome(lead, no=1, sanction=sanction, decided_on=today(), by=room.handler)


def _cleared(room: Room, lead: Lead, days: int) -> None:
    """Nothing was found: the reporter is told, and it is said where it matters."""
    lead = _talk(room, lead, days, "letter", "请就公益岗位人员的选定作出书面说明。")
    with room.ago(days - 24):
        services.take_answer(
            lead,
            text="岗位公开报名，本人没有亲属报名。",
            answered_on=today(),
            signed_by_secretary=True,
            by=room.handler,
        )
    with room.ago(days - 28):
        services.report_inquiry(lead, text="核对报名表、公示和户籍，反映的亲属关系不存在。", by=room.handler)
        room.paper(lead, "closing")
    lead = room.propose(days - 30, lead, "close", "反映不实，建议了结并澄清。")
    with room.ago(days - 35):
        services.feed_back(lead, told_on=today(), text="已当面反馈，没有异议。", by=room.manager)
        services.clear_name(lead, scope="岭后村村民代表会议", text="经核实反映不实，予以澄清。", by=room.handler)


def _held(room: Room, lead: Lead, days: int) -> None:
    lead = room.give(days - 2, lead, THIN)
    room.propose(days - 15, lead, "hold", "暂不具备核查条件，建议暂存待查。")


def _moved(room: Room, lead: Lead, days: int) -> None:
    with room.ago(days - 3):
        text = "请依职权处理。材料清单：反映材料一份、缴款截图两张。"
        letter = services.send_letter(
            lead, kind="transfer", to=room.county.units["县公安局"], text=text, by=room.manager
        )
    with room.ago(days - 7):
        services.take_receipt(letter, receipt_no="公收2026-0086", by=room.manager)


def _verify(room: Room, lead: Lead, days: int) -> Lead:
    lead = room.give(days - 2, lead, POINTS)
    lead = room.propose(days - 9, lead, "verify", "情节具体、可查性强，建议初步核实。")
    with room.ago(days - 12):
        services.plan_verification(
            lead, text="查账、核对签字、找农户谈话。", team=[room.second], until=room.present + timedelta(days=60),
            token=room.ring.token(room.handler), by=room.handler,
        )  # fmt: skip
        services.state_clear(lead, by=room.second)
        room.paper(lead, "plan")
    return lead


def _verified(room: Room, lead: Lead, days: int) -> None:
    lead = _verify(room, lead, days)
    with room.ago(days - 25):
        services.write(lead, kind="progress", text="两户户籍与补助名册不一致，正在核对领款签字。", by=room.second)


def _tried(room: Room, lead: Lead, days: int) -> None:
    """A case: verified, filed, reviewed, decided, announced, in the archive; the reporter was told."""
    lead = _verify(room, lead, days)
    with room.ago(days - 45):
        services.report_verification(lead, text="查实两笔共四万六千元，施工日志系事后补写。", by=room.handler)
        for user in (room.handler, room.second):
            services.sign_report(lead, by=user)
    lead = room.propose(days - 50, lead, "file", "已构成违纪，建议立案。")
    with room.ago(days - 80):
        services.send_to_trial(lead, room.trial, token=room.ring.token(room.handler), by=room.handler)
    with room.ago(days - 82):
        services.accept_trial(lead, by=room.trial)
    with room.ago(days - 100):
        sanction = Sanction.objects.get(key="p_serious")
        services.enter_outcome(
            lead, no=1, sanction=sanction, decided_on=today(), text="退缴四万六千元。", by=room.trial
        )
    with room.ago(days - 105):
        services.announce(lead, announced_on=today(), by=room.trial)
        services.archive(lead, archive_no=f"纪案{today().year}-012", by=room.trial)
    with room.ago(days - 110):
        services.feed_back(lead, told_on=today(), text="已告知处理结果。", by=room.manager)


FATES = {
    "taken": _taken, "weighed": _weighed, "asked": _asked, "reminded": _reminded, "cleared": _cleared, "held": _held,
    "moved": _moved, "verified": _verified, "tried": _tried,
}  # fmt: skip


def _from_tip(room: Room, tip) -> None:
    """The tip is opened with the handler's key and sealed anew to the team of the lead; it keeps the number."""
    with room.ago(38):
        token = room.ring.token(room.handler)
        told = hooks.sources["tip"](tip.number, token=token, by=room.handler)
        lead = services.register(
            source="tip", source_number=tip.number, summary=told.summary, persons=told.persons, unit=told.unit,
            place=told.place, naming=told.naming, field=told.field, micro=tip.micro, files=told.files(), token=token,
            by=room.handler, **VILLAGE,
        )  # fmt: skip
        told.registered(lead, room.handler)
    _verified(room, lead, 38)
