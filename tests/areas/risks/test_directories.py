"""The directory: opinions, notice, objections, meeting, in force."""

from datetime import timedelta

import pytest

from huilian.areas.power.risks import services
from huilian.areas.power.risks.models import Directory, RiskPoint
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

from .conftest import MORNING, a_point, in_force, later, values


def test_a_directory_comes_into_force_after_opinions_notice_and_meeting(desk):
    directory = in_force(desk)
    assert directory.state == "final" and directory.rows[0]["grade"] == 1
    assert RiskPoint.objects.get().state == "final" and RiskPoint.objects.get().reviewed_on == directory.resolved_on


def test_a_risk_of_grade_one_without_all_three_types_is_refused(desk):
    a_point(desk, measures=(("post", "before"), ("system", "after")))
    with pytest.raises(Invalid):
        services.ask_opinions(desk.cast.housing, until=(MORNING + timedelta(7)).date(), by=desk.finds)
    assert not Directory.objects.exists()


def test_each_step_waits_for_what_comes_before(desk):
    a_point(desk)
    directory = services.ask_opinions(desk.cast.housing, until=(MORNING + timedelta(7)).date(), by=desk.finds)
    opinion = services.give_opinion(directory, "窗口也应当列为风险点")
    with pytest.raises(Conflict):
        services.begin_notice(directory, by=desk.finds)  # opinions still open
    with later(8):
        with pytest.raises(Conflict):
            services.give_opinion(directory, "还有一条意见")
        with pytest.raises(Conflict):
            services.begin_notice(directory, by=desk.finds)  # nobody served was asked
        services.note_asked(directory, who="managed", called="施工企业", people=6, way="问卷", by=desk.finds)
        with pytest.raises(Conflict):
            services.begin_notice(directory, by=desk.finds)  # the opinion waits
        services.answer_opinion(opinion, taken="no", answer="窗口不属于本局", by=desk.finds)
        with pytest.raises(Invalid):
            services.begin_notice(directory, days=2, by=desk.finds)
        services.begin_notice(directory, by=desk.finds)
        objection = services.give_opinion(directory, "等级应当提高", point=directory.rows[0]["number"])
        assert objection.objection
        late = services.save_point(None, values(desk, name="过度设计"), way="self", by=desk.finds)
    with later(14):
        given = {"minutes_no": "纪要9号", "resolved_on": (MORNING + timedelta(14)).date()}
        with pytest.raises(Conflict):
            services.resolve(directory, **given, by=desk.signs)
        services.answer_opinion(objection, taken="partly", answer="下年复核", by=desk.finds)
        with pytest.raises(NotAllowed):
            services.resolve(directory, **given, by=desk.finds)
        services.resolve(directory, **given, by=desk.signs)
    decided = Directory.objects.get()
    assert decided.state == "final" and late.number not in [row["number"] for row in decided.rows]  # had no notice
