"""Forty-odd lots of two townships at every step, and what is wrong with some of them.

`demo/data/exchange.yaml` is plan and ground truth. Everything goes through the exchange's services, on a clock turned
back to when it happened.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zlib import crc32

import yaml

from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.models import Board, Lot, Mode, Registration, Right
from huilian.areas.watch.exchange.rules import MOST_POINTS
from huilian.areas.watch.exchange.services.catalogue import save_expert
from huilian.areas.watch.exchange.services.deciding import result_until
from huilian.areas.watch.works.services import save_contractor
from huilian.engine.directory.models import Place, Unit
from huilian.engine.directory.services import add_organisation
from huilian.engine.screening.services import screen
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.codes import credit_check_character
from huilian.foundation.now import frozen, now, today

from ..money.plants import Truth, identity

FILE = Path(__file__).parent.parent / "data" / "exchange.yaml"
TOWN, YUAN, HOUR = "青石镇", 100, timedelta(hours=1)
STEPS = ("town", "review", "ready", "notice", "trade", "result", "contract", "settle", "certify", "filing", "archived")
TRADED = {  # of each board a right, a way of transfer
    "property": ("operating_asset", "lease"),
    "engineering": ("village_works", "works"),
    "procurement": ("village_purchase", "purchase"),
}
RULES = [*(f"ZB{n:02d}" for n in range(1, 17) if n != 3), *(f"CQ{n:02d}" for n in range(1, 9))]


@dataclass
class Trade:
    """One lot of the plan and how far it is to go."""

    plan: dict
    place: Place
    lot: Lot | None = None

    def reaches(self, step: str) -> bool:
        """Whether the lot goes on from the step before `step`."""
        to = {"suspended": "notice", "terminated": "notice", "unsold": "trade", "broken": "contract"}
        wanted = self.plan["to"]
        return STEPS.index(to.get(wanted, wanted)) >= STEPS.index(step)

    def same(self, what: str, name: str) -> str:
        """The mark that this bidder shares with others, else ""."""
        shared = self.plan.get("same", {}).get(what, [])
        return shared[0] if name in shared else ""


def tell(county) -> list[Truth]:
    """Tell the trades; gives what screening must find, and has it looked for. Nothing where a township is not told."""
    plans = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    villages = {town: county.villages.get(town, []) for town in {p.get("town", TOWN) for p in plans}}
    if not all(villages.values()):
        return []
    with frozen(now() - timedelta(days=200)):
        for n in range(7):
            expert = {
                "number": f"PB{n:03d}",
                "name": f"{'范钱鲁韦昌苗凤'[n]}工",
                "field": "道路桥梁",
                "employer": "市专家库",
            }
            save_expert(None, expert, by=SYSTEM)
    truth, before = [], None
    for plan in plans:
        there = villages[plan.get("town", TOWN)]
        trade = Trade(plan, there[plan["village"] % len(there)])
        _live(trade, before)
        before = trade.lot
        for rule, level in plan.get("rules", []):
            honest = "honest" in plan
            truth.append(Truth(rule, int(trade.place.code), level, honest, plan.get("honest") or trade.lot.title))
    screen(villages=[int(p.code) for there in villages.values() for p in there], rules=RULES, by=SYSTEM)
    return truth


def _live(trade: Trade, before: Lot | None) -> None:
    plan = trade.plan
    with frozen(now() - timedelta(days=plan["days"])):
        trade.lot = services.list_again(before, {}, by=SYSTEM) if plan.get("again") else _apply(trade)
        if not trade.reaches("review"):
            return
        trade.lot = services.opine(trade.lot, opinion="程序完备，同意进场。", by=SYSTEM)
        if not trade.reaches("ready"):
            return
        trade.lot = services.accept(trade.lot, by=SYSTEM)
        if not trade.reaches("notice"):
            return
        notice = services.publish(trade.lot, by=SYSTEM)
        trade.lot = notice.lot
        if plan.get("posted", True):
            services.post_on_board(notice, on=today(), by=SYSTEM)
        bidders = [_register(trade, name) for name in plan.get("bids", {})]
        if plan["to"] == "suspended":
            services.suspend(trade.lot, note="相邻户对四至有争议，待镇里勘界", by=SYSTEM)
        elif plan["to"] == "terminated":
            services.terminate(trade.lot, note="地块列入水库淹没范围，村里撤回决议", by=SYSTEM)
    if trade.reaches("trade") and trade.lot.opens_at < now():  # a long holiday leaves some open
        with frozen(trade.lot.opens_at):
            _trade(trade, bidders)
    trade.lot = _fresh(trade.lot)
    if trade.reaches("contract") and trade.lot.case.step == "result":
        confirmed = result_until(trade.lot) + HOUR
        if confirmed < now():
            with frozen(confirmed):
                _conclude(trade)


def _apply(trade: Trade) -> Lot:
    plan, board = trade.plan, trade.plan.get("board", "property")
    right, mode = TRADED[board]
    bodies = {unit.kind: unit for unit in trade.place.units.all()}
    committee = bodies.get(Unit.Kind.VILLAGE_COMMITTEE) or bodies[Unit.Kind.COMMUNITY]
    lets = board == "property"
    values = {
        "board": Board.objects.get(key=board), "right": Right.objects.get(key=right),
        "mode": Mode.objects.get(key=mode), "method": plan.get("method", "sealed"),
        "title": trade.place.name + plan["title"], "location": trade.place.name,
        "term_months": 36 if lets else None, "per_year": lets, "ownership_proof": "村集体资产台账",
        "start_cents": plan["yuan"] * YUAN, "valuation_cents": plan.get("value", 0) * YUAN or None,
        "deposit_cents": plan.get("deposit", 0) * YUAN, "decision_no": f"JY{today():%Y%m%d}-0001", "said": {},
    }  # fmt: skip
    return services.apply(committee, values, by=SYSTEM)


def _register(trade: Trade, name: str) -> Registration:
    firm = name.endswith(("公司", "合作社"))
    number = crc32(name.encode()) % 10**8
    code = f"91999901{number:08d}X" if firm else ""
    values = {
        "kind": "firm" if firm else "person",
        "name": name,
        "identity": code + credit_check_character(code) if firm else identity(number),
        "phone": f"120{crc32((trade.same('phone', name) or name).encode()) % 10**8:08d}",
        "address": f"安澜县{name[3:]}办公楼" if firm else "",
        "account_no": f"6229{crc32((trade.same('account', name) or name).encode()):010d}",
        "papers_by": trade.same("author", name) and "田文",
        "agent": trade.plan.get("agent", {}).get(name, ""),
    }
    if trade.same("legal", name):
        add_organisation(name=name, credit_code=values["identity"], legal_representative="聂大成", by=SYSTEM)
    if trade.plan.get("young") == name:
        given = {"kind": "firm", "name": name, "code": values["identity"], "place": trade.place, "insured": 1}
        save_contractor(None, {**given, "founded_on": today() - timedelta(days=40)}, by=SYSTEM)
    made, _code = services.register(trade.lot, values, device=trade.same("device", name))
    if trade.lot.deposit_cents:
        paid = services.note_deposit(
            made, amount_cents=trade.lot.deposit_cents, payer=name, payer_account=values["account_no"],
            bank_ref=f"BZJ{made.number}", arrived_at=now(), by=SYSTEM,
        )  # fmt: skip
        services.confirm_deposit(paid, by=SYSTEM)
    return services.examine(made, qualified=True, by=SYSTEM)


def _trade(trade: Trade, bidders: list[Registration]) -> None:
    plan = trade.plan
    if not bidders:
        services.fail(trade.lot, note="公告期内没有人报名", by=SYSTEM)
        return
    trade.lot = services.close_registration(_fresh(trade.lot), by=SYSTEM)
    if not trade.reaches("result"):
        return
    for one in bidders:
        services.put_price(one, price_cents=plan["bids"][one.name] * YUAN, by=SYSTEM)
    if points := plan.get("points"):
        services.announce_panel(trade.lot, by=SYSTEM)
        for n, seat in enumerate(services.draw_panel(trade.lot, words="开标现场抽取", by=SYSTEM)):
            for one in bidders:
                total = points[one.name][n]
                marks = {key: total * most // sum(MOST_POINTS.values()) for key, most in MOST_POINTS.items()}
                marks["plan"] += total - sum(marks.values())
                services.mark(seat, one, marks, by=SYSTEM)
    services.award(trade.lot, by=SYSTEM)


def _conclude(trade: Trade) -> None:
    """From the confirmation on; deposits of those who did not win go back unless the plan keeps them."""
    plan = trade.plan
    deal = services.confirm(trade.lot, by=SYSTEM)
    if plan.get("refund", True):
        _refund(trade)
    if plan["to"] == "broken":
        services.break_off(deal.lot, note="中选人书面放弃", by=SYSTEM)
    if not trade.reaches("settle"):
        return
    day = today()
    deal = services.sign(deal.lot, signed_on=day, starts_on=day, contract_no=f"HT-{deal.number}", by=SYSTEM)
    if not trade.reaches("certify"):
        return
    services.turn_deposit(deal, by=SYSTEM)
    left = deal.price_cents - trade.lot.deposit_cents
    services.pay_in(deal, amount_cents=left, bank_ref=f"JK{deal.number}", on=day, by=SYSTEM)
    deal = services.settle(deal, by=SYSTEM)
    if trade.reaches("filing"):
        deal = services.certify(deal.lot, by=SYSTEM)
        services.pay_owner(deal, amount_cents=deal.price_cents, bank_ref=f"FK{deal.number}", on=day, by=SYSTEM)
    if trade.reaches("archived"):
        services.archive(deal.lot, by=SYSTEM)


def _refund(trade: Trade) -> None:
    for one in Registration.objects.filter(lot=trade.lot).prefetch_related("deposits"):
        for deposit in one.deposits.all():
            if deposit.due_back_on and not deposit.ended_on:
                services.refund(deposit, refund_ref=f"TK{one.number}", by=SYSTEM)


def _fresh(lot: Lot) -> Lot:
    return Lot.objects.select_related("case").get(pk=lot.pk)
