"""Points: found, merged, graded by what was counted, met by measures."""

import pytest

from huilian.areas.power.risks import services
from huilian.areas.power.risks.models import RiskPoint, Signal
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

from .conftest import a_point, in_force, later, values


def test_a_point_is_entered_with_its_way_and_keeps_every_further_source(desk):
    point = services.save_point(None, values(desk), way="self", told="本人", by=desk.finds)
    services.add_finding(point, way="masses", told="群众反映", by=desk.finds)

    assert [f.way for f in point.findings.all()] == ["self", "masses"]
    assert {e.verb for e in history_of(point)} == {"risks.save_point", "risks.add_finding"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"manifestation": "  "}, "manifestation"), ({"name": ""}, "name"), ({"post": None}, "post"),
        ({"level": "section"}, "section"), ({"procedure_key": "nowhere", "step": "x"}, "step"),
    ],
)  # fmt: skip
def test_a_point_without_what_it_needs_is_refused_at_its_field(desk, wrong, field):
    with pytest.raises(Invalid) as refused:
        services.save_point(None, values(desk, **wrong), way="self", by=desk.finds)
    assert refused.value.field == field and not RiskPoint.objects.exists()


def test_nobody_enters_points_of_a_unit_that_is_not_theirs(desk):
    for by in (desk.watches, desk.cast.he_wei):
        with pytest.raises(NotAllowed):
            services.save_point(None, values(desk), way="self", by=by)
    with pytest.raises(NotAllowed):
        services.save_point(
            None, values(desk, unit=desk.cast.approval, level="unit", post=None), way="self", by=desk.finds
        )
    assert not RiskPoint.objects.exists()


def test_two_entries_of_one_thing_become_one_and_lose_no_source(desk):
    kept, gone = a_point(desk), a_point(desk, name="签证变更")
    services.merge(gone, kept, by=desk.finds)

    assert kept.findings.count() == 2 and kept.measures.count() == 6
    assert RiskPoint.objects.get(pk=gone.pk).merged_into == kept
    with pytest.raises(Invalid):
        services.merge(kept, kept, by=desk.finds)


def test_importance_and_use_suggest_the_grade_and_another_needs_its_reason(desk):
    point = services.save_point(None, values(desk), way="leader", by=desk.finds)
    with pytest.raises(Invalid) as refused:
        services.grade_point(point, importance=3, grade=2, told_count=60, by=desk.finds)
    assert refused.value.field == "deviation" and RiskPoint.objects.get().grade is None

    graded = services.grade_point(
        point, importance=3, grade=2, told_count=60, deviation="新上岗，双人办理", by=desk.finds
    )
    assert (graded.suggested, graded.grade, graded.estimated) == (1, 2, True)
    assert graded.watcher == desk.cast.person("xu_fang")


def test_without_procedure_and_without_a_number_nothing_is_graded(desk):
    point = services.save_point(None, values(desk), way="self", by=desk.finds)
    with pytest.raises(Invalid) as refused:
        services.grade_point(point, importance=3, grade=1, by=desk.finds)
    assert refused.value.field == "told_count"


def test_the_county_registers_points_of_grade_one_only(desk):
    first, third = a_point(desk), a_point(desk, name="会务", grade=3, importance=1, told=1)
    services.register_point(first, by=desk.watches)

    assert RiskPoint.objects.get(pk=first.pk).registered_on and third.watcher == desk.cast.person("he_wei")
    with pytest.raises(Invalid):
        services.register_point(third, by=desk.watches)
    with pytest.raises(NotAllowed):
        services.register_point(first, by=desk.finds)


def test_a_point_of_grade_one_in_force_keeps_its_three_types_of_measures(desk):
    in_force(desk)
    measure = RiskPoint.objects.get().measures.first()
    with pytest.raises(Invalid):
        services.end_measure(measure, by=desk.finds)

    spare = services.add_measure(
        RiskPoint.objects.get(), {"type": measure.type, "phase": "after", "text": "抽查", "responsible": "何伟"},
        by=desk.finds,
    )  # fmt: skip
    services.end_measure(spare, by=desk.finds)
    with pytest.raises(Conflict):
        services.end_measure(spare, by=desk.finds)


def test_the_head_reviews_and_ends_points(desk):
    in_force(desk)
    point = RiskPoint.objects.get()
    with later(300):
        services.review_point(point, note="未变化", by=desk.signs)
    with pytest.raises(NotAllowed):
        services.end_point(point, reason="岗位撤销", by=desk.finds)
    services.end_point(point, reason="岗位撤销", by=desk.signs)
    assert RiskPoint.objects.get().state == "ended" and not Signal.objects.exists()


def test_a_point_in_the_directory_cannot_be_graded_down_by_its_unit_alone(desk):
    in_force(desk)
    point = RiskPoint.objects.get()
    services.register_point(point, by=desk.watches)
    changed = services.grade_point(
        point, importance=1, grade=3, told_count=1, watcher=desk.cast.person("he_wei"), by=desk.finds
    )
    assert changed.state == "graded" and changed.registered_on
    assert desk.cast.housing.risk_directories.get().rows[0]["grade"] == 1
    with pytest.raises(Conflict):
        services.merge(point, a_point(desk, name="另一"), by=desk.finds)


def test_the_holder_of_a_post_finds_its_risks_without_a_role(desk):
    post, given = desk.cast.posts["he_wei"], {"kind": "duty", "field": "money", "name": "虚报", "manifestation": "多报"}
    point = services.find_own(post, given, by=desk.cast.he_wei)
    assert (point.level, point.state, point.findings.get().way) == ("post", "draft", "self")
    assert [event.verb for event in history_of(point)] == ["risks.find_own"]
    with pytest.raises(NotAllowed):
        services.find_own(post, given, by=desk.watches)
    with pytest.raises(Invalid):
        services.find_own(post, {**given, "name": ""}, by=desk.cast.he_wei)
    assert RiskPoint.objects.count() == 1
