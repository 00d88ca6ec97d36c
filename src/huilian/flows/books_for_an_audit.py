"""「审计取数」 What the collective's books and the open alerts say of a stretch is drawn into an audit of its head.

Each figure names the voucher, contract or account it comes from and leads there. Labels are Chinese like the books;
names of private persons are masked. A section shows the largest amounts where there are very many; its count and its
sum are of all.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from huilian.areas.answer.audits import hooks
from huilian.areas.watch.collective.queries import audited as books
from huilian.engine.alerts.models import Alert
from huilian.engine.directory.models import Place
from huilian.foundation.masking import mask_name

MOST = 100
PERSONS = ("person", "member")
LIVE = (Alert.State.PROMPT, Alert.State.OPEN)


def of_books(place: Place, first: date, last: date) -> list[dict[str, Any]]:
    """One section for each thing an audit looks at, over all the books the place kept in the stretch."""
    found: dict[str, list[dict[str, Any]]] = {key: [] for key in TITLES}
    for set_ in books.sets_of_place(place, first, last):
        begin, paper = max(first, set_.starts_on), reverse("collective-paper", args=[set_.pk, "trial"])
        paper += f"?from={begin:%Y%m}&to={last:%Y%m}"
        found["standing"] += [
            _row(
                f"{set_.pk}:{r.account.code}",
                f"{r.account.code} {r.account.name}",
                r.closing,
                was=r.opening,
                href=paper,
            )
            for r in books.standing(set_, begin, last)
        ]
        found["debts"] += [_debt(debt) for debt in books.debts_moved(set_, begin, last)]
        found["dues"] += [
            _row(c.number, c.title, cents, ref=c.number, href=_life("contract", c))
            for c, cents in books.dues_open(set_, last)
        ]
        found["contracts"] += [
            _row(c.number, c.title, c.total_cents, day=c.signed_on, ref=c.number, href=_life("contract", c))
            for c in books.contracts_signed(set_, begin, last)
        ]
        found["large"] += [_voucher(v) for v in books.payments_over(set_, begin, last)]
        found["cash"] += [_voucher(v) for v in books.cash_over(set_, begin, last)]
        found["kept"] += [
            _row(f"{set_.pk}:{month}", f"{month // 100}-{month % 100:02d}", cents, was=limit, href=paper)
            for month, cents, limit in books.cash_kept(set_, begin, last)
        ]
        found["assets"] += [
            _row(str(e.pk), f"{e.get_kind_display()} {e.asset.name}", e.amount_cents, day=e.on,
                 ref=e.asset.number, href=_life("asset", e.asset))
            for e in books.assets_changed(set_, begin, last)
        ]  # fmt: skip
    return [_section(key, rows) for key, rows in found.items()]


def of_alerts(place: Place, first: date, last: date) -> list[dict[str, Any]]:
    """Alerts about the village that were raised in the stretch or still stand: with their colour and their state."""
    rows = Alert.objects.filter(place=place, raised_at__date__lte=last).order_by("raised_at", "pk")
    live = [a for a in rows if a.state in LIVE]
    past = [a for a in rows if a.state == Alert.State.CLOSED and a.raised_at.date() >= first]
    return [_section("live", [_alert(a) for a in live]), _section("past", [_alert(a) for a in past])]


def _alert(alert: Alert) -> dict[str, Any]:
    href = reverse("desk-case", args=[alert.number]) if alert.case_id else ""
    label = f"{alert.names.get('zh', alert.rule)}（{COLOURS[alert.level]}）"
    return _row(alert.number, label, alert.amount_cents, day=alert.raised_at.date(), ref=alert.number, href=href)


COLOURS = {1: "黄", 2: "橙", 3: "红"}


def _debt(debt) -> dict[str, Any]:
    name = mask_name(debt.counterpart) if debt.counterpart_kind in PERSONS else debt.counterpart
    label = f"{DIRECTIONS[debt.direction]} {name} {debt.purpose}".strip()
    day = debt.settled_on or debt.began_on
    return _row(debt.number, label, debt.balance_cents, was=debt.principal_cents, day=day, ref=debt.number)


DIRECTIONS = {"borrowed": "借入", "lent": "借出", "advance": "个人借支", "guarantee": "担保"}


def _voucher(v) -> dict[str, Any]:
    payee = mask_name(v.payee) if v.payee and v.payee_kind in PERSONS else v.payee
    return _row(str(v.pk), f"{v.summary} {payee}".strip(), v.total_cents, day=v.date, ref=f"记-{v}",
                href=reverse("collective-voucher", args=[v.pk]))  # fmt: skip


def _life(kind: str, row) -> str:
    return reverse("collective-life", args=[kind, row.pk])


def _row(
    key: str, label: str, cents: int | None, *, was: int | None = None, day: date | None = None, ref: str = "",
    href: str = "",
) -> dict[str, Any]:  # fmt: skip
    return {"key": key, "label": label, "cents": cents, "was": was, "day": day, "ref": ref, "href": href}


def _section(key: str, rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    rows = list(rows)
    largest = {r["key"] for r in sorted(rows, key=lambda r: -abs(r["cents"] or 0))[:MOST]}
    title, was = TITLES[key] if key in TITLES else ALERTS[key]
    return {
        "key": key, "title": title, "was": was, "count": len(rows),
        "cents": sum(r["cents"] or 0 for r in rows) if key in SUMMED else None,
        "rows": [r for r in rows if r["key"] in largest],
    }  # fmt: skip


BEFORE, LIMIT = {"zh": "期初", "en": "before"}, {"zh": "限额", "en": "limit"}
PRINCIPAL = {"zh": "本金", "en": "principal"}
TITLES = {
    "standing": ({"zh": "会计科目期初、期末余额", "en": "Accounts before and after"}, BEFORE),
    "debts": ({"zh": "任期内发生、结清的债权债务", "en": "Debts and claims that began or ended"}, PRINCIPAL),
    "dues": ({"zh": "合同到期未收款", "en": "Due to the village and not paid"}, {}),
    "contracts": ({"zh": "任期内签订的合同", "en": "Contracts signed"}, {}),
    "large": ({"zh": "超过议事限额的支出", "en": "Payments above the limit for a decision"}, {}),
    "cash": ({"zh": "超过限额的现金支出", "en": "Cash payments above the limit"}, {}),
    "kept": ({"zh": "月末库存现金超限额", "en": "More cash kept at month's end than allowed"}, LIMIT),
    "assets": ({"zh": "资产资源变动", "en": "Assets that came, went, were lent or valued"}, {}),
}  # fmt: skip
ALERTS = {
    "live": ({"zh": "尚未处理完的预警", "en": "Alerts that still stand"}, {}),
    "past": ({"zh": "任期内已办结的预警", "en": "Alerts of the stretch that are closed"}, {}),
}
SUMMED = ("dues", "contracts", "large", "cash")

hooks.books += [of_books, of_alerts]
hooks.keepers.append(books.bookkeepers)
