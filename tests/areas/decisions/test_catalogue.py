"""The county's majorities and matters, rolls, earlier decisions, and what may rest on a number."""

from datetime import date, timedelta

import pytest

from huilian.areas.power.decisions import services
from huilian.areas.power.decisions.models import EarlierDecision, Keeping, Matter, Motion, Quorum, Seat
from huilian.areas.power.decisions.queries.chain import quorum_on
from huilian.areas.power.decisions.queries.grounds import check, find
from huilian.areas.power.decisions.seeding import seed
from huilian.engine.directory.models import Person
from huilian.engine.procedures.grounds import Asked
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

DAY, ID = timedelta(days=1), "110101199003077379"


def told(verb: str) -> bool:
    return Event.objects.filter(verb=verb).exists()


def test_the_default_rows_are_entered_once_and_a_countys_own_stay(room):
    assert seed() == {"quorums": 0, "matters": 0}
    services.save_matter(Matter.objects.get(key="welfare"), {"tolerance_percent": 5}, by=room.county)

    assert seed() == {"quorums": 0, "matters": 0}
    assert Matter.objects.get(key="welfare").origin == "county"
    for matter in Matter.objects.all():
        assert matter.side == Quorum.objects.get(key=matter.quorum_key, valid_to=None).side


def test_a_new_majority_counts_from_its_day_and_the_old_one_before(room):
    reps = Quorum.objects.get(key="reps")
    services.save_quorum(
        reps, {"pass_num": 2, "pass_den": 3, "pass_more": False, "valid_from": today() + DAY}, by=room.county
    )

    assert quorum_on("reps", today()).pass_den == 2 and quorum_on("reps", today() + DAY).pass_den == 3
    assert quorum_on("reps", date(2020, 1, 1)) is None
    assert told("decisions.save_quorum")
    for bad in ({"pass_num": 4}, {"valid_from": today()}):
        with pytest.raises(Invalid):
            services.save_quorum(reps, {"valid_from": today() + 2 * DAY, **bad}, by=room.county)
    with pytest.raises(NotAllowed):
        services.save_quorum(reps, {"pass_num": 1}, by=room.keeps)
    assert Quorum.objects.filter(key="reps").count() == 2


def test_a_matter_of_the_collective_cannot_be_given_the_villagers_majority(room):
    letting = Matter.objects.get(key="letting")
    with pytest.raises(Invalid) as refused:
        services.save_matter(letting, {"quorum_key": "reps"}, by=room.county)
    assert refused.value.field == "quorum_key"
    for bad in ({"quorum_key": "nobody"}, {"chain": "decision.none"}, {"purposes": "picnic"}):
        with pytest.raises(Invalid):
            services.save_matter(Matter.objects.get(key="letting"), bad, by=room.county)
    with pytest.raises(NotAllowed):
        services.save_matter(Matter.objects.get(key="letting"), {"name": "别的"}, by=room.keeps)
    assert Matter.objects.get(key="letting").quorum_key == "coop_reps" and not told("decisions.save_matter")

    services.save_matter(Matter.objects.get(key="letting"), {"quorum_key": "coop_members"}, by=room.county)
    assert told("decisions.save_matter")


def test_nobody_stands_on_a_roll_twice_and_a_body_has_one_head(room):
    given = {"unit": room.unit, "body": "reps", "group": "三组", "starts_on": today()}
    seat = services.save_seat(None, {**given, "name": "钱宽", "identity_number": ID}, by=room.keeps)
    assert seat.place == room.place and seat.identity_digest and told("decisions.save_seat")
    for twice in (
        {"name": "钱宽"},
        {"name": "钱大宽", "identity_number": ID},
        {"name": "周", "is_head": True},
    ):
        with pytest.raises(Conflict):
            services.save_seat(None, {**given, **twice}, by=room.keeps)
    with pytest.raises(Invalid):
        services.save_seat(None, {**given, "name": "吴", "body": "assembly"}, by=room.keeps)
    with pytest.raises(NotAllowed):
        services.save_seat(None, {**given, "name": "吴"}, by=room.signs)
    assert Seat.objects.filter(group="三组").count() == 1

    linked = {**given, "name": "李晓", "person": Person.objects.get(user=room.cast.li_xiao)}
    assert services.save_seat(None, linked, by=room.keeps).identity_digest == ""


def test_whoever_leaves_a_roll_leaves_it_once_with_a_reason(room):
    seat = room.seat("reps", 3)
    for on, why in ((date(2020, 1, 1), "died"), (today(), "bored")):
        with pytest.raises(Invalid):
            services.end_seat(seat, on=on, why=why, by=room.keeps)
    with pytest.raises(NotAllowed):
        services.end_seat(seat, on=today(), why="left", by=room.signs)
    assert room.seat("reps", 3).ended_on is None
    services.end_seat(seat, on=today(), why="left", by=room.keeps)
    with pytest.raises(Conflict):
        services.end_seat(seat, on=today(), why="left", by=room.keeps)

    assert told("decisions.end_seat")


@pytest.fixture
def decided(room):
    """柳河村 keeps its decisions here; one for 50,000 yuan stands."""
    services.keep_here(None, {"place": room.place, "since": today()}, by=room.county)
    return room.to(room.propose("works", winner="安澜建筑队"), "posted")


def asked(room, purpose="contract", cents=None, place=None) -> Asked:
    return Asked(place or room.place, purpose, cents)


def test_a_contract_rests_on_a_decision_up_to_its_amount_and_the_tolerance(room, decided):
    found = check(decided.number, asked(room, cents=5_500_000))

    assert (found.title, found.decided_on, found.winner) == (decided.title, decided.decided_on, "安澜建筑队")
    assert find(decided.number) == found and find("JY-none") is None
    with pytest.raises(Invalid, match=r"55,000\.01") as refused:
        check(decided.number, asked(room, cents=5_500_001))
    assert refused.value.field == "decision_no"


def test_a_decision_serves_only_its_own_place_and_purpose(room, decided):
    with pytest.raises(Invalid, match="柳河村"):
        check(decided.number, asked(room, place=room.cast.dongwan))
    with pytest.raises(Invalid, match="村级工程"):
        check(decided.number, asked(room, purpose="disposal"))


def test_a_decision_that_was_replaced_or_objected_to_holds_nothing_up(room, decided):
    services.announce(decided, text="公开", by=room.keeps)
    services.sign_off(decided, agrees=False, words="张贴的与表决的不一致", by=room.signs)
    with pytest.raises(Invalid, match="异议"):
        check(decided.number, asked(room))
    Motion.objects.filter(pk=decided.pk).update(is_replaced=True)
    with pytest.raises(Invalid):
        check(decided.number, asked(room))


def test_a_number_nobody_made_is_refused_where_decisions_are_kept_here_and_taken_elsewhere(room, decided):
    with pytest.raises(Invalid, match="JY-2019-7"):
        check("JY-2019-7", asked(room))

    assert check("JY-2019-7", asked(room, place=room.cast.dongwan)).number == "JY-2019-7"


def test_an_earlier_decision_is_entered_once_and_then_counts(room, decided):
    room.go_to(now() + DAY)
    given = {"place": room.place, "number": "柳村决〔2024〕3号", "title": "出租门面", "decided_on": date(2024, 5, 6),
             "amount_cents": 1_000_000, "winner": ""}  # fmt: skip
    for who in (room.signs, room.cast.sun_yan):
        with pytest.raises(NotAllowed):
            services.save_earlier(None, given, by=who)
    with pytest.raises(Invalid):
        services.save_earlier(None, {**given, "decided_on": today()}, by=room.keeps)
    assert not EarlierDecision.objects.exists()

    services.save_earlier(None, given, by=room.keeps)

    assert told("decisions.save_earlier")
    assert check("柳村决〔2024〕3号", asked(room, cents=1_000_000)).title == "出租门面"
    with pytest.raises(Invalid):
        check("柳村决〔2024〕3号", asked(room, cents=1_200_000))


def test_only_the_county_says_since_when_decisions_are_made_here(room):
    with pytest.raises(NotAllowed):
        services.keep_here(None, {"place": room.place, "since": today()}, by=room.keeps)
    assert not Keeping.objects.exists()

    services.keep_here(None, {"place": room.place, "since": today()}, by=room.county)

    assert told("decisions.keep_here")
