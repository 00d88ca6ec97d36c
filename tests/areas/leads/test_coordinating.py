"""Letters with an answer due, meetings with tasks, stock-taking since 2017, what the county sets for itself."""

from datetime import date, datetime, timedelta

import pytest

from huilian.areas.answer.leads import services
from huilian.areas.answer.leads.models import Letter, Meeting, Stocktake, Term
from huilian.areas.answer.leads.queries import figures, reach
from huilian.areas.answer.leads.services.guards import running
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import CHINA, today

from .conftest import later


def told(*verbs: str) -> bool:
    return set(verbs) <= set(Event.objects.values_list("verb", flat=True))


def test_a_lead_of_another_organ_goes_within_five_working_days_and_comes_back_as_a_receipt(desk):
    lead = desk.lead(competent=False, field="gangs")
    assert running(lead, "opinion") is None and running(lead, "transfer").due_on == date(2026, 6, 10)
    letter = {"kind": "transfer", "to_name": "安澜县公安局", "text": "移送村霸线索", "joint": True}
    for wrong, error in (
        ({"to": desk.cast.housing}, Invalid), ({"to_name": " "}, Invalid), ({"kind": "chat"}, Invalid),
        ({"to_name": "", "to": desk.cast.liuhe_committee}, Invalid), ({"by": desk.second}, NotAllowed),
    ):  # fmt: skip
        with pytest.raises(error):
            services.send_letter(lead, **{**letter, "by": desk.manager, **wrong})
    assert not Letter.objects.exists()
    sent = services.send_letter(lead, **letter, by=desk.manager)
    assert running(lead, "transfer") is None and running(sent, "receipt").due_on == date(2026, 6, 10)
    with pytest.raises(Invalid):
        services.take_receipt(sent, receipt_no="", by=desk.manager)
    services.take_receipt(sent, receipt_no="公收〔2026〕11号", text="已立案", by=desk.manager)
    with pytest.raises(Conflict):
        services.take_receipt(sent, receipt_no="再收", by=desk.manager)

    lead.refresh_from_db()
    assert lead.state == "moved" and told("leads.send_letter", "leads.take_receipt")


def test_a_lead_on_a_main_leader_is_reported_upward_before_it_is_decided(desk):
    lead = desk.assigned(rank="main")
    with pytest.raises(Conflict):
        desk.agreed(lead, "hold")
    services.send_letter(lead, kind="upward", to_name="市纪委监委", text="报告", by=desk.manager)
    proposal = lead.proposals.get(state="waiting")
    assert services.decide(proposal, agree=True, by=desk.secretary).state == "approved"


def test_a_meeting_concludes_on_each_lead_and_gives_tasks(desk):
    lead = desk.assigned()
    with pytest.raises(Invalid):
        services.hold_meeting(held_on=today(), present=[], by=desk.manager)
    with pytest.raises(NotAllowed):
        services.hold_meeting(held_on=today(), present=[desk.manager], by=desk.handler)
    meeting = services.hold_meeting(held_on=today(), present=[desk.handler], by=desk.manager)
    item = services.table(meeting, lead, by=desk.manager)
    with pytest.raises(Conflict):
        services.close_meeting(meeting, by=desk.manager)
    services.conclude(item, text="先函询再核实", by=desk.manager)
    due = today() + timedelta(7)
    for wrong in ({"user": desk.second}, {"kind": "sing"}, {"due_on": today() - timedelta(1)}):
        with pytest.raises(Invalid):
            services.give_task(
                item, **{"kind": "propose", "user": desk.handler, "due_on": due, **wrong}, by=desk.manager
            )
    task = services.give_task(item, kind="propose", user=desk.handler, due_on=due, by=desk.manager)
    with pytest.raises(NotAllowed):
        services.finish_task(task, by=desk.manager)
    services.finish_task(task, by=desk.handler)
    services.close_meeting(meeting, by=desk.manager)
    with pytest.raises(Conflict):
        services.conclude(item, text="改一下", by=desk.manager)

    assert list(reach.visible_meetings(desk.handler)) == [meeting] and not reach.visible_meetings(desk.second)
    assert told("leads.hold_meeting", "leads.table", "leads.conclude", "leads.give_task", "leads.finish_task",
                "leads.close_meeting")  # fmt: skip


def test_who_must_keep_away_does_not_sit_at_the_meeting(desk):
    lead = desk.lead(persons=[desk.second.person])
    meeting = services.hold_meeting(held_on=today(), present=[desk.second], by=desk.manager)
    with pytest.raises(Conflict):
        services.table(meeting, lead, by=desk.manager)
    assert Meeting.objects.get().items.count() == 0


def test_stock_is_taken_back_to_2017_looked_at_and_signed_off_by_another(desk):
    old = desk.lead(received_at=datetime(2017, 5, 4, 10, tzinfo=CHINA), naming="anonymous")
    services.hand_over(old, desk.handler, token=desk.token(desk.manager), by=desk.manager)
    old = desk.agreed(services.take_over(old, by=desk.handler), "hold")
    running_on = desk.lead()
    desk.lead(rank="section")
    given = {"name": "村社线索大起底", "since": date(2017, 1, 1), "until": today(), "due_on": today() + timedelta(60)}
    with pytest.raises(NotAllowed):
        services.take_stock(**given, by=desk.handler)
    with pytest.raises(Invalid):
        services.take_stock(**{**given, "until": today() + timedelta(1)}, by=desk.manager)
    stock = services.take_stock(**given, rank="village", by=desk.manager)
    assert stock.items.count() == 2 and Stocktake.objects.count() == 1

    item, other = stock.items.get(lead=old), stock.items.get(lead=running_on)
    with pytest.raises(Conflict):
        services.sign_off(item, by=desk.manager)
    with pytest.raises(Invalid):
        services.check_again(item, verdict="keep", text="适当", by=desk.manager)  # it is open: being handled
    services.check_again(item, verdict="going", text="暂存期内", by=desk.handler)
    with pytest.raises(NotAllowed):
        services.check_again(item, verdict="going", text="无权", by=desk.second)
    services.sign_off(item, by=desk.manager)
    services.check_again(other, verdict="going", text="已分办", by=desk.manager)
    with pytest.raises(NotAllowed):
        services.sign_off(other, by=desk.manager)

    assert figures.progress_of(stock) == {"all": 2, "looked": 2, "signed": 1, "again": 0}
    assert told("leads.take_stock", "leads.check_again", "leads.sign_off")


def test_a_closed_lead_found_wanting_is_open_again(desk):
    lead = desk.agreed(desk.assigned(naming=""), "close")
    stock = services.take_stock(
        name="复核", since=today(), until=today(), due_on=today() + timedelta(9), by=desk.manager
    )
    item = services.check_again(stock.items.get(), verdict="again", text="漏查一户", by=desk.manager)
    services.sign_off(item, by=desk.other)

    lead.refresh_from_db()
    assert (lead.state, lead.closed_at) == ("assigned", None) and running(lead, "opinion")


def test_figures_hide_small_counts_and_show_the_way_from_lead_to_sanction(desk):
    for _n in range(3):
        desk.lead(naming="")
    desk.lead(field="land", naming="")
    desk.agreed(desk.assigned(field="relief", naming=""), "verify")
    leads = figures.leads_of(2026)

    by_field = {row.name: row.n for row in figures.by(leads, "field")}
    assert by_field["works and projects"] == 3
    assert by_field["expropriation and resettlement"] is None and by_field["elections of villages"] == 0
    assert [row.n for row in figures.funnel(2026)] == [5, None, None, 0, 0]
    assert {row.name: row.n for row in figures.by_town(leads)}["青石镇"] == 5
    assert figures.stock_of_handlers(reach.visible_to(desk.manager), today())
    with later(40):
        assert ("nobody yet", 4, 4) in figures.stock_of_handlers(reach.visible_to(desk.manager), today())
    assert figures.in_time(2026) and all(row.n == 0 for row in figures.by_form(2026))


def test_the_county_sets_limits_sanctions_and_allies(desk):
    term = Term.objects.get(key="verify")
    values = {"length": 15, "unit": "workday", "name": term.name}
    with pytest.raises(NotAllowed):
        services.save_term(term, values, by=desk.handler)
    assert services.save_term(term, values, by=desk.manager).origin == "county"
    services.save_sanction(None, {"key": "letter", "name": "通报", "form": 1}, by=desk.manager)
    ally = {"unit": desk.cast.housing, "duty": "工程鉴定", "contact": "徐芳", "since": date(2026, 1, 1)}
    with pytest.raises(Invalid):
        services.save_ally(None, {**ally, "until": date(2025, 1, 1)}, by=desk.manager)
    services.save_ally(None, ally, by=desk.manager)

    lead = desk.agreed(desk.assigned(), "verify")
    assert running(lead, "verify").due_on == date(2026, 6, 25) and told("leads.catalogue")
