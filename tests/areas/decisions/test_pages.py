"""The pages of the desk: who sees what, what is said, how much is asked of the database."""

import pytest
from django.urls import reverse

from huilian.areas.power.decisions.models import Meeting, Motion
from huilian.areas.power.decisions.queries import reach
from huilian.foundation.now import today

from .conftest import picture


@pytest.fixture
def desk(room, client):
    client.force_login(room.keeps)
    return client


def test_the_clerk_brings_a_motion_up_and_calls_a_meeting(room, desk):
    from huilian.areas.power.decisions.models import Matter

    given = {"unit": room.unit.pk, "matter": Matter.objects.get(key="welfare").pk, "title": "修路", "text": "修村道"}
    told = desk.post(reverse("decisions-new"), {**given, "amount_cents": "多少"})
    assert told.status_code == 422 and not Motion.objects.exists()
    desk.post(reverse("decisions-new"), {**given, "amount_cents": "35,000"})
    motion = Motion.objects.get()
    assert motion.amount_cents == 3_500_000

    answer = desk.get(reverse("decisions-call-for", args=[motion.case.number]), follow=True)
    assert motion.title in answer.content.decode()
    when = {"motions": [motion.pk], "starts_at": f"{today():%Y-%m-%d}T08:00", "venue": "村委会", "mode": "room"}
    told = desk.post(reverse("decisions-call", args=["branch"]), when)
    assert told.status_code == 422 and "时间已过" in told.content.decode()
    desk.post(reverse("decisions-call", args=["branch"]), {**when, "starts_at": f"{today():%Y-%m-%d}T18:00"})

    assert Meeting.objects.get().items.get().motion == motion


def test_a_meeting_is_run_from_its_page(room, desk):
    motion = room.to(room.propose(), "talks")
    meeting = room.call(motion)
    room.go_to(meeting.starts_at)
    page = reverse("decisions-meeting", args=[meeting.number])

    def act(verb, **given):
        return desk.post(reverse("decisions-act", args=[meeting.number, verb]), given, follow=True)

    act("begin", chair="刘长贵")
    people = [room.seat("committees", n) for n in range(1, 7)]
    assert "勾选" in act("mark", how="signed").content.decode()
    act("mark", how="signed", seat=[s.pk for s in people])
    act("unmark", seat=people[5].pk)
    item = meeting.items.get()
    assert "末位表态" in act("speak", item=item.pk, seat=people[0].pk, words="先说").content.decode()
    for seat in (*people[1:5], people[0]):
        act("speak", item=item.pk, seat=seat.pk, words="同意")
    act("cast", item=item.pk, **{f"v-{s.pk}": "yes" for s in people[:5]})
    act("file", kind="photo", file=_named("p.jpg"))
    act("close", guests="驻村干部")
    act("file", kind="minutes", file=_named("m.jpg"))

    item.refresh_from_db()
    assert item.outcome == "passed" and "同意5" in desk.get(page).content.decode()
    assert act("nothing").status_code == 404
    assert "整数" in act("tally", item=item.pk, yes="x").content.decode()


def _named(name):
    file, file.name = picture()[0], name
    return file


def test_somebody_due_sees_the_meeting_and_nobody_else(room, client):
    from huilian.engine.directory.models import Person

    seat = room.seat("branch", 2)
    seat.person = Person.objects.get(user=room.cast.li_xiao)
    seat.save()
    motion = room.propose()
    meeting = room.call(motion, mode="online")
    room.go_to(meeting.starts_at)
    from huilian.areas.power.decisions import services

    services.begin(meeting, chair="刘长贵", by=room.keeps)
    page = reverse("decisions-meeting", args=[meeting.number])
    client.force_login(room.cast.li_xiao)
    assert "我到会了" in client.get(page).content.decode()
    client.post(reverse("decisions-act", args=[meeting.number, "mark"]), {"seat": seat.pk, "how": "online"})
    assert meeting.attendances.get(seat=seat).how == "online"
    client.force_login(room.cast.sun_yan)
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    ("user", "sees"),
    [("yao_jing", True), ("feng_lan", True), ("yan_dong", True), ("hao_jing", True), ("sun_yan", False)],
)
def test_who_sees_the_motions_of_a_village(room, user, sees):
    motion = room.propose()

    assert reach.visible_motions(getattr(room.cast, user)).filter(pk=motion.pk).exists() == sees


def test_the_case_page_says_what_the_step_asks_and_offers_what_can_be_done(room, desk):
    motion = room.propose()
    item = room.vote(room.begin(motion), come=5, yes=5)
    page = reverse("desk-case", args=[motion.case.number])
    assert "召集会议" not in desk.get(page).content.decode()

    desk.force_login(room.signs)
    text = desk.get(page).content.decode()

    assert "签署监督意见" in text and "村党组织会议" in text and item.meeting.number in text
    answer = desk.post(reverse("desk-act", args=[motion.case.number, "sign_off"]), {"agrees": "no", "words": ""})
    assert "请写明异议" in answer.content.decode()


@pytest.mark.parametrize("what", ["decisions", "reps"])
def test_the_record_book_is_printed(room, desk, what):
    room.to(room.propose(), "carrying")

    answer = desk.get(reverse("decisions-book", args=[room.place.code]), {"body": what if what == "reps" else ""})

    assert b"".join(answer).startswith(b"%PDF")


def test_a_full_list_asks_little_of_the_database(room, desk, django_assert_max_num_queries):
    for n in range(6):
        room.propose(title=f"议题{n}")
    desk.get(reverse("decisions-home"))

    with django_assert_max_num_queries(26):
        desk.get(reverse("decisions-home"))


def test_papers_of_a_meeting_and_nothing_else_are_printed(room, desk):
    meeting = room.call(room.propose())

    assert desk.get(reverse("decisions-paper", args=[meeting.number, "sheet"])).status_code == 200
    assert desk.get(reverse("decisions-paper", args=[meeting.number, "secrets"])).status_code == 404
