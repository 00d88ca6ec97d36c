"""A family: procedures the county draws itself, all of one kind. Nobody writes code for their moves."""

import copy

import pytest

from huilian.engine.procedures import services
from huilian.engine.procedures.actions import action_of, actions_for
from huilian.engine.procedures.kinds import CaseKind, kinds
from huilian.engine.procedures.queries import tasks_of
from huilian.engine.procedures.worklists import task_parts
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.queries import history_of, sentence
from huilian.faces.desk.lists import CASES, Worklist
from huilian.foundation.errors import Invalid, NotAllowed

from .conftest import BODY


def drawn(key: str) -> dict:
    body = copy.deepcopy(BODY) | {"key": key}
    body["steps"][1]["produces"] = [{"zh": "现场照片", "en": "photos"}]
    asked, closing = body["moves"]
    asked["name"] = {"zh": "受理", "en": "Accept"}
    closing |= {"name": {"zh": "办结", "en": "Finish"}, "needs": ["note"]}
    return body


@pytest.fixture
def family(cast, monday, monkeypatch):
    monkeypatch.setitem(kinds(), "item", CaseKind(key="item", name="清单事项", family=True))
    for key in ("item.v-p-07", "item.v-p-08"):
        services.publish(drawn(key), by=SYSTEM)


@pytest.fixture
def opened(cast, family):
    return services.open_case("item.v-p-07", title="购置桌椅", by=cast.zhou_hui, place=cast.liuhe)


@pytest.fixture
def accepted(cast, opened):
    data = {"unit": cast.housing, "class_key": "plain", "note": ""}
    return action_of(opened, "open").perform(opened, data, by=cast.zhou_hui, expected=0)


def own(case, user):
    return [action.key for action in actions_for(case, user) if action.verb]


def test_a_case_of_a_family_is_of_its_kind_and_follows_its_own_procedure(opened):
    assert (opened.kind, opened.procedure.key, opened.step) == ("item", "item.v-p-07", "asked")


def test_a_drawn_move_is_an_action_of_who_may_make_it(cast, opened):
    assert own(opened, cast.zhou_hui) == ["open"]
    assert own(opened, cast.he_wei) == []
    assert str(action_of(opened, "open").label) == "受理"
    assert action_of(opened, "close") is None


def test_a_drawn_move_asks_for_what_it_needs_and_says_what_is_to_be_produced(cast, accepted):
    action = action_of(accepted, "close")
    form = action.form({"note": ""}, case=accepted, user=cast.he_wei)

    assert action.intro == "本环节应形成：现场照片。"
    assert list(form.fields) == ["note"] and "note" in form.errors


def test_a_drawn_move_works_and_reads_as_a_sentence(accepted):
    assert accepted.step == "working" and accepted.due_on is not None
    assert "选择“受理”，办件到达“办理”环节" in sentence(history_of(accepted).last())


def test_a_drawn_move_is_refused_to_others_and_nothing_changes(cast, accepted):
    with pytest.raises(NotAllowed):
        services.move(accepted, "close", note="好了", by=cast.zhou_hui)
    with pytest.raises(Invalid):
        services.move(accepted, "close", by=cast.he_wei)

    accepted.refresh_from_db()
    assert accepted.step == "working"
    assert len(history_of(accepted)) == 2


def test_the_worklist_holds_cases_of_every_member_of_the_family_in_one_part(cast, accepted):
    other = services.open_case("item.v-p-08", title="维修路灯", by=cast.zhou_hui, place=cast.liuhe)
    services.move(other, "open", by=cast.zhou_hui, unit=cast.housing, class_key="plain")

    assert {case.title for case in tasks_of(cast.he_wei)} == {"购置桌椅", "维修路灯"}
    assert len(task_parts(cast.he_wei)) == 1
    assert not tasks_of(cast.sun_yan).exists()


def test_a_list_offers_the_family_as_one_kind(cast, accepted):
    services.publish(BODY, by=SYSTEM)
    services.open_case("permit", title="占道许可", by=cast.zhou_hui, place=cast.liuhe)
    listed = Worklist(CASES, cast.zhao_jianguo, {"kind": "item"})

    assert ("item", "清单事项") in listed.form.fields["kind"].choices
    assert [case.title for case in listed.cut(0, 10)] == ["购置桌椅"]
