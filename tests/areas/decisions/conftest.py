"""柳河村 decides: 姚静 records, 冯兰 supervises, 严冬 guides from the township, 郝静 keeps the lists."""

import io
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from PIL import Image

from huilian.areas.power.decisions import services
from huilian.areas.power.decisions.models import AgendaItem, Matter, Motion, Seat
from huilian.areas.power.decisions.queries.chain import spec_of
from huilian.areas.power.decisions.seeding import seed
from huilian.engine.procedures.services import publish_all
from huilian.foundation.now import CHINA, frozen, now
from huilian.project import discover
from tests.stage import once

MORNING = datetime(2026, 6, 1, 9, 0, tzinfo=CHINA)  # a Monday
ROLLS = {"branch": 5, "committees": 7, "party_members": 9, "reps": 12, "coop_board": 5, "coop_reps": 12}


def picture(name: str = "p.jpg") -> tuple:
    found = io.BytesIO()
    Image.new("RGB", (60, 80), (200, 200, 190)).save(found, "JPEG")
    found.seek(0)
    return found, name


class Room:
    """The village and short ways to what a test needs before the act it is about."""

    def __init__(self, cast):
        self.cast = cast
        self.place, self.unit = cast.liuhe, cast.liuhe_committee
        self.keeps, self.signs, self.guides, self.county = cast.yao_jing, cast.feng_lan, cast.yan_dong, cast.hao_jing

    def go_to(self, moment: datetime) -> None:
        """Let the clock stand at `moment` until the test moves it again."""
        self.clocks.enter_context(frozen(moment))

    def seat(self, body: str, n: int) -> Seat:
        """The n-th person on a roll; 1 is the head."""
        return Seat.objects.get(place=self.place, body=body, name=f"{body}{n}")

    def propose(self, matter: str = "welfare", **more) -> Motion:
        given = {"title": "修缮文化礼堂", "text": "用集体资金修缮屋面", "amount_cents": 5_000_000, **more}
        return services.propose(self.unit, {"matter": Matter.objects.get(key=matter), **given}, by=self.keeps)

    def call(self, motion: Motion, *, days: int = 4, **more):
        return services.call(
            self.unit, spec_of(motion).body, [motion], starts_at=now() + timedelta(days=days), venue="村委会",
            by=self.keeps, **more,
        )  # fmt: skip

    def begin(self, motion: Motion) -> AgendaItem:
        """Call, wait and open; the clock stays on the day of the meeting."""
        meeting = self.call(motion, days=max(4, spec_of(motion).notice + 1))
        self.go_to(meeting.starts_at)
        return services.begin(meeting, chair="刘长贵", by=self.keeps).items.get()

    def vote(self, item: AgendaItem, *, come: int, yes: int, no: int = 0, minutes: bool = True) -> AgendaItem:
        """The first `come` people of the roll come; all speak, the head last; the hands are counted."""
        roll = [self.seat(item.meeting.body.key, n) for n in range(1, come + 1)]
        services.mark(item.meeting, roll, "signed", by=self.keeps)
        if spec_of(item.motion).head_last:
            for seat in [*roll[1:], roll[0]]:
                services.speak(item, seat, words="同意", by=self.keeps)
        services.tally(item, yes=yes, no=no, abstain=come - yes - no, tellers="甲、乙", by=self.keeps)
        services.close(item.meeting, by=self.keeps)
        if minutes:
            services.keep_minutes(item.meeting, *picture("minutes.jpg"), by=self.keeps)
        item.refresh_from_db()
        return item

    def pass_step(self, motion: Motion) -> Motion:
        """Carry the motion through the meeting it waits for, signed by the committee."""
        self.vote(self.begin(motion), come=ROLLS[spec_of(motion).body], yes=ROLLS[spec_of(motion).body])
        motion.refresh_from_db()
        if spec_of(motion).sign_off and motion.items.filter(step=motion.case.step, outcome="passed").exists():
            services.sign_off(motion, agrees=True, words="程序合规", by=self.signs)
        return self.fresh(motion)

    def to(self, motion: Motion, step: str) -> Motion:
        while motion.case.step != step:
            spec = spec_of(motion)
            if spec.records:
                services.note_step(
                    motion, note="记录在案", by=self.guides if motion.case.step == "filing" else self.keeps
                )
                motion = self.fresh(motion)
            elif spec.publishes:
                services.announce(motion, text="决议公开", by=self.keeps)
                services.sign_off(motion, agrees=True, by=self.signs)
                motion = self.fresh(motion)
            else:
                motion = self.pass_step(motion)
        return motion

    def fresh(self, motion: Motion) -> Motion:
        return Motion.objects.select_related("case__procedure", "matter", "place", "unit").get(pk=motion.pk)


def set_up(cast) -> Room:
    seed()
    publish_all([p for p in discover.files("procedures/*.yaml") if "decisions" in str(p) or p.stem == "alert"])
    made = Room(cast)
    seats = [
        Seat(unit=made.unit, place=made.place, body=body, name=f"{body}{n}", is_head=n == 1, starts_on=date(2025, 1, 1))
        for body, count in ROLLS.items()
        for n in range(1, count + 1)
    ]
    Seat.objects.bulk_create(seats)
    return made


told, stage, cast = once(set_up, at=MORNING)


@pytest.fixture
def room(stage):
    made = stage.world
    with ExitStack() as made.clocks:
        made.go_to(MORNING)
        yield made


def kept(motion: Motion) -> SimpleNamespace:
    """What a refused act must leave as it was."""
    fresh = Motion.objects.select_related("case").get(pk=motion.pk)
    return SimpleNamespace(
        step=fresh.case.step, number=fresh.number, items=fresh.items.count(), signs=fresh.sign_offs.count()
    )
