"""What a citizen sees of their own matter, and what everybody sees of the hotline."""

import io
from dataclasses import asdict
from datetime import date, timedelta

import pytest

from huilian.areas.hear.hotline import queries, services
from huilian.areas.hear.hotline.models import CallBack, MediaItem, Order
from huilian.engine.documents.models import Attachment
from huilian.engine.documents.services import read
from huilian.engine.procedures import services as cases
from huilian.engine.trail.actors import Actor
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen, moment

from .conftest import LONG_ANSWER, MONDAY

CITIZEN = Actor("citizen", label="网上留言")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def raised(hotline, monday):
    order, code = services.submit(
        channel=hotline.web,
        title="路灯不亮",
        text="村口的路灯坏了一个多月，晚上看不见路。",
        place=hotline.liuhe,
        where="村口小卖部旁",
        topic="城乡建设",
    )
    order.code = code
    return order


def view_of(order, code=None) -> queries.CitizenView:
    return queries.citizen_view(queries.order_followed(order.case.number, code))


def work_on(order, people):
    services.accept(order, by=people.zhou_hui)
    services.dispatch(order, unit=people.housing, class_key="special", by=people.zhou_hui)
    return services.sign(order, by=people.he_wei)


def test_number_and_code_open_the_matter_and_nothing_else_does(raised):
    spoken = f"{raised.code[:5]}-{raised.code[5:]}".lower()  # as somebody writes it down

    assert queries.order_followed(raised.case.number.lower(), spoken).pk == raised.pk
    assert queries.order_followed(raised.case.number, "AAAAAAAAAA") is None
    assert queries.order_followed("HX20200101-0001", raised.code) is None


def test_a_matter_taken_by_telephone_has_no_code_to_guess(taken):
    assert queries.order_followed(taken.case.number, "") is None
    assert queries.order_followed(taken.case.number) is None


def test_a_new_matter_says_what_comes_next_and_counts_its_first_day(raised):
    view = view_of(raised)

    assert [s.state for s in view.stages] == ["now"] + ["todo"] * 7
    assert "1 个工作日" in view.standing and not view.clock_is_whole
    assert view.anonymous and view.place == "柳河村 村口小卖部旁"
    assert not (view.may_rate or view.may_reopen)


def test_every_day_of_the_limit_is_explained(hotline, raised):
    work_on(raised, hotline)

    view = view_of(raised)

    assert view.clock.due == date(2026, 10, 13) and view.clock_is_whole
    days = {d.day: d for d in view.days}
    assert not days[date(2026, 10, 1)].counted and "国庆" in days[date(2026, 10, 1)].reason
    assert days[date(2026, 10, 10)].counted


def test_nobody_of_the_staff_is_named_to_the_citizen(hotline, raised):
    work_on(raised, hotline)
    services.contact(raised, note="与诉求人通话。", by=hotline.he_wei)
    services.answer(raised, LONG_ANSWER, by=hotline.he_wei)
    cases.supervise(raised.case, demand="三日内报送结果。", by=hotline.zhao_jianguo)

    shown = str(asdict(view_of(raised)))

    for name in ("何伟", "周慧", "赵建国", "与诉求人通话", "三日内报送"):
        assert name not in shown
    assert LONG_ANSWER in shown and "催办" in shown


def test_extension_and_its_reason_are_told(hotline, raised):
    work_on(raised, hotline)
    raised.case.refresh_from_db()
    asked = cases.ask_extension(raised.case, workdays=3, reason="需要更换整段线路。", by=hotline.he_wei)
    assert view_of(raised).extension is None

    cases.decide_extension(asked, approve=True, by=hotline.chen_lixin)

    assert (view_of(raised).extension.length, view_of(raised).extension.reason) == (3, "需要更换整段线路。")


def test_an_answer_is_rated_once_and_a_grade_may_be_declined(hotline, raised):
    work_on(raised, hotline)
    services.answer(raised, LONG_ANSWER, by=hotline.he_wei)
    assert view_of(raised).may_rate

    services.rate(raised, solved="partly", satisfaction=None, by=CITIZEN)

    view = view_of(raised)
    assert (view.solved, view.grade, view.may_rate) == ("部分解决", "", False)


def test_a_closed_matter_may_be_reopened_for_fifteen_days(hotline, raised):
    work_on(raised, hotline)
    services.answer(raised, LONG_ANSWER, by=hotline.he_wei)
    services.report(raised, "已办结。", by=hotline.he_wei)
    services.check_report(raised, passed=True, by=hotline.zhou_hui)
    services.call_back(raised, reached=True, solved="yes", satisfaction=5, by=hotline.wu_mei)
    assert view_of(raised).may_reopen

    with frozen(MONDAY + timedelta(days=16)):
        assert not view_of(raised).may_reopen


def test_a_matter_not_accepted_names_the_ground_and_where_to_go(hotline, raised):
    services.propose_refusal(raised, ground=hotline.ground, note="已起诉。", by=hotline.zhou_hui)
    assert view_of(raised).refusal is None  # proposed is not decided

    services.confirm_refusal(raised, by=hotline.qian_jing)

    view = view_of(raised)
    assert view.refusal.guidance == "请向人民法院起诉。" and "国办发〔2020〕53号" in view.refusal.source
    assert [s.state for s in view.stages] == ["done"] * 3 and not view.answer


def test_a_merged_matter_shows_the_progress_of_the_first_but_not_its_words(hotline, raised, working):
    services.merge(raised, working, by=hotline.zhou_hui)
    services.answer(working, LONG_ANSWER, by=hotline.he_wei)

    view = view_of(raised)

    assert view.is_merged and view.first.unit == "安澜县住房和城乡建设局" and view.first_answered_at
    shown = str(asdict(view.first))
    assert "三盏路灯" not in shown and LONG_ANSWER not in shown and working.case.number not in shown


def test_a_remark_reaches_those_who_handle_it_and_the_trail_keeps_no_words(hotline, raised):
    services.add_remark(raised, "昨天夜里又有人摔倒。", by=CITIZEN)

    assert view_of(raised).remarks[0][1] == "昨天夜里又有人摔倒。"
    event = history_of(raised.case).last()
    assert (event.verb, event.data) == ("hotline.remark", {})
    assert Order.objects.get(pk=raised.pk).contacted_at is None  # the office has not been in touch


def test_an_empty_or_endless_remark_changes_nothing(raised):
    for note in (" ", "很" * 2001):
        with pytest.raises(Invalid):
            services.add_remark(raised, note, by=CITIZEN)

    assert view_of(raised).remarks == () and history_of(raised.case).last().verb == "procedures.open"


def test_remarks_have_an_end(raised):
    for i in range(20):
        services.add_remark(raised, f"补充 {i}", by=CITIZEN)

    with pytest.raises(Conflict):
        services.add_remark(raised, "再补充", by=CITIZEN)


def test_a_photo_is_kept_with_the_matter_and_read_by_those_who_see_it(hotline, raised):
    services.hand_in(raised, io.BytesIO(PNG), "路灯.png", by=CITIZEN)

    kept = Attachment.objects.get(subject_id=raised.case.number)
    assert read(kept, by=hotline.zhou_hui).read() == PNG
    with pytest.raises(NotAllowed):
        read(kept, by=hotline.sun_yan)


def test_a_programme_is_not_taken_for_a_photo(raised):
    with pytest.raises(Invalid):
        services.hand_in(raised, io.BytesIO(b"MZ\x90\x00" + b"\x00" * 200), "路灯.png", by=CITIZEN)

    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("text", "charge"),
    [
        ("村书记收了红包，把鱼塘包给亲戚", True),
        ("举报我们镇的王主任吃拿卡要", True),
        ("举报邻居半夜放音响", False),
        ("路灯坏了没人修", False),
    ],
)
def test_words_about_misconduct_point_to_the_right_door(text, charge):
    assert queries.sounds_like_a_charge(text) is charge


def test_the_months_figures_are_counted_and_nothing_is_made_up(hotline, raised):
    september = date(2026, 9, 1)
    with frozen(MONDAY + timedelta(days=5)):
        empty = queries.month_figures(date(2026, 8, 1))
        assert empty.is_empty and empty.on_time_rate is None and empty.satisfaction_rate is None
    work_on(raised, hotline)
    services.answer(raised, LONG_ANSWER, by=hotline.he_wei)
    CallBack.objects.create(order=raised, at=moment(MONDAY), reached=True, solved="no", satisfaction=2)
    CallBack.objects.create(order=raised, at=moment(MONDAY), reached=True, solved="yes")  # no grade: counts as neither

    with frozen(MONDAY + timedelta(days=5)):
        figures = queries.month_figures(september)

    assert (figures.received, figures.answered, figures.on_time, figures.overdue) == (1, 1, 1, 0)
    assert (figures.asked, figures.satisfied) == (1, 0)


def test_a_matter_left_lying_lowers_the_rate(hotline, raised):
    work_on(raised, hotline)

    with frozen(MONDAY + timedelta(days=40)):
        figures = queries.month_figures(date(2026, 10, 1))

    assert (figures.answered, figures.overdue, figures.on_time_rate) == (0, 1, 0.0)


def test_only_published_outcomes_are_shown(hotline, monday):
    item = {"channel": hotline.web, "unit": hotline.housing, "found": "路面破损", "found_at": moment(MONDAY)}
    MediaItem.objects.create(number="MT1", title="未公布", **item)
    MediaItem.objects.create(
        number="MT2", title="已公布", stage="published", outcome="路面已修复", published_at=moment(MONDAY), **item
    )

    assert [o.title for o in queries.media_outcomes()] == ["已公布"]


def test_time_limits_are_told_for_today(hotline, monday):
    assert [(t.length, t.due_on) for t in queries.time_limits()] == [
        (3, date(2026, 10, 8)),
        (7, date(2026, 10, 13)),
        (15, date(2026, 10, 23)),
    ]


def test_ways_in_are_data(hotline):
    assert [c.number for c in queries.telephones()] == []  # the channel of this story has no number yet
    hotline.phone.number = "122"
    hotline.phone.save()
    assert [c.number for c in queries.telephones()] == ["122"]
    with pytest.raises(Invalid):
        queries.way_in("carrier-pigeon")
    assert queries.county() == hotline.county and queries.grounds() == [hotline.ground]
