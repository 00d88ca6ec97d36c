"""More time, and time standing still."""

from datetime import date, timedelta

import pytest

from huilian.engine.procedures import services
from huilian.engine.procedures.models import Case
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from .conftest import MONDAY

DUE = date(2026, 10, 13)


def test_an_extension_is_asked_by_one_and_approved_by_another(cast, working):
    extension = services.ask_extension(working, workdays=3, reason="须入户测绘。", by=cast.he_wei)
    with pytest.raises(NotAllowed):
        services.decide_extension(extension, approve=True, by=cast.he_wei, roles=("department_clerk",))

    services.decide_extension(extension, approve=True, by=cast.chen_lixin, roles=("hotline_supervisor",))

    case = Case.objects.get(pk=working.pk)
    assert case.due_on == date(2026, 10, 16)  # 10-14, 10-15, 10-16
    with pytest.raises(Conflict):
        services.ask_extension(case, workdays=1, reason="再延。", by=cast.he_wei)
    services.tell_extension(extension, by=cast.zhou_hui)
    with pytest.raises(Conflict):
        services.tell_extension(extension, by=cast.zhou_hui)


def test_a_refused_extension_says_why_and_leaves_the_date(cast, working):
    extension = services.ask_extension(working, workdays=3, reason="人手不足。", by=cast.he_wei)
    with pytest.raises(Invalid):
        services.decide_extension(extension, approve=False, by=cast.chen_lixin, roles=("hotline_supervisor",))

    services.decide_extension(
        extension, approve=False, remark="人手不足不是延期理由。", by=cast.chen_lixin, roles=("hotline_supervisor",)
    )

    assert Case.objects.get(pk=working.pk).due_on == DUE


@pytest.mark.parametrize("workdays", [0, 8])
def test_an_extension_is_never_longer_than_the_limit(cast, working, workdays):
    with pytest.raises(Invalid):
        services.ask_extension(working, workdays=workdays, reason="测绘。", by=cast.he_wei)


def test_no_extension_after_the_end(cast, working):
    with frozen(MONDAY + timedelta(days=30)), pytest.raises(Conflict):
        services.ask_extension(working, workdays=1, reason="测绘。", by=cast.he_wei)


def test_a_paused_clock_does_not_run(cast, working):
    services.pause(working, reason="等群众补材料", basis="行政许可法（2019）第三十二条", by=cast.he_wei)
    assert Case.objects.get(pk=working.pk).is_paused

    with frozen(MONDAY + timedelta(days=2)):
        services.resume(working, by=cast.he_wei)

    case = Case.objects.get(pk=working.pk)
    assert not case.is_paused and case.due_on == date(2026, 10, 15)
    with pytest.raises(Conflict):
        services.resume(working, by=cast.he_wei)


def test_a_pause_needs_its_provision_and_its_holder(cast, working):
    with pytest.raises(Invalid):
        services.pause(working, reason="等一等", basis=" ", by=cast.he_wei)
    with pytest.raises(NotAllowed):
        services.pause(working, reason="等一等", basis="第一条", by=cast.sun_yan)

    assert not Case.objects.get(pk=working.pk).is_paused


def test_a_case_is_lit_by_its_step_until_its_own_clock_runs(cast, asked):
    assert asked.lamp is None  # the first step of this procedure has no limit

    case = services.move(asked, "open", by=cast.zhou_hui, unit=cast.housing, class_key="plain")
    assert case.lamp == case.clock and case.due_on == DUE

    case = services.move(case, "close", by=cast.he_wei)
    assert (case.lamp, case.colour, case.is_paused) == (case.clock, 0, False)
