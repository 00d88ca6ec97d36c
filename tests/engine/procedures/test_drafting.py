"""Drawing a procedure: drafts, two clerks at once, publishing beside running cases."""

import copy
from datetime import timedelta

import pytest

from huilian.engine.directory.models import Post
from huilian.engine.procedures import services
from huilian.engine.procedures.drafts import DRAW, faults_in, open_cases_by_version, versions_of
from huilian.engine.procedures.models import Draft, Procedure
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from .conftest import BODY, MONDAY

KEY = "item.v-p-07"


def text(**changes) -> dict:
    body = copy.deepcopy(BODY) | {"key": KEY}
    for move, name in zip(body["moves"], ("受理", "办结"), strict=True):
        move["name"] = {"zh": name, "en": name}
    return body | changes


def renamed(body: dict, name: str) -> dict:
    body = copy.deepcopy(body)
    body["steps"][1]["name"] = {"zh": name, "en": name}
    return body


@pytest.fixture
def drawers(cast, monday, monkeypatch):
    """Two officers who may draw."""
    from huilian.engine.directory.roles import catalogue

    role = catalogue()["township_clerk"]
    monkeypatch.setitem(catalogue(), "township_clerk", copy.copy(role))
    object.__setattr__(catalogue()["township_clerk"], "may", role.may | {DRAW})
    return cast.wang_min, cast.sun_yan


def verbs() -> list[str]:
    return list(Event.objects.filter(subject_kind="procedure").order_by("pk").values_list("verb", flat=True))


def test_a_draft_is_saved_and_recorded_once_and_binds_nobody(drawers):
    wang, _sun = drawers
    draft = services.save_draft(text(), revision=0, by=wang)
    draft = services.save_draft(renamed(text(), "核验"), revision=draft.revision, by=wang)

    assert (draft.key, draft.revision, draft.based_on, draft.saved_by) == (KEY, 2, 0, wang)
    assert verbs() == ["procedures.save_draft"]
    assert not Procedure.objects.filter(key=KEY).exists()


def test_who_may_not_draw_is_refused_and_nothing_changes(cast, drawers):
    draft = services.save_draft(text(), revision=0, by=drawers[0])

    for act in (
        lambda: services.save_draft(text(prefix="ZZ"), revision=1, by=cast.he_wei),
        lambda: services.discard_draft(KEY, revision=1, by=cast.he_wei),
        lambda: services.publish_draft(KEY, revision=1, by=cast.he_wei),
        lambda: services.rebase_draft(KEY, revision=1, by=cast.he_wei),
    ):
        with pytest.raises(NotAllowed):
            act()

    draft.refresh_from_db()
    assert draft.revision == 1 and draft.body["prefix"] == BODY["prefix"] and verbs() == ["procedures.save_draft"]


def test_of_two_clerks_at_once_the_second_is_told_who_and_when_and_loses_nothing_of_the_first(drawers):
    wang, sun = drawers
    services.save_draft(text(), revision=0, by=wang)
    with frozen(MONDAY + timedelta(minutes=5)):
        services.save_draft(renamed(text(), "孙的"), revision=1, by=sun)

    with pytest.raises(Conflict, match=r"孙燕.*09:05"):
        services.save_draft(renamed(text(), "王的"), revision=1, by=wang)
    with pytest.raises(Conflict):
        services.publish_draft(KEY, revision=1, by=wang)
    with pytest.raises(Conflict):
        services.discard_draft(KEY, revision=1, by=wang)

    assert Draft.objects.get().body["steps"][1]["name"]["zh"] == "孙的"


def test_two_who_begin_a_draft_at_once_are_told_apart(drawers):
    wang, sun = drawers
    services.save_draft(text(), revision=0, by=wang)

    with pytest.raises(Conflict, match="王敏"):
        services.save_draft(text(), revision=0, by=sun)


def test_a_draft_published_or_thrown_away_under_ones_hands_is_said(drawers):
    wang, sun = drawers
    services.save_draft(text(), revision=0, by=wang)
    services.discard_draft(KEY, revision=1, by=sun)

    with pytest.raises(Conflict):
        services.save_draft(text(), revision=1, by=wang)
    assert verbs() == ["procedures.save_draft", "procedures.discard_draft"]
    assert not Draft.objects.exists()


def test_publishing_makes_the_next_version_and_running_cases_keep_theirs(cast, drawers):
    wang, _sun = drawers
    services.publish(text(), by=SYSTEM)
    case = services.open_case(KEY, title="购置桌椅", by=cast.zhou_hui, place=cast.liuhe)
    services.save_draft(renamed(text(), "集体研究"), revision=0, by=wang)

    new = services.publish_draft(KEY, revision=1, by=wang)

    assert (new.version, new.body["origin"]) == (2, "county") and not Draft.objects.exists()
    case = services.move(case, "open", by=cast.zhou_hui, unit=cast.housing, class_key="plain")
    assert case.procedure.version == 1 and case.definition.step("working").name["zh"] == "办理"
    later = services.open_case(KEY, title="购置图书", by=cast.zhou_hui, place=cast.liuhe)
    assert later.procedure == new
    assert open_cases_by_version() == {case.procedure_id: 1, new.pk: 1}
    assert [v.version for v in versions_of(KEY)] == [2, 1]
    assert Event.objects.filter(verb="procedures.publish", actor_id=str(wang.pk)).count() == 1


def test_a_draft_with_faults_is_not_published_and_says_them_all(drawers):
    wang, _sun = drawers
    body = text()
    body["steps"][1].pop("roles")
    body["moves"].pop()
    services.save_draft(body, revision=0, by=wang)

    with pytest.raises(Invalid) as refused:
        services.publish_draft(KEY, revision=1, by=wang)

    assert "没有岗位负责" in str(refused.value) and "没有下一步" in str(refused.value)
    assert Draft.objects.exists() and not Procedure.objects.filter(key=KEY).exists()


def test_a_draft_from_an_older_version_is_published_only_after_it_was_compared(drawers):
    wang, _sun = drawers
    services.publish(text(), by=SYSTEM)
    services.save_draft(renamed(text(), "集体研究"), revision=0, by=wang)
    services.publish(renamed(text(), "上级要求"), by=SYSTEM)

    with pytest.raises(Conflict, match="第 2 版"):
        services.publish_draft(KEY, revision=1, by=wang)
    draft = services.rebase_draft(KEY, revision=1, by=wang)

    assert services.publish_draft(KEY, revision=draft.revision, by=wang).version == 3
    assert "procedures.rebase_draft" in verbs()


def test_what_the_product_brings_does_not_undo_what_the_county_drew(drawers):
    wang, _sun = drawers
    services.publish_defaults([text()], by=SYSTEM)
    services.save_draft(renamed(text(), "集体研究"), revision=0, by=wang)
    drawn = services.publish_draft(KEY, revision=1, by=wang)

    assert services.publish_defaults([renamed(text(), "新默认")], by=SYSTEM) == [drawn]
    assert Procedure.objects.filter(key=KEY).count() == 2


def test_a_role_nobody_knows_is_a_fault_and_one_no_post_carries_a_warning(drawers):
    body = text()
    body["steps"][1]["roles"] = ["wizard"]
    assert [(f.step, f.is_warning) for f in faults_in(body)] == [("working", False)]

    for post in Post.objects.all():
        Post.objects.filter(pk=post.pk).update(roles=[r for r in post.roles if r != "hotline_operator"])
    [fault] = faults_in(text())
    assert (fault.step, fault.is_warning) == ("asked", True) and "话务员" in str(fault.text)


def test_a_thousand_running_cases_keep_their_version_while_it_is_published_twenty_times(db):
    from benchmarks.republishing import run

    assert run(1000, 20, walked=6)["versions published"] == 20
