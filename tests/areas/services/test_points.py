"""Points, windows and tickets; the catalogue and its limits; what was asked first; postings and volunteers."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from huilian.areas.serve.services import rules
from huilian.areas.serve.services.models import (
    Checklist,
    Inquiry,
    Item,
    Material,
    Point,
    PointItem,
    Posting,
    Setting,
    SignUp,
    Ticket,
    Volunteer,
    Window,
)
from huilian.areas.serve.services.queries import desk, public
from huilian.areas.serve.services.queries.catalogue import number_of, offer
from huilian.areas.serve.services.seeding import seed
from huilian.areas.serve.services.services import catalogue, points
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

TODAY = date(2026, 11, 3)


def was(verb) -> bool:
    return Event.objects.filter(verb=verb).exists()


def test_points_stand_under_the_next_level_and_offer_what_their_level_may(county):
    assert county.room.parent == county.centre and county.centre.parent == county.hall and county.hall.parent is None
    aid = county.item["SH-01"]  # decided in the township
    assert [offer(p, aid).may_answer for p in (county.room, county.centre, county.hall)] == [False, True, True]
    assert [offer(p, aid).may_forward for p in (county.room, county.centre, county.hall)] == [True, False, False]


def test_nobody_gives_a_result_their_level_does_not_allow(county):
    row = offer(county.room, county.item["SH-01"])
    with pytest.raises(Invalid):
        catalogue.save_offer(row, {"may_answer": True}, by=county.cao_jun)
    with pytest.raises(NotAllowed):
        catalogue.save_offer(row, {"may_accept": False}, by=county.yu_fei)
    assert PointItem.objects.get(pk=row.pk).may_accept

    catalogue.save_offer(row, {"may_accept": False}, by=county.cao_jun)

    assert (
        county.centre == desk.own_points(county.shi_lei)[0] == public.points_near(county.liuhe, county.item["SH-01"])[0]
    )
    assert was("services.offer")


def test_a_point_is_entered_by_the_service_officer_under_a_higher_one(county):
    with pytest.raises(NotAllowed):
        catalogue.save_point(None, {"unit": county.dongwan_committee, "name": "东湾村便民服务室"}, by=county.yu_fei)
    with pytest.raises(Invalid):
        catalogue.save_point(
            None,
            {"unit": county.dongwan_committee, "name": "东湾村便民服务室", "parent": county.centre},
            by=county.cao_jun,
        )
    assert Point.objects.count() == 3

    made = catalogue.save_point(None, {"unit": county.dongwan_committee, "name": "东湾村便民服务室"}, by=county.cao_jun)

    assert made.parent == county.hall and was("services.point")
    covered = {c.level: (c.whole, c.covered) for c in desk.coverage(county.cao_jun)}
    assert covered == {3: (1, 1), 4: (2, 1), 5: (4, 2)}
    assert [n.point.name for n in desk.tree_of(county.yu_fei)] == ["青石镇便民服务中心", "柳河村便民服务室"]


@pytest.mark.parametrize(
    "change,field",
    [
        ({"fee_cents": 100}, "fee_cents"),
        ({"days_village": 3}, "days_village"),
        ({"days_township": 6}, "days_township"),
        ({"days_county": 11}, "days_county"),
        ({"legal_days": 5, "days_county": 10}, "days_county"),
        ({"in_hall": False}, "not_in_hall_reason"),
    ],
)
def test_an_item_is_free_within_its_days_and_in_the_hall(county, change, field):
    with pytest.raises(Invalid) as refused:
        catalogue.save_item(county.item["ZW-01"], change, by=county.cao_jun)

    assert refused.value.field == field
    assert Item.objects.get(code="ZW-01").origin == "default"


def test_the_database_refuses_a_fee_as_well(county):
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(code="ZW-01").update(fee_cents=1)


def test_the_catalogue_is_kept_by_the_service_officer_and_seeding_leaves_it(county):
    with pytest.raises(NotAllowed):
        catalogue.save_item(county.item["ZW-01"], {"days_county": 3}, by=county.yu_fei)
    catalogue.save_item(
        county.item["ZW-01"],
        {"days_county": 3, "in_hall": False, "not_in_hall_reason": "县局专网办理"},
        by=county.cao_jun,
    )
    new = catalogue.save_item(
        None, {"code": "QT-09", "category": "other", "name": "老年优待证", "decided_at": 4}, by=county.cao_jun
    )
    paper = catalogue.save_material(None, {"item": new, "key": "photo", "name": "一寸照片"}, by=county.cao_jun)

    assert seed() == {"items": 0, "norms": 0, "checklists": 0, "numbers": 0}
    assert Item.objects.get(code="ZW-01").days_county == 3 and list(desk.outside_the_hall()) == [county.item["ZW-01"]]
    assert offer(county.centre, new).may_answer and Material.objects.get(pk=paper.pk).origin == "county"
    assert was("services.item") and was("services.material")


def test_numbers_and_checklists_are_the_countys(county):
    row = Setting.objects.get(key="bad_rating_days")
    for by, values, error in ((county.yu_fei, {"value": 3}, NotAllowed), (county.cao_jun, {"value": 0}, Invalid)):
        with pytest.raises(error):
            catalogue.save_setting(row, values, by=by)
    catalogue.save_setting(row, {"value": 3}, by=county.cao_jun)
    assert number_of("bad_rating_days") == 3 and was("services.number")

    six = Checklist.objects.get(key="six")
    with pytest.raises(Invalid):
        catalogue.save_checklist(six, {"lines": []}, by=county.cao_jun)
    catalogue.save_checklist(six, {"lines": [{"zh": "有人", "en": "staff"}]}, by=county.cao_jun)
    assert len(Checklist.objects.get(key="six").lines) == 1 and was("services.checklist")


def test_windows_have_staff_from_a_day_to_a_day(county):
    window = catalogue.save_window(
        None,
        {"point": county.hall, "number": "8", "name": "民政", "department": county.civil_affairs},
        by=county.cao_jun,
    )
    with pytest.raises(NotAllowed):
        catalogue.staff_window(window, person=county.person("hao_jing"), starts_on=TODAY, by=county.kong_li)
    staff = catalogue.staff_window(
        window, person=county.person("hao_jing"), is_chief=True, starts_on=TODAY, by=county.cao_jun
    )
    with pytest.raises(Conflict):
        catalogue.staff_window(window, person=county.person("hao_jing"), starts_on=TODAY, by=county.cao_jun)
    catalogue.leave_window(staff, on=TODAY, by=county.cao_jun)

    assert "民政局" not in desk.windowless(county.hall) and "公安局" in desk.windowless(county.hall)
    assert was("services.window") and was("services.staff") and was("services.leave_window")


def test_numbers_are_called_in_order_for_what_a_window_serves(county):
    window = catalogue.save_window(
        None, {"point": county.hall, "number": "1", "name": "户籍", "items": [county.item["ZW-03"]]}, by=county.cao_jun
    )
    assert Window.objects.get().items.count() == 1
    for item in ("SH-03", "ZW-03"):
        points.draw_ticket(county.hall, county.item[item])
    with pytest.raises(NotAllowed):
        points.call_next(window, by=county.shi_lei)

    assert points.call_next(window, by=county.kong_li).number == 2
    with pytest.raises(Conflict):
        points.call_next(window, by=county.kong_li)
    assert Ticket.objects.get(number=1).called_at is None and was("services.call_next")


def test_whoever_is_asked_first_answers_or_brings_the_person_on(county):
    with pytest.raises(Invalid):
        points.note_inquiry(matter="?", by=county.bai_lu)
    with pytest.raises(NotAllowed):
        points.note_inquiry(matter="社保卡丢了怎么办", by=county.he_wei)
    inquiry = points.note_inquiry(matter="社保卡丢了怎么办", name="张三", phone="13800001111", by=county.bai_lu)
    assert inquiry.receiver == county.bai_lu and list(desk.inquiries_of(county.niu_tao)) == [inquiry]
    with pytest.raises(Invalid):
        points.hand_over(inquiry, unit=county.approval, contact="", by=county.bai_lu)
    assert Inquiry.objects.get().settled_at is None
    points.hand_over(inquiry, unit=county.approval, contact="3号窗口孔丽", by=county.bai_lu)
    with pytest.raises(Conflict):
        points.answer_inquiry(inquiry, "已答复", by=county.bai_lu)

    other = points.note_inquiry(matter="低保怎么申请", by=county.bai_lu)
    points.answer_inquiry(other, "告知条件和材料", by=county.bai_lu)

    assert not desk.inquiries_of(county.bai_lu).exists()
    assert was("services.inquiry") and was("services.hand_over") and was("services.answer_inquiry")


@pytest.fixture
def course(county):
    return points.save_posting(
        None,
        {
            "kind": "training",
            "title": "猕猴桃修剪培训",
            "text": "镇农技站",
            "point": county.centre,
            "seats": 1,
            "opens_on": TODAY,
        },
        by=county.shi_lei,
    )


def test_people_sign_up_once_while_there_are_seats(county, course):
    with pytest.raises(Invalid):
        points.sign_up(course, name="赵桂花", phone="12")
    first = points.sign_up(course, name="赵桂花", phone="13812345678")
    assert points.sign_up(course, name="赵桂花", phone="13812345678") == first
    with pytest.raises(Conflict):
        points.sign_up(course, name="张大山", phone="13812345679")
    assert [p.taken for p in public.postings("training")] == [1]

    points.note_outcome(first, outcome="已参加", by=county.shi_lei)
    points.withdraw_posting(course, by=county.shi_lei)

    with pytest.raises(Conflict):
        points.withdraw_posting(course, by=county.shi_lei)
    assert not public.postings() and SignUp.objects.get().outcome == "已参加"
    assert all(was(f"services.{verb}") for verb in ("posting", "sign_up", "outcome", "withdraw_posting"))


def test_a_posting_belongs_to_a_point_of_ones_own_and_ends_after_it_begins(county, course):
    with pytest.raises(NotAllowed):
        points.save_posting(course, {"title": "别的"}, by=county.bai_lu)
    with pytest.raises(Invalid):
        points.save_posting(course, {"closes_on": date(2026, 11, 1)}, by=county.shi_lei)

    assert Posting.objects.get().closes_on is None


def test_volunteers_come_and_go(county):
    values = {"name": "周老师", "phone": "13912345678", "point": county.room, "starts_on": TODAY}
    with pytest.raises(NotAllowed):
        points.save_volunteer(None, values, by=county.sun_yan)
    row = points.save_volunteer(None, values, by=county.bai_lu)
    with pytest.raises(Invalid):
        points.end_volunteer(row, on=date(2026, 11, 1), by=county.bai_lu)
    points.end_volunteer(row, on=TODAY, by=county.bai_lu)

    assert Volunteer.objects.get().ends_on == TODAY and was("services.volunteer") and was("services.end_volunteer")


def test_rules_of_levels_days_and_rates():
    days = {5: 2, 4: 5, 3: 10}
    spans = ((5, 5), (5, 4), (5, 3), (4, 3), (3, 3), (3, 5))  # taken in at, decided at
    assert [rules.whole_days(days, *span) for span in spans] == [2, 7, 17, 15, 10, 10]
    assert rules.whole_days(days, 5, 2) == 17 and rules.days_at(days, 1) == 10
    assert rules.may_decide(3, 4) and not rules.may_decide(5, 4)
    assert [rules.class_of(level) for level in (5, 4, 3, 2)] == ["village", "township", "county", "county"]
    assert rules.class_of(5, instant=True) == "instant"
    assert [rules.trips_of(c) for c in ("window", "kiosk", "web", "visit")] == [1, 1, 0, 0]
    rows = [rules.Closed(1, 0, 8, 20, True), rules.Closed(0, 1, 22, 20, False), rules.Closed(2, 0, 3, None, True)]
    assert (rules.once_done(rows).part, rules.few_trips(rows).part, rules.no_trip(rows).part) == (1, 2, 1)
    rows.append(rules.Closed(1, 0, 0, None, None))  # answered on the spot
    assert rules.on_time(rows).percent == 67 and rules.saved(rows) == (10, 2)
    assert rules.Rate(0, 0).share is None and rules.Rate(1, 4).share == 0.25
    assert rules.Finding("x", 0, 0).good is None and rules.Finding("x", 2, 1).good is False
    assert rules.state_of_rating(2) == "call" and rules.state_of_rating(3) == "good"
    assert rules.days_saved(None, 3) is None
