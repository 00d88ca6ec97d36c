"""Lists adopted from the starter sets, looked through by the people, and forty uses of the powers they hold."""

from datetime import timedelta

from huilian.areas.power.powers import services
from huilian.areas.power.powers.models import Opinion, StandardPoint
from huilian.engine.procedures import services as procedures
from huilian.engine.procedures.models import Card
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import now

from ..diary import Script
from .scene import TOWN, VILLAGE, Scene, words

OFFICE, BUILDERS = "县民政局", "县住建局"
OWN_DEPARTMENT = {"V-P-34": "县农业农村局"}  # the others go to the civil affairs bureau


def tell(scene: Scene) -> None:
    """Lists first; what is done under them; what of it is not as it should be."""
    village, town = scene.unit(VILLAGE), scene.county.towns[TOWN]
    owners = (("V", {"unit": village}), ("T", {"township": town}), ("D", {"unit": scene.unit(OFFICE)}),
              ("D", {"unit": scene.unit(BUILDERS)}))  # fmt: skip
    for body, owner in owners:
        for family in ("power", "duty", "negative"):
            scene.begin(scene.morning(42), _adopted(scene, body, family, owner))
    scene.begin(scene.morning(30), _known(scene))
    scene.begin(scene.morning(6), _revised(scene))
    scene.begin(scene.morning(3), _open_for_opinions(scene))
    villages = ("柳泉村", "石门村", "柳泉村", "上坊村", "双井村", "柳泉村", "岭后村")
    for place, (code, title, ago) in enumerate(words()["uses"]):
        name = villages[place % len(villages)]
        scene.begin(scene.morning(ago), _used(scene, name, code, title.format(v=name)))
    for name, code, title, ago in words()["bureaus"]:
        scene.begin(scene.morning(ago), _used(scene, name, code, title))
    scene.begin(
        scene.morning(40),
        _used(scene, VILLAGE, "V-P-01", "柳泉村道路亮化工程立项决议", skip="核议环节未开会，直接转党员审议"),
    )
    scene.begin(scene.morning(33), _used(scene, "石门村", "V-P-30", "石门村何某某临时救助", refuse="材料不全"))
    scene.must_find("SP04", "石门村", 2, "临时救助不予办理，只写了“材料不全”")
    scene.begin(scene.workdays_ago(22), _used(scene, "上坊村", "V-P-36", "上坊村地界纠纷调解", lie_at="s2"))
    scene.begin(scene.workdays_ago(17), _used(scene, VILLAGE, "V-P-36", "柳泉村噪声纠纷调解", lie_at="s2"))
    scene.begin(scene.morning(27), _marked(scene))
    scene.must_find("CX14", "双井村", 3, "未经决议口头答应承租人，监委会标记触碰负面清单")


def _adopted(scene: Scene, body: str, family: str, owner: dict) -> Script:
    """Begun from the starter set, laid open for a week, approved by another person, published."""
    officer = scene.holder(OFFICE, "power_officer")
    listing = services.begin(body, family, by=officer, **owner)
    services.consult(listing, days=7, by=officer)
    yield scene.pace.workdays(now(), 2)
    for of_body, of_family, code, text, whom, taken, answer in words()["opinions"]:
        if (of_body, of_family) == (body, family):
            said = services.add_opinion(listing, text, by_whom=whom, code=code, by=SYSTEM)
            services.answer_opinion(said, taken=taken, answer=answer, by=officer)
            if taken == "partly":
                frequency = {"frequency": [{"zh": answer, "en": "Weekly; monthly in the busy season"}]}
                services.save_item(listing, listing.items.get(code=code), frequency, by=officer)
    yield scene.pace.office((now() + timedelta(days=8)).date())
    services.approve(listing, approval="县基层权力监督联席会议第四次会议纪要", by=scene.company.leader)
    yield scene.pace.hours(now(), 1, 3)
    services.publish(listing, by=officer)


def _known(scene: Scene) -> Script:
    """Those who use the powers sign that they have read the lists; two units look at themselves."""
    points = StandardPoint.objects.filter(standard="five").count()
    for name in (VILLAGE, OFFICE, BUILDERS):
        services.sign(scene.unit(name), by=scene.company.clerk(scene.unit(name)))
        yield scene.pace.minutes(now(), 20, 90)
    for name, note in ((VILLAGE, "考核结果尚未公开"), (OFFICE, "流程图还没有上墙")):
        marks = [(2, "")] * (points - 1) + [(1, note)]
        services.check_self(scene.unit(name), "five", marks, by=scene.company.clerk(scene.unit(name)))
        yield scene.pace.workdays(now(), 1)


def _revised(scene: Scene) -> Script:
    """A list in force is being changed: one item has a shorter limit in the draft."""
    officer = scene.holder(OFFICE, "power_officer")
    draft = services.begin("V", "power", unit=scene.unit(VILLAGE), by=officer)
    services.save_item(draft, draft.items.get(code="V-P-08"), {"limit_days": 10}, by=officer)
    return
    yield


def _open_for_opinions(scene: Scene) -> Script:
    """A changed list lies open: one opinion has its answer, one waits."""
    officer = scene.holder(OFFICE, "power_officer")
    draft = services.begin("D", "duty", unit=scene.unit(BUILDERS), by=officer)
    services.consult(draft, by=officer)
    yield scene.pace.hours(now(), 2, 4)
    first = services.add_opinion(draft, "建议写明质量问题几天内到场", by_whom="新城社区居民", by=SYSTEM)
    yield scene.pace.hours(now(), 2, 4)
    services.answer_opinion(first, taken=Opinion.Taken.YES, answer="写入“两个工作日内到场查看”", by=officer)
    services.add_opinion(draft, "验收结果能不能也贴到小区门口", by_whom="学府社区居民", by=SYSTEM)


def _used(
    scene: Scene, name: str, code: str, title: str, *, skip: str = "", refuse: str = "", lie_at: str = ""
) -> Script:
    """A power is used step by step, each in its time; `skip` leaves a step out and gives the card that follows."""
    noted = services.start(scene.unit(name), code, title=title, by=scene.company.clerk(scene.unit(name)))
    case = noted.case
    while case.is_open and case.step != lie_at:
        step = case.definition.step(case.step)
        yield scene.pace.workdays(now(), _days(scene, step))
        case.refresh_from_db()
        by = scene.company.holder(case.unit, *step.roles)
        verbs = {move.verb for move in case.definition.moves_from(case.step)}
        if refuse and "back" in verbs:
            case = services.move(case, "refuse", note=refuse, by=by)
        elif skip and "skip" in verbs:
            case = services.move(case, "skip", by=by)
            procedures.raise_card(case, ground=Card.Ground.SKIPPED, colour=1, fact=skip)
        else:
            onward = case.definition.move("next" if "next" in verbs else "finish", case.step)
            given = {"unit": scene.unit(OWN_DEPARTMENT.get(code, OFFICE))} if "unit" in onward.needs else {}
            case = services.move(case, onward.verb, by=by, **given)


def _days(scene: Scene, step) -> int:
    """Working days a step takes: a notice hangs its days, the rest is done well within the limit."""
    most = step.limit.length - 1
    return max(most - 1, 0) if step.discloses else min(most, scene.rnd.choice((0, 1, 1, 2)))


def _marked(scene: Scene) -> Script:
    """A forbidden act is found in a case, which stands still from then on."""
    name = "双井村"
    noted = services.start(
        scene.unit(name), "V-P-22", title="双井村西岗旱地发包", by=scene.company.clerk(scene.unit(name))
    )
    yield scene.pace.workdays(now(), 2)
    services.move(noted.case, "next", by=scene.company.clerk(scene.unit(name)))
    yield scene.pace.workdays(now(), 1)
    watch = scene.holder(f"{name}监委会", "village_stamper")
    services.mark(noted.case, "V-N-02", fact="未经决议已口头答应承租人", by=watch)
