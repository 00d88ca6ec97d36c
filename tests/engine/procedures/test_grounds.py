"""Papers one area asks another for, without either knowing the other."""

import datetime as dt

import pytest

from huilian.engine.procedures import grounds
from huilian.engine.procedures.grounds import Asked, Ground
from huilian.foundation.errors import Invalid

HERE = object()  # the registry hands the place on and never looks at it
PERMIT = Ground("XK-1", "砂石开采", "/x/", dt.date(2026, 3, 2), "安澜砂石有限公司")


@pytest.fixture
def permits(monkeypatch):
    """An area that keeps permits, and what it was asked."""
    asked = []

    def check(number, what):
        asked.append((number, what))
        if number != PERMIT.number:
            raise Invalid("没有这个许可。", field="permit_no")
        return PERMIT

    monkeypatch.setattr(grounds, "_providers", {})
    grounds.provide("permit", check, {PERMIT.number: PERMIT}.get)
    return asked


def test_the_keeper_of_a_paper_is_asked_for_what_it_is_wanted(permits):
    found = grounds.require("permit", " XK-1 ", place=HERE, purpose="work", amount_cents=5, about=" 采砂 ")

    assert found == PERMIT
    assert permits == [("XK-1", Asked(HERE, "work", 5, "采砂"))]


def test_what_the_keeper_refuses_is_refused(permits):
    with pytest.raises(Invalid, match="没有这个许可"):
        grounds.require("permit", "XK-2", place=HERE, purpose="work")


def test_where_nobody_keeps_such_papers_any_number_will_do_but_none_will_not(permits):
    assert grounds.require("licence", "老-7", place=HERE, purpose="seal") == Ground("老-7")
    with pytest.raises(Invalid) as refused:
        grounds.require("licence", "  ", place=HERE, purpose="seal")

    assert refused.value.field == "licence_no"
    assert not permits


def test_a_purpose_nobody_knows_is_a_fault_of_the_programme(permits):
    with pytest.raises(ValueError, match="picnic"):
        grounds.require("permit", "XK-1", place=HERE, purpose="picnic")


def test_a_paper_is_found_without_judging_it(permits):
    assert grounds.find("permit", "XK-1") == PERMIT
    assert grounds.find("permit", "XK-2") is grounds.find("permit", "") is grounds.find("licence", "XK-1") is None
