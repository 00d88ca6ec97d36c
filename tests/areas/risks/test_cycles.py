"""The yearly round: no stage skipped, two signatures, what a stage must bring is looked up."""

import pytest

from huilian.areas.power.risks import services
from huilian.areas.power.risks.models import Confirmation, Cycle, RiskPoint
from huilian.engine.directory.models import Appointment
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

from .conftest import MORNING, a_point, in_force, later


def pass_on(cycle, desk):
    services.submit_stage(cycle, inputs="方案", outputs="记录", by=desk.finds)
    return services.sign_stage(cycle, by=desk.signs)


def test_a_year_passes_through_all_six_stages_and_no_stage_is_believed(desk):
    cycle = services.start_cycle(desk.cast.housing, desk.six, by=desk.finds)
    for _n in range(2):
        cycle = pass_on(cycle, desk)
    with pytest.raises(Invalid):
        pass_on(cycle, desk)  # no point was found
    point = a_point(desk, measures=())
    cycle = pass_on(cycle, desk)
    with pytest.raises(Invalid):
        pass_on(cycle, desk)  # no measures
    for type_, phase in (("post", "before"), ("procedure", "during"), ("system", "after")):
        services.add_measure(
            point, {"type": type_, "phase": phase, "text": "复核", "responsible": "何伟"}, by=desk.finds
        )
    cycle = pass_on(cycle, desk)
    with pytest.raises(Invalid):
        pass_on(cycle, desk)  # grade one not checked
    services.note_check(point, stream="own", checked_on=MORNING.date(), looked_at=5, faults=0, by=desk.finds)
    cycle = pass_on(cycle, desk)
    with pytest.raises(Invalid):
        pass_on(cycle, desk)  # no directory in force
    assert cycle.step == "feedback" and cycle.closed_on is None


def test_the_seven_moves_cover_the_six_stages(desk):
    cycle = services.start_cycle(desk.cast.housing, desk.seven, by=desk.finds)
    a_point(desk, measures=())
    for _n in range(5):
        cycle = pass_on(cycle, desk)  # grading alone asks for no measure yet
    with pytest.raises(Invalid):
        pass_on(cycle, desk)
    assert cycle.step == "directory"


def test_nobody_signs_their_own_stage_and_a_stage_can_be_sent_back(desk):
    cycle = services.start_cycle(desk.cast.housing, desk.six, by=desk.finds)
    with pytest.raises(Conflict):
        services.sign_stage(cycle, by=desk.signs)
    services.submit_stage(cycle, inputs="方案", outputs="记录", by=desk.finds)
    with pytest.raises(NotAllowed):
        services.sign_stage(cycle, by=desk.finds)
    services.return_stage(cycle, reason="缺分工", by=desk.signs)
    assert Cycle.objects.get().step == "prepare" and Cycle.objects.get().done.get().returned == "缺分工"


def test_a_year_begins_once_and_a_change_begins_a_round_in_part(desk):
    services.start_cycle(desk.cast.housing, desk.six, by=desk.finds)
    with pytest.raises(Conflict):
        services.start_cycle(desk.cast.housing, desk.six, by=desk.finds)
    part = services.start_cycle(desk.cast.housing, desk.six, cause="职能调整", by=desk.finds)
    assert part.kind == "partial" and Cycle.objects.count() == 2
    with pytest.raises(NotAllowed):
        services.start_cycle(desk.cast.housing, desk.six, cause="职能调整", by=desk.watches)


def test_a_new_post_holder_confirms_within_thirty_days(desk):
    in_force(desk)
    Appointment.objects.filter(post=RiskPoint.objects.get().post).update(starts_on=MORNING.date())
    with later(15):
        assert services.call_newcomers() == 1 and services.call_newcomers() == 0
        row = Confirmation.objects.get()
        with pytest.raises(NotAllowed):
            services.confirm_post(row, promise="知晓", by=desk.finds)
        services.confirm_post(row, promise="已学习，按措施执行", by=desk.cast.he_wei)
    assert (row.due_on - MORNING.date()).days == 30 and Confirmation.objects.get().confirmed_at
