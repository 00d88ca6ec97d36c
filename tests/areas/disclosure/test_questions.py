"""Asked under a line, answered in ten days before everybody, carried upwards when nobody answers."""

from datetime import date, datetime

import pytest

from huilian.areas.serve.disclosure import queries, services
from huilian.areas.serve.disclosure.models import Question
from huilian.engine.procedures.models import Case
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

TEXT = "这笔机耕路硬化款是哪一段路，签合同了吗？"
ANSWER = "是村东八组到机井的一段，合同号2026-07，已附在凭证后面。"


@pytest.fixture
def asked(village, published):
    return services.ask(published, TEXT, line=2)


def verbs(case) -> list[str]:
    return [event.verb for event in history_of(case)]


def test_the_ten_days_begin_at_once_and_the_village_is_told(village, published, asked):
    question, code = asked

    case = question.case
    assert (case.unit, case.step, case.due_on) == (village.liuhe_committee, "village", date(2026, 11, 13))
    assert len(code) == 10 and code not in str(question.__dict__)
    assert village.ma_li.notices.filter(template="disclosure.asked").count() == 1
    assert list(queries.questions_of(item=published)) == [question]
    assert verbs(case) == ["procedures.open"]


@pytest.mark.parametrize(
    "text,line", [("短", None), ("问" * 501, None), ("请打13812345678回我", None), (TEXT, 3), (TEXT, 0)]
)
def test_a_question_that_cannot_stand_is_refused_and_leaves_nothing(village, published, text, line):
    with pytest.raises(Invalid):
        services.ask(published, text, line=line)

    assert not Question.objects.exists() and not Case.objects.exists()


def test_a_draft_cannot_be_asked_about(village, books, duty):
    item = services.draft(duty, by=village.ma_li)

    with pytest.raises(NotAllowed):
        services.ask(item, TEXT)


def test_only_the_villages_people_answer_and_the_answer_is_public(village, asked):
    question, _code = asked
    for by in (village.fang_yu, village.wang_min):
        with pytest.raises(NotAllowed):
            services.answer(question, ANSWER, by=by)
    with pytest.raises(Invalid):
        services.answer(question, "电话13812345678找我", by=village.ma_li)

    services.answer(question, ANSWER, by=village.ma_li)

    found = queries.question_called(question.case.number)
    assert found.answer == ANSWER and found.answered_unit == village.liuhe_committee
    assert found.case.state == "closed" and verbs(found.case)[-1] == "question.answer"
    with pytest.raises(Conflict):
        services.answer(question, ANSWER, by=village.ma_li)


def test_unanswered_it_goes_to_the_township_and_then_to_the_county(village, asked):
    question, _code = asked
    with frozen(datetime(2026, 11, 13, 23)):
        assert services.escalate_overdue() == 0
    with frozen(datetime(2026, 11, 14, 0, 20)):
        assert services.escalate_overdue() == 1
        assert services.escalate_overdue() == 0
    case = Case.objects.get(pk=question.case_id)
    assert (case.unit, case.step, case.due_on) == (village.qingshi_government, "township", date(2026, 11, 24))
    assert village.wang_min.notices.filter(template="disclosure.escalated").exists()

    with frozen(datetime(2026, 11, 25, 0, 20)):
        services.escalate_overdue()
        services.answer(question, ANSWER, by=village.gao_shan)

    assert verbs(case) == [
        "procedures.open",
        "question.escalate_township",
        "question.escalate_county",
        "question.answer",
    ]


def test_who_asked_may_ask_again_with_the_code_and_the_level_above_answers(village, asked):
    question, code = asked
    with pytest.raises(Conflict):
        services.ask_again(question, "还没答复呢请问进度", code)
    services.answer(question, ANSWER, by=village.ma_li)
    question.refresh_from_db()
    with pytest.raises(NotAllowed):
        services.ask_again(question, "合同没有看到，请公开。", "AAAAAAAAAA")

    services.ask_again(question, "合同没有看到，请公开。", f" {code.lower()} ")

    question.refresh_from_db()
    assert question.answer == "" and question.case.step == "township"
    assert verbs(question.case)[-1] == "question.again_township"
    services.answer(question, "合同已补充公开。", by=village.wang_min)
    question.refresh_from_db()
    services.ask_again(question, "金额和合同还是不一致。", code)
    assert Case.objects.get(pk=question.case_id).step == "county"


def test_words_that_insult_are_hidden_with_a_reason_and_the_clock_runs_on(village, asked):
    question, _code = asked
    with pytest.raises(NotAllowed):
        services.hide(question, "点名辱骂个人", by=village.ma_li)  # the village asked about never hides it
    with pytest.raises(Invalid):
        services.hide(question, "", by=village.wang_min)

    services.hide(question, "点名辱骂个人", by=village.wang_min)

    found = queries.question_called(question.case.number)
    assert not found.is_shown and found.case.is_open and found.hidden_reason == "点名辱骂个人"
    assert verbs(found.case)[-1] == "question.hide"
