"""What the pages of inspections show: a round on the way, a finding being put right, one signed off and published."""


def tell(people) -> dict[str, str]:
    from datetime import timedelta

    from huilian.areas.answer.inspections import services
    from huilian.foundation.now import frozen, now, today
    from tests.areas.inspections.conftest import begun, change, repaired, set_up, told

    site = set_up(people)
    with frozen(now() - timedelta(days=1)):
        done = repaired(site, told(site))
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
    return {
        "check_done": done.number, "check_round": round_.number,
        "check_sheet": str(sheet.pk), "check_village": people.liuhe.code,
    }  # fmt: skip
