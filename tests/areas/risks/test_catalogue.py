"""County data, measured use, what comes in by itself."""

from datetime import date, timedelta

import pytest

from huilian.areas.power.risks import services
from huilian.areas.power.risks.models import GradeScale, Indicator, RiskPoint, Scheme, Signal, Starter
from huilian.areas.power.risks.queries.drawn import chart_of
from huilian.areas.power.risks.queries.frequency import used_of
from huilian.areas.power.risks.queries.tables import apart, by_phase, cover, matrix, streams
from huilian.areas.power.risks.seeding import seed
from huilian.areas.power.risks.services import intake
from huilian.engine.procedures.models import Case, Procedure, Supervision
from huilian.engine.procedures.services import publish_all
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import now, today
from huilian.project import discover

from .conftest import a_point, values


@pytest.fixture
def penalty(desk) -> Procedure:
    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem == "penalty"])
    return Procedure.objects.get(key="penalty")


def case_of(desk, procedure: Procedure, n: int, days_ago: int = 1) -> Case:
    return Case.objects.create(
        number=f"CF20260601-{n:04d}", procedure=procedure, kind=procedure.key, title="处罚", unit=desk.cast.housing,
        step=procedure.definition.steps[0].key, received_at=now() - timedelta(days_ago),
    )  # fmt: skip


def test_a_county_s_own_scheme_covers_all_six_stages_in_order(desk):
    lines = [f"{s['key']} | {s['of']} | 甲 | A | 乙 | B | 丙 ｜ C" for s in desk.six.stages]
    scheme = {"key": "own", "name": "本县方案", "lines": "\r\n".join(lines)}
    made = services.save_scheme(None, scheme, by=desk.watches)
    assert made.origin == "county" and Event.objects.filter(verb="risks.catalogue").count() == 1
    assert made.stages[5]["outputs"] == {"zh": "丙", "en": "C"}
    for wrong in ("\n".join(lines[1:]), "\n".join([*lines, lines[-1]]), lines[0] + "\nfind | find | 查找"):
        with pytest.raises(Invalid):
            services.save_scheme(None, {**scheme, "key": "wrong", "lines": wrong}, by=desk.watches)
    with pytest.raises(NotAllowed):
        services.save_scheme(None, {**scheme, "key": "other"}, by=desk.finds)
    assert Scheme.objects.count() == 3


def test_scales_indicators_and_known_points_are_the_county_s(desk):
    scale = {"valid_from": date(2026, 7, 1), "often": 100, "sometimes": 20, "first": 9, "second": 4}
    services.save_scale(None, scale, by=desk.watches)
    indicator = Indicator.objects.get(key="late")
    services.save_indicator(indicator, {"yellow": 1.0}, by=desk.watches)
    starter = {
        "body": "village", "post": "护林员", "name": "虚报巡护", "manifestation": "未巡护填写记录", "kind": "duty",
        "field": "money", "grade": 3,
    }  # fmt: skip
    services.save_starter(None, starter, by=desk.watches)

    for service, row, wrong in (
        (services.save_scale, None, {**scale, "valid_from": date(2027, 1, 1), "often": 5}),
        (services.save_indicator, indicator, {"red": 0.5}),
        (services.save_starter, None, {**starter, "manifestation": ""}),
    ):
        with pytest.raises(Invalid):
            service(row, wrong, by=desk.watches)
        with pytest.raises(NotAllowed):
            service(row, wrong, by=desk.finds)
    assert GradeScale.objects.count() == 2 and Starter.objects.filter(origin="county").count() == 1
    assert seed()["indicator"] == 0 and Indicator.objects.get(key="late").yellow == 1.0


def test_use_is_counted_from_the_cases_of_the_unit_in_twelve_months(desk, penalty):
    for n in range(13):
        case_of(desk, penalty, n)
    case_of(desk, penalty, 99, days_ago=400)
    point = services.save_point(None, values(desk, procedure_key="penalty"), way="self", by=desk.finds)
    assert used_of(point) == 13

    graded = services.grade_point(point, importance=2, grade=2, told_count=999, by=desk.finds)
    assert (graded.used, graded.estimated, graded.suggested) == (13, False, 2)


def test_a_point_stands_as_a_mark_at_its_step(desk, penalty):
    step = next(step.key for step in penalty.definition.steps if step.drawn)
    services.grade_point(
        services.save_point(None, values(desk, procedure_key="penalty", step=step), way="self", by=desk.finds),
        importance=1, grade=3, watcher=desk.cast.person("he_wei"), by=desk.finds,
    )  # fmt: skip
    chart = chart_of("penalty", RiskPoint.objects.all())
    assert [node.id for node in chart.nodes if node.risks] == [step] and chart.risks[0]["name"] == "变更签证"
    assert chart_of("nowhere", RiskPoint.objects.all()) is None


def test_the_matrix_counts_every_level_kind_and_grade(desk):
    point = a_point(desk)
    post, *_others = matrix(RiskPoint.objects.all())
    assert dict(post[1])["业务流程"] == [1, 0, 0, 0] and sum(map(sum, (c for _n, c in post[1]))) == 1
    assert [counts for _name, counts in cover(RiskPoint.objects.all())] == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    row = by_phase(RiskPoint.objects.all()).get()
    assert (row.before, row.during, row.after) == (1, 1, 1)

    services.note_check(point, stream="own", checked_on=today(), looked_at=4, faults=0, by=desk.finds)
    services.note_check(
        point, stream="monitoring", checked_on=today(), looked_at=4, faults=1, text="缺签字", by=desk.watches
    )
    assert [s.percent for s in streams(point)] == [0, 25] and apart(RiskPoint.objects.all()).get() == point


def test_a_supervised_hotline_matter_comes_in_once_and_without_the_citizen_s_words(desk, penalty):
    case = case_of(desk, penalty, 1)
    Case.objects.filter(pk=case.pk).update(kind="hotline", title="张三反映某事")
    Supervision.objects.create(
        case=case, number="DB20260601-0001", level=2, demand="限期办结", unit=desk.cast.housing, issued_at=now()
    )
    assert intake.take_in() == 1 and intake.take_in() == 0
    signal = Signal.objects.get()
    assert signal.ref == case.number and "张三" not in signal.text


def test_a_table_of_points_brings_in_points_whose_way_of_finding_is_still_missing(desk):
    point = services.save_listed(None, values(desk), by=desk.finds)
    assert not point.findings.exists()
    with pytest.raises(NotAllowed):
        services.save_listed(None, values(desk, name="另一"), by=desk.watches)
    assert RiskPoint.objects.count() == 1
