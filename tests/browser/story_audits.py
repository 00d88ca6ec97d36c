"""What the pages of audits show: one whose report is published, one that takes evidence, what is due."""


def tell(people) -> dict[str, str]:
    from datetime import timedelta

    from huilian.areas.answer.audits import services
    from huilian.engine.directory import services as directory
    from huilian.engine.directory.models import Post
    from huilian.engine.trail.actors import SYSTEM
    from huilian.foundation.now import frozen, now
    from tests.areas.audits.conftest import begun, repaired, reported, set_up
    from tests.cast import SINCE

    site = set_up(people)
    (chair,) = directory.add_posts([Post(unit=people.dongwan_cooperative, name="理事长", is_head=True)], by=SYSTEM)
    directory.appoint_all([(people.person("pan_yue"), chair)], starts_on=SINCE, by=SYSTEM)
    with frozen(now() - timedelta(days=1)):
        audit, finding = reported(site)
        repaired(site, audit, finding)
        services.publish(audit, text="柳河村主任离任审计：一项支出没有名单，2,400元已退回集体账户。", by=site.officer)
        services.propose(by=site.officer)
    running = begun(site, person=people.person("pan_yue"), unit=people.liuhe_cooperative, office="股份经济合作社理事长",
                    phase="during")  # fmt: skip
    services.add_evidence(running, matter="assets", fact="鱼塘出租没有公开", source="合同", by=site.lead)
    return {"audit_reported": audit.number, "audit_running": running.number, "audit_village": people.liuhe.code}
