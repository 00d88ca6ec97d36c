"""Two audits of village heads in 青石镇: one before leaving, its money paid back, its result published; one running."""

import io
from datetime import timedelta

from huilian.areas.answer.audits import services
from huilian.engine.directory.models import Appointment, Person
from huilian.engine.screening.services import screen
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen, now, today

from ..money.plants import Truth

TOWN = "青石镇"
TEAM = (("chengying", "head"), ("gaojie", "lead"))  # logins of the cast
RULE = "农村集体经济组织财务制度（财农〔2021〕121号）"


def ago(days: int):
    return frozen(now() - timedelta(days=days))


def tell(county) -> list[Truth]:
    """Tell them; nothing where the township or the auditors are not told."""
    heads = [_head(place) for place in county.villages.get(TOWN, [])[:2]]
    team = [(Person.objects.filter(user__username=login).first(), duty) for login, duty in TEAM]
    if len(heads) < 2 or None in heads or any(person is None for person, _duty in team):
        return []
    town = county.units[TOWN]
    with ago(110):
        leaving = _begun(heads[0], town, team, "leaving", 50)
    with ago(100):
        rows = [
            services.add_evidence(leaving, matter=matter, fact=fact, source=source, by=SYSTEM)
            for matter, fact, source in (
                ("accounts", "误工补贴一笔2,400元发放名单缺签名", "误工补贴发放表"),
                ("assets", "一间门面续租没有重新评议，租金仍按五年前标准", "门面租赁合同、村民代表会议记录"),
            )
        ]
        findings = [
            services.save_finding(leaving, matter="accounts", fact="误工补贴2,400元无人签领", amount_cents=240_000,
                                  back_cents=240_000, responsibility="direct", basis=RULE, evidence=rows[:1],
                                  by=SYSTEM),
            services.save_finding(leaving, matter="assets", fact="门面续租没有民主评议", amount_cents=1_800_000,
                                  responsibility="leading", basis=RULE, evidence=rows[1:], by=SYSTEM),
        ]  # fmt: skip
        services.write_draft(leaving, draft="任期内财务收支基本真实，有两项不规范的问题。", by=SYSTEM)
        leaving = services.consult(leaving, by=SYSTEM)
    with ago(92):
        for finding, text in zip(findings, ("当时漏签，愿意退回。", "情况属实，已列入村民代表会议议题。"), strict=True):
            services.answer(finding, text=text, files=[_paper("答复")], by=SYSTEM)
            services.weigh(finding, upheld=True, opinion="与取证一致，维持。", by=SYSTEM)
        services.conclude_answers(leaving, by=SYSTEM)
        leaving = services.begin_repairs(leaving, conclusion="任期内财务收支基本真实，有两项不规范的问题。", by=SYSTEM)
    with ago(70):
        for finding, paid in zip(findings, (240_000, None), strict=True):
            services.promise(finding, measures="按报告整改", responsible="村书记", by_day=today() + timedelta(days=5),
                             by=SYSTEM)  # fmt: skip
            services.hand_in(finding, result="退回集体账户" if paid else "村民代表会议重新评议并签订补充协议",
                             paid_back_cents=paid, paid_back_on=today() if paid else None, files=[_paper("佐证")],
                             by=SYSTEM)  # fmt: skip
    with ago(64):
        for finding in findings:
            services.verify(finding, how="核对银行回单和会议记录", by=SYSTEM)
        text = "离任经济责任审计：财务收支基本真实；误工补贴2,400元已退回，门面续租已重新评议。"
        services.publish(leaving, text=text, by=SYSTEM)
        services.advise(leaving, unit=town, advice="问题已整改，审计结果供任免参考。", by=SYSTEM)
        services.close(leaving, by=SYSTEM)
    with ago(12):
        running = _begun(heads[1], town, team, "during", 45)
        services.add_evidence(running, matter="debts", fact="两户承包费合计9,600元超过两年未收",
                              source="应收款明细账", by=SYSTEM)  # fmt: skip
    codes = [int(held.post.unit.place.code) for held in heads]
    screen(villages=codes, rules=["GB05", "SJ01", "SJ02"], by=SYSTEM)
    return []


def _head(place) -> Appointment | None:
    held = Appointment.objects.filter(post__is_head=True, post__unit__place=place, ends_on=None)
    return held.filter(post__unit__kind__in=("village_committee", "community")).select_related("post__unit").first()


def _begun(held, town, team, phase: str, days: int):
    unit = held.post.unit
    audit = services.plan(
        person=held.person, unit=unit, office=unit.name.removeprefix(unit.place.name) + held.post.name, phase=phase,
        starts_on=held.starts_on, ends_on=today() - timedelta(days=1), due_on=today() + timedelta(days=days),
        auditor=town, appointment=held, by=SYSTEM,
    )  # fmt: skip
    for person, duty in team:
        services.add_member(audit, person, duty=duty, by=SYSTEM)
    audit = services.notify_head(audit, by=SYSTEM)
    return services.begin(audit, agreed=True, by=SYSTEM)


def _paper(name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(b"%PDF-1.4\n%%EOF\n"), f"{name}.pdf"
