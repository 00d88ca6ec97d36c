from datetime import datetime
from io import BytesIO
from xml.etree import ElementTree

import pytest

from huilian.engine.mining import reading
from huilian.engine.mining.judging import judge
from huilian.engine.mining.own import STEP, as_log, as_xes
from huilian.engine.mining.prescription import prescribe
from huilian.engine.mining.writing import Event, Trace, write
from huilian.engine.procedures import services
from huilian.engine.procedures.actions import action_of
from huilian.engine.procedures.kinds import CaseKind, kinds
from huilian.engine.procedures.models import Case
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.holidays import national
from huilian.foundation.now import CHINA, frozen
from tests.engine.procedures.test_family import drawn

MONDAY = datetime(2026, 11, 2, 9, tzinfo=CHINA)


@pytest.fixture
def case(cast, monkeypatch):
    monkeypatch.setitem(kinds(), "item", CaseKind(key="item", name="清单事项", family=True))
    services.publish(drawn("item.v-p-07"), by=SYSTEM)
    with frozen(MONDAY):
        made = services.open_case("item.v-p-07", title="张三的事", by=cast.zhou_hui, place=cast.liuhe)
        given = {"unit": cast.housing, "class_key": "plain", "note": ""}
        return action_of(made, "open").perform(made, given, by=cast.zhou_hui, expected=0)


def closed(case, cast, at: datetime) -> Case:
    with frozen(at):
        return services.move(case, "close", by=cast.he_wei, note="好了")


def test_our_cases_become_a_log_that_others_can_read(cast, case):
    closed(case, cast, MONDAY.replace(day=3))

    text = "".join(as_xes(Case.objects.all(), name="item"))

    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.xes-standard.org/}log" and root.get("xes.version") == "2.0"
    log = reading.read(BytesIO(text.encode()))
    assert log.cases == [case.number] and [log.activities[c] for c in log.activity] == ["asked", "working", "done"]
    assert log.attributes[STEP].to_pylist() == ["asked", "working", "done"]
    assert "张三" not in text and cast.he_wei.name not in text and cast.housing.name in text


def test_our_cases_are_judged_as_any_log_is(cast, case):
    closed(case, cast, MONDAY.replace(day=4))

    result = judge(as_log(Case.objects.all()), prescribe(case.procedure.body), calendar=national())

    assert [(one.limit.key, one.late, one.kept) for one in result.limits] == [("working", 1, 0), ("class:plain", 0, 1)]
    assert result.deviations["skipped"] == (0, 0)


def test_a_case_whose_clock_was_paused_is_left_to_its_own_clock(cast, case):
    with frozen(MONDAY.replace(day=3)):
        services.pause(case, reason="等鉴定", basis="办法第三条", by=cast.he_wei)

    result = judge(
        as_log(Case.objects.all()),
        prescribe(case.procedure.body),
        calendar=national(),
        as_of=MONDAY.replace(month=12).date(),
    )

    assert result.limits == []


def test_any_text_survives_writing_and_reading():
    names = ["a<b>&\"'", "行\n二\t三", "\x01控制", "]]>"]

    log = reading.read(
        BytesIO("".join(write([Trace("一", tuple(Event(name, MONDAY) for name in names))], name="<x>")).encode())
    )

    assert log.activities == ("a<b>&\"'", "行\n二\t三", " 控制", "]]>")
