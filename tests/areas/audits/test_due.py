"""When an audit is due, one click to the plan, who may not audit."""

from datetime import date, timedelta

import pytest

from huilian.areas.answer.audits import hooks, rules, services
from huilian.areas.answer.audits.models import Audit, Proposal, Setting
from huilian.areas.answer.audits.queries.reach import visible_proposals
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Appointment, Kin
from huilian.engine.inbox.models import Notice
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .conftest import on, planned

TERMS = rules.Terms()
START = date(2021, 3, 1)


@pytest.mark.parametrize(
    ("ends", "day", "phases"),
    [
        (None, date(2021, 3, 1), ["before"]),
        (None, date(2021, 5, 30), ["before"]),
        (None, date(2021, 5, 31), []),
        (None, date(2023, 6, 3), ["during"]),
        (None, date(2024, 2, 29), ["during"]),
        (None, date(2024, 3, 1), []),
        (None, date(2025, 11, 29), []),
        (None, date(2025, 11, 30), ["leaving"]),
        (date(2022, 12, 31), date(2022, 10, 2), ["leaving"]),
        (date(2022, 12, 31), date(2023, 6, 3), ["leaving"]),
    ],
)
def test_what_a_term_makes_due_on_a_day(ends, day, phases):
    assert [due.phase for due in rules.dues(START, ends, day, TERMS)] == phases


def test_what_an_audit_looks_at():
    before = rules.dues(START, None, START, TERMS)[0]
    leaving = rules.dues(START, None, date(2026, 2, 1), TERMS)[0]

    assert (before.starts_on, before.ends_on) == (date(2020, 3, 1), date(2021, 2, 28))
    assert (leaving.starts_on, leaving.ends_on, leaving.due_on) == (START, date(2026, 2, 28), date(2026, 2, 28))


def test_two_looks_at_the_books_are_compared_row_by_row():
    def section(*rows):
        return [{"key": "a", "title": {"zh": "余额"}, "rows": [{"key": k, "label": k, "cents": c} for k, c in rows]}]

    changes = rules.differences(section(("1", 5), ("2", 7), ("3", 1)), section(("1", 5), ("2", 8), ("4", 2)))

    assert [(c.label, c.was, c.now) for c in changes] == [("2", 7, 8), ("4", None, 2), ("3", 1, None)]


def test_who_heads_two_bodies_is_proposed_once_and_planned_by_one_click(site):
    cast = site.cast
    chair = directory.add_posts([_post(cast.liuhe_cooperative, "理事长")], by=SYSTEM)
    directory.appoint_all(zip([site.head.person], chair or [], strict=True), starts_on=date(2021, 3, 1), by=SYSTEM)
    held = Appointment.objects.get(person=site.head.person, post__is_head=True, post__unit=cast.liuhe_committee)
    Appointment.objects.filter(pk=held.pk).update(starts_on=date(2021, 7, 1))

    with on(0):
        new = services.propose(by=SYSTEM)
        again = services.propose(by=SYSTEM)
    mine = Proposal.objects.get(place=cast.liuhe, phase="leaving")
    assert new >= 1 and again == 0
    assert mine.office == "村民委员会主任、股份经济合作社理事长" and mine.due_on == date(2026, 6, 30)
    assert Notice.objects.filter(template="audits.proposed", user=site.town).count() == 1
    assert mine in visible_proposals(site.town) and not visible_proposals(site.lead).exists()

    with pytest.raises(NotAllowed):
        services.plan_from(mine, by=site.lead)
    audit = services.plan_from(mine, by=site.officer)
    assert audit.auditor == cast.qingshi_government and audit.number.startswith("SJ")
    assert audit.scope == ["accounts", "debts", "grants", "works", "assets"]
    assert history_of(audit.case).filter(verb="audits.plan").exists()
    with pytest.raises(Conflict):
        services.plan_from(mine, by=site.officer)
    assert services.propose(by=SYSTEM) == 0

    services.cancel(audit, note="换届推迟", by=site.officer)
    mine.refresh_from_db()
    assert mine.audit is None
    with pytest.raises(Invalid):
        services.put_aside(mine, reason=" ", by=site.officer)
    services.put_aside(mine, reason="任期延长", by=site.officer)
    assert services.propose(by=SYSTEM) == 0 and history_of(mine).filter(verb="audits.put_aside").exists()


def _post(unit, name):
    from huilian.engine.directory.models import Post

    return Post(unit=unit, name=name, is_head=True)


def test_a_plan_is_refused_where_it_cannot_be(site):
    cast = site.cast
    for wrong, error in (
        ({"starts_on": date(2026, 6, 1)}, Invalid),
        ({"due_on": today() - timedelta(days=1)}, Invalid),
        ({"auditor": cast.liuhe_supervision}, Invalid),
        ({"scope": ["asked"]}, Invalid),
        ({"office": " "}, Invalid),
    ):
        with pytest.raises(error):
            planned(site, **wrong)
    assert not Audit.objects.exists()
    planned(site)
    with pytest.raises(Conflict):
        planned(site)


def test_who_is_of_the_village_kept_its_books_or_is_kin_does_not_audit(site, monkeypatch):
    cast = site.cast
    audit = planned(site)
    monkeypatch.setattr(hooks, "keepers", [lambda place, first, last: {cast.luo_cheng.person.pk}])
    Kin.sealed.create(person=site.head.person, relation="侄", name="何伟", relative=site.outsider.person,
                      declared_on=date(2026, 1, 1))  # fmt: skip

    for user, why in (
        (site.head, "被审计"), (cast.li_xiao, "柳河村"), (cast.luo_cheng, "账"), (site.outsider, "亲属"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            services.add_member(audit, user.person, by=site.officer)
        assert why in str(refused.value)
    with pytest.raises(Invalid):
        services.add_member(audit, site.lead.person, by=site.officer)
    with pytest.raises(Invalid):
        services.add_member(audit, site.town.person, duty="head", by=site.officer)
    assert audit.members.count() == 2

    services.remove_member(audit.members.last(), reason="另有任务", by=site.officer)
    with pytest.raises(Conflict):
        services.remove_member(audit.members.last(), reason="再来", by=site.officer)
    with pytest.raises(Invalid):
        services.notify_head(audit, by=site.officer)
    services.add_member(audit, site.other.person, by=site.officer)
    assert services.notify_head(audit, by=site.officer).told_on == today()
    assert Notice.objects.filter(template="audits.noticed", user=site.head).exists()
    assert {"audits.add_member", "audits.remove_member", "audit.notify"} <= set(
        history_of(audit.case).values_list("verb", flat=True)
    )


def test_the_county_sets_its_figures(site):
    row = Setting.objects.get(key="ahead_days")

    with pytest.raises(NotAllowed):
        services.save_setting(row, {"value": 60}, by=site.town)
    with pytest.raises(Invalid):
        services.save_setting(row, {"value": 0}, by=site.officer)
    services.save_setting(row, {"value": 60, "basis": "县委文件"}, by=site.officer)

    row.refresh_from_db()
    assert (row.value, row.origin) == (60, "county") and history_of(row).filter(verb="audits.setting").exists()
