"""Taking over letters and orders of other systems: what the file says, and nothing else."""

import csv
import io
from datetime import datetime

import pytest

from huilian.areas.hear.hotline import services
from huilian.areas.hear.hotline.models import CallBack, Channel, Order
from huilian.engine.clocks.models import Clock
from huilian.engine.procedures.models import Case, CaseStep
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import CHINA

HEAD = ["id", "subject", "received_at", "text", "reply", "replied_at"]
LETTER = [
    "4001",
    "路灯不亮",
    "2019-09-25T10:00:00",
    "村口三盏路灯一个多月不亮。",
    "您好，路灯已修好。",
    "2019-10-17T16:30:00",
]


@pytest.fixture
def letters(hotline):
    Channel.objects.create(key="letter", name="来信", kind="letter")
    return hotline


def table(*rows, head=HEAD) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()


def counts() -> dict:
    return {model: model.objects.count() for model in (Case, Order, CaseStep, Clock, CallBack, Event)}


def test_an_answered_letter_becomes_a_closed_case_whose_clock_stopped_at_the_answer(letters):
    done = services.import_orders(table(LETTER), by=SYSTEM, name="来信.csv", place=letters.qingshi)

    order = Order.objects.select_related("case__clock", "channel").get()
    assert (order.origin_number, order.channel.key, order.case.class_key) == ("4001", "letter", "major")
    assert (order.case.number, order.case.state, order.case.outcome) == ("HX20190925-0001", "closed", "imported")
    assert order.case.township == letters.qingshi
    assert order.case.clock.stopped_at == order.answered_at == datetime(2019, 10, 17, 16, 30, tzinfo=CHINA)
    assert str(order.case.clock.due_on) == "2019-10-21" and not order.case.clock.is_late
    assert order.satisfaction is None and order.solved == ""
    assert [(s.step, s.left_by) for s in order.case.steps.all()] == [("raised", "import"), ("closed", "")]
    assert (done.imported, done.closed, done.answered, done.in_time) == (1, 1, {"major": 1}, {"major": 1})


def test_an_unanswered_letter_stays_open_and_its_time_runs(letters):
    services.import_orders(table([*LETTER[:4], "", ""]), by=SYSTEM)

    case = Case.objects.select_related("clock").get()
    assert (case.state, case.step, case.clock.state, case.colour) == ("open", "sorting", "running", 3)
    assert case.due_on == case.clock.due_on
    assert case.steps.last().clock.kind == "step:sorting"


def test_an_import_is_in_the_trail_as_a_file_and_matter_by_matter(letters):
    services.import_orders(table(LETTER), by=letters.chen_lixin, name="来信.csv")

    file = Event.objects.get(verb="hotline.import")
    matter = Event.objects.get(verb="hotline.take_over")
    assert file.data == {"file": "来信.csv", "rows": 1} and file.actor_label == "陈立新"
    assert matter.subject_id == "HX20190925-0001" and matter.data["row"] == 2
    assert "路灯" not in str(matter.data)


def test_only_those_whose_post_allows_it_import(letters):
    before = counts()

    with pytest.raises(NotAllowed):
        services.import_orders(table(LETTER), by=letters.zhou_hui)

    assert counts() == before


def test_a_number_that_is_here_already_is_refused_or_left_out_when_asked(letters):
    services.import_orders(table(LETTER), by=SYSTEM)
    before = counts()

    with pytest.raises(services.FaultyFile, match="HX20190925-0001"):
        services.import_orders(table(LETTER), by=SYSTEM)
    assert counts() == before

    done = services.import_orders(table(LETTER, ["4002", *LETTER[1:]]), by=SYSTEM, skip_known=True)
    assert (done.known, done.imported) == (1, 1)


def test_one_faulty_row_keeps_the_whole_file_out_and_is_named(letters):
    before = counts()
    wrong = ["4002", "x", "2019-02-30", "没有这一天", "", ""]

    with pytest.raises(services.FaultyFile) as refusal:
        services.import_orders(table(LETTER, wrong), by=SYSTEM)

    (fault,) = refusal.value.faults
    assert (fault.row, fault.letter) == (3, "C") and counts() == before


def test_a_trial_run_counts_and_writes_nothing(letters):
    before = counts()

    done = services.import_orders(table(LETTER, ["4002", *LETTER[1:]]), by=SYSTEM, dry_run=True)

    assert (done.imported, done.in_time) == (2, {"major": 2}) and counts() == before


FULL = [
    "工单编号", "受理时间", "诉求内容", "类别", "承办单位", "乡镇", "村（社区）", "诉求人", "联系电话", "派单时间",
    "签收时间", "答复时间", "答复意见", "反馈时间", "回访时间", "是否解决", "满意度",
]  # fmt: skip
ORDER = [
    "A1", "2026-03-02 09:10", "水管漏水", "一般", "安澜县住房和城乡建设局", "青石镇", "柳河村", "匿名", "138****5726",
    "2026-03-02 09:40", "2026-03-02 14:00", "2026-03-04 10:00", "已更换阀门。", "2026-03-04 11:00", "2026-03-05 09:00",
]  # fmt: skip


def test_an_order_of_another_system_keeps_unit_place_class_moments_and_the_citizens_word(letters):
    rows = [[*ORDER, "已解决", "满意"], ["A2", *ORDER[1:], "未解决", "不满意"], ["A3", *ORDER[1:14], "", "", ""]]

    services.import_orders(table(*rows, head=FULL), by=SYSTEM, place=letters.county)

    content, unhappy, waiting = Order.objects.select_related("case__clock").order_by("origin_number")
    assert (content.case.unit, content.case.place, content.case.township) == (
        letters.housing,
        letters.liuhe,
        letters.qingshi,
    )
    assert (content.case.class_key, str(content.case.clock.due_on), content.caller_name) == (
        "general",
        "2026-03-05",
        "",
    )
    assert (content.case.state, content.case.outcome, content.satisfaction) == ("closed", "", 4)
    stays = [(s.step, s.left_by) for s in content.case.steps.all()]
    assert stays == [
        ("raised", "accept"), ("sorting", "dispatch"), ("assigned", "sign"), ("working", "answer"),
        ("reporting", "report"), ("checking", "accept_report"), ("calling", "close"), ("closed", ""),
    ]  # fmt: skip
    assert (unhappy.case.state, unhappy.case.step) == ("open", "calling"), "a dissatisfied citizen closes nothing"
    assert (waiting.case.state, waiting.case.step) == ("open", "checking"), "the file says what is closed, this is not"
    assert CallBack.objects.filter(reached=True).count() == 2


def test_imported_matters_that_are_open_go_on_in_the_ordinary_way(letters):
    services.import_orders(table(["A3", *ORDER[1:10], "", "", "", "", "", "", ""], head=FULL), by=SYSTEM)

    order = services.sign(Order.objects.get(), by=letters.he_wei)

    assert order.case.step == "working"
    assert [s.left_by for s in order.case.steps.all()] == ["accept", "dispatch", "sign", ""]


def test_merged_matters_follow_the_first_one_of_the_file(letters):
    head = ["编号", "受理时间", "内容", "办结方式", "首件编号"]
    rows = [["B1", "2026-03-02", "停水了", "", ""], ["B2", "2026-03-03", "又停水了", "并入首件", "B1"]]

    services.import_orders(table(*rows, head=head), by=SYSTEM)

    second = Order.objects.select_related("merged_into", "case").get(origin_number="B2")
    assert (second.merged_into.origin_number, second.case.state, second.case.clock) == ("B1", "merged", None)


def test_a_merged_matter_without_its_first_one_is_refused(letters):
    before = counts()
    head = ["编号", "受理时间", "内容", "办结方式", "首件编号"]

    with pytest.raises(Invalid, match="B9"):
        services.import_orders(table(["B2", "2026-03-03", "停水", "并入首件", "B9"], head=head), by=SYSTEM)

    assert counts() == before


def test_an_open_matter_is_lit_by_the_clock_that_counts(letters):
    rows = [
        [*ORDER, "已解决", "满意"],
        ["A3", *ORDER[1:14], "", "", ""],
        ["A4", *ORDER[1:10], "", "", "", "", "", "", ""],
    ]
    services.import_orders(table(*rows, head=FULL), by=SYSTEM)

    done, answered, sent = (o.case for o in Order.objects.select_related("case__lamp").order_by("origin_number"))

    assert (done.state, done.lamp, done.colour) == ("closed", done.clock, 0)
    assert answered.lamp.kind == "step:checking" and answered.due_on == answered.lamp.due_on
    assert sent.lamp == sent.clock and (sent.colour, sent.due_on) == (3, sent.clock.due_on)
