"""A complaint as its citizen follows it, by number and code."""

import pytest

from huilian.areas.power.monitoring.queries import public
from huilian.areas.power.monitoring.services import complaints
from tests.areas.monitoring.test_monitoring import case_of


@pytest.fixture
def made(hall):
    """(complaint, code) about a penalty that takes too long."""
    return complaints.complain(case_of(hall).case.number, "拖了两个月没有人答复。")


def test_number_and_code_open_it_and_a_wrong_code_does_not(made):
    complaint, code = made

    assert public.complaint_by_code(complaint.case.number.lower(), f"{code[:4]}-{code[4:]}") == complaint
    assert public.complaint_by_code(complaint.case.number, "AAAAAAAA") is None
    assert public.complaint_by_code("TS20200101-0001", code) is None


def test_the_answer_is_shown_once_it_is_given(hall, made):
    complaint, _code = made
    assert public.complaint_view(complaint).result == ""

    complaints.refuse_complaint(complaint, note="不属于电子监察受理范围，请向司法局申请行政复议。", by=hall.watches)
    view = public.complaint_view(public.complaint_numbered(complaint.case.number))

    assert view.is_refused and "行政复议" in view.result
    assert {stage["state"] for stage in view.stages} == {"done"}
