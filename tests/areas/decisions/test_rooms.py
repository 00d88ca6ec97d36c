"""Calling, opening, who counts, who speaks when, how votes are taken; two people acting at once."""

from datetime import timedelta

import pytest

from huilian.areas.power.decisions import services
from huilian.areas.power.decisions.codes import read_sheet, understood, written
from huilian.areas.power.decisions.models import Attendance, Meeting, Quorum, Seat, Sheet, Vote
from huilian.engine.directory.models import Person
from huilian.engine.documents.services import bytes_of
from huilian.engine.inbox.models import Notice
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from .conftest import picture

DAY = timedelta(days=1)


def of(motion) -> set[str]:
    return set(Event.objects.filter(subject_id=motion.number).values_list("verb", flat=True))


def test_a_meeting_is_called_with_its_agenda_and_those_with_an_account_are_told(room):
    seat = room.seat("branch", 2)
    seat.person = Person.objects.get(user=room.cast.liu_changgui)
    seat.save()

    meeting = room.call(room.propose())

    assert meeting.state == "called" and meeting.noticed_on == today() and "decisions.call" in of(meeting)
    assert Notice.objects.get(template="decisions.called").user == room.cast.liu_changgui


def test_nothing_is_called_too_early_without_notice_or_for_the_wrong_body(room):
    motion = room.to(room.propose(), "review")
    with pytest.raises(Invalid, match="3"):
        room.call(motion, days=2)
    with pytest.raises(Invalid) as refused:
        services.call(room.unit, "reps", [motion], starts_at=now() + 9 * DAY, venue="村委会", by=room.keeps)
    assert refused.value.field == "motions"
    with pytest.raises(Invalid):
        services.call(room.unit, "reps", [], starts_at=now() + 9 * DAY, venue="村委会", by=room.keeps)
    with pytest.raises(Invalid):
        room.call(motion, days=-1)
    with pytest.raises(Invalid):
        services.call(room.unit, "nobody", [motion], starts_at=now() + 9 * DAY, venue="村委会", by=room.keeps)
    with pytest.raises(NotAllowed):
        services.call(room.unit, "party_members", [motion], starts_at=now() + 9 * DAY, venue="村委会", by=room.signs)

    assert not motion.items.filter(step="review").exists()


def test_a_motion_stands_on_one_agenda_only(room):
    motion = room.propose()
    room.call(motion)

    with pytest.raises(Conflict):
        room.call(motion)

    assert motion.items.count() == 1 and Meeting.objects.count() == 1


def test_a_meeting_is_opened_on_its_day_by_its_clerk(room):
    meeting = room.call(room.propose())
    with pytest.raises(Conflict):
        services.begin(meeting, chair="刘长贵", by=room.keeps)
    room.go_to(meeting.starts_at)
    with pytest.raises(Invalid):
        services.begin(meeting, chair=" ", by=room.keeps)
    with pytest.raises(NotAllowed):
        services.begin(meeting, chair="刘长贵", by=room.signs)

    meeting = services.begin(meeting, chair="刘长贵", by=room.keeps)

    assert (meeting.state, meeting.due, meeting.present) == ("open", 5, 0) and "decisions.begin" in of(meeting)
    with pytest.raises(Conflict):
        services.begin(meeting, chair="别人", by=room.keeps)
    with pytest.raises(Conflict):
        services.cancel(meeting, reason="晚了", by=room.keeps)


def test_an_empty_roll_or_a_person_standing_twice_on_it_stops_the_opening(room):
    motion = room.propose()
    Seat.objects.filter(body="branch").update(identity_digest="")
    meeting = room.call(motion)
    room.go_to(meeting.starts_at)
    twin = room.seat("branch", 2)
    twin.group, twin.pk, twin.identity_digest, twin.ended_on = "二组", None, "same", today() + DAY
    twin.save()
    Seat.objects.filter(name="branch3").update(identity_digest="same")
    with pytest.raises(Invalid, match="branch2"):
        services.begin(meeting, chair="刘长贵", by=room.keeps)

    Seat.objects.filter(body="branch").update(starts_on=today() + DAY)
    with pytest.raises(Invalid):
        services.begin(meeting, chair="刘长贵", by=room.keeps)
    assert not Attendance.objects.exists()


def test_the_dead_are_neither_due_nor_counted(room):
    gone = services.end_seat(room.seat("branch", 5), on=today(), why="died", by=room.keeps)
    item = room.begin(room.propose())

    assert item.meeting.due == 4
    with pytest.raises(Invalid, match="branch5"):
        services.mark(item.meeting, [gone], "signed", by=room.keeps)
    with pytest.raises(Invalid):
        services.mark(item.meeting, [room.seat("reps", 1)], "signed", by=room.keeps)

    item.meeting.refresh_from_db()
    assert item.meeting.present == 0


def test_nobody_is_counted_twice(room):
    item = room.begin(room.propose())
    first = room.seat("branch", 1)
    services.mark(item.meeting, [first], "signed", by=room.keeps)

    with pytest.raises(Conflict):
        services.mark(item.meeting, [room.seat("branch", 2), first], "sheet", by=room.keeps)
    with pytest.raises(Invalid):
        services.mark(item.meeting, [room.seat("branch", 2)], "proxy", by=room.keeps)
    with pytest.raises(NotAllowed):
        services.mark(item.meeting, [room.seat("branch", 2)], "signed", by=room.signs)

    item.meeting.refresh_from_db()
    assert item.meeting.present == 1 and "decisions.mark" in of(item.meeting)


def test_a_mark_set_by_mistake_is_taken_back_until_the_person_has_acted(room):
    item = room.begin(room.propose())
    first, second = room.seat("branch", 1), room.seat("branch", 2)
    services.mark(item.meeting, [first, second], "signed", by=room.keeps)
    services.cast(item, first, "yes", by=room.keeps)
    with pytest.raises(Conflict):
        services.unmark(item.meeting, first, by=room.keeps)
    with pytest.raises(NotAllowed):
        services.unmark(item.meeting, second, by=room.signs)
    services.unmark(item.meeting, second, by=room.keeps)
    with pytest.raises(Conflict):
        services.unmark(item.meeting, second, by=room.keeps)

    item.meeting.refresh_from_db()
    assert item.meeting.present == 1 and "decisions.unmark" in of(item.meeting)


def test_proxies_only_where_and_as_many_as_the_majority_allows(room):
    item = room.begin(room.propose())
    one, two, three, four = (room.seat("branch", n) for n in range(1, 5))
    services.mark(item.meeting, [one], "signed", by=room.keeps)
    with pytest.raises(Invalid):
        services.represent(item.meeting, two, one, by=room.keeps)
    Quorum.objects.filter(key="branch").update(proxies=1)
    with pytest.raises(Conflict):
        services.represent(item.meeting, two, three, by=room.keeps)
    with pytest.raises(NotAllowed):
        services.represent(item.meeting, two, one, by=room.signs)

    services.represent(item.meeting, two, one, by=room.keeps)

    with pytest.raises(Invalid):
        services.represent(item.meeting, three, one, by=room.keeps)
    with pytest.raises(Invalid):
        services.represent(item.meeting, room.seat("reps", 1), one, by=room.keeps)
    services.cast(item, two, "no", by=room.keeps)
    with pytest.raises(Conflict):
        services.speak(item, two, words="我说", by=room.keeps)
    item.meeting.refresh_from_db()
    assert item.meeting.present == 2 and "decisions.represent" in of(item.meeting) and four


def test_everybody_speaks_and_the_head_last(room):
    item = room.begin(room.to(room.propose(), "talks"))
    head, second, third = (room.seat("committees", n) for n in (1, 2, 3))
    services.mark(item.meeting, [room.seat("committees", n) for n in range(1, 6)], "signed", by=room.keeps)
    with pytest.raises(Conflict, match="4"):
        services.speak(item, head, words="我先说", by=room.keeps)
    services.speak(item, second, words="同意", by=room.keeps)
    with pytest.raises(Conflict):
        services.speak(item, second, words="再说一次", by=room.keeps)
    with pytest.raises(Conflict):
        services.speak(item, room.seat("committees", 7), words="没来", by=room.keeps)
    with pytest.raises(Invalid):
        services.speak(item, third, words=" ", by=room.keeps)
    with pytest.raises(NotAllowed):
        services.speak(item, third, words="同意", by=room.signs)
    services.tally(item, yes=5, no=0, abstain=0, by=room.keeps)
    with pytest.raises(Invalid, match="committees3"):
        services.close(item.meeting, by=room.keeps)
    for n in (3, 4, 5, 1):
        services.speak(item, room.seat("committees", n), words="同意", by=room.keeps)

    services.close(item.meeting, guests="驻村干部", by=room.keeps)

    item.refresh_from_db()
    assert item.outcome == "passed" and {"decisions.speak", "decisions.tally", "decisions.close"} <= of(item.meeting)
    assert [o.attendance.seat.name for o in item.opinions.all()][-1] == "committees1"


def test_votes_by_name_are_the_count_and_each_is_cast_once(room):
    item = room.begin(room.to(room.propose(), "vote"))
    people = [room.seat("reps", n) for n in range(1, 10)]
    services.mark(item.meeting, people, "signed", by=room.keeps)
    for n, seat in enumerate(people):
        services.cast(item, seat, "yes" if n < 6 else "no", by=room.keeps)
    with pytest.raises(Conflict):
        services.cast(item, people[0], "no", by=room.keeps)
    with pytest.raises(Invalid):
        services.cast(item, people[0], "perhaps", by=room.keeps)
    with pytest.raises(NotAllowed):
        services.cast(item, people[0], "yes", by=room.signs)
    with pytest.raises(Conflict):
        services.tally(item, yes=9, no=0, abstain=0, by=room.keeps)

    services.close(item.meeting, by=room.keeps)

    item.refresh_from_db()
    assert (item.yes, item.no, item.abstain, item.outcome) == (6, 3, 0, "passed") and "decisions.cast" in of(
        item.meeting
    )


def test_of_a_secret_ballot_only_the_count_of_two_tellers_is_kept(room):
    item = room.begin(room.to(room.propose("hiring", title="聘用保洁员"), "vote"))
    services.mark(item.meeting, [room.seat("reps", n) for n in range(1, 11)], "sheet", by=room.keeps)
    with pytest.raises(Invalid):
        services.cast(item, room.seat("reps", 1), "yes", by=room.keeps)
    for more in ({"tellers": "甲"}, {"yes": 11, "tellers": "甲、乙"}):
        with pytest.raises(Invalid):
            services.tally(item, **{"yes": 8, "no": 2, "abstain": 0, **more}, by=room.keeps)
    with pytest.raises(NotAllowed):
        services.tally(item, yes=8, no=2, abstain=0, tellers="甲、乙", by=room.signs)

    services.tally(item, yes=8, no=2, abstain=0, tellers="甲、乙", by=room.keeps)

    assert not Vote.objects.exists()


def test_people_online_note_and_vote_for_themselves_only(room):
    motion = room.to(room.propose(), "vote")
    seat, other = room.seat("reps", 1), room.seat("reps", 2)
    seat.person = Person.objects.get(user=room.cast.li_xiao)
    seat.save()
    meeting = room.call(motion, mode="mixed")
    room.go_to(meeting.starts_at)
    meeting, item = services.begin(meeting, chair="刘长贵", by=room.keeps), meeting.items.get()

    with pytest.raises(NotAllowed):
        services.mark(meeting, [other], "online", by=room.cast.li_xiao)
    services.mark(meeting, [seat], "online", by=room.cast.li_xiao)
    services.cast(item, seat, "abstain", by=room.cast.li_xiao)

    Meeting.objects.update(mode="room")
    Attendance.objects.update(how="")
    with pytest.raises(NotAllowed):
        services.mark(meeting, [seat], "online", by=room.cast.li_xiao)


def test_a_body_without_a_roll_is_counted(room):
    motion = room.to(room.propose("rules", title="修订村规民约"), "vote")
    meeting = services.call(room.unit, "households", [motion], starts_at=now() + 4 * DAY, venue="广场", by=room.keeps)
    room.go_to(meeting.starts_at)
    with pytest.raises(Invalid):
        services.begin(meeting, chair="刘长贵", by=room.keeps)
    meeting = services.begin(meeting, chair="刘长贵", due=420, by=room.keeps)
    with pytest.raises(Invalid):
        services.count_present(meeting, present=421, by=room.keeps)
    with pytest.raises(NotAllowed):
        services.count_present(meeting, present=300, by=room.signs)
    services.count_present(meeting, present=290, by=room.keeps)
    services.tally(meeting.items.get(), yes=146, no=100, abstain=44, by=room.keeps)
    services.close(meeting, by=room.keeps)

    assert meeting.items.get().outcome == "passed" and "decisions.count" in of(meeting)


def test_a_roll_is_marked_and_not_counted(room):
    item = room.begin(room.propose())

    with pytest.raises(Conflict):
        services.count_present(item.meeting, present=4, by=room.keeps)


def test_what_was_not_voted_on_stays_where_it_is(room):
    item = room.begin(room.propose())
    services.mark(item.meeting, [room.seat("branch", n) for n in (1, 2, 3)], "signed", by=room.keeps)
    with pytest.raises(NotAllowed):
        services.close(item.meeting, by=room.signs)

    services.close(item.meeting, by=room.keeps)

    item.refresh_from_db()
    assert item.outcome == "postponed" and room.call(item.motion)


def test_a_meeting_on_paper_is_taken_as_it_was_and_what_it_broke_stands_beside_it(room):
    motion = room.to(room.propose(), "review")
    held = now() - 2 * DAY
    room.go_to(now() + 5 * DAY)
    meeting = services.call(
        room.unit, "party_members", [motion], starts_at=held, venue="党员活动室", from_paper=True, by=room.keeps
    )

    item = meeting.items.get()
    assert item.breaches == ["order", "notice"] and meeting.is_from_paper
    services.begin(meeting, chair="刘长贵", by=room.keeps)
    assert room.vote(item, come=9, yes=9).outcome == "passed"
    with pytest.raises(Invalid):
        room.call(room.propose(), from_paper=True)


def test_of_two_who_close_the_same_meeting_one_is_told(room):
    """The second comes with the page of before; the meeting's row is locked, so it sees what the first has done."""
    item = room.begin(room.propose())
    services.mark(item.meeting, [room.seat("branch", n) for n in (1, 2, 3)], "signed", by=room.keeps)
    services.tally(item, yes=3, no=0, abstain=0, by=room.keeps)
    first, second = Meeting.objects.get(pk=item.meeting_id), Meeting.objects.get(pk=item.meeting_id)
    services.close(first, by=room.keeps)

    with pytest.raises(Conflict):
        services.close(second, by=room.keeps)
    with pytest.raises(Conflict):
        services.tally(item, yes=1, no=2, abstain=0, by=room.keeps)

    item.refresh_from_db()
    assert (item.yes, item.outcome) == (3, "passed")


def test_of_two_who_sign_the_same_step_one_is_told(room):
    motion = room.propose()
    room.vote(room.begin(motion), come=5, yes=5)
    before = room.fresh(motion)
    services.sign_off(motion, agrees=True, by=room.signs)

    with pytest.raises(Conflict):
        services.sign_off(before, agrees=False, words="等一下", by=room.signs)

    assert motion.sign_offs.count() == 1 and room.fresh(motion).case.step == "talks"


def test_the_printed_sheet_is_recognised_when_its_picture_comes_back(room):
    import io
    import json

    import typst

    from huilian.areas.power.decisions import papers
    from huilian.engine.documents.pdf import LAYOUTS, _fonts, _values

    meeting = room.begin(room.to(room.propose(), "talks")).meeting
    form = papers.of_meeting(meeting, "sheet", f"https://huilian.example.cn/desk/decisions/meeting/{meeting.number}/")
    layout, values = _values(form)
    page = typst.compile(
        LAYOUTS / layout, root=LAYOUTS, font_paths=_fonts(), format="png", ppi=110,
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
    )  # fmt: skip
    photographed = io.BytesIO(page)

    assert read_sheet(photographed).number == meeting.number
    kept = services.keep_sheet(meeting, photographed, "扫描.png", by=room.keeps)

    assert (kept.page, kept.was_read) == (1, True)
    photographed.seek(0)
    with pytest.raises(Conflict):
        services.keep_sheet(meeting, photographed, "又一次.png", by=room.keeps)
    other = room.begin(room.propose()).meeting
    photographed.seek(0)
    with pytest.raises(Invalid, match=meeting.number):
        services.keep_sheet(other, photographed, "别的会.png", by=room.keeps)


def test_a_sheet_whose_code_cannot_be_read_is_kept_by_the_page_somebody_types(room):
    meeting = room.begin(room.propose()).meeting
    with pytest.raises(Invalid) as refused:
        services.keep_sheet(meeting, *picture(), by=room.keeps)
    assert refused.value.field == "page"
    with pytest.raises(NotAllowed):
        services.keep_sheet(meeting, *picture(), page=1, by=room.signs)

    kept = services.keep_sheet(meeting, *picture(), page=1, by=room.keeps)
    services.keep_sheet(meeting, *picture(), kind="photo", by=room.keeps)

    assert not kept.was_read and Sheet.objects.count() == 2 and "documents.attach" in of(meeting)


def test_a_code_names_its_page_and_foreign_codes_nothing():
    assert understood(written("https://x/desk/decisions/meeting/HY20260601-0001/", 2)).page == 2
    assert understood("https://x/else/") is None


@pytest.mark.parametrize("what", ["notice", "sheet", "ballot", "minutes"])
def test_every_paper_of_a_meeting_is_set(room, what):
    from huilian.areas.power.decisions import papers

    meeting = room.call(room.propose())

    assert bytes_of(papers.of_meeting(meeting, what, "https://x/meeting/"), "pdf").startswith(b"%PDF")
