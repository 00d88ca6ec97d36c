"""Whoever is concerned by an item neither speaks nor votes nor counts on it, and the minutes say so."""

import pytest

from huilian.areas.power.decisions import services
from huilian.areas.power.decisions.models import Meeting, StepBack, Vote
from huilian.areas.power.decisions.papers import of_meeting
from huilian.areas.power.decisions.queries.public import counted
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Person
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

WINNER = "安澜县清源建筑工程有限公司"


@pytest.fixture
def item(room):
    """Both committees of 柳河村 on a motion that names a firm: seven due, all there."""
    motion = room.to(room.propose(winner=WINNER), "talks")
    found = room.begin(motion)
    services.mark(found.meeting, [room.seat("committees", n) for n in range(1, 8)], "signed", by=room.keeps)
    return found


def kin_of_the_firm(room, seat):
    """刘长贵 sits on `seat`; his brother's firm is the one the motion names."""
    person = Person.objects.get(user=room.cast.liu_changgui)
    firm = directory.add_organisation(name=WINNER, by=room.cast.wang_min)
    directory.declare_kin(person, name="刘长富", relation="弟", organisation=firm, by=room.cast.liu_changgui)
    seat.person = person
    seat.save()


def test_two_who_step_back_leave_five_whose_votes_decide(room, item):
    for n in (2, 3):
        services.step_back(item, room.seat("committees", n), reason="承包人是妹夫", by=room.keeps)
    for n in (4, 5, 6, 7, 1):
        services.speak(item, room.seat("committees", n), words="同意", by=room.keeps)
    with pytest.raises(Invalid):
        services.tally(item, yes=6, no=0, abstain=0, tellers="甲、乙", by=room.keeps)
    services.tally(item, yes=3, no=2, abstain=0, tellers="甲、乙", by=room.keeps)
    services.close(item.meeting, by=room.keeps)

    item.refresh_from_db()
    assert item.outcome == "passed"  # three of five; of seven it would not be enough
    assert "回避" in counted(item) and Event.objects.filter(verb="decisions.step_back").count() == 2
    minutes = str(of_meeting(Meeting.objects.get(pk=item.meeting_id), "minutes", "https://x"))
    assert "committees2（承包人是妹夫）" in minutes


def test_whoever_stepped_back_neither_speaks_nor_votes(room, item):
    seat = room.seat("committees", 2)
    with pytest.raises(Invalid):
        services.step_back(item, seat, reason=" ", by=room.keeps)
    with pytest.raises(NotAllowed):
        services.step_back(item, seat, reason="亲属", by=room.signs)
    assert not StepBack.objects.exists()
    services.step_back(item, seat, reason="亲属", by=room.keeps)
    for again in (
        lambda: services.step_back(item, seat, reason="亲属", by=room.keeps),
        lambda: services.speak(item, seat, words="同意", by=room.keeps),
        lambda: services.cast(item, seat, "yes", by=room.keeps),
        lambda: services.unmark(item.meeting, seat, by=room.keeps),
    ):
        with pytest.raises(Conflict):
            again()

    assert StepBack.objects.count() == 1 and not Vote.objects.exists()


def test_kin_of_whom_the_motion_names_step_back_before_anything_is_counted(room, item, client):
    seat = room.seat("committees", 1)
    kin_of_the_firm(room, seat)
    with pytest.raises(Conflict, match="committees1"):
        services.cast(item, seat, "yes", by=room.keeps)
    with pytest.raises(Conflict, match="committees1"):
        services.tally(item, yes=7, no=0, abstain=0, tellers="甲、乙", by=room.keeps)
    client.force_login(room.keeps)
    page = f"/desk/decisions/meeting/{item.meeting.number}/"
    assert "committees1有利害关系" in client.get(page).content.decode()

    client.post(f"{page}act/step_back/", {"item": item.pk, "seat": seat.pk, "reason": "弟弟的公司"})
    services.tally(item, yes=6, no=0, abstain=0, tellers="甲、乙", by=room.keeps)
    item.refresh_from_db()
    assert item.yes == 6 and "弟弟的公司" in client.get(page).content.decode()
