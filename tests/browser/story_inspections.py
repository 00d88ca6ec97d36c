"""What the pages of inspections show: a round on the way, a finding being put right, one signed off and published."""


def tell(people) -> dict[str, str]:
    from datetime import timedelta

    from huilian.areas.answer.inspections import services
    from huilian.areas.answer.inspections.queries.reasons import reasons
    from huilian.engine.directory.services import add_organisation
    from huilian.engine.trail.actors import SYSTEM
    from huilian.foundation.now import frozen, now, today
    from tests.areas.inspections.conftest import begun, change, planned, repaired, set_up, told

    site = set_up(people)
    with frozen(now() - timedelta(days=80)):  # its limit is over
        told(site, 27, "补贴没有公示", title="上一轮巡察")
    with frozen(now() - timedelta(days=1)):
        done = repaired(site, told(site, reason="回访"))
        services.sign_off(done, by=site.officer)
        services.publish_finding(done, text="白条入账三张，已补齐票据并公示。", by=site.officer)
        services.issue_codes(done, count=1, by=site.officer)
        services.note_visit(done, verdict="yes", text="看到公示了", by=site.officer)
        services.send_letter("advice", people.liuhe_committee, people.commission, facts="票据管理不规范", finding=done,
                             advice="建立报账制度", due_on=today() + timedelta(days=15), by=site.officer)  # fmt: skip
    round_ = begun(site, [people.dongwan_committee], title="东湾村延伸巡察", ends_on=today() + timedelta(days=60))
    sheet = round_.targets.get().sheet
    services.sync(sheet, [change(round_, 26, "a")], by=site.member)
    services.sync(sheet, [change(round_, 26, "b", mark="ok", text="未见白条")], by=site.other)
    services.run_routines()
    against = next(r for r in reasons(people.liuhe_committee, site.officer) if r.kind == "rate")
    talk = services.invite(
        people.liuhe_committee.posts.first(), against.key, sender=people.commission, demand="补齐票据",
        meet_on=today(), due_on=today() + timedelta(days=30), by=site.officer,
    )  # fmt: skip
    meeting = services.call_meeting(title="季度分析会商", unit=people.commission, starts_on=today(),
                                    ends_on=today(), meet_on=today(), by=site.officer)  # fmt: skip
    services.hold_meeting(meeting, held_on=today(), attended="纪委监委、农业农村局", minutes="票据问题集中。",
                          by=site.officer)  # fmt: skip
    services.give_tasks(meeting, [people.liuhe_committee], what="清理白条", due_on=today() + timedelta(days=20),
                        by=site.officer)  # fmt: skip
    services.save_decision(None, {"code": "2026-1", "title": "粮食安全责任", "issuer": "县委"}, by=site.officer)
    firm = add_organisation(name="山前砂石厂", by=SYSTEM)
    visits = planned(site, [people.housing], title="规模企业走访", kind="firms")
    services.add_target(visits, people.housing, firm=firm, by=site.officer)
    return {
        "check_talk": talk.number,
        "check_done": done.number, "check_round": round_.number,
        "check_sheet": str(sheet.pk), "check_village": people.liuhe.code,
    }  # fmt: skip
