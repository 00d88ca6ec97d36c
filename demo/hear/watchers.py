"""Who watches from among the people: a committee, a post, contact points that were written to, an information member.

Reports of each kind; one of them is answered late, and XF10 must find it.
"""

from datetime import timedelta

from huilian.areas.hear.watchers import services
from huilian.areas.hear.watchers.models import BodyKind, Card, Stratum, Topic
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Person
from huilian.engine.screening.services import screen
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen, now, today

from ..money.plants import Truth

TOWN, VILLAGE, COMMISSION, ROADS = "青石镇", "柳泉村", "县纪委监委", "县交通运输局"
CONTACTS = ("戴一鸣", "左春花", "温志强", "申桂芝")


def tell(county, cast: dict) -> list[Truth]:
    """Tell the watchers; gives what screening must find."""
    units, present = county.units, now()
    branch, town, officer, member = (cast[login] for login in ("luodesheng", "nielin", "tanyi", "fengguiying"))
    committee_unit = units[VILLAGE]

    def ago(days: float):
        return frozen(present - timedelta(days=days))

    def body(kind: str, unit, business, by):
        values = {"kind": BodyKind.objects.get(key=kind), "unit": unit, "business": business, "name": "",
                  "phone": "0518-87000122", "hours": "每周二、周四上午"}  # fmt: skip
        return services.save_body(None, values, by=by)

    with ago(70):
        people = [Person(name=name) for name in ("申明义", "柴桂英", "关有田", "冉秋月")]
        directory.add_people(people, by=SYSTEM)
        minutes = {"minutes_of": today() - timedelta(days=5), "minutes": "支部会议一致同意"}
        committee = body("committee", committee_unit, units[TOWN], town)
        for person in (member.person, *people[:2]):
            services.nominate(committee, {"person": person, "is_head": person == member.person, **minutes}, by=branch)
        services.appoint(committee, by=town)
        post = body("post", committee_unit, units[TOWN], town)
        for person in people[2:]:
            seat = services.nominate(post, {"person": person, **minutes}, by=branch)
            services.examine(seat, fit=True, by=town)
        services.appoint(post, by=town)
    month = today().year * 100 + today().month
    _work(committee, member, branch, committee_unit, ago, month)
    _reports(committee, post, member, branch, town, county, ago)
    _warned(cast, units[ROADS], ago)
    _contacts(county, officer, ago)
    with ago(30):
        net = body("information", units["安澜县人民政府"], units[COMMISSION], officer)
        seat, word = services.enrol(net, {"name": "纪小满", "phone": "13900004444", "duty": "集镇"}, by=officer)
        for topic in net.kind.training.splitlines():
            services.hold_training(net, held_on=today(), topic=topic, seats=[seat], by=officer)
        services.appoint(net, by=officer)
    with ago(6):
        report = services.take_coded(seat.cover, word, words="集镇有人放话，谁举报就让谁摆不成摊。")
        services.rate(report, worth=4, by=officer)
    screen(villages=[int(committee_unit.place.code)], rules=["XF10"], by=SYSTEM)
    return [Truth("XF10", int(committee_unit.place.code), 2, what="一条反映过期没有答复")]


def _work(committee, member, branch, unit, ago, month: int) -> None:
    """What a committee does in a month: a meeting, a box, a question, a plan, the log, its report."""
    with ago(16):
        services.make_plan(committee, month, by=member)
        services.hold_meeting(committee, held_on=today(), present=3, minutes="核对低保公示、水泵维修票据。", by=member)
        services.log(committee, on=today(), what="审核三季度票据四十二张，退回两张", by=member)
        question = services.ask(committee, unit=unit, text="水泵维修没有验收单，为什么报账？", by=member)
    with ago(11):
        services.answer_question(question, text="验收单已补，见附件；以后先验收再报账。", by=branch)
        services.tick_off(committee.plan.first(), found="两处没有公示牌，已补", by=member)
        services.hand_in(
            committee, month=month, text="本月审核票据、参加会议、开箱一次。", raised=2, solved=1, by=member
        )


def _reports(committee, post, member, branch, town, county, ago) -> None:
    """Out of the box, told in person, about the branch itself, an important one, one nobody answered in time."""
    topics = {topic.key: topic for topic in Topic.objects.all()}
    with ago(22):
        box = services.save_box(
            None,
            {"body": committee, "where": "村委会门口", "keeper": committee.seats.order_by("pk").first()},
            by=branch,
        )
        opening = services.open_complaint_box(box, opened_at=now(), second="柴桂英", letters=2, by=member)
        road = services.take_report(committee, duty="opinion", route="box", words="三组路灯不亮", topic=topics["other"],
                                    opening=opening, by=member)  # fmt: skip
        services.take_report(committee, duty="policy", route="box", words="通村路修好两个月就裂了",
                             topic=topics["village_roads"], opening=opening, by=member)  # fmt: skip
    with ago(18):
        services.answer(road, text="电工已换灯泡，请再看。", early=True, by=branch)
    with ago(14):
        services.take_report(committee, duty="policy", route="spoken", words="村里铺路的石料里有土块",
                             topic=topics["village_roads"], by=branch)  # fmt: skip
    with ago(10):
        big = services.take_report(post, duty="policy", route="town", words="高龄补贴有人去世半年还在发",
                                   topic=topics["relief"], important=True, by=town)  # fmt: skip
    with ago(2):
        services.answer(big, text="经核对两人已停发，多发部分正在追回，责任人已提醒。", by=town)
        services.take_report(committee, duty="abuse", route="town", words="村里把公益岗位给了不干活的人",
                             unit=county.units[VILLAGE], topic=topics["benefits"], by=member)  # fmt: skip


def _warned(cast: dict, roads, ago) -> None:
    """Two reports on one topic: a warning to the department that puts it right."""
    with ago(8):
        topic = services.save_entry(Topic, Topic.objects.get(key="village_roads"), {"unit": roads}, by=cast["tanyi"])
        letter = services.send_warning(topic, text="九十天内两条通村路质量反映，请核查并答复。", by=cast["tanyi"])
        services.advise(
            title="通村路质量", text="建议实行质量保证金和村民义务监督员制度。", letter=letter, by=cast["tanyi"]
        )


def _contacts(county, officer, ago) -> None:
    """Contact points, drawn by lot and written to; two cards came back."""
    farmers = {"stratum": Stratum.objects.get(key="farmers"), "address": TOWN}
    with ago(40):
        values = {"kind": BodyKind.objects.get(key="contact"), "unit": county.units["安澜县人民政府"],
                  "business": county.units[COMMISSION], "name": ""}  # fmt: skip
        points = services.save_body(None, values, by=officer)
        for n, name in enumerate(CONTACTS):
            services.nominate(points, {"name": name, "phone": f"1390000555{n}", **farmers}, by=officer)
        services.appoint(points, by=officer)
        mailing = services.make_mailing(
            points, title="致联系点的一封信", letter="请在回执上如实填写。", wanted=3, by=officer
        )
        mailing = services.draw_receivers(mailing, words="三 八 六", by=officer)
        services.send_out(services.print_cards(mailing, by=officer), by=officer)
    cards = list(Card.objects.filter(mailing=mailing).order_by("serial"))
    with ago(28):
        services.code_card(cards[0], marks={"openness": 2, "farmers": 1}, by=officer)
        services.fill_in(cards[1].token, marks={"openness": 3, "integrity": 2}, words="镇里政务公开栏半年没有换。",
                         topic=Topic.objects.get(key="affairs_open"))  # fmt: skip
