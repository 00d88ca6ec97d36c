"""「账簿」 The books on the desk: sets and their months, statements and ledgers down to the voucher itself."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huilian.engine import sheets
from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.directory.models import Place
from huilian.engine.documents.services import bytes_of
from huilian.engine.trail.queries import actor_name, history_of, sentence
from huilian.foundation.errors import Refused
from huilian.foundation.now import today

from .. import papers
from ..models import AccountSet, Month, Voucher
from ..queries import reports
from ..queries.plain_text import FORMATS
from ..queries.reach import SEE, rows_of, sets_of
from ..rules.months import check_month, last_day, month_of, next_month, previous_month, word, year_of
from ..services import exporting, months, posting, vouchers

TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "pdf": "application/pdf"}
TEXTS = {"beancount": "beancount", "hledger": "journal", "csv": "csv"}


def _month(request: HttpRequest, name: str = "month", default: int | None = None) -> int:
    """The month asked for, else the one before this."""
    asked = request.GET.get(name, "").replace("-", "")
    try:
        return check_month(int(asked)) if asked.isdecimal() and len(asked) == 6 else default or _last_month()
    except Refused:
        raise Http404 from None


def _last_month() -> int:
    return previous_month(month_of(today()))


def _set(request: HttpRequest, pk: int) -> AccountSet:
    return get_object_or_404(sets_of(request.user).select_related("place", "township", "unit", "agency"), pk=pk)


@require_safe
@needs(SEE)
def books(request: HttpRequest) -> HttpResponse:
    """Every set in reach with the twelve months up to the one shown, or by township for the county."""
    month = _month(request)
    place = Place.objects.filter(pk=request.GET["place"]).first() if request.GET.get("place", "").isdecimal() else None
    if request.GET.get("as") in TYPES or request.GET.get("by") == "figures":
        return _monthly(request, place, month)
    townships = Place.objects.filter(pk__in=sets_of(request.user).values("township")).order_by("code")
    if place is None and townships.count() > 1:
        rows = reports.by_township(None, month, request.user)
        context = {"rows": rows, "total": reports.total_of(rows, _("Total")), **_around(month)}
        context["may_open"] = may(request.user, "collective.catalogue")
        return render(request, "collective/books/townships.html", context)
    rows = reports.monthly_report(place, month, request.user)
    span = [month]
    while len(span) < 12:
        span.insert(0, previous_month(span[0]))
    done = set(
        Month.objects.filter(set__in=[r.key for r in rows], month__in=span, closed_at__isnull=False)
        .values_list("set", "month")
    )  # fmt: skip
    starts = {s.pk: month_of(s.starts_on) for s in sets_of(request.user)}
    context = {
        "rows": [
            {"row": r, "months": [(m, "done" if (r.key, m) in done else "none" if m < starts[r.key] else "open")
                                  for m in span]}
            for r in rows
        ],
        "span": [(m, f"{m % 100}") for m in span],
        "total": reports.total_of(rows, _("Total")),
        "place": place,
        "may_open": may(request.user, "collective.catalogue"),
        **_around(month),
    }  # fmt: skip
    return render(request, "collective/books/sets.html", context)


def _around(month: int) -> dict[str, Any]:
    after = next_month(month)
    return {
        "month": month,
        "month_words": word(month),
        "before": previous_month(month),
        "after": after if after <= month_of(today()) else None,
    }


def _monthly(request: HttpRequest, place: Place | None, month: int) -> HttpResponse:
    """「三资月报」"""
    by_set = place is not None or request.GET.get("sets") == "1"
    rows = (reports.monthly_report if by_set else reports.by_township)(place, month, request.user)
    name = place.name if place else ""
    title = _("%(place)s Monthly report on collective funds, assets and resources") % {"place": name}
    paper = papers.monthly(rows, month, title.strip(), by_set=by_set)
    context = {"back": reverse("collective-books"), "back_label": _("Account sets"), **_around(month), "place": place}
    return _answer(request, paper, context, name or request.user.name)


def _answer(request: HttpRequest, paper: papers.Paper, context: dict[str, Any], sender: str) -> HttpResponse:
    """The paper on the page, as a workbook or as PDF."""
    form = request.GET.get("as", "")
    if form == "xlsx":
        columns, rows = paper.sheet()
        note = " ".join([f"{sender} {paper.note}", *paper.said])
        return _file(sheets.write(columns, rows, paper.title, note=note), f"{sender} {paper.title}", form)
    if form == "pdf":
        return _file(bytes_of(paper.report(sender), "pdf"), f"{sender} {paper.title}", form)
    query = request.GET.copy()
    query.pop("as", None)
    context |= {"paper": paper, "rows": paper.shown(), "query": query.urlencode()}
    return render(request, "collective/books/paper.html", context)


def _file(content: bytes, name: str, form: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{form}"
    return response


@require_safe
@needs(SEE)
def books_of(request: HttpRequest, pk: int) -> HttpResponse:
    """One set: its months and what can be done with them, its papers, its newest vouchers."""
    set_ = _set(request, pk)
    shown = list(Month.objects.filter(set=set_).order_by("-month")[:24])
    due = next_month(set_.closed_month) if set_.closed_month else month_of(set_.starts_on)
    newest = rows_of(Voucher.objects.filter(set=set_), request.user).order_by("-month", "-number", "-pk")[:15]
    month = min(_last_month(), month_of(set_.closed_on) if set_.closed_on else _last_month())
    over = last_day(due) < today() and not set_.closed_on
    context = {
        "set": set_,
        "months": [(m, word(m.month)) for m in shown],
        "years": set_.years.all(),
        "due": due if over else None,
        "due_words": word(due),
        "handed_in": any(m.month == due and m.submitted_at for m in shown),
        "newest": newest,
        "papers": _papers(set_, month),
        "texts": FORMATS,
        "may_hand_in": may(request.user, "collective.hand_in") and not set_.closed_on,
        "may_close": may(request.user, "collective.close"),
        "may_open": may(request.user, "collective.close")
        and not set_.closed_month
        and not Voucher.objects.filter(set=set_, kind=Voucher.Kind.OPENING).exists(),
        "may_enter": may(request.user, "collective.enter") and not set_.closed_on,
    }
    return render(request, "collective/books/set.html", context)


def _papers(set_: AccountSet, month: int) -> list[tuple[str, str]]:
    """Label and address of every statement and ledger."""
    year = year_of(month)

    def to(kind: str, query: str) -> str:
        return f"{reverse('collective-paper', args=[set_.pk, kind])}?{query}"

    return [
        (_("Trial balance"), to("trial", f"from={year}01&to={month}")),
        (_("Balance sheet"), to("balance", f"month={month}")),
        (_("Statement of results and their distribution"), to("results", f"month={month}")),
        (_("Notes to the statements"), to("notes", f"month={month}")),
        (_("General ledger"), to("general", f"year={year}")),
        (_("Detailed ledger of the bank account"), to("detail", f"account=102&from={month}&to={month}")),
        (_("Detailed ledger of cash"), to("detail", f"account=101&from={month}&to={month}")),
    ]


@require_safe
@needs(SEE)
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A statement or ledger: ?month=, ?from=&to=, ?year=, ?account=&party=; ?as=xlsx or pdf."""
    set_ = _set(request, pk)
    month = _month(request)
    first, last = _month(request, "from", month), _month(request, "to", month)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else None
    try:
        made = {
            "trial": lambda: papers.trial(set_, min(first, last), last),
            "balance": lambda: papers.balance_sheet(set_, month),
            "results": lambda: papers.results(set_, **({"year": year} if year else {"month": month})),
            "notes": lambda: papers.notes(set_, month),
            "general": lambda: papers.general(set_, year or year_of(month)),
            "detail": lambda: papers.detail(
                set_, request.GET.get("account", ""), min(first, last), last, request.GET.get("party")
            ),
        }[kind]()
    except LookupError:
        raise Http404 from None
    context = {
        "set": set_,
        "kind": kind,
        "back": reverse("collective-books-of", args=[set_.pk]),
        "back_label": set_.name,
        "others": _papers(set_, last if kind in ("trial", "detail") else month),
        "span": {"from": word(first), "to": word(last), "month": word(month), "year": year or year_of(month)},
    }
    return _answer(request, made, context, set_.name)


@require_safe
@needs(SEE)
def text(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The whole books as plain text; written down who took them."""
    if form not in FORMATS:
        raise Http404
    set_ = _set(request, pk)
    pieces = exporting.export_ledger(set_, form, by=request.user)
    response = StreamingHttpResponse(pieces, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(set_.name)}.{TEXTS[form]}"
    return response


@require_POST
@needs(SEE)
def month_act(request: HttpRequest, pk: int, month: int, act: str) -> HttpResponse:
    """Hand a month in, close it, or close its year."""
    set_ = _set(request, pk)
    acts = {
        "hand-in": lambda: months.hand_in(set_, month, by=request.user),
        "close": lambda: (
            months.close_year(set_, year_of(month), by=request.user)
            if month % 100 == 12
            else months.close_month(set_, month, by=request.user)
        ),
    }
    if act not in acts:
        raise Http404
    try:
        acts[act]()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done = _("Handed in: %(month)s.") if act == "hand-in" else _("Closed and sealed: %(month)s.")
        messages.success(request, done % {"month": word(month)})
    return redirect("collective-books-of", pk)


def _voucher(request: HttpRequest, pk: int) -> Voucher:
    joined = ("set__place", "set__township", "prepared_by", "reviewed_by", "approved_by", "stamped_by", "reverses")
    return get_object_or_404(rows_of(Voucher.objects.select_related(*joined), request.user), pk=pk)


@require_safe
@needs(SEE)
def voucher(request: HttpRequest, pk: int) -> HttpResponse:
    """「记账凭证」 One voucher: its lines, its papers, who stands behind it, what was done, and what comes next."""
    return _show(request, _voucher(request, pk))


def _show(request: HttpRequest, found: Voucher, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    lines = list(found.lines.select_related("account"))
    facts = [
        (_("Kind of voucher"), found.get_kind_display()),
        (_("How it was paid"), found.get_method_display()),
        (_("Paid to or received from"), found.payee),
        (_("Kind of payee"), found.get_payee_kind_display() if found.payee else ""),
        (_("Person who handled it"), found.handler),
        (_("Decision number"), found.decision_no),
        (_("Contract number"), found.contract_no),
        (_("Earmarked for"), found.fund),
        (_("Sheets attached"), found.attachments or ""),
        (_("Reason of the reversal"), found.reason),
        (_("Digest of what was posted"), found.digest),
    ]
    marks = [
        (_("Prepared"), found.prepared_by, found.prepared_at),
        (_("Reviewed"), found.reviewed_by, found.reviewed_at),
        (_("Approved"), found.approved_by, found.approved_at),
        (_("Stamped by the committee"), found.stamped_by, found.stamped_at),
        (_("Posted"), None, found.posted_at),
    ]
    events = history_of(vouchers.subject(found))
    context = {
        "voucher": found,
        "lines": lines,
        "debit": sum(x.debit_cents for x in lines),
        "credit": sum(x.credit_cents for x in lines),
        "facts": [(name, value) for name, value in facts if value not in ("", None)],
        "marks": marks,
        "invoices": found.invoices.all(),
        "reversed_by": getattr(found, "reversed_by", None) if found.is_reversed else None,
        "acts": _acts(request.user, found),
        "refusal": refusal,
        "events": [{"when": e.at, "who": actor_name(e), "head": sentence(e)} for e in reversed(events)],
    }
    return render(request, "collective/books/voucher.html", context, status=status)


ACTS = {  # act: (who may, icon, service, asks for a reason, when)
    "submit": ("collective.enter", "send", vouchers.submit, False, lambda v: v.state == "draft"),
    "review": ("collective.review", "badge-check", vouchers.review, False, lambda v: _waits(v, "reviewed")),
    "approve": ("collective.approve", "check", vouchers.approve, False, lambda v: _waits(v, "approved")),
    "stamp": ("collective.stamp", "stamp", vouchers.stamp, False, lambda v: _waits(v, "stamped")),
    "post": ("collective.enter", "book-open", posting.post, False, lambda v: v.state == "submitted"),
    "send_back": ("collective.see", "undo-2", vouchers.send_back, True, lambda v: v.state == "submitted"),
    "discard": ("collective.enter", "trash-2", vouchers.discard, False, lambda v: v.state != "posted"),
    "reverse": (
        "collective.review",
        "rotate-ccw",
        posting.reverse,
        True,
        lambda v: v.state == "posted" and not (v.is_reversed or v.reverses_id or v.kind in ("carry", "opening")),
    ),
}  # fmt: skip


def _waits(found: Voucher, mark: str) -> bool:
    wanted = mark == "reviewed" or found.kind == Voucher.Kind.PAYMENT
    return found.state == Voucher.State.SUBMITTED and wanted and getattr(found, f"{mark}_at") is None


def _acts(user: Any, found: Voucher) -> list[dict[str, Any]]:
    labels = {
        "submit": _("Hand over for review"),
        "review": _("Reviewed and right"),
        "approve": _("Approve the voucher"),
        "stamp": _("Put the committee's stamp"),
        "post": _("Post it"),
        "send_back": _("Send it back"),
        "discard": _("Throw it away"),
        "reverse": _("Reverse it in red"),
    }
    upper = {"approve": "collective.approve_upper", "send_back": "collective.review"}
    shown = []
    for key, (action, icon, _service, reason, when) in ACTS.items():
        allowed = may(user, action) if key != "send_back" else may(user, "collective.enter")
        if when(found) and (allowed or (key in upper and may(user, upper[key]))):
            danger = key in ("discard", "reverse")
            shown.append({"key": key, "label": labels[key], "icon": icon, "reason": reason, "danger": danger})
    return shown


@require_POST
@needs(SEE)
def voucher_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One of `ACTS`; a refusal comes back on the voucher's own page."""
    found = _voucher(request, pk)
    if act not in ACTS:
        raise Http404
    _action, _icon, service, reason, _when = ACTS[act]
    said = {"reason": request.POST.get("reason", "")[:200]} if reason else {}
    try:
        result = service(found, by=request.user, **said)
    except Refused as refusal:
        return _show(request, _voucher(request, pk), refusal, 409)
    if act == "discard":
        messages.success(request, _("The voucher was thrown away."))
        return redirect("collective-books-of", found.set_id)
    return redirect("collective-voucher", result.pk if act == "reverse" else pk)
