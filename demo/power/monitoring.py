"""What the county's monitoring saw: cards, corrections, last quarter's evaluation, complaints, penalties, checks."""

from huilian.areas.power.monitoring import services
from huilian.areas.power.monitoring.models import ActComplaint, Criterion, Evaluation, PenaltyMatter
from huilian.areas.power.monitoring.rules import quarter_of
from huilian.areas.power.powers.models import ItemCase
from huilian.areas.serve.services.models import Application
from huilian.engine.directory.models import Unit
from huilian.engine.procedures.models import Card
from huilian.engine.procedures.services import answer_card, decide_card
from huilian.foundation.now import now, today

from .. import names
from ..diary import Script
from .scene import Scene, words
from .services import CENTRE, HALL

BUREAU, WATCH = "县城管局", "县指挥中心"
MATTER = {"code": "CG-001", "name": "擅自在街道两侧堆放物料影响市容", "law": "城市市容和环境卫生管理条例",
          "version": "2017年3月1日修订", "article": "第三十六条第二项"}  # fmt: skip
POINTS = ((HALL, "政务大厅全景", "一楼大厅"), (CENTRE, "青石镇窗口", "1、2号窗口"))


def tell(scene: Scene) -> None:
    if not Criterion.objects.exists():
        return
    scene.begin(scene.morning(36), _catalogue(scene))
    for party, ago, steps, band, yuan in words()["penalties"]:
        scene.begin(scene.morning(ago), _penalty(scene, party, steps, band, yuan))
    scene.begin(scene.morning(10), _corrected(scene))
    scene.begin(scene.morning(8), _evaluated(scene))
    for ago, text, until in words()["complaints"]:
        scene.begin(scene.morning(ago, 10), _complained(scene, text, until))


def _officer(scene: Scene):
    return scene.holder(WATCH, "monitoring_officer")


def _catalogue(scene: Scene) -> Script:
    """Offences with their bands, video points without any picture, checks of controls."""
    officer = _officer(scene)
    matter = services.save_matter(None, {**MATTER, "unit": scene.unit(BUREAU)}, by=officer)
    for place, (name, circumstances, low, high) in enumerate(words()["bands"]):
        values = {
            "matter": matter,
            "name": name,
            "circumstances": circumstances,
            "low_cents": 100 * low,
            "high_cents": 100 * high,
        }
        services.save_band(None, {**values, "position": place}, by=officer)
    for place, (unit, name, window) in enumerate(POINTS, 1):
        link = f"https://video.anlan.example/{place}"
        services.save_point(None, {"unit": scene.unit(unit), "name": name, "window": window, "link": link}, by=officer)
    yield scene.pace.workdays(now(), 12)
    for unit, control, finding, change in words()["checks"]:
        values = {"unit": scene.unit(unit), "on": today(), "control": control, "finding": finding, "change": change}
        services.enter_check(None, values, by=officer)


def _penalty(scene: Scene, party: str, steps: int, band: int, yuan: int) -> Script:
    """A penalty by its book, as many steps as it has come."""
    clerk = scene.holder(BUREAU, "penalty_clerk")
    matter = PenaltyMatter.objects.get(code=MATTER["code"])
    penalty = services.open_penalty(matter, party=party, source="街面巡查", by=clerk)
    acts = (
        lambda p: services.file_penalty(p, by=clerk),
        lambda p: services.move_penalty(p, "investigated", note="现场照片三张，当事人陈述一份", by=clerk),
        lambda p: services.propose(
            p, band=p.matter.bands.order_by("position")[band], amount_cents=100 * yuan, by=clerk
        ),
        lambda p: services.review(p, by=scene.holder(BUREAU, "penalty_reviewer")),
        lambda p: services.move_penalty(p, "heard", note="已告知，当事人放弃陈述申辩", by=clerk),
        lambda p: services.decide_penalty(p, by=scene.holder(BUREAU, "penalty_head")),
        lambda p: services.move_penalty(p, "executed", note="罚款已缴，物料已清走", by=clerk),
    )
    for act in acts[:steps]:
        yield scene.pace.workdays(now(), 1)
        penalty = act(penalty)


def _corrected(scene: Scene) -> Script:
    """The step that was left out: the card is answered and upheld, the order answered and verified; one order waits."""
    officer = _officer(scene)
    card = Card.objects.filter(ground=Card.Ground.SKIPPED, case__kind="item").select_related("case__unit").first()
    if card:
        order = services.order_correction(card.case, demand="补开核议会，留会议记录，再报镇备案", card=card, by=officer)
        clerk = scene.company.clerk(card.unit)
        yield scene.pace.workdays(now(), 1)
        answer_card(card, "当时以为可以省略，已补开。", by=clerk)
        services.answer_correction(order, "核议会已补开，记录两页已入卷。", by=scene.company.clerk(order.unit))
        yield scene.pace.workdays(now(), 1)
        decide_card(card, uphold=True, by=officer)
        services.verify_correction(order, done=True, remark="调阅记录，签到与票数相符。", by=officer)
    refused = ItemCase.objects.filter(case__state="refused").select_related("case__unit").first()
    if refused:
        yield scene.pace.workdays(now(), 3)
        services.order_correction(refused.case, demand="补写不予办理的依据和救济途径，书面告知申请人", by=officer)


def _evaluated(scene: Scene) -> Script:
    """Last quarter, from the cases that were closed in it: one unit objects and is answered, most are final."""
    officer = _officer(scene)
    year, quarter = quarter_of(today())
    year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    services.evaluate(year, quarter, by=officer)
    yield scene.pace.workdays(now(), 2)
    bodies = (Unit.Kind.DEPARTMENT, Unit.Kind.TOWNSHIP_GOVERNMENT)
    told = list(Evaluation.objects.filter(state=Evaluation.State.TOLD, unit__kind__in=bodies).select_related("unit"))
    if told:
        services.object_to(told[-1], "有两件是转办前就超期的，不应计在我单位。", by=scene.company.clerk(told[-1].unit))
        yield scene.pace.workdays(now(), 1)
        services.answer_objection(told[-1], "经核，转办时间以系统记录为准，维持。", again=False, by=officer)
    for evaluation in told[:-3]:
        services.settle(evaluation, by=officer)


def _complained(scene: Scene, text: str, until: str) -> Script:
    """Somebody complains about how their application was handled."""
    taken = ActComplaint.objects.values("about")
    about = Application.objects.filter(point__unit=scene.unit(CENTRE)).exclude(case__in=taken).order_by("pk").first()
    said = {"name": names.person(scene.rnd), "phone": names.phone(scene.rnd)}
    complaint, _code = services.complain(about.case.number, text, **said)
    officer, head = _officer(scene), scene.holder(CENTRE, "service_head")
    yield scene.pace.hours(now(), 1, 4)
    if not until:
        return
    if until == "refused":
        services.refuse_complaint(complaint, note="对审批结果不服，可申请行政复议，不属效能投诉。", by=officer)
        return
    complaint = services.take_up(complaint, by=officer)
    yield scene.pace.workdays(now(), 1)
    if until == "taken":
        return
    complaint = services.explain(complaint, note="经查监控和办件记录，经办人确未一次讲清。", by=head)
    yield scene.pace.workdays(now(), 1)
    if until == "decided":
        services.decide_complaint(complaint, justified=True, result="投诉属实，已责令窗口改正并向您致歉。", by=officer)
