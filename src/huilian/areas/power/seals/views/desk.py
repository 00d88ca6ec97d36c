"""The seals at a glance, asking for one, stamping, one seal's life, loans, figures."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may, scope_of
from huilian.engine.documents.services import bytes_of
from huilian.engine.look.text import lang, say
from huilian.engine.trail.queries import actor_name, history_of, sentence
from huilian.foundation.errors import NotAllowed, Refused
from huilian.foundation.now import now

from .. import forms, papers, services
from ..devices import DEVICES
from ..models import Loan, Seal
from ..panels import facts
from ..queries import reach
from ..queries.waiting import waited_by_class

both = require_http_methods(["GET", "HEAD", "POST"])
EVENTS, PRINTS, OPEN_LOANS = 40, 60, ("asked", "agreed", "out")


def _refused(form, refused: Refused) -> None:
    """The sentence at its field; a refusal of the post itself is a page of its own."""
    if isinstance(refused, NotAllowed):
        raise refused
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


@require_safe
@needs("seals.see")
def home(request: HttpRequest) -> HttpResponse:
    """Every seal in reach, what is out, and the doors to ask."""
    user = request.user
    words = {
        "seals": reach.visible_seals(user).exclude(state=Seal.State.DESTROYED)[:200],
        "loans": list(reach.visible_loans(user).filter(state__in=OPEN_LOANS)),
        "requests": [
            (r, say(r.case.definition.step(r.case.step).name))
            for r in reach.visible_requests(user).order_by("-pk")[:RECENT]
        ],
        "unasked": list(reach.visible_prints(user).filter(request=None)[:10]),
        "may_ask": may(user, "seals.ask"),
        "may_keep": may(user, "seals.keep"),
        "may_lend": may(user, "seals.lend"),
        "person": getattr(user, "person", None),
        "now": now(),
    }
    return render(request, "seals/home.html", words)


@both
@needs("seals.ask")
def ask(request: HttpRequest) -> HttpResponse:
    """The request; what blocks it is said at its field and nothing typed is lost."""
    sent = request.method == "POST"
    form = forms.AskForm(
        request.POST if sent else None, request.FILES if sent else None, seals=reach.usable_seals(request.user)
    )
    if sent and form.is_valid():
        values = dict(form.cleaned_data)
        seal, files = values.pop("seal"), [(file, file.name) for file in values.pop("files")]
        try:
            made, code = services.ask(seal, values, files, by=request.user)
        except Refused as refused:
            _refused(form, refused)
        else:
            return render(request, "seals/asked.html", {"made": made, "code": code})
    return _form(
        request,
        form,
        _("Ask for a seal"),
        _("What a village must not seal is refused at once, with where people go instead."),
    )


@both
@needs("seals.ask")
def afterwards(request: HttpRequest) -> HttpResponse:
    """What was sealed by hand while the box was dead."""
    sent = request.method == "POST"
    form = forms.AfterwardsForm(
        request.POST if sent else None, request.FILES if sent else None, seals=reach.usable_seals(request.user)
    )
    if sent and form.is_valid():
        values = dict(form.cleaned_data)
        seal, files = values.pop("seal"), [(file, file.name) for file in values.pop("files")]
        moment, second = values.pop("sealed_at"), values.pop("second")
        try:
            made = services.enter_afterwards(seal, values, files, sealed_at=moment, second=second, by=request.user)
        except Refused as refused:
            _refused(form, refused)
        else:
            messages.success(
                request,
                _("%(number)s is entered and goes to those who would have agreed.") % {"number": made.case.number},
            )
            return redirect("desk-case", made.case.number)
    return _form(
        request,
        form,
        _("Enter an emergency use"),
        _("Only where box or network were dead: sealed before two persons, entered within a day."),
    )


@both
@needs("seals.keep")
def stamp(request: HttpRequest, number: str) -> HttpResponse:
    """Let the seal out, and enter each print of a box that has no network of its own."""
    found = get_object_or_404(reach.visible_requests(request.user), case__number=number)
    sent = request.method == "POST"
    form = forms.StampForm(request.POST if sent else None, request.FILES if sent else None)
    code = ""
    if sent and "let_out" in request.POST:
        form = forms.StampForm()
        try:
            code = services.release(found, by=request.user)
        except NotAllowed:
            raise
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("desk-case", number)
    elif sent and form.is_valid():
        given = form.cleaned_data
        one = services.Stamped(
            event_id=f"desk:{uuid4().hex}",
            at=now(),
            code=given["code"],
            page=(given["page"], given["page"].name),
            scene=(given["scene"], given["scene"].name),
            title=given["title"],
        )
        try:
            (kept,) = services.report(found.seal, [one], by=request.user)
        except Refused as refused:
            _refused(form, refused)
        else:
            if kept.request_id is None:
                messages.error(
                    request,
                    _("This code lets nothing out: wrong, used up or too old. The print is kept as not agreed to."),
                )
            else:
                messages.success(
                    request,
                    _("Print %(n)s of %(copies)s is kept.") % {"n": found.prints.count(), "copies": found.copies},
                )
            return redirect("seals-stamp", number)
    words = {
        "form": form,
        "code": code,
        "left": max(found.copies - found.prints.count(), 0),
        **facts(found.case, request.user),
    }
    return render(request, "seals/stamp.html", words, status=422 if sent and form.errors else 200)


@require_safe
@needs("seals.see")
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """One seal: its card, its book of use, its keepers, its history."""
    found = get_object_or_404(reach.visible_seals(request.user), pk=pk)
    own = getattr(request.user, "person", None) == found.keeper and may(request.user, "seals.keep")
    words = {
        "seal": found,
        "device": DEVICES[found.device],
        "prints": list(found.prints.select_related("request__case")[:PRINTS]),
        "handovers": list(found.handovers.select_related("giver", "taker", "witness")),
        "loans": list(found.loans.select_related("taker", "companion")[:20]),
        "hand_over": own and found.state == Seal.State.IN_USE,
        "events": [
            {"when": e.at, "who": actor_name(e), "head": sentence(e)}
            for e in reversed(list(history_of(found)[:EVENTS]))
        ],
    }
    return render(request, "seals/seal.html", words)


@both
@needs("seals.keep")
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The keeper hands the seal on."""
    found = get_object_or_404(reach.visible_seals(request.user), pk=pk)
    sent = request.method == "POST"
    form = forms.HandoverForm(request.POST if sent else None, place=found.place)
    if sent and form.is_valid():
        try:
            services.hand_over(found, **form.cleaned_data, by=request.user)
        except Refused as refused:
            _refused(form, refused)
        else:
            messages.success(request, _("%(seal)s is handed over.") % {"seal": found})
            return redirect("seals-seal", pk)
    return _form(
        request,
        form,
        _("Hand over %(seal)s") % {"seal": found},
        _("Before a witness; from then on the new keeper answers for it."),
        _("Hand it over"),
    )


@require_safe
@needs("seals.see")
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """The book of use of one seal as a paper."""
    found = get_object_or_404(reach.visible_seals(request.user), pk=pk)
    kind = "docx" if request.GET.get("as") == "docx" else "pdf"
    answer = HttpResponse(
        bytes_of(papers.book_of(found), kind),
        content_type="application/pdf"
        if kind == "pdf"
        else "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
    answer["Content-Disposition"] = content_disposition_header(False, f"{papers.BOOK}-{found.number}.{kind}")
    return answer


@both
@needs("seals.keep")
def ask_loan(request: HttpRequest) -> HttpResponse:
    """Ask to take a seal along."""
    sent = request.method == "POST"
    form = forms.LoanForm(request.POST if sent else None, seals=reach.kept_by(request.user))
    if sent and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            services.ask_loan(values.pop("seal"), **values, by=request.user)
        except Refused as refused:
            _refused(form, refused)
        else:
            messages.success(request, _("Sent to the township."))
            return redirect("seals-home")
    return _form(
        request, form, _("Take a seal along"), _("Two persons, a reason, back within a day; the township agrees first.")
    )


RECENT = 10  # requests on the first page
LOAN_VERBS = {
    "agree": ("seals.lend", lambda loan, note, by: services.decide_loan(loan, agree=True, by=by)),
    "refuse": ("seals.lend", lambda loan, note, by: services.decide_loan(loan, agree=False, note=note, by=by)),
    "take": ("seals.keep", lambda loan, note, by: services.take_out(loan, by=by)),
    "back": ("seals.keep", lambda loan, note, by: services.bring_back(loan, by=by)),
}


@require_POST
@needs("seals.see")
def loan(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One step of a loan."""
    found = get_object_or_404(reach.visible_loans(request.user), pk=pk)
    if verb not in LOAN_VERBS:
        return redirect("seals-home")
    try:
        done: Loan = LOAN_VERBS[verb][1](found, request.POST.get("note", ""), request.user)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(seal)s: %(state)s.") % {"seal": done.seal, "state": done.get_state_display()})
    return redirect("seals-home")


@require_safe
@needs("seals.see")
def figures(request: HttpRequest) -> HttpResponse:
    """Minutes promised and kept, by class of papers."""
    name = "name" if lang() == "zh" else "name_en"
    rows = waited_by_class(reach.visible_requests(request.user), name)
    words = {"rows": rows, "whole": scope_of(request.user, "seals.see").whole}
    return render(request, "seals/figures.html", words)


def _form(request: HttpRequest, form, title: str, about: str, submit: str = "") -> HttpResponse:
    words = {"form": form, "title": title, "about": about, "submit": submit or title}
    return render(request, "seals/form.html", words, status=422 if form.is_bound else 200)
