"""The works of one township, at every stage from the budget to the archive, and what is wrong with some of them.

`demo/data/works.yaml` is plan and ground truth. Works of this year are lived through the services, day by day; those
of the ledger are taken over as the paper says.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml

from huilian.areas.watch.works import services
from huilian.areas.watch.works.models import Contractor, LimitClass, Project
from huilian.engine.directory.models import Place, Unit
from huilian.engine.procedures import services as cases
from huilian.engine.screening.services import screen
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.codes import credit_check_character
from huilian.foundation.now import frozen, now, today

from ..money.plants import Truth

FILE = Path(__file__).parent.parent / "data" / "works.yaml"
TOWN, YUAN = "青石镇", 100
FIRMS = ("顺河建筑", "嘉禾市政", "远山路桥", "青禾水利", "众诚装饰", "宏图园林", "安泰机电")
PRICE = 420 * YUAN
RULES = [f"GC{n:02d}" for n in range(1, 16)] + [f"CG{n:02d}" for n in range(1, 5)]


@dataclass
class Site:
    """One work of the plan, its village, those who may build it, the days it has lived."""

    plan: dict
    unit: Unit
    builders: Sequence[Contractor]

    def at(self, days: int):
        """That many days after the proposal, never later than now."""
        ago = max(self.plan["days"] - days, 0)
        return frozen(now() - timedelta(days=ago))

    @property
    def key(self) -> str:
        return self.plan.get("class", "small")

    @property
    def cents(self) -> int:
        return self.plan["yuan"] * YUAN


def tell(county) -> list[Truth]:
    """Tell the works; gives what screening must find, and has it looked for. Nothing where the township is not told."""
    villages = county.villages.get(TOWN, [])
    if not villages:
        return []
    plans = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    truth = []
    with frozen(now() - timedelta(days=320)):
        builders = [_firm(n, name, county.place) for n, name in enumerate(FIRMS)]
        price = {"trade": "土建", "name": "综合单价", "measure": "m²", "price_cents": PRICE, "source": "县造价站信息价"}
        services.save_price(None, {**price, "valid_from": today()}, by=SYSTEM)
    for n, plan in enumerate(plans):
        place = villages[plan.get("village", n) % len(villages)]
        site = Site(plan, _body(place), [builders[(n + k) % len(builders)] for k in range(3)])
        (_take_over if plan["to"] == "ledger" else _live)(site)
        if "rule" in plan:
            truth.append(Truth(plan["rule"], int(place.code), plan["level"], plan.get("honest", False), plan["title"]))
    screen(villages=[int(place.code) for place in villages], rules=RULES, by=SYSTEM)
    return truth


def _body(place: Place) -> Unit:
    bodies = {unit.kind: unit for unit in place.units.all()}
    return bodies.get(Unit.Kind.VILLAGE_COMMITTEE) or bodies[Unit.Kind.COMMUNITY]


def _firm(n: int, name: str, place: Place) -> Contractor:
    code = f"91999901MAWK{n:05d}"
    values = {"kind": "firm", "name": f"安澜县{name}有限公司", "code": code + credit_check_character(code)}
    return services.save_contractor(
        None, {**values, "place": place, "founded_on": date(2014 + n % 5, 3, 1), "insured": 6 + n}, by=SYSTEM
    )


def _take_over(site: Site) -> None:
    """A work of the paper ledger."""
    plan, begun = site.plan, today() - timedelta(days=site.plan["days"])
    finished = begun + timedelta(days=50)
    services.take_over(
        {
            "unit": site.unit, "limit_class": LimitClass.objects.get(key="small"), "title": plan["title"],
            "scope": plan["scope"], "site": plan["site"], "fund": "村集体资金", "budget_cents": site.cents,
            "contract_cents": site.cents * 97 // 100, "mode": "quotes", "contractor": site.builders[0],
            "decision_no": "（台账）", "awarded_on": begun + timedelta(days=5), "signed_on": begun + timedelta(days=8),
            "started_on": begun + timedelta(days=1 if plan.get("early") else 10), "ends_on": finished,
            "finished_on": finished, "accepted_on": finished + timedelta(days=6), "signers": plan.get("signers", 5),
            "settled_cents": site.cents * 96 // 100, "settled_on": finished + timedelta(days=15),
        },
        by=SYSTEM,
    )  # fmt: skip


# What is done after so many days, in order; a plan goes up to the step its `to` names.
Step = tuple[str, int, Callable[[Project, Site], object]]


def _live(site: Site) -> None:
    with site.at(0):
        values = {key: site.plan[key] for key in ("title", "scope", "site")}
        emergency = site.plan.get("emergency", False)
        work = services.propose(
            site.unit,
            LimitClass.objects.get(key=site.key),
            {**values, "fund": "村集体资金", "estimate_cents": site.cents, "is_emergency": emergency,
             "asset_class": "" if emergency or site.key != "small" else "infrastructure",
             "decision_no": "" if site.key in ("micro", "purchase") or emergency else f"JY{today():%Y%m%d}-0001"},
            by=SYSTEM,
        )  # fmt: skip
    for name, days, act in _way(site):
        if name == site.plan["to"]:
            return
        with site.at(days):
            work.refresh_from_db()
            act(work, site)


def _way(site: Site) -> list[Step]:
    buys, small = site.key == "purchase", site.key == "small"
    steps: list[Step] = []
    if not buys:
        steps += [("budget", 2, _budget)]
        if small:
            steps += [("review", 5, lambda w, s: services.approve_budget(w, by=SYSTEM))]
    steps += [("awarding", 10, _award)]
    if small:
        steps += [("published", 14, lambda w, s: services.confirm(w, by=SYSTEM))]
    steps += [("contracting", 16, _sign)]
    if not buys:
        steps += [("signed", 18, _begin), ("building", 30, _half)]
        steps += {
            "paused": [("", 32, _pause), ("paused", 33, _pause)],
            "changed": [("", 32, _change), ("changed", 33, _change)],
            "remeasured": [("", 40, _measure), ("remeasured", 41, _measure)],
        }.get(site.plan["to"], [])
    steps += [("working", 45, _finish), ("accepting", 50, _look)]
    if site.plan["to"] == "mended":
        steps[-1:] = [("", 50, _mend), ("", 60, _finish), ("mended", 61, _look)]
    if not buys:
        steps += [
            ("settling", 60, lambda w, s: services.claim(w, amount_cents=w.contract_cents, by=SYSTEM)),
            ("auditing", 70, lambda w, s: services.settle(w, amount_cents=w.contract_cents * 98 // 100, by=SYSTEM)),
            ("warranty", 300, lambda w, s: services.release(w, by=SYSTEM)),
        ]
    return steps


def _budget(work: Project, site: Site) -> None:
    price = PRICE * (100 + site.plan.get("over", 0)) // 100
    line = {"trade": "土建", "name": "综合单价", "measure": "m²", "price_cents": price}
    services.set_items(work, [{**line, "quantity": site.cents // price}], by=SYSTEM)
    services.send_budget(work, by=SYSTEM)


def _award(work: Project, site: Site) -> None:
    quotes = [
        services.quote(work, builder, amount_cents=work.budget_cents * (95 + n) // 100, days=40, on=today(), by=SYSTEM)
        for n, builder in enumerate(site.builders)
    ]
    if work.is_emergency:
        services.award(quotes[0], mode="direct", note="镇防汛指挥部要求立即抢通", by=SYSTEM)
    else:
        services.award(quotes[0], mode="quotes", by=SYSTEM)


def _sign(work: Project, site: Site) -> None:
    terms = {"signed_on": today(), "starts_on": today(), "ends_on": today() + timedelta(days=60)}
    work = services.sign(work, terms, by=SYSTEM)
    if site.key == "small" and not work.is_emergency:
        services.ask_pay(work, "advance", amount_cents=work.contract_cents * 20 // 100, by=SYSTEM)


def _begin(work: Project, site: Site) -> None:
    services.note_event(work, "start", on=today(), text="施工队进场", files=_picture(work.pk), by=SYSTEM)


def _half(work: Project, site: Site) -> None:
    services.note_event(work, "stage", on=today(), text="主体完成过半", progress=60, by=SYSTEM)
    if site.key == "small" and not work.is_emergency:
        services.ask_pay(work, "progress", amount_cents=work.contract_cents * 40 // 100, by=SYSTEM)


def _pause(work: Project, site: Site) -> None:
    cases.pause(work.case, reason="汛期停工", basis="镇防汛指挥部通知", by=SYSTEM)


def _change(work: Project, site: Site) -> None:
    change = services.ask_change(
        work, reason="基础淤泥换填", quantities="换填毛石90立方米", amount_cents=work.contract_cents * 12 // 100,
        decision_no=f"JY{today():%Y%m%d}-0002", by=SYSTEM,
    )  # fmt: skip
    services.decide_change(change, approve=True, by=SYSTEM)


def _measure(work: Project, site: Site) -> None:
    services.note_event(work, "remeasured", on=today(), text="村监会复测，实际完成不足四成", progress=35, by=SYSTEM)


def _finish(work: Project, site: Site) -> None:
    if not work.limit_class.is_purchase and work.progress < 100:
        services.note_event(work, "stage", on=today(), text="全部完成", progress=100, by=SYSTEM)
    services.finish(work, on=today(), text="完工" if site.key != "purchase" else "送到村委会", by=SYSTEM)


def _look(work: Project, site: Site) -> None:
    sheet = services.open_acceptance(work, held_on=today(), by=SYSTEM)
    services.sign_acceptance(sheet, agrees=True, by=SYSTEM)
    for role, names in (("representative", ["何田", "汪水", "邹禾"]), ("village", ["村委会主任"])):
        file, name = _picture(work.pk)[0]
        services.enter_signatures(sheet, role=role, names=names, file=file, file_name=name, by=SYSTEM)
    services.accept(work, quality="符合设计要求", by=SYSTEM)


def _mend(work: Project, site: Site) -> None:
    services.open_acceptance(work, held_on=today(), by=SYSTEM)
    services.mend(work, note="路缘石松动", mend_by=today() + timedelta(days=15), by=SYSTEM)


def _picture(n: int) -> list:
    from PIL import Image

    found = io.BytesIO()
    Image.new("RGB", (320, 240), (120 + n % 90, 130, 110)).save(found, "JPEG")
    found.seek(0)
    return [(found, "现场.jpg")]
