"""A talk: booked without clashes, agreed to by another, prepared, held, handed over; the name lies sealed."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core import serializers

from huilian.areas.answer.office import services
from huilian.areas.answer.office.models import Handover, Item, Mark, Room, Talk
from huilian.areas.answer.office.queries import reach, states
from huilian.engine.inbox.models import Notice
from huilian.engine.trail.models import Event
from huilian.engine.vault.models import Look
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from .conftest import MORNING, NAME, PLAN, after, morning


def verbs(talk) -> list[str]:
    return list(Event.objects.filter(subject_id=talk.number).order_by("pk").values_list("verb", flat=True))


def test_a_talk_from_the_booking_to_the_return(office):
    talk = office.ended()
    assert talk.state == "ended" and talk.needs_medical and talk.is_fit
    with pytest.raises(Conflict, match="Not in order yet"):
        services.hand_over(talk, office.talker, by=office.guard)
    office.looked(talk, "after")
    talk = services.take_over(services.hand_over(talk, office.talker, by=office.guard), by=office.talker)
    assert talk.state == "closed"
    assert verbs(talk) == [
        "office.book", "office.decide", "office.medical", "office.check", "office.hand_over", "office.take_over",
        "office.mark", "office.mark", "office.check", "office.hand_over", "office.take_over",
    ]  # fmt: skip
    assert [(h.way, h.giver, h.taker) for h in talk.handovers.all()] == [
        ("in", office.talker, office.guard), ("out", office.guard, office.talker),
    ]  # fmt: skip


def test_nothing_of_the_person_stands_outside_the_vault(office):
    talk = office.inside()
    incident = services.report_incident(talk, kind="ill", happened_at=MORNING, text="晕厥五分钟", by=office.guard)
    services.follow_up(incident, text="送县医院留观", by=office.talker)
    rows = "".join(serializers.serialize("json", model.objects.all()) for model in apps.get_models() if model.__name__
                   not in ("Session",) and hasattr(model, "objects"))  # fmt: skip
    for secret in (NAME, "硝苯地平", "血压140", "晕厥", "留观", "over_60"):
        assert secret not in rows and secret.encode("unicode_escape").decode() not in rows
    opened = services.open_talk(talk, purpose="核对预案", token=office.token(office.guard), by=office.guard)
    assert opened["content"]["person"]["name"] == NAME and opened["content"]["plan"] == PLAN
    assert opened["medical"]["text"] == "血压140/85" and opened[incident.part]["text"] == "晕厥五分钟"
    assert Look.objects.filter(box__subject=talk.subject).count() == 4


def test_the_sealed_part_opens_for_who_takes_part_and_who_agrees_only(office):
    talk = office.book()
    for user in (office.talker, office.second, office.guard, office.approver):
        assert services.open_talk(talk, purpose="看预案", token=office.token(user), by=user)
    with pytest.raises(NotAllowed):  # keeps the rooms, sees hours only
        services.open_talk(talk, purpose="看预案", token=office.token(office.keeper), by=office.keeper)
    assert reach.visible_to(office.keeper).get() == talk
    assert not reach.visible_to(office.secretary).exists() and not reach.visible_to(office.cast.he_wei).exists()
    with pytest.raises(NotAllowed):
        services.open_talk(talk, purpose="看", token="", by=office.secretary)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"case_number": "HX20260603-0001"}, "case_number"), ({"people": 3}, "people"), ({"people": 7}, "people"),
     ({"risk": 4}, "risk"), ({"person": {"name": " "}}, "name"), ({"plan": " "}, "plan"),
     ({"begins_at": morning(hours=-1)}, "begins_at"), ({"ends_at": morning(minutes=30)}, "ends_at"),
     ({"ends_at": morning(hours=12)}, "ends_at"), ({"begins_at": morning(hours=11), "ends_at": morning(hours=14)},
                                                    "ends_at")],
)  # fmt: skip
def test_a_booking_with_a_fault_is_refused_at_its_field(office, more, field):
    with pytest.raises(Invalid) as refused:
        office.book(**more)
    assert refused.value.field == field and not Talk.objects.exists()


def test_only_those_of_the_case_book_and_three_people_take_part(office):
    with pytest.raises(NotAllowed, match="does not work on this case"):
        office.book(second=office.cast.he_wei)
    with pytest.raises(NotAllowed):
        office.book(by=office.guard)
    with pytest.raises(NotAllowed, match=r"one of the two"):
        office.book(talker=office.approver, second=office.talker, by=office.second)
    for guard in (office.talker, office.cast.he_wei):
        with pytest.raises(Invalid) as refused:
            office.book(guard=guard)
        assert refused.value.field == "guard"
    Room.objects.update(is_active=False)
    office.room.refresh_from_db()
    with pytest.raises(Invalid, match="no longer in use"):
        office.book()
    assert not Talk.objects.exists()


def test_a_room_and_its_people_are_taken_once(office):
    first = office.book()
    with pytest.raises(Conflict, match="is taken"):
        office.book(begins_at=morning(hours=3), ends_at=morning(hours=5))
    other = services.save_room(None, {
        "unit": office.cast.commission, "name": "二号谈话室", "kind": "talk", "capacity": 5},
                               by=office.keeper)  # fmt: skip
    with pytest.raises(Conflict, match="is in another talk"):
        office.book(room=other)
    assert office.book(begins_at=morning(hours=4), ends_at=morning(hours=5)).state == "asked"
    services.give_up(first, by=office.talker)
    assert office.book().state == "asked" and verbs(first)[-1] == "office.give_up"
    with pytest.raises(Conflict):
        services.give_up(first, by=office.talker)
    with pytest.raises(NotAllowed):
        services.give_up(first, by=office.keeper)


def test_another_agrees_who_takes_no_part(office):
    talk = office.book()
    assert list(Notice.objects.filter(template="office.decide").values_list("user", flat=True)) == [office.approver.pk]
    with pytest.raises(NotAllowed):
        services.decide(talk, agree=True, by=office.talker)
    assert services.decide(talk, agree=False, by=office.approver).state == "refused"
    with pytest.raises(Conflict):
        services.decide(talk, agree=True, by=office.approver)
    assert verbs(talk)[-1] == "office.decide"


def test_nobody_enters_before_the_medical_check_and_the_items_are_in_order(office):
    talk = office.agreed()
    with pytest.raises(Conflict, match="medical check"):
        services.hand_over(talk, office.guard, by=office.talker)
    with pytest.raises(NotAllowed):
        services.note_medical(talk, is_fit=True, text="好", by=office.talker)
    talk = services.note_medical(talk, is_fit=True, text="血压正常", by=office.guard)
    with pytest.raises(Conflict):
        services.note_medical(talk, is_fit=False, text="改", by=office.guard)
    office.looked(talk, "before")
    item = Item.objects.filter(list="before").first()
    with pytest.raises(Invalid, match="Say what is wrong"):
        services.note_checks(talk, [services.Seen(item, False)], by=office.guard)
    services.note_checks(talk, [services.Seen(item, False, "缺授权")], by=office.guard)
    with pytest.raises(Conflict, match="Not in order"):
        services.hand_over(talk, office.guard, by=office.talker)
    services.note_checks(talk, [services.Seen(item, True)], by=office.guard)
    with pytest.raises(NotAllowed):
        services.hand_over(talk, office.guard, by=office.approver)
    with pytest.raises(NotAllowed):
        services.hand_over(talk, office.second, by=office.talker)
    made = services.hand_over(talk, office.guard, by=office.talker)
    with pytest.raises(Conflict):
        services.hand_over(talk, office.guard, by=office.second)
    with pytest.raises(NotAllowed):
        services.take_over(made, by=office.talker)
    assert services.take_over(made, by=office.guard).state == "inside"
    with pytest.raises(Conflict):
        services.take_over(made, by=office.guard)
    assert Handover.objects.count() == 1


def test_a_person_not_fit_is_not_talked_to(office):
    talk = services.note_medical(office.agreed(), is_fit=False, text="血压180/110", by=office.guard)
    office.looked(talk, "before")
    with pytest.raises(Conflict, match="not fit"):
        services.hand_over(talk, office.guard, by=office.talker)


def test_a_young_and_healthy_person_of_low_risk_needs_no_medical_check(office):
    talk = office.agreed(risk=1, person={"name": NAME, "age": "", "health": ""})
    office.looked(talk, "before")
    assert not talk.needs_medical and services.hand_over(talk, office.guard, by=office.talker)


def test_moments_follow_one_another(office):
    talk = office.inside()
    for kind in ("rest", "end", "look", "resume"):
        with pytest.raises(Conflict):
            services.mark(talk, kind, by=office.guard)
    with pytest.raises(NotAllowed):
        services.mark(talk, "start", by=office.approver)
    with pytest.raises(Invalid):
        services.mark(talk, "warned", by=office.guard)
    for kind in ("start", "look", "rest", "meal", "resume"):
        services.mark(talk, kind, by=office.guard)
    with pytest.raises(NotAllowed):
        services.mark(talk, "look", by=office.talker)
    with after(13 * 60), pytest.raises(Conflict, match="night"):
        services.mark(office_rest(office, talk), "resume", by=office.guard)
    services.mark(talk, "end", by=office.talker)
    with pytest.raises(Conflict):
        services.mark(talk, "start", by=office.talker)
    assert list(talk.marks.values_list("kind", flat=True)) == ["start", "look", "rest", "meal", "resume", "rest", "end"]


def office_rest(office, talk):
    services.mark(talk, "rest", by=office.guard)
    return talk


def test_the_clock_warns_each_of_the_three_once(office):
    talk = office.inside()
    with after(60):
        services.mark(talk, "start", by=office.talker)
    with after(175):
        services.mark(talk, "look", by=office.guard)
        assert [w.code for w in states.warnings_of(talk)] == ["rest_after"]
        assert services.warn() == 1 and services.warn() == 0
    with after(185):
        assert services.warn() == 1  # now past
    assert Notice.objects.filter(template="office.rest_after").count() == 6
    with after(190):
        services.mark(talk, "rest", by=office.guard)
        assert services.warn() == 0
    with after(200):
        services.mark(talk, "resume", by=office.guard)
        services.mark(talk, "look", by=office.guard)
    with after(310):
        services.mark(talk, "look", by=office.guard)
        assert services.warn() == 1  # a rest is due again
    assert list(Mark.objects.filter(kind="warned").values_list("code", flat=True)) == [
        "rest_after", "rest_after!", "rest_after",
    ]  # fmt: skip
    assert verbs(talk).count("office.warn") == 3


def test_an_incident_is_told_at_once_and_closed_by_an_approver(office):
    talk = office.inside()
    with pytest.raises(NotAllowed):
        services.report_incident(talk, kind="ill", happened_at=MORNING, text="晕", by=office.approver)
    for bad in ({"happened_at": MORNING + timedelta(days=1)}, {"kind": "none"}, {"text": " "}):
        with pytest.raises(Invalid):
            services.report_incident(
                talk, **{"kind": "ill", "happened_at": MORNING, "text": "晕", **bad}, by=office.guard
            )
    incident = services.report_incident(talk, kind="ill", happened_at=MORNING, text="晕厥", by=office.guard)
    told = set(Notice.objects.filter(template="office.incident").values_list("user", flat=True))
    assert told == {office.talker.pk, office.second.pk, office.approver.pk}
    with pytest.raises(NotAllowed):
        services.follow_up(incident, text="已送医", close=True, by=office.guard)
    with pytest.raises(NotAllowed):
        services.follow_up(incident, text="看看", by=office.keeper)
    services.follow_up(incident, text="已送医", by=office.guard)
    incident = services.follow_up(incident, text="经查无责任", close=True, by=office.approver)
    assert incident.follow_ups == 2 and incident.closed_by == office.approver
    with pytest.raises(Conflict):
        services.follow_up(incident, text="再", by=office.guard)
    assert verbs(talk)[-3:] == ["office.report_incident", "office.follow_up", "office.follow_up"]


def test_a_room_is_looked_at_by_its_keeper_with_photographs(office, picture):
    first, second = Item.objects.filter(list="room")[:2]
    seen = [services.Seen(first, True, photo=(picture(), "墙面.png")), services.Seen(second, False, "桌角裸露")]
    rows = services.note_checks(office.room, seen, by=office.keeper)
    assert rows[0].photo and [c.is_good for _i, c in states.table("room", room=office.room)[:2]] == [True, False]
    services.note_checks(office.room, [services.Seen(second, True)], by=office.keeper)
    assert states.latest(room=office.room)[second.pk].is_good
    with pytest.raises(NotAllowed):
        services.note_checks(office.room, seen[1:], by=office.talker)
    with pytest.raises(Invalid):
        services.note_checks(office.room, [], by=office.keeper)
    with pytest.raises(Invalid):
        services.note_checks(
            office.room, [services.Seen(Item.objects.get(list="seven", number=1), True)], by=office.keeper
        )
    talk = office.agreed()
    before = Item.objects.filter(list="before").first()
    with pytest.raises(Invalid, match="No photographs"):
        services.note_checks(talk, [services.Seen(before, True, photo=(picture(), "a.png"))], by=office.guard)
    with pytest.raises(NotAllowed):
        services.note_checks(talk, [services.Seen(before, True)], by=office.talker)
    with pytest.raises(Conflict):
        services.note_checks(talk, [services.Seen(Item.objects.filter(list="after").first(), True)], by=office.guard)
    office.room.is_active = False
    with pytest.raises(Conflict):
        services.note_checks(office.room, seen[1:], by=office.keeper)
    assert Event.objects.filter(verb="office.check").count() == 2


def test_rooms_equipment_items_and_limits_are_kept_by_their_keepers(office):
    made = services.save_equipment(None, {"room": office.room, "name": "执法记录仪", "count": 2, "state": "works"},
                                   by=office.keeper)  # fmt: skip
    services.save_equipment(made, {"state": "broken"}, by=office.keeper)
    services.save_room(office.room, {"capacity": 8}, by=office.keeper)
    limit = services.save_limit(None, {"key": "own", "name": "自定", "minutes": 5}, by=office.keeper)
    item = services.save_item(Item.objects.first(), {"text": "改过"}, by=office.keeper)
    assert (made.state, office.room.capacity, limit.origin, item.origin) == ("broken", 8, "county", "county")
    for save, row, values in (
        (services.save_room, office.room, {"capacity": 9}), (services.save_equipment, made, {"count": 1}),
        (services.save_limit, limit, {"minutes": 6}), (services.save_item, item, {"text": "再改"}),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            save(row, values, by=office.talker)
    assert Event.objects.filter(verb="office.catalogue").count() >= 5
    with frozen(MORNING):
        assert limit.minutes == 5
