"""Using a power: started, handed on from unit to unit, off-list, stopped by a forbidden act."""

import pytest

from huilian.areas.power.powers import services
from huilian.areas.power.powers.models import ItemCase, NegativeMark, Reading, SelfCheck
from huilian.areas.power.powers.queries.lists import body_of
from huilian.areas.power.powers.seeding import flows_of, starters
from huilian.engine.procedures import actions
from huilian.engine.procedures.worklists import tasks_of
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def leasing(county):
    """柳河村 lets its pond."""
    return services.start(county.liuhe_committee, "V-P-22", title="发包东塘水面40亩", by=county.liu_changgui)


def struck(county, code):
    """The template without one item."""
    from huilian.areas.power.powers.models import PowerItem

    PowerItem.objects.filter(code=code).delete()


def test_a_case_goes_from_the_village_to_the_township_and_back(county, leasing):
    case = leasing.case
    assert case.kind == "item" and case.number.startswith("SX") and case.unit == county.liuhe_committee
    for _step in range(3):
        case = services.move(case, "next", by=county.liu_changgui)

    assert case.definition.step(case.step).name["zh"] == "镇审"
    assert case.unit == county.qingshi_government
    assert case in tasks_of(county.wang_min) and case not in tasks_of(county.sun_yan)
    case = services.move(case, "next", by=county.wang_min)
    assert case.unit == county.liuhe_committee and case.clock.state == "running"


def test_its_moves_are_offered_as_actions_and_go_through_the_area(county, leasing):
    offered = [a.key for a in actions.actions_for(leasing.case, county.liu_changgui)]
    assert offered[:2] == ["next", "withdraw"]

    actions.action_of(leasing.case, "next").perform(leasing.case, {"note": ""}, by=county.liu_changgui, expected=None)

    leasing.case.refresh_from_db()
    assert leasing.case.step == "s2"


def test_every_starter_flow_can_be_walked_to_its_end(county):
    """Not by people: the definition alone; who takes over is tested above."""
    for body in starters():
        for flow in flows_of(body):
            onward = {m["from"]: m["to"] for m in flow["moves"] if m["verb"] in ("next", "finish")}
            at, seen = "s1", 0
            while at != "closed":
                at, seen = onward[at], seen + 1
            assert seen == len(flow["steps"]) - 3, flow["key"]


def test_only_people_of_the_unit_start_its_cases(county):
    with pytest.raises(NotAllowed):
        services.start(county.liuhe_committee, "V-P-22", title="发包", by=county.wang_min)
    with pytest.raises(NotAllowed):
        services.start(county.liuhe_committee, "D-P-01", title="许可", by=county.liu_changgui)
    with pytest.raises(Invalid):
        services.start(county.liuhe_committee, "V-D-01", title="责任不是权力", by=county.liu_changgui)

    assert not ItemCase.objects.exists()


def test_a_power_off_the_list_needs_a_reason_and_is_noted(county):
    struck(county, "V-P-20")
    with pytest.raises(Invalid, match="V-P-20"):
        services.start(county.liuhe_committee, "V-P-20", title="修路筹资", by=county.liu_changgui)

    noted = services.start(
        county.liuhe_committee, "V-P-20", title="修路筹资", reason="县里项目要求配套", by=county.liu_changgui
    )

    assert noted.item is None and noted.reason
    assert [e.verb for e in history_of(noted.case)] == ["procedures.open", "powers.off_list"]


def test_a_hard_stop_refuses_at_once_with_the_reason(county, leasing):
    services.mark(leasing.case, "V-N-02", fact="未经决议已口头答应承租人", by=county.feng_lan)

    with pytest.raises(Conflict, match="V-N-02"):
        services.move(leasing.case, "next", by=county.liu_changgui)

    leasing.case.refresh_from_db()
    assert leasing.case.step == "s1"
    services.move(leasing.case, "withdraw", note="停止发包", by=county.liu_changgui)


def test_a_mark_is_lifted_by_another_person_and_the_case_goes_on(county, leasing):
    mark = services.mark(leasing.case, "V-N-02", fact="误报", by=county.hao_jing)
    with pytest.raises(NotAllowed):
        services.lift(mark, why="核实无此事", by=county.hao_jing)
    with pytest.raises(NotAllowed):
        services.lift(mark, why="核实无此事", by=county.feng_lan)
    with pytest.raises(Conflict):
        services.mark(leasing.case, "V-N-02", fact="再报", by=county.feng_lan)
    NegativeMark.objects.update(marked_by=county.feng_lan)

    services.lift(mark, why="核实无此事", by=county.hao_jing)

    assert services.move(leasing.case, "next", by=county.liu_changgui).step == "s2"
    assert [e.verb for e in history_of(leasing.case)][2:] == ["powers.mark", "powers.lift", "procedures.move"]


def test_a_mark_names_an_act_of_the_list_and_a_fact(county, leasing):
    with pytest.raises(Invalid):
        services.mark(leasing.case, "V-N-99", fact="x", by=county.feng_lan)
    with pytest.raises(Invalid):
        services.mark(leasing.case, "V-N-02", fact=" ", by=county.feng_lan)
    with pytest.raises(NotAllowed):
        services.mark(leasing.case, "V-N-02", fact="x", by=county.liu_changgui)

    assert not NegativeMark.objects.exists()


def test_reading_is_signed_once_by_people_of_the_unit(county):
    assert services.sign(county.liuhe_committee, by=county.liu_changgui) == 3
    with pytest.raises(Conflict):
        services.sign(county.liuhe_committee, by=county.liu_changgui)
    with pytest.raises(NotAllowed):
        services.sign(county.liuhe_committee, by=county.wang_min)

    assert Reading.objects.count() == 3
    assert history_of(f"powers.unit:{county.liuhe_committee.pk}")[0].verb == "powers.sign"


def test_a_self_check_scores_its_points_and_asks_what_is_missing(county):
    unit, by = county.liuhe_committee, county.liu_changgui
    marks = [(2, ""), (2, ""), (1, "流程图未上墙"), (2, ""), (0, "未考核")]
    with pytest.raises(Invalid):
        services.check_self(unit, "five", [(1, "")] * 5, by=by)
    with pytest.raises(Invalid):
        services.check_self(unit, "five", marks[:4], by=by)
    with pytest.raises(NotAllowed):
        services.check_self(unit, "five", marks, by=county.wang_min)

    check = services.check_self(unit, "five", marks, by=by)

    assert check.score == 70 and SelfCheck.objects.count() == 1
    assert history_of(check)[0].verb == "powers.check"


def test_what_the_county_words_itself_stays(county):
    from huilian.areas.power.powers.models import Exclusion, StandardPoint

    point = StandardPoint.objects.first()
    with pytest.raises(NotAllowed):
        services.save_point(point, {"name": "统一底数"}, by=county.wang_min)
    services.save_point(point, {"name": "统一底数"}, by=county.hao_jing)
    row = services.save_exclusion(None, {"words": "消防救援", "reason": "垂直管理"}, by=county.hao_jing)

    assert StandardPoint.objects.get(pk=point.pk).origin == "county"
    assert Exclusion.objects.count() == 2 and history_of(row)[0].verb == "powers.exclusion"
    assert history_of(point)[0].verb == "powers.standard"


def test_a_police_station_stands_under_no_list(county):
    unit = county.qingshi_services
    assert body_of(unit) == "T"

    unit.name = "青石派出所"

    assert body_of(unit) == ""
