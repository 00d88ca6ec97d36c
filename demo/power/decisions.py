"""柳泉村 decides here: twelve motions at every stage, and what must be found where one is not as it should be."""

import io
from contextlib import ExitStack
from datetime import timedelta

from PIL import Image, ImageDraw

from huilian.areas.power.decisions import services
from huilian.areas.power.decisions.models import Matter, Motion, Seat
from huilian.areas.power.decisions.queries.chain import passed_at, spec_of
from huilian.engine.accounts.models import User
from huilian.engine.directory.powers import may
from huilian.foundation.now import frozen, now, today

from ..money.plants import Truth

VILLAGE, DAYS = "柳泉村", 90
ROLLS = {"branch": 5, "committees": 7, "party_members": 18, "reps": 24, "coop_board": 5, "coop_reps": 27}
FAMILY, GIVEN = "何罗马冯陈王李赵孙周吴郑", "守义 桂芳 长林 春生 秀英 建平 玉梅 志强"
PLAIN = (
    ("硬化村南生产路", "welfare", 48_000, "closed"),
    ("出租老粮库", "letting", 60_000, "carrying"),
    ("增设路灯二十盏", "works", 39_000, "vote"),
    ("修订村规民约", "rules", None, "review"),
    ("新建老年活动室", "welfare", 120_000, "proposal"),
)


def tell(county) -> list[Truth]:
    """Returns what screening must find; nothing where the posts it takes are not held."""
    unit = county.units.get(VILLAGE)
    keeps, signs = _who("decisions.keep", unit), _who("decisions.supervise", county.units.get(f"{VILLAGE}监委会"))
    guides = _who("decisions.guide")
    if not (unit and keeps and signs and guides):
        return []
    told = _Village(unit, keeps, signs, guides)
    with frozen(now() - timedelta(days=DAYS)):
        told.rolls()
    for title, matter, yuan, step in PLAIN:
        told.way(title, matter, yuan, step)
    return told.gone_wrong()


def stand(county) -> None:
    """From now on the village's numbers must stand in its register; what its books brought over keeps the old ones."""
    unit, lists = county.units.get(VILLAGE), _who("decisions.catalogue")
    if unit and lists:
        services.keep_here(None, {"place": unit.place, "since": today()}, by=lists)


def _who(action: str, unit=None) -> User | None:
    found = User.objects.filter(is_active=True, person__isnull=False)
    if unit is not None:
        found = found.filter(person__appointments__post__unit=unit)
    return next((user for user in found.order_by("pk") if may(user, action)), None)


class _Village:
    """The village with those who act for it; each motion is told on a clock of its own that begins in the past."""

    def __init__(self, unit, keeps, signs, guides):
        self.unit, self.place, self.keeps, self.signs, self.guides = unit, unit.place, keeps, signs, guides

    def rolls(self) -> None:
        people = [f"{f}{g}" for g in GIVEN.split() for f in FAMILY]
        for body, count in ROLLS.items():
            for n, name in enumerate(people[:count]):
                row = {"unit": self.unit, "body": body, "name": name, "group": f"{n % 6 + 1}组", "is_head": n == 0}
                services.save_seat(None, {**row, "starts_on": today() - timedelta(days=200)}, by=self.keeps)

    def propose(self, title: str, matter: str, yuan: int | None, **more) -> Motion:
        given = {"title": title, "text": f"{title}，请审议。", "amount_cents": yuan and yuan * 100, **more}
        return services.propose(self.unit, {"matter": Matter.objects.get(key=matter), **given}, by=self.keeps)

    def way(self, title: str, matter: str, yuan: int | None, step: str) -> Motion:
        with ExitStack() as clocks:
            clocks.enter_context(frozen(now() - timedelta(days=DAYS - 5)))
            return self.to(self.propose(title, matter, yuan), step, clocks)

    def to(self, motion: Motion, step: str, clocks: ExitStack) -> Motion:
        while motion.case.step != step:
            spec = spec_of(motion)
            if spec.records:
                services.note_step(
                    motion, note="已记录", by=self.guides if motion.case.step == "filing" else self.keeps
                )
            elif spec.publishes:
                services.announce(motion, text=f"{motion.title}：请大家监督。", by=self.keeps)
            elif spec.carries:
                self.done(motion, motion.amount_cents or 0)
                clocks.enter_context(frozen(now() + timedelta(days=4)))
                services.carried(motion, by=self.keeps)
            else:
                self.meet(motion, clocks)
            motion = self.fresh(motion)
            spec = spec_of(motion)
            if spec.sign_off and (
                passed_at(motion, motion.case.step) or motion.announcements.filter(kind=spec.publishes)
            ):
                services.sign_off(motion, agrees=True, words="程序合规", by=self.signs)
                motion = self.fresh(motion)
        return motion

    def meet(self, motion: Motion, clocks: ExitStack, *, come: float = 0.9, yes: float = 0.9, minutes: bool = True):
        """Call, wait, open, let people come and speak, count, close."""
        body, notice = spec_of(motion).body, spec_of(motion).notice
        key = "reps" if body == "assembly" else body
        meeting = services.call(
            self.unit, body, [motion], starts_at=now() + timedelta(days=notice + 1), venue="村委会会议室", by=self.keeps
        )
        clocks.enter_context(frozen(meeting.starts_at))
        meeting = services.begin(meeting, chair="罗德胜", due=400, by=self.keeps)
        item = meeting.items.get()
        if meeting.body.is_rolled:
            here = list(Seat.objects.filter(place=self.place, body=key))[: round(ROLLS[key] * come)]
            services.mark(meeting, here, "signed", by=self.keeps)
            if spec_of(motion).head_last:
                for seat in sorted(here, key=lambda s: s.is_head):
                    services.speak(item, seat, words="同意", by=self.keeps)
        else:
            services.count_present(meeting, present=round(meeting.due * come), by=self.keeps)
        meeting.refresh_from_db()
        agreed = round(meeting.present * yes)
        services.tally(
            item, yes=agreed, no=meeting.present - agreed, abstain=0, tellers="何守义、罗守义", by=self.keeps
        )
        meeting = services.close(meeting, by=self.keeps)
        if minutes:
            services.keep_minutes(meeting, *_page(str(meeting)), by=self.keeps)

    def done(self, motion: Motion, cents: int, winner: str = "", by=None) -> None:
        values = {"on": today(), "what": "签订合同并付款", "amount_cents": cents, "winner": winner, "reference": ""}
        services.execute(motion, values, by=by or self.keeps)

    def fresh(self, motion: Motion) -> Motion:
        return Motion.objects.select_related("case__procedure", "matter", "place", "unit").get(pk=motion.pk)

    def gone_wrong(self) -> list[Truth]:
        """Six that are not as they should be: each with the rule that must see it."""
        code, begun = int(self.place.code), now() - timedelta(days=DAYS - 5)
        with ExitStack() as clocks:
            clocks.enter_context(frozen(begun))
            few = self.to(self.propose("购置洒水车", "welfare", 30_000), "vote", clocks)
            self.meet(few, clocks, come=0.5, yes=1)
            failed = self.to(self.propose("村口建牌坊", "welfare", 90_000), "vote", clocks)
            self.meet(failed, clocks, yes=0.3)
            self.done(failed, 2_000_000, by=self.signs)
            services.drop(failed, note="表决没有通过", by=self.keeps)
        with ExitStack() as clocks:
            clocks.enter_context(frozen(begun))
            other = self.to(
                self.propose("维修自来水管网", "welfare", 50_000, winner="安澜水暖服务部"), "carrying", clocks
            )
            self.done(other, 6_500_000, "安澜通达工程队")
        with ExitStack() as clocks:
            clocks.enter_context(frozen(begun))
            early = self.propose("平整晒场", "welfare", 28_000)
            self.done(early, 1_000_000, by=self.signs)
            self.propose("改造村级戏台", "works", 70_000, winner="安澜建筑队")
        with ExitStack() as clocks:
            clocks.enter_context(frozen(begun))
            late = self.propose("清理河道", "welfare", 15_000)
            self.meet(late, clocks, minutes=False)
            answered = self.propose("安装监控", "welfare", 22_000)
            self.meet(answered, clocks)
            services.sign_off(answered, agrees=False, words="报价没有给代表看", by=self.signs)
            services.answer(answered, text="三家报价已张贴并发到每位代表", by=self.keeps)
            services.sign_off(answered, agrees=True, words="已看到报价", by=self.signs)
        found = (("CX03", 2, few), ("CX04", 3, failed), ("CX07", 3, other), ("CX06", 3, early), ("CX02", 2, late))
        return [
            *(Truth(rule, code, level, what=motion.title) for rule, level, motion in found),
            Truth("CX01", code, 3, what="改造村级戏台"),
        ]


def _page(words: str) -> tuple[io.BytesIO, str]:
    """A photographed page of minutes, as large as it must be and no larger."""
    picture = Image.new("L", (300, 420), 235)
    draw = ImageDraw.Draw(picture)
    for n in range(14):
        draw.line((40, 60 + 24 * n, 250 - 7 * (n * len(words) % 11), 60 + 24 * n), fill=40, width=3)
    found = io.BytesIO()
    picture.save(found, "PNG")
    found.seek(0)
    return found, "会议记录.png"
