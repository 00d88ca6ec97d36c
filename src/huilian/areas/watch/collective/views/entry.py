"""「凭证录入」 One voucher after another, by keyboard. A plain form; with htmx it keeps and counts as one types."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huilian.engine.access.decorators import needs
from huilian.foundation.errors import Invalid, NotAllowed, Refused
from huilian.foundation.money import text as yuan
from huilian.foundation.names import norm
from huilian.foundation.now import today

from ..models import AccountSet, BankLine, EntryDraft, Invoice, Voucher, VoucherTemplate
from ..queries.agency import drafts_of, last_like, latest_voucher, lines_of, parties_of, templates_for
from ..queries.bank import sets_visible_to
from ..queries.blocking import cash_held, invoice_used, paid_to
from ..queries.budget import left_for
from ..queries.chart import Chart, chart_of, limits_of, tiers_on
from ..reading.entry import HEAD, LINE, PAPER, Entered, options, read_entry, rows_of
from ..rules import blocking
from ..rules.vouchers import CASH, MONEY
from ..services import entry as services
from ..services import vouchers

FEWEST_ROWS, SPARE_ROWS = 4, 2
HIDDEN = ("voucher", "revision", "bank")
FOLDED = ("payee_account", "paid_on", "decision_no", "decided_on", "contract_no", "fund", "handler", "invoice_no")
DONE = "collective-entered"


@needs("collective.enter")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """The page. What was typed before is still there; `?template=`, `?copy=`, `?bank=`, `?voucher=` fill it in."""
    books = get_object_or_404(sets_visible_to(request.user, "collective.enter"), pk=pk)
    if request.method == "POST":
        return _do(request, books)
    draft = EntryDraft.objects.filter(user=request.user, set=books).first()
    said = _filled(request, books)
    if said is None:
        said = dict(draft.said) if draft else {"date": _day(request, books)}
    else:
        draft = None
    return _page(request, books, said, draft=draft)


@needs("collective.enter")
@never_cache
@require_POST
def beside(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed, and answer with sums, faults and notices: for htmx."""
    books = get_object_or_404(sets_visible_to(request.user, "collective.enter"), pk=pk)
    said = _said(request)
    draft = services.keep(books, said, by=request.user) if _typed(said) else None
    chart = chart_of(books)
    entered = read_entry(said, chart)
    context = {"entered": entered, "notices": _notices(books, entered, chart, said), "draft": draft}
    return render(request, "collective/entry/sums.html", context)


def _do(request: HttpRequest, books: AccountSet) -> HttpResponse:
    """One of the buttons. Whatever comes of it, nothing typed is lost."""
    said, act = _said(request), request.POST.get("do", "save")
    if act == "clear":
        services.drop(books, by=request.user)
        return redirect("collective-entry", books.pk)
    if act.startswith("undo-"):
        return _undo(request, books, act.removeprefix("undo-"))
    if _typed(said):
        services.keep(books, said, by=request.user)
    if act == "more":
        said["account"] = [*said["account"], *[""] * 5]
        return _page(request, books, said)
    entered = read_entry(said, chart_of(books))
    if not entered.faults:
        try:
            voucher = services.enter(
                books, entered, by=request.user, hand_over=act == "submit", **_about(request, books)
            )
        except NotAllowed:
            raise
        except Refused as refused:
            entered.faults[_field(refused, entered)] = str(refused)
        else:
            request.session[DONE] = voucher.pk
            said_words = _("Handed over for review.") if act == "submit" else _("Kept as a draft.")
            messages.success(request, f"{voucher.summary} {yuan(voucher.total_cents)}：{said_words}")
            return redirect("collective-entry", books.pk)
    return _page(request, books, said, entered=entered, status=422)


def _about(request: HttpRequest, books: AccountSet) -> dict:
    """Which voucher is changed, or which entry of the bank it comes from."""
    said = {name: request.POST.get(name, "") for name in HIDDEN}
    about: dict = {}
    if said["voucher"].isdecimal():
        about["voucher"] = get_object_or_404(Voucher, pk=int(said["voucher"]), set=books)
        about["expected"] = int(said["revision"]) if said["revision"].isdecimal() else None
    elif said["bank"].isdecimal():
        about["bank_line"] = get_object_or_404(BankLine, pk=int(said["bank"]), bank_account__set=books)
    return about


def _field(refused: Refused, entered: Entered) -> str:
    """Where a service's refusal belongs on the page."""
    if refused.field == "lines" and refused.row and refused.row <= len(entered.lines):
        return f"line-{entered.lines[refused.row - 1].index}"
    return refused.field if refused.field in (*HEAD, *PAPER) else "lines"


def _undo(request: HttpRequest, books: AccountSet, key: str) -> HttpResponse:
    voucher = get_object_or_404(Voucher, pk=int(key) if key.isdecimal() else 0, set=books)
    try:
        vouchers.discard(voucher, by=request.user)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("“%(summary)s” was thrown away.") % {"summary": voucher.summary})
    return redirect("collective-entry", books.pk)


def _said(request: HttpRequest) -> dict:
    said: dict = {name: request.POST.get(name, "") for name in (*HEAD, *PAPER, *HIDDEN)}
    return said | {name: request.POST.getlist(name) for name in LINE}


def _typed(said: dict) -> bool:
    """Whether anything but the date stands on the page."""
    return any(said[name] for name in HEAD if name != "date") or any(any(row) for row in rows_of(said))


def _day(request: HttpRequest, books: AccountSet) -> str:
    """The day the clerk worked on last, while its month is open; else today."""
    voucher = Voucher.objects.filter(pk=request.session.get(DONE, 0), set=books).first()
    voucher = voucher or latest_voucher(books, getattr(request.user, "person", None))
    if voucher and voucher.month > books.closed_month:
        return voucher.date.isoformat()
    return today().isoformat()


# What fills the page


def _filled(request: HttpRequest, books: AccountSet) -> dict | None:
    """The page as a template, an earlier voucher, an entry of the bank or a draft fills it; None when none is named."""
    given = {name: request.GET.get(name, "") for name in ("template", "copy", "bank", "voucher")}
    if given["template"].isdecimal():
        found = get_object_or_404(VoucherTemplate, pk=int(given["template"]))
        return _of_template(found, _day(request, books), chart_of(books))
    if given["copy"] == "last":
        found = latest_voucher(books, getattr(request.user, "person", None))
        return _of_voucher(found, copied=True) | {"date": _day(request, books)} if found else None
    if given["copy"].isdecimal():
        return _of_voucher(get_object_or_404(Voucher, pk=int(given["copy"]), set=books), copied=True)
    if given["bank"].isdecimal():
        return _of_bank(get_object_or_404(BankLine, pk=int(given["bank"]), bank_account__set=books))
    if given["voucher"].isdecimal():
        found = get_object_or_404(Voucher, pk=int(given["voucher"]), set=books)
        return _of_voucher(found) | {"voucher": str(found.pk), "revision": str(found.revision)}
    return None


def _of_template(template: VoucherTemplate, day: str, chart: Chart) -> dict:
    accounts = [str(chart.find(line["account"]) or line["account"]) for line in template.lines]
    return {"date": day, "summary": template.summary, "account": accounts}


def _of_voucher(voucher: Voucher, *, copied: bool = False) -> dict:
    """A voucher as it would be typed; a copy leaves out what belongs to one payment alone."""
    lines = lines_of(voucher)
    said: dict = {name: _text(getattr(voucher, name)) for name in HEAD}
    if copied:
        said |= dict.fromkeys(("paid_on", "decision_no", "decided_on", "attachments"), "")
    elif paper := Invoice.objects.filter(voucher=voucher).first():
        said |= {"invoice_kind": paper.kind, "invoice_no": paper.number, "invoice_date": _text(paper.date)}
    return said | {
        "account": [str(ln.account) for ln in lines],
        "debit": [yuan(ln.debit_cents) if ln.debit_cents else "" for ln in lines],
        "credit": [yuan(ln.credit_cents) if ln.credit_cents else "" for ln in lines],
        "party": [ln.party for ln in lines],
        "line_summary": [ln.summary for ln in lines],
    }


def _of_bank(line: BankLine) -> dict:
    """An entry of the bank as a voucher: the bank's side is known, the other as it was booked before."""
    before = last_like(line)
    other = [ln.account for ln in lines_of(before) if ln.account_id != line.bank_account.account_id] if before else []
    cents = yuan(abs(line.amount_cents))
    comes_in = line.amount_cents > 0
    accounts, debit, credit = [str(line.bank_account.account)], [cents], [""]
    if other:
        accounts, debit, credit = [*accounts, str(other[0])], [*debit, ""], [*credit, cents]
    if not comes_in:
        accounts, debit, credit = accounts[::-1], credit[::-1], debit[::-1]
    return {
        "date": line.date.isoformat(),
        "paid_on": line.date.isoformat(),
        "summary": (before.summary if before else line.summary) or line.counter_name,
        "payee": line.counter_name,
        "payee_kind": before.payee_kind if before else "",
        "payee_account": line.counter_account,
        "account": accounts,
        "debit": debit,
        "credit": credit,
        "bank": str(line.pk),
    }


def _text(value) -> str:
    return "" if value is None else str(value)


def _notices(books: AccountSet, entered: Entered, chart: Chart, said: dict) -> list[blocking.Notice]:
    """What a bookkeeper should know before keeping it. Books record what happened, so nothing here stops them."""
    found: list[blocking.Notice] = []
    for check in (
        lambda: blocking.check_invoice(paper := str(said.get("invoice_no", "")).strip(), _elsewhere(paper, said)),
        lambda: _check_cash(books, entered, chart),
    ):
        try:
            check()
        except Invalid as refused:
            found.append(blocking.Notice(refused.field or "", refused.message, "orange"))
    out = sum(t.credit - t.debit for t in entered.lines if int(t.account[:3]) in MONEY)
    day = entered.values.get("date")
    if out <= 0 or not day:
        return found
    but = said.get("voucher", "")
    others = paid_to(books, norm(str(entered.values.get("payee", ""))), day, but_voucher=int(but) if but else 0)
    found.append(blocking.splitting(out, others, tiers_on(day)))
    for typed in entered.lines:
        account = chart.find(typed.account)
        if account and account.element == "expense" and (left := left_for(books, day.year, account)):
            found.append(blocking.over_budget(typed.debit - typed.credit, *left))
    return [notice for notice in found if notice]


def _elsewhere(paper: str, said: dict) -> str:
    return "" if not paper or said.get("voucher") else invoice_used(paper)


def _check_cash(books: AccountSet, entered: Entered, chart: Chart) -> None:
    out = sum(t.credit - t.debit for t in entered.lines if int(t.account[:3]) == CASH)
    banked = sum(
        t.debit - t.credit for t in entered.lines if int(t.account[:3]) in MONEY and int(t.account[:3]) != CASH
    )
    if out > 0 and banked < out:  # cash taken to the bank is no payment
        held = cash_held(books, chart.by_code[str(CASH)].pk)
        blocking.check_cash(out, held=held, limits=limits_of(books, entered.values.get("date") or today()))


def _page(
    request: HttpRequest,
    books: AccountSet,
    said: dict,
    *,
    entered: Entered | None = None,
    draft=None,
    status: int = 200,
) -> HttpResponse:
    chart, faults = chart_of(books), entered.faults if entered else {}
    shown = entered or read_entry(said, chart)
    rows = rows_of(said)
    rows += [("",) * len(LINE)] * max(FEWEST_ROWS - len(rows), SPARE_ROWS if rows and any(rows[-1]) else 0)
    done = Voucher.objects.filter(pk=request.session.get(DONE, 0), set=books).exclude(state="posted").first()
    context = {
        "books": books,
        "said": said,
        "rows": [
            {"n": i, "cells": dict(zip(LINE, row, strict=True)), "fault": faults.get(f"line-{i - 1}")}
            for i, row in enumerate(rows, 1)
        ],
        "entered": shown,
        "faults": faults,
        "notices": _notices(books, shown, chart, said),
        "draft": draft,
        "options": options(chart),
        "parties": parties_of(books),
        "templates": templates_for(books),
        "drafts": drafts_of(books),
        "done": done,
        "payee_kinds": Voucher.PayeeKind.choices,
        "paper_kinds": Invoice.Kind.choices,
        "more_open": any(said.get(name) for name in FOLDED),
    }
    return render(request, "collective/entry/page.html", context, status=status)
