"""What an alert adds to the page of its case."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from huilian.engine.alerts import services
from huilian.engine.alerts.case_kind import KIND
from huilian.engine.alerts.models import Alert
from huilian.engine.procedures.actions import actions_for
from huilian.foundation.now import frozen

from . import world
from .world import MONDAY, at


@pytest.fixture
def alert(cast):
    world.build(cast)
    with frozen(MONDAY):
        world.matter(cast)
    with frozen(at(24)):
        services.sweep()
        yield Alert.objects.select_related("case").get()


OWN = {action.key for action in KIND.actions} - {"attach_proof"}


def offered(alert, user) -> set[str]:
    alert.case.refresh_from_db()
    return {action.key for action in actions_for(alert.case, user)} & OWN


def test_each_sees_the_acts_that_are_theirs_at_each_step(alert, cast):
    case = alert.case
    assert offered(alert, cast.he_wei) == {"sign"} and not offered(alert, cast.lin_zheng)

    by_key = {action.key: action for action in KIND.actions}
    by_key["sign"].perform(case, {}, by=cast.he_wei, expected=case.revision)
    by_key["explain"].perform(case, {"note": "下水道施工"}, by=cast.he_wei, expected=None)
    assert offered(alert, cast.lin_zheng) == {"check", "ask_again"} and not offered(alert, cast.he_wei)

    form = by_key["check"].form({"verdict": "true", "note": "属实"}, case=case, user=cast.lin_zheng)
    assert form.is_valid(), form.errors
    by_key["check"].perform(case, form.cleaned_data, by=cast.lin_zheng, expected=None)
    by_key["rectify"].perform(case, {"note": "已疏通"}, by=cast.he_wei, expected=None)
    alert.refresh_from_db()
    form = by_key["verify"].form({"passed": "yes", "colour": "0", "note": "已看"}, case=alert.case, user=cast.lin_zheng)
    assert form.is_valid(), form.errors
    by_key["verify"].perform(alert.case, form.cleaned_data, by=cast.lin_zheng, expected=None)
    by_key["close"].perform(alert.case, {"note": ""}, by=cast.lin_zheng, expected=None)

    alert.refresh_from_db()
    assert alert.counts and offered(alert, cast.lin_zheng) == {"reopen"}


@pytest.mark.parametrize(
    ("language", "words"),
    (
        ("zh-hans", ["为什么预警", "逾期未按时答复", "试用办法 1 第一条", "申辩权", "数据截至", "SHA-256"]),
        ("en", ["Why this alert", "was not answered in time", "Right of reply", "Data as of"]),
    ),
)
def test_the_panel_says_why_in_both_languages(alert, cast, language, words):
    panel = KIND.panels[0]

    with translation.override(language):
        page = render_to_string(panel.template, panel.context(alert.case, cast.he_wei))

    for word in words:
        assert word in page, word


def test_the_panel_shows_a_row_that_was_changed_afterwards(alert, cast):
    alert.evidence[0]["fields"]["class"] = "long"
    alert.save()

    with translation.override("en"):
        page = render_to_string("alerts/reason.html", KIND.panels[0].context(alert.case, cast.he_wei))

    assert "changed since the alert was raised" in page
