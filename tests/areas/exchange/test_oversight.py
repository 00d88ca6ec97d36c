"""Objections, supervision, the village board, questions, the county's tables."""

import io
from datetime import date, timedelta

import pytest

from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.models import Board, Deal, Lot, Mode, Notice, Period, Right, Unity
from huilian.areas.watch.exchange.seeding import seed
from huilian.areas.watch.exchange.services import catalogue
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment

WHO = {"name": "何大勇", "phone": "13800001111", "text": "中标人与村主任是亲兄弟，没有申报"}


def test_an_objection_to_the_result_stops_the_clock_until_it_is_answered(desk):
    lot, deal, _joined = desk.result({1: 1_700_000, 2: 1_650_000})
    at = moment(lot.opens_at)
    with desk.at(at + timedelta(days=1)):
        objection = services.object_to(lot, about="result", **WHO)
        lot.case.refresh_from_db()
        assert lot.case.is_paused and objection.due_on == date(2026, 6, 22)  # five working days; 06-19 is a holiday
    with desk.at(at + timedelta(days=8)):
        with pytest.raises(Conflict, match="异议"):
            services.confirm(lot, by=desk.clerk)
        with pytest.raises(NotAllowed):
            services.answer_objection(objection, answer="不成立", upheld=False, by=desk.clerk)
        services.answer_objection(objection, answer="经查无亲属关系", upheld=False, by=desk.head)
        with pytest.raises(Conflict):
            services.answer_objection(objection, answer="再答", upheld=True, by=desk.head)
        with pytest.raises(Conflict, match="公示"):
            services.confirm(lot, by=desk.clerk)  # the days it stood still are given back
    with desk.at(at + timedelta(days=15)):
        deal = services.confirm(Lot.objects.get(pk=lot.pk), by=desk.clerk)

    assert deal.state == "confirmed"


def test_an_upheld_objection_strikes_the_deal_out_and_the_next_one_wins(desk):
    lot, deal, joined = desk.result({1: 1_700_000, 2: 1_650_000})
    with desk.at(moment(lot.opens_at) + timedelta(days=1)):
        with pytest.raises(Conflict):
            services.overturn(lot, note="没有依据", by=desk.head)
        objection = services.object_to(lot, about="result", **WHO)
        services.answer_objection(objection, answer="未申报亲属关系属实", upheld=True, by=desk.head)
        with pytest.raises(Conflict):
            services.confirm(lot, by=desk.clerk)
        lot = services.overturn(lot, note="受让人隐瞒亲属关系", by=desk.head)
        second = services.award(lot, by=desk.clerk)

    deal.refresh_from_db()
    assert deal.state == "overturned" and second.registration == joined[2]
    assert joined[1].deposits.get().due_back_on and joined[2].deposits.get().due_back_on is None
    with desk.at(moment(lot.opens_at) + timedelta(days=9)):
        assert services.confirm(Lot.objects.get(pk=lot.pk), by=desk.clerk) == second
    assert Deal.objects.count() == 2
    assert {"lot.overturn", "exchange.objected", "exchange.objection_answered"} <= set(
        Event.objects.filter(subject_id=lot.number).values_list("verb", flat=True)
    )


def test_one_objects_to_the_papers_while_registration_runs(desk):
    lot = desk.published()
    desk.join(lot, 1)
    with pytest.raises(Conflict):
        services.object_to(lot, about="result", **WHO)
    services.object_to(lot, about="papers", **WHO)
    with desk.at(lot.opens_at):
        with pytest.raises(Conflict, match="异议"):
            desk.closed(lot)
        with pytest.raises(Conflict):
            services.object_to(lot, about="papers", **WHO)


def test_supervision_attends_a_step_and_the_exchange_says_what_it_did(desk):
    lot = desk.published()
    given = {"step": "review", "on": date(2026, 6, 1), "opinion": "权属证明缺一页"}
    with pytest.raises(NotAllowed):
        services.attend(lot, **given, by=desk.clerk)
    with pytest.raises(Invalid) as wrong:
        services.attend(lot, **{**given, "step": "certify"}, by=desk.watcher)
    assert wrong.value.field == "step"
    seen = services.attend(lot, **given, is_wrong=True, by=desk.watcher)
    with pytest.raises(NotAllowed):
        services.put_right(seen, text="已补", by=desk.watcher)
    services.put_right(seen, text="已补交原件", by=desk.clerk)
    with pytest.raises(Conflict):
        services.put_right(seen, text="又补", by=desk.clerk)

    seen.refresh_from_db()
    assert (seen.unit, seen.put_right) == (desk.cast.commission, "已补交原件")
    assert (
        Event.objects.filter(subject_id=lot.number, verb__in=["exchange.attended", "exchange.put_right"]).count() == 2
    )


def test_a_notice_is_posted_in_the_village_and_questions_are_answered_for_all(desk):
    lot = desk.published()
    notice = Notice.objects.get()
    with pytest.raises(Invalid):
        services.post_on_board(notice, on=date(2026, 5, 31), by=desk.village)
    with pytest.raises(NotAllowed):
        services.post_on_board(notice, on=date(2026, 6, 1), by=desk.clerk)
    services.post_on_board(notice, on=date(2026, 6, 1), by=desk.village)
    question = services.ask(lot, "水电由谁承担？", asker="周先生")
    with pytest.raises(Invalid):
        services.ask(lot, " ")
    services.answer(question, "承租人承担", by=desk.clerk)
    with pytest.raises(Conflict):
        services.answer(question, "另行约定", by=desk.clerk)
    with desk.at(lot.registers_until), pytest.raises(Conflict):
        services.ask(lot, "还能报名吗？")

    notice.refresh_from_db()
    assert notice.posted_on == date(2026, 6, 1)


def test_the_county_changes_its_tables_but_only_makes_rules_stricter(desk):
    table = Board.objects.get(key="engineering")
    ruled = Period.objects.get(board=table, what="notice")
    with pytest.raises(NotAllowed):
        catalogue.save_period(ruled, {"length": 30}, by=desk.clerk)
    with pytest.raises(Invalid, match="更严"):
        catalogue.save_period(ruled, {"length": 19}, by=desk.head)
    with pytest.raises(Invalid):
        catalogue.save_period(ruled, {"unit": "workday"}, by=desk.head)
    ruled.refresh_from_db()
    assert ruled.length == 20
    assert catalogue.save_period(ruled, {"length": 25}, by=desk.head).origin == "rule"
    own = Period.objects.get(board__key="property", what="review")
    assert catalogue.save_period(own, {"length": 3}, by=desk.head).origin == "county"
    seed()
    own.refresh_from_db()

    assert own.length == 3
    assert Event.objects.filter(verb="exchange.catalogue").count() == 2


@pytest.mark.parametrize(
    ("save", "model"),
    [(catalogue.save_board, Board), (catalogue.save_mode, Mode), (catalogue.save_unity, Unity)],
)
def test_closed_lists_are_changed_but_not_added_to(desk, save, model):
    with pytest.raises(Invalid):
        save(None, {"name": "新的"}, by=desk.head)
    row = model.objects.first()
    with pytest.raises(NotAllowed):
        save(row, {"name": "改"}, by=desk.village)

    assert save(row, {"name": "改名"}, by=desk.head).origin == "county"


def test_a_right_may_be_added_and_what_is_never_traded_stays_listed(desk):
    added = catalogue.save_right(
        None, {"key": "carbon", "name": "林业碳汇", "board": Board.objects.get(key="property")}, by=desk.head
    )
    with pytest.raises(Invalid):
        catalogue.save_right(Right.objects.get(key="land_ownership"), {"is_active": False}, by=desk.head)
    with pytest.raises(NotAllowed):
        catalogue.save_right(added, {"name": "改"}, by=desk.clerk)

    assert added.origin == "county"


def test_a_paper_of_the_village_board_is_written_with_its_code(desk):
    from huilian.areas.watch.exchange import papers
    from huilian.engine.documents.services import bytes_of

    lot, deal, _joined = desk.result({1: 1_700_000, 2: 1_650_000})
    notice = lot.notices.first()
    shown = [row for table in papers.notice_paper(notice).tables for row in table.rows]

    assert ["受让方", "周*乙"] in shown and ["溢价率", "13.3%"] in shown
    for paper in (papers.notice_paper(notice), papers.application(lot), papers.confirmation(deal)):
        assert io.BytesIO(bytes_of(paper, "pdf")).read(5) == b"%PDF-"
