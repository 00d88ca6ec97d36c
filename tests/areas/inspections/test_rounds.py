"""Rounds: the shared calendar, the lot, who steps back, authorities that end, who checks whom."""

from datetime import timedelta

import pytest

from huilian.areas.answer.inspections import services
from huilian.areas.answer.inspections.models import Member, Round, Target
from huilian.areas.answer.inspections.queries import reach
from huilian.areas.answer.inspections.services.guards import allow_on
from huilian.engine.directory import services as directory
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .conftest import begun, on, planned


def verbs(row) -> set[str]:
    return set(Event.objects.filter(subject_id=str(getattr(row, "number", row.pk))).values_list("verb", flat=True))


def test_a_second_check_within_six_months_needs_a_reason_whatever_the_force(site):
    planned(site)
    later = planned(site, [site.cast.dongwan_committee], force="stationed", starts_on=today() + timedelta(days=150),
                    ends_on=today() + timedelta(days=160))  # fmt: skip

    with pytest.raises(Invalid, match="六个月"):
        services.add_target(later, site.cast.liuhe_committee, by=site.officer)
    assert later.targets.count() == 1
    services.add_target(later, site.cast.liuhe_committee, reason="上级交办专项核查", by=site.officer)

    assert later.targets.get(unit=site.cast.liuhe_committee).reason


def test_a_round_moved_too_close_is_refused_and_a_self_check_is_no_visit(site):
    first = planned(site)
    far = planned(site, starts_on=today() + timedelta(days=240), ends_on=today() + timedelta(days=250))

    with pytest.raises(Invalid):
        services.save_round(far, {"starts_on": today() + timedelta(days=90), "ends_on": today() + timedelta(days=95)},
                            by=site.officer)  # fmt: skip
    planned(site, kind="self", form="self", starts_on=first.starts_on, ends_on=first.ends_on)

    far.refresh_from_db()
    assert far.starts_on == today() + timedelta(days=240)


def test_only_the_officer_plans(site):
    with pytest.raises(NotAllowed):
        services.save_round(None, {"title": "x", "unit": site.cast.commission}, by=site.village)
    round_ = planned(site)
    for refused in (
        lambda: services.add_target(round_, site.cast.dongwan_committee, by=site.member),
        lambda: services.authorise(round_, site.cast.person("meng_ting"), by=site.member),
        lambda: services.announce_team(round_, wanted=1, by=site.member),
        lambda: services.draw_team(round_, by=site.member),
        lambda: services.pair_up(round_, by=site.member),
        lambda: services.begin(round_, by=site.member),
        lambda: services.cancel_round(round_, reason="x", by=site.member),
        lambda: services.close_round(round_, by=site.member),
    ):
        with pytest.raises((NotAllowed, Conflict)):
            refused()

    assert (round_.targets.count(), Member.objects.count()) == (1, 0)


def test_the_team_is_drawn_from_a_list_that_says_who_steps_back(site):
    round_ = planned(site, [site.cast.qingshi_government])

    draw = services.announce_team(round_, wanted=2, by=site.officer)
    team = services.draw_team(round_, words="三六一", by=site.officer)

    assert [c["label"] for c in draw.excluded] == ["王敏"]  # holds a post there
    assert len(team) == 2 and all(m.is_drawn for m in team)
    assert site.cast.wang_min.person not in {m.person for m in team}
    with pytest.raises(Conflict):
        services.draw_team(round_, by=site.officer)


def test_kin_of_an_official_of_the_village_steps_back(site):
    shen, head = site.cast.person("shen_yu"), site.cast.person("liu_changgui")
    directory.declare_kin(shen, relation="舅舅", name=head.name, relative=head, by=site.member)
    round_ = planned(site)

    draw = services.announce_team(round_, wanted=1, by=site.officer)

    assert "沈瑜" in [c["label"] for c in draw.excluded]
    with pytest.raises(Invalid):
        services.authorise(round_, shen, by=site.officer)


def test_a_former_post_binds_for_three_years(site):
    meng = site.cast.person("meng_ting")
    post = directory.add_post(unit=site.cast.dongwan_committee, name="挂职副书记", by=SYSTEM)
    held = directory.appoint(meng, post, starts_on=today() - timedelta(days=900), by=SYSTEM)
    directory.end_appointment(held, on=today() - timedelta(days=300), by=SYSTEM)
    round_ = planned(site, [site.cast.dongwan_committee])

    with pytest.raises(Invalid):
        services.authorise(round_, meng, by=site.officer)


def test_an_authority_opens_one_round_and_ends_by_itself(site):
    round_ = begun(site)
    target = round_.targets.get()

    assert allow_on(target, site.member) == site.member.person
    assert list(reach.visible_targets(site.member)) == [target]
    assert list(reach.visible_rounds(site.outsider)) == []
    with pytest.raises(NotAllowed):
        allow_on(target, site.outsider)
    with on(31), pytest.raises(NotAllowed):
        allow_on(target, site.member)
    with on(31):
        assert list(reach.visible_rounds(site.member)) == []


def test_an_authority_may_be_ended_before_its_day(site):
    round_ = begun(site)
    member = round_.members.get(person=site.member.person)

    with pytest.raises(NotAllowed):
        services.end_authority(member, reason="调离", by=site.other)
    services.end_authority(member, reason="调离", by=site.officer)

    with on(1):
        assert list(reach.visible_rounds(site.member)) == []
    assert {"inspections.plan", "inspections.authorise", "inspections.end_authority", "inspections.begin"} <= verbs(
        round_
    )


@pytest.mark.parametrize(
    ("mode", "units", "fault"),
    [
        ("with_villages", ("liuhe_committee",), True),
        ("with_villages", ("qingshi_government", "liuhe_committee"), False),
        ("with_villages", ("qingshi_government", "dongwan_committee"), True),
        ("extended", ("qingshi_government",), True),
        ("extended", ("liuhe_committee",), False),
        ("crossed", ("liuhe_committee",), False),
    ],
)
def test_each_mode_has_its_rule(site, mode, units, fault):
    round_ = planned(site, [getattr(site.cast, u) for u in units], mode=mode)
    services.authorise(round_, site.member.person, by=site.officer)

    if fault:
        with pytest.raises(Invalid):
            services.begin(round_, by=site.officer)
        assert Round.objects.get(pk=round_.pk).state == "planned"
    else:
        assert services.begin(round_, by=site.officer).state == "running"


def test_a_crossed_round_takes_nobody_of_the_township(site):
    round_ = planned(site, mode="crossed")

    with pytest.raises(Invalid):
        services.authorise(round_, site.cast.person("wang_min"), by=site.officer)


def test_units_check_each_other_by_lot_never_themselves_nor_kin(site):
    cast = site.cast
    units = [cast.liuhe_committee, cast.dongwan_committee, cast.qingshi_government, cast.baisha_government]
    directory.declare_kin(cast.person("liu_changgui"), relation="妻弟", name="王敏", relative=cast.person("wang_min"),
                          by=cast.liu_changgui)  # fmt: skip
    round_ = planned(site, units, kind="mutual")

    found = services.pair_up(round_, words="五", by=site.officer)

    assert set(found) == set(units) == set(found.values())
    assert all(checker != target for checker, target in found.items())
    assert found[cast.liuhe_committee] != cast.qingshi_government
    assert found[cast.qingshi_government] != cast.liuhe_committee


def test_a_round_is_given_up_before_it_begins_and_closed_after_its_feedback(site):
    round_ = planned(site)
    services.cancel_round(round_, reason="并入下一轮", by=site.officer)
    running = begun(site, [site.cast.dongwan_committee])

    with pytest.raises(Conflict):
        services.cancel_round(running, reason="x", by=site.officer)
    with pytest.raises(Conflict):
        services.close_round(running, by=site.officer)
    Target.objects.filter(round=running).update(told_on=today())
    services.close_round(running, by=site.officer)

    assert "inspections.close_round" in verbs(running) and "inspections.cancel_round" in verbs(round_)
