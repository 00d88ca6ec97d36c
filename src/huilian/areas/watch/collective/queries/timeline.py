"""「运行轨迹」 The life of one payment, one asset or one contract: from the budget to the notice board, gaps marked.

A line of life is a list of stages. A stage that should be there and is not is a gap, with what is missing. Publication
is known to another area: a flow puts `look_up_publication` in.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import F, Sum

from huilian.engine.procedures import grounds
from huilian.foundation.names import norm
from huilian.foundation.now import today

from ..models import Asset, AssetEvent, BankLine, BudgetLine, Contract, Due, Receipt, Voucher
from ..rules.assets import price_is_low
from ..rules.contracts import LEVEL_OF_GAP
from .chart import limits_of
from .things import gaps_of

DONE, GAP, AHEAD, NONE = "done", "gap", "ahead", "none"  # there; missing; not due yet; not needed
BANK_DAYS = 3  # a payment without a bank entry after so many days is a gap (三资预警 F11)
BOARD_DAYS = 40  # a posted payment is on the board by the tenth of the next month


@dataclass(frozen=True)
class Stage:
    """One station. `kind` names it, `state` is one of DONE, GAP, AHEAD, NONE; `level` 1 to 3 for a gap."""

    kind: str
    state: str
    on: date | None = None
    number: str = ""
    amount_cents: int | None = None
    who: str = ""
    gap: str = ""
    level: int = 0
    url: str = ""
    more: Sequence["Stage"] = field(default_factory=tuple)


@dataclass(frozen=True)
class Publication:
    """Where a posted voucher or a contract was published."""

    on: date
    label: str
    url: str = ""


Finder = Callable[[Sequence[Voucher]], dict[int, Publication]]
_finders: list[Finder] = []


def look_up_publication(finder: Finder) -> Finder:
    """`finder(posted vouchers) -> {key: Publication}`. A flow registers the one of the disclosure area."""
    _finders[:] = [finder]
    return finder


def gaps_in(stages: Iterable[Stage]) -> list[Stage]:
    """The stages that are missing, worst first."""
    found = [s for stage in stages for s in (stage, *stage.more) if s.state == GAP]
    return sorted(found, key=lambda s: -s.level)


# A payment or a receipt


def life_of_voucher(voucher: Voucher, day: date | None = None) -> list[Stage]:
    """Budget → decision → contract → approval → voucher → bank → board."""
    day = day or today()
    pays = voucher.kind == Voucher.Kind.PAYMENT
    limits = limits_of(voucher.set, voucher.date)
    stages = []
    if pays:
        stages.append(_budget(voucher))
        large = bool(limits.decision) and voucher.total_cents > limits.decision
        stages.append(
            _decision(voucher.decision_no, voucher.decided_on, needed=large, before=voucher.paid_on or voucher.date)
        )
    stages.append(_contract_of(voucher))
    if pays:
        stages += [
            _mark(voucher, "approved", "no_approval", 2),
            _mark(voucher, "stamped", "no_stamp", 2),
        ]
    stages.append(_posted(voucher))
    stages.append(_bank(voucher, day))
    stages.append(_board(voucher, day))
    return stages


def _budget(voucher: Voucher) -> Stage:
    lines = voucher.lines.filter(debit_cents__gt=0, account__element__in=["expense", "cost"]).select_related("account")
    accounts = [line.account for line in lines]
    if not accounts:
        return Stage("budget", NONE)
    keys = {a.pk for a in accounts} | {a.parent_id for a in accounts if a.parent_id}
    planned = BudgetLine.objects.filter(
        budget__set=voucher.set_id, budget__year=voucher.month // 100, budget__is_current=True, account__in=keys
    ).select_related("budget", "account")
    found = list(planned)
    if not found:
        return Stage("budget", GAP, gap="no_budget", level=1)
    first = found[0]
    return Stage(
        "budget",
        DONE,
        first.budget.decided_on,
        first.budget.decision_no,
        sum(b.amount_cents for b in found),
        str(first.account),
    )


def _decision(number: str, on: date | None, *, needed: bool, before: date | None = None) -> Stage:
    if number:
        late = bool(on and before and on > before)
        return Stage(
            "decision", GAP if late else DONE, on, number, gap="decided_after" if late else "", level=2 if late else 0
        )
    return Stage("decision", GAP, gap="no_decision", level=3) if needed else Stage("decision", NONE)


def _contract_of(voucher: Voucher) -> Stage:
    if not voucher.contract_no:
        receipt = voucher.receipts.select_related("due__contract").first()
        if receipt is None:
            return Stage("contract", NONE)
        contract = receipt.due.contract
    else:
        contract = Contract.objects.filter(set=voucher.set_id, number=voucher.contract_no).first()
        if contract is None:
            return Stage("contract", GAP, number=voucher.contract_no, gap="unknown_contract", level=2)
    return Stage(
        "contract",
        DONE,
        contract.signed_on,
        contract.number,
        contract.total_cents,
        contract.party,
        url=f"contract/{contract.pk}",
    )


def _mark(voucher: Voucher, name: str, gap: str, level: int) -> Stage:
    at, person = getattr(voucher, f"{name}_at"), getattr(voucher, f"{name}_by")
    if at:
        return Stage(name, DONE, at.date(), who=person.name if person else "")
    posted = voucher.state == Voucher.State.POSTED
    return Stage(name, GAP if posted else AHEAD, gap=gap if posted else "", level=level if posted else 0)


def _posted(voucher: Voucher) -> Stage:
    if voucher.state != Voucher.State.POSTED:
        return Stage("voucher", AHEAD, voucher.date, amount_cents=voucher.total_cents, url=f"voucher/{voucher.pk}")
    who = voucher.prepared_by.name if voucher.prepared_by else ""
    reversed_ = voucher.is_reversed or bool(voucher.reverses_id)
    return Stage(
        "voucher",
        DONE,
        voucher.date,
        str(voucher),
        voucher.total_cents,
        who,
        gap="reversed" if reversed_ else "",
        url=f"voucher/{voucher.pk}",
    )


def _bank(voucher: Voucher, day: date) -> Stage:
    if voucher.method == Voucher.Method.NONE:
        return Stage("bank", NONE)
    if voucher.method == Voucher.Method.CASH:
        return Stage("cash", DONE, voucher.paid_on or voucher.date, amount_cents=voucher.total_cents)
    lines = list(BankLine.objects.filter(voucher=voucher).order_by("date"))
    if lines:
        return Stage(
            "bank",
            DONE,
            lines[0].date,
            lines[0].reference,
            sum(abs(x.amount_cents) for x in lines),
            lines[0].counter_name,
        )
    due = (voucher.paid_on or voucher.date) + timedelta(days=BANK_DAYS)
    if voucher.state != Voucher.State.POSTED or day <= due:
        return Stage("bank", AHEAD)
    return Stage("bank", GAP, gap="no_bank", level=2)


def _board(voucher: Voucher, day: date) -> Stage:
    if not _finders or voucher.method == Voucher.Method.NONE:
        return Stage("board", NONE)
    found = _finders[0]([voucher]).get(voucher.pk)
    if found:
        return Stage("board", DONE, found.on, found.label, url=found.url)
    waiting = voucher.state != Voucher.State.POSTED or day <= voucher.date + timedelta(days=BOARD_DAYS)
    return Stage("board", AHEAD) if waiting else Stage("board", GAP, gap="not_on_board", level=2)


# A contract


def life_of_contract(contract: Contract, day: date | None = None) -> list[Stage]:
    """Decision → deal → signature → publication → filing → scan → each amount due → end."""
    day = day or today()
    lacking = set(gaps_of(contract))
    stages = [
        _paper("decision", contract.decision_no, contract.decided_on, "no_decision", lacking),
        _paper("deal", contract.deal_no, None, "no_deal", lacking),
        Stage("signed", DONE, contract.signed_on, contract.number, contract.total_cents, contract.party),
        _paper("published", "", contract.published_on, "no_publication", lacking),
        _paper("filed", "", contract.filed_on, "no_filing", lacking),
    ]
    if contract.decided_on and contract.decided_on > contract.signed_on:
        stages[0] = replace(stages[0], state=GAP, gap="decided_after", level=2)
    if "double" in lacking:
        stages.append(Stage("let", GAP, contract.starts_on, gap="double", level=LEVEL_OF_GAP["double"]))
    if contract.status != Contract.Status.DRAFT:
        receipts: dict[int, list[Receipt]] = {}
        for receipt in Receipt.objects.filter(due__contract=contract).select_related("voucher"):
            receipts.setdefault(receipt.due_id, []).append(receipt)
        stages += [
            _due(due, receipts.get(due.pk, []), contract, day) for due in contract.dues.order_by("due_on", "position")
        ]
    stages.append(_over(contract, day))
    return stages


def _paper(kind: str, number: str, on: date | None, gap: str, lacking: set[str]) -> Stage:
    if number or on:
        ground = grounds.find(kind, number)
        return Stage(kind, DONE, on or (ground and ground.decided_on), number, url=ground.url if ground else "")
    return Stage(kind, GAP, gap=gap, level=LEVEL_OF_GAP[gap]) if gap in lacking else Stage(kind, NONE)


def _due(due: Due, receipts: list[Receipt], contract: Contract, day: date) -> Stage:
    paid = tuple(
        Stage(
            "received",
            GAP if r.voucher.is_reversed else DONE,
            r.on,
            str(r.voucher),
            r.amount_cents,
            r.payer,
            gap="reversed_receipt"
            if r.voucher.is_reversed
            else ""
            if norm(r.payer) == norm(contract.party)
            else "other_payer",
            level=3 if r.voucher.is_reversed else 0,
            url=f"voucher/{r.voucher_id}",
        )
        for r in receipts
    )
    if due.paid_cents >= due.amount_cents:
        return Stage(
            "due", DONE, due.due_on, f"{due.covers_from}–{due.covers_to}", due.amount_cents, due.payer, more=paid
        )
    if due.due_on >= day:
        return Stage("due", AHEAD, due.due_on, f"{due.covers_from}–{due.covers_to}", due.amount_cents, more=paid)
    late = (day - due.due_on).days
    gap = "late_booked" if due.accrued_id else "late_not_booked"
    level = 1 if late <= 15 else 2 if late <= 60 else 3
    left = due.amount_cents - due.paid_cents
    return Stage("due", GAP, due.due_on, f"{due.covers_from}–{due.covers_to}", left, gap=gap, level=level, more=paid)


def _over(contract: Contract, day: date) -> Stage:
    if contract.ended_on:
        return Stage(contract.status, DONE, contract.ended_on)
    if contract.status == Contract.Status.ACTIVE and contract.ends_on < day:
        late = (day - contract.ends_on).days
        return Stage("end", GAP, contract.ends_on, gap="over_not_closed", level=2 if late > 30 else 1)
    return Stage("end", AHEAD, contract.ends_on)


# An asset


def life_of_asset(asset: Asset, day: date | None = None) -> list[Stage]:
    """How it came, what happened to it in order, what lets it now, when it was counted, how it went."""
    day = day or today()
    stages = []
    for event in asset.events.select_related("voucher").order_by("on", "pk"):
        if event.kind == AssetEvent.Kind.DEPRECIATED:
            continue  # one line for all of them below
        stages.append(Stage(event.kind, DONE, event.on, event.reference, event.amount_cents, event.note))
    if not asset.voucher_no and not asset.is_resource and asset.original_cents:
        stages.insert(0, Stage("bought", GAP, asset.acquired_on, gap="no_voucher", level=1))
    off = asset.events.filter(kind=AssetEvent.Kind.DEPRECIATED, voucher__state="posted", voucher__is_reversed=False)
    if cents := off.aggregate(n=Sum("amount_cents"))["n"]:
        stages.append(Stage("depreciated", DONE, off.latest("on").on, amount_cents=cents))
    lets = {s.number for s in stages if s.kind == "let"}
    for contract in asset.contracts.exclude(status="draft").order_by("starts_on"):
        more = tuple(s for s in life_of_contract(contract, day) if s.state == GAP)
        level = max((s.level for s in more), default=0)
        stages.append(
            Stage(
                "contract",
                DONE,
                contract.starts_on,
                contract.number,
                contract.total_cents,
                contract.party,
                level=level,
                url=f"contract/{contract.pk}",
                more=more,
            )
        )
    if asset.status == Asset.Status.LET and not lets and not asset.contracts.filter(status="active").exists():
        stages.append(Stage("let", GAP, asset.status_since, gap="let_without_contract", level=2))
    gone = asset.status in (Asset.Status.SCRAPPED, Asset.Status.SOLD)
    if gone and asset.status == Asset.Status.SOLD and price_is_low(asset.disposal_cents or 0, asset.valuation_cents):
        stages.append(
            Stage("sold", GAP, asset.disposed_on, asset.decision_no, asset.disposal_cents, gap="low_price", level=3)
        )
    stages.sort(key=lambda s: s.on or date.min)
    if not gone:
        if asset.status == Asset.Status.IDLE and (day - asset.status_since).days > 180:
            stages.append(Stage("idle", GAP, asset.status_since, gap="idle_long", level=1))
        if (asset.counted_on or asset.acquired_on or asset.status_since) < day - timedelta(days=365):
            stages.append(Stage("count", GAP, asset.counted_on, gap="not_counted", level=1))
    return stages


def open_cents(contract: Contract) -> int:
    """What is still open under a contract, late or not."""
    return contract.dues.aggregate(n=Sum(F("amount_cents") - F("paid_cents")))["n"] or 0
