"""「银行对账」 Statements in, entries matched, what is open told, the reconciliation statement printed."""

from datetime import date

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.foundation.errors import NotAllowed, Refused
from huilian.foundation.now import now, today

from ..models import BankAccount, BankLine, BankStatement, Voucher
from ..queries import bank as queries
from ..reading.statements import MAPPED
from ..services import bank as services
from ..services import matching

PAGE, OPEN = 60, 30


class StatementForm(forms.Form):
    """A bank's file."""

    file = forms.FileField(
        label=gettext_lazy("Statement of the bank"),
        help_text=gettext_lazy("Excel or CSV as the bank gives it; one with day, amount and balance."),
    )


@needs("collective.see")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every account: up to which day its statements were read, and how many entries wait."""
    rows = queries.overview(request.user).order_by(F("open_lines").desc(nulls_last=True), "set__village_code", "kind")
    if (key := request.GET.get("set", "")).isdecimal() and len(key) < 10:
        rows = rows.filter(set=int(key))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "collective/bank/overview.html", {"page": page})


@needs("collective.see")
@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    found = _account(request, pk)
    return _page(request, found)


@needs("collective.bank")
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a statement, or take the last one back."""
    found = _account(request, pk)
    if request.POST.get("do") == "withdraw":
        return _withdraw(request, found)
    form = StatementForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    mapping = {key: request.POST[f"map-{key}"] for key in MAPPED if request.POST.get(f"map-{key}")} or None
    file = form.cleaned_data["file"]
    try:
        outcome = services.import_statement(found, file, file.name, by=request.user, mapping=mapping)
    except NotAllowed:
        raise
    except services.FaultyStatement as faulty:
        return _page(request, found, form=form, faulty=faulty, status=422)
    except Refused as refused:
        form.add_error("file", str(refused))
        return _page(request, found, form=form, status=422)
    count = outcome.statement.lines_count
    words = ngettext("%(n)d entry was read", "%(n)d entries were read", count) % {"n": count}
    messages.success(
        request, _("%(words)s; %(matched)d matched at once.") % {"words": words, "matched": outcome.matched}
    )
    return redirect("collective-bank-account", found.pk)


def _withdraw(request: HttpRequest, found: BankAccount) -> HttpResponse:
    statement = get_object_or_404(BankStatement, pk=_id(request, "statement"), bank_account=found)
    try:
        services.withdraw_statement(statement, by=request.user)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The statement was taken back."))
    return redirect("collective-bank-account", found.pk)


@needs("collective.bank")
@require_POST
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Match entries and vouchers that were chosen, undo a match, or let the rule look again."""
    found = _account(request, pk)
    act = request.POST.get("do", "match")
    try:
        if act == "rule":
            count = matching.match_open(found, by=request.user)
            messages.success(
                request, ngettext("%(n)d entry was matched.", "%(n)d entries were matched.", count) % {"n": count}
            )
        elif act == "undo":
            matching.unmatch(get_object_or_404(BankLine, pk=_id(request, "line"), bank_account=found), by=request.user)
            messages.success(request, _("The match was undone."))
        else:
            lines = list(BankLine.objects.filter(pk__in=_ids(request, "line"), bank_account=found))
            chosen = list(Voucher.objects.filter(pk__in=_ids(request, "voucher"), set=found.set_id))
            matching.match(lines, chosen, by=request.user)
            messages.success(request, _("Matched."))
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("collective-bank-account", found.pk)


@needs("collective.see")
@require_safe
def reconciliation(request: HttpRequest, pk: int) -> HttpResponse:
    """「银行存款余额调节表」 On a day of one's choice; `?print=1` for paper."""
    found = _account(request, pk)
    last = queries.last_of(found)
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = last.ends_on if last else today()
    context = {"account": found, "r": queries.reconcile(found, day), "made_at": now(), "maker": request.user}
    name = "printed" if request.GET.get("print") else "reconciliation"
    return render(request, f"collective/bank/{name}.html", context)


def _account(request: HttpRequest, pk: int) -> BankAccount:
    return get_object_or_404(queries.accounts_visible_to(request.user), pk=pk)


def _page(request: HttpRequest, found: BankAccount, *, form=None, faulty=None, status: int = 200) -> HttpResponse:
    lines = list(queries.open_lines(found)[: OPEN + 1])
    proposed = queries.proposed(lines[:OPEN], found)
    matched = found.lines.exclude(voucher=None).select_related("voucher").order_by("-date", "-position")
    missing = set(faulty.reading.missing) if faulty else set()
    context = {
        "account": found,
        "statements": list(queries.statements_of(found)[:12]),
        "lines": [{"line": line, "proposed": proposed.get(line.pk, [])} for line in lines[:OPEN]],
        "more": len(lines) > OPEN,
        "vouchers": _free(found, lines[:OPEN]),
        "matched": Paginator(matched, PAGE).get_page(request.GET.get("page")),
        "form": form or StatementForm(),
        "faulty": faulty,
        "mapping": [
            {"key": key, "label": label, "need": key in missing, "found": faulty.reading.found.get(key, "")}
            for key, label in MAPPED.items()
        ]
        if missing
        else [],
        "may_bank": may(request.user, "collective.bank"),
        "why": _why(),
    }
    return render(request, "collective/bank/account.html", context, status=status)


def _why() -> dict[str, str]:
    """What a proposal rests on, in words."""
    return {
        "amount": _("same amount"),
        "drafted": _("entered from this entry"),
        "name": _("same name"),
        "account": _("same account number"),
        "day": _("same day"),
        "near": _("within ten days"),
    }


def _free(found: BankAccount, lines: list[BankLine]) -> list[Voucher]:
    """Vouchers no entry explains, to be chosen by hand."""
    free = queries.free_vouchers(found)[-200:]
    rows = Voucher.objects.in_bulk([m.key for m in free])
    for moved in free:
        rows[moved.key].moved = moved.amount
    return [rows[m.key] for m in free] if lines else []


def _ids(request: HttpRequest, name: str) -> list[int]:
    given = ",".join(request.POST.getlist(name)).split(",")
    return [int(k) for k in given if k.isdecimal() and len(k) < 18][:50]


def _id(request: HttpRequest, name: str) -> int:
    return (_ids(request, name) or [0])[0]
