"""A motion from the first word to the filed result, and everything that must hold it back on its way."""

from datetime import timedelta

import pytest

from huilian.areas.power.decisions import services
from huilian.areas.power.decisions.models import Matter
from huilian.areas.power.decisions.queries.chain import objection_to, spec_of
from huilian.areas.power.decisions.queries.compare import gaps_of
from huilian.engine.directory.models import Person
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from .conftest import kept, picture


def verbs_of(number: str) -> set[str]:
    return set(Event.objects.filter(subject_id=number).values_list("verb", flat=True))


def carry_out(room, motion, cents=4_900_000, winner="安澜建筑队"):
    given = {"on": today(), "what": "签订施工合同", "winner": winner, "amount_cents": cents, "reference": "HT-1"}
    return services.execute(motion, given, by=room.keeps)


def test_a_motion_goes_through_four_discussions_and_two_publications(room):
    motion = room.to(room.propose(), "carrying")

    assert motion.number.startswith("JY2026") and motion.decided_on == motion.items.get(step="vote").held_on
    assert [i.step for i in motion.items.order_by("pk")] == ["proposal", "talks", "review", "vote"]

    carry_out(room, motion)
    room.go_to(now() + timedelta(days=4))
    services.carried(motion, by=room.keeps)
    motion = room.fresh(motion)
    services.announce(motion, text="已经完工，花了四万九", by=room.keeps)
    services.sign_off(motion, agrees=True, by=room.signs)

    motion = room.fresh(motion)
    assert motion.case.state == "closed" and gaps_of(motion) == []
    assert {"procedures.open", "decisions.decide", "decisions.sign_off", "decisions.announce", "decisions.execute",
            "procedures.move"} <= verbs_of(motion.case.number)  # fmt: skip


def test_six_discussions_begin_with_the_villagers_and_are_filed_with_the_township(room):
    motion = room.propose("works")
    assert motion.case.step == "suggestion"
    with pytest.raises(NotAllowed):
        services.note_step(motion, note="听说的", by=room.signs)
    with pytest.raises(Invalid):
        services.note_step(motion, note=" ", by=room.keeps)
    assert kept(motion).step == "suggestion"

    motion = room.to(motion, "filing")
    assert motion.number
    with pytest.raises(NotAllowed):
        services.note_step(motion, note="备案", by=room.keeps)
    services.note_step(motion, note="已备案", by=room.guides)

    assert room.fresh(motion).case.step == "posted"


def test_the_majority_follows_the_matter_not_the_habit(room):
    """Ten of twelve come, seven agree: enough for the villagers, not for the collective."""
    villagers = room.to(room.propose("welfare"), "vote")
    assert room.vote(room.begin(villagers), come=10, yes=7).outcome == "passed"

    collective = room.to(room.propose("letting", title="出租村部门面"), "vote")
    item = room.vote(room.begin(collective), come=10, yes=7)

    assert item.meeting.body.key == "coop_reps" and item.outcome == "not_passed"
    assert room.fresh(collective).number is None


def test_too_few_are_no_quorum_and_another_meeting_may_be_called(room):
    motion = room.to(room.propose(), "vote")
    assert room.vote(room.begin(motion), come=7, yes=7).outcome == "no_quorum"
    assert kept(motion).step == "vote"

    again = room.vote(room.begin(motion), come=9, yes=8)

    assert again.outcome == "passed" and motion.items.filter(step="vote").count() == 2


def test_what_did_not_pass_is_ended_and_never_gets_a_number(room):
    motion = room.to(room.propose(), "vote")
    room.vote(room.begin(motion), come=12, yes=6, no=6)

    with pytest.raises(Invalid):
        services.drop(motion, note="", by=room.keeps)
    with pytest.raises(NotAllowed):
        services.drop(motion, note="没有通过", by=room.signs)
    services.drop(motion, note="没有通过", by=room.keeps)

    ended = room.fresh(motion)
    assert (ended.case.outcome, ended.number) == ("not_passed", None)
    assert "procedures.move" in verbs_of(ended.case.number)


def test_a_motion_is_taken_back_before_it_is_decided_and_not_from_an_agenda(room):
    motion = room.propose()
    meeting = room.call(motion)
    with pytest.raises(Conflict, match=meeting.number):
        services.withdraw(motion, note="条件不成熟", by=room.keeps)
    assert kept(motion).step == "proposal"

    services.cancel(meeting, reason="改期", by=room.keeps)
    services.withdraw(motion, note="条件不成熟", by=room.keeps)

    assert room.fresh(motion).case.state == "withdrawn"
    assert "decisions.cancel" in verbs_of(meeting.number)


def test_no_step_is_done_without_minutes_and_signature(room):
    motion = room.propose()
    item = room.vote(room.begin(motion), come=5, yes=5, minutes=False)
    assert item.outcome == "passed"
    with pytest.raises(Conflict):
        services.sign_off(motion, agrees=True, by=room.signs)
    with pytest.raises(Conflict):
        room.call(motion)

    services.keep_minutes(item.meeting, *picture(), by=room.keeps)
    assert kept(motion).step == "proposal"
    services.sign_off(motion, agrees=True, by=room.signs)

    assert room.fresh(motion).case.step == "talks"
    assert {"documents.attach"} <= verbs_of(item.meeting.number)
    with pytest.raises(Conflict):
        services.keep_minutes(item.meeting, *picture(), by=room.keeps)


def test_an_objection_stops_the_motion_until_it_is_answered_and_signed(room):
    motion = room.propose()
    room.vote(room.begin(motion), come=5, yes=5)
    with pytest.raises(Invalid):
        services.sign_off(motion, agrees=False, by=room.signs)
    services.sign_off(motion, agrees=False, words="预算没有给代表看", by=room.signs)

    for act in (
        lambda: services.sign_off(motion, agrees=True, by=room.signs),
        lambda: room.call(motion),
        lambda: services.rule(motion, words="不影响", by=room.guides),
    ):
        with pytest.raises(Conflict):
            act()
    assert kept(motion).step == "proposal"
    with pytest.raises(NotAllowed):
        services.answer(motion, text="已补发", by=room.signs)
    with pytest.raises(Invalid):
        services.answer(motion, text=" ", by=room.keeps)

    services.answer(motion, text="预算已发到每位代表", by=room.keeps)
    services.sign_off(motion, agrees=True, words="已看到", by=room.signs)

    motion = room.fresh(motion)
    assert motion.case.step == "talks" and objection_to(motion) is None
    assert {"decisions.object", "decisions.answer", "decisions.sign_off"} <= verbs_of(motion.case.number)


def test_the_township_rules_on_an_answered_objection_with_its_reason(room):
    motion = room.propose()
    room.vote(room.begin(motion), come=5, yes=5)
    services.sign_off(motion, agrees=False, words="不同意", by=room.signs)
    services.answer(motion, text="理由见会议记录", by=room.keeps)
    with pytest.raises(NotAllowed):
        services.rule(motion, words="可以继续", by=room.keeps)
    with pytest.raises(Invalid):
        services.rule(motion, words="", by=room.guides)

    services.rule(motion, words="异议不成立，程序合规", by=room.guides)

    assert room.fresh(motion).case.step == "talks"


def test_whoever_brings_a_motion_up_does_not_sign_for_the_committee(room):
    motion = room.propose()
    room.vote(room.begin(motion), come=5, yes=5)
    motion.proposer = Person.objects.get(user=room.signs)
    motion.save()

    with pytest.raises(NotAllowed):
        services.sign_off(motion, agrees=True, by=room.signs)
    with pytest.raises(NotAllowed):
        services.sign_off(motion, agrees=True, by=room.keeps)

    assert kept(motion).signs == 0


def test_a_decision_is_carried_out_only_after_it_has_hung_out(room):
    motion = room.to(room.propose(), "carrying")
    with pytest.raises(Conflict, match=str(motion.announcements.get().until)):
        services.carried(motion, by=room.keeps)
    room.go_to(now() + timedelta(days=4))
    with pytest.raises(Invalid):
        services.carried(motion, by=room.keeps)
    carry_out(room, motion)
    with pytest.raises(NotAllowed):
        services.carried(motion, by=room.signs)

    services.carried(motion, by=room.keeps)

    assert room.fresh(motion).case.step == "results"


def test_what_was_done_is_compared_with_what_was_decided(room):
    motion = room.to(room.propose(winner="青石建材店"), "carrying")

    carry_out(room, motion, cents=6_000_000, winner="别家公司")

    told = gaps_of(motion)
    assert len(told) == 2 and "60,000.00" in told[0] and "别家公司" in told[1]


def test_something_done_before_the_decision_is_noted_by_the_committee_as_a_fact(room):
    motion = room.propose()
    with pytest.raises(NotAllowed):
        carry_out(room, motion)
    given = {"on": today(), "what": "施工队已进场", "amount_cents": 100_000, "winner": "", "reference": ""}
    for bad in ({"what": ""}, {"on": today() + timedelta(days=1)}, {"amount_cents": -1}):
        with pytest.raises(Invalid):
            services.execute(motion, {**given, **bad}, by=room.signs)
    assert not motion.executions.exists()

    services.execute(motion, given, by=room.signs)

    assert len(gaps_of(motion)) == 1 and "decisions.execute" in verbs_of(motion.case.number)


def test_a_later_decision_takes_the_place_of_an_earlier_one(room):
    first = room.to(room.propose(), "posted")
    with pytest.raises(Invalid):
        room.propose(replaces=room.propose())

    second = room.to(room.propose(title="扩大修缮范围", replaces=first), "posted")

    assert room.fresh(first).is_replaced and second.number != first.number
    with pytest.raises(Invalid):
        room.propose(replaces=room.fresh(first))


@pytest.mark.parametrize(
    ("matter", "more", "field"),
    [
        ("welfare", {"title": " "}, "title"),
        ("welfare", {"text": ""}, "text"),
        ("welfare", {"amount_cents": -1}, "amount_cents"),
        ("spending", {"amount_cents": None}, "amount_cents"),
    ],
)
def test_a_motion_that_says_too_little_is_refused(room, matter, more, field):
    with pytest.raises(Invalid) as refused:
        room.propose(matter, **more)

    assert refused.value.field == field and not Event.objects.filter(verb="procedures.open").exists()


def test_only_the_clerk_of_the_place_brings_motions_up(room):
    given = {"matter": Matter.objects.get(key="welfare"), "title": "修路", "text": "修路"}
    for user in (room.signs, room.cast.sun_yan, room.county):
        with pytest.raises(NotAllowed):
            services.propose(room.unit, given, by=user)
    with pytest.raises(NotAllowed):
        services.propose(room.cast.dongwan_committee, given, by=room.keeps)


def test_a_matter_no_longer_in_force_cannot_be_chosen(room):
    Matter.objects.filter(key="welfare").update(valid_to=today() - timedelta(days=1))

    with pytest.raises(Invalid) as refused:
        room.propose()

    assert refused.value.field == "matter"


def test_words_are_corrected_until_a_meeting_is_called_on_them(room):
    motion = room.propose()
    with pytest.raises(NotAllowed):
        services.correct(motion, {"title": "别的"}, by=room.signs)
    motion = services.correct(motion, {"title": "修缮礼堂和厕所"}, by=room.keeps)
    assert motion.case.title == "修缮礼堂和厕所" and "decisions.correct" in verbs_of(motion.case.number)

    room.call(motion)
    with pytest.raises(Conflict):
        services.correct(motion, {"title": "又改"}, by=room.keeps)

    assert room.fresh(motion).title == "修缮礼堂和厕所"


def test_nothing_is_published_twice_or_where_nothing_is_decided(room):
    motion = room.propose()
    with pytest.raises(Conflict):
        services.announce(motion, text="公开", by=room.keeps)
    motion = room.to(motion, "posted")
    with pytest.raises(Invalid):
        services.announce(motion, text=" ", by=room.keeps)
    with pytest.raises(NotAllowed):
        services.announce(motion, text="公开", by=room.signs)
    services.announce(motion, text="公开", photo=picture("board.jpg"), by=room.keeps)
    with pytest.raises(Conflict):
        services.announce(motion, text="再公开", by=room.keeps)

    assert motion.announcements.get().until == today() + timedelta(days=3)


def test_the_township_decides_its_own_matters_with_the_head_speaking_last(room):
    from huilian.areas.power.decisions.models import Seat

    town = room.cast.qingshi
    Seat.objects.bulk_create(
        Seat(unit=room.cast.qingshi_government, place=town, body="town_leaders", name=f"town_leaders{n}",
             is_head=n == 1, starts_on=today()) for n in range(1, 8)
    )  # fmt: skip
    room.place, room.unit, room.keeps = town, room.cast.qingshi_government, room.guides
    motion = room.to(room.propose("town_project", title="建便民服务中心"), "vote")
    assert spec_of(motion).head_last and not spec_of(motion).sign_off

    room.vote(room.begin(motion), come=7, yes=5)

    assert room.fresh(motion).case.step == "posted" and room.fresh(motion).number
