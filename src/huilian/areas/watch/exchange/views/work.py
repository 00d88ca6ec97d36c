"""The page of work on a lot: bidders, deposits, prices, panel, questions, objections, money, supervision."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.foundation.bids import LEAST, LOOK
from huilian.foundation.errors import NotAllowed, Refused

from .. import forms, rules, services
from ..models import Deal, Deposit, Lot, Notice, Objection, Question, Registration, Witness
from ..queries.reach import visible_lots
from ..queries.results import standing
from ..queries.screens import screen


@dataclass(frozen=True)
class Act:
    """One act on something that hangs on the lot: its name, its form, what it is done to, the service."""

    label: object
    form: type[forms.forms.Form]
    model: type
    run: Callable[..., object]
    action: str
    with_lot: bool = False  # the form looks at the lot


def _mark(registration: Registration, *, seat, by, **points):
    return services.mark(seat, registration, points, by=by)


def _panel(lot: Lot, *, recused, reason, by, **more):
    return services.announce_panel(lot, recused={expert.number: reason for expert in recused}, by=by, **more)


def _post(notice: Notice, *, on, photo, by):
    return services.post_on_board(notice, on=on, photo=(photo, photo.name) if photo else None, by=by)


NOTHING = forms.forms.Form
RUN, MONEY = "exchange.run", "exchange.money"
ACTS = {
    "examine": Act(_("Examine a bidder"), forms.ExamineForm, Registration, services.examine, RUN),
    "price": Act(_("Enter a price"), forms.PriceForm, Registration, services.put_price, RUN),
    "mark": Act(_("Enter an expert's marks"), forms.MarkForm, Registration, _mark, RUN, with_lot=True),
    "deposit": Act(_("Note a deposit"), forms.DepositForm, Registration, services.note_deposit, MONEY),
    "confirm": Act(_("Confirm the deposit"), NOTHING, Deposit, services.confirm_deposit, MONEY),
    "refund": Act(_("Pay the deposit back"), forms.RefundForm, Deposit, services.refund, MONEY),
    "panel": Act(_("Publish the list of experts"), forms.PanelForm, Lot, _panel, RUN, with_lot=True),
    "draw": Act(_("Draw the experts"), forms.DrawForm, Lot, services.draw_panel, RUN),
    "undraw": Act(_("Give up the published list"), forms.UndrawForm, Lot, services.drop_panel, RUN),
    "answer": Act(_("Answer the question"), forms.AnswerForm, Question, services.answer, RUN),
    "objection": Act(
        _("Answer the objection"), forms.ObjectionForm, Objection, services.answer_objection, "exchange.decide"
    ),
    "posted": Act(_("Note the village board"), forms.BoardForm, Notice, _post, "exchange.apply"),
    "attend": Act(
        _("Enter what supervision saw"), forms.WitnessForm, Lot, services.attend, "exchange.watch", with_lot=True
    ),
    "put_right": Act(_("Say what was done about it"), forms.AnswerForm, Witness, services.put_right, RUN),
    "pay_in": Act(_("Price paid in"), forms.MoneyForm, Deal, services.pay_in, MONEY),
    "turn": Act(_("Turn the deposit into price"), NOTHING, Deal, services.turn_deposit, MONEY),
    "pay_owner": Act(_("Pay out to the owner"), forms.MoneyForm, Deal, services.pay_owner, MONEY),
}


@require_safe
@needs("exchange.bidders")
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Who takes part and how they stand; for those who run the exchange or watch it."""
    lot = get_object_or_404(visible_lots(request.user, "exchange.bidders"), case__number=number)
    registrations = list(lot.registrations.prefetch_related("deposits", "offers"))
    deals = list(lot.deals.select_related("registration").prefetch_related("settlements"))
    words = {
        "lot": lot,
        "registrations": registrations,
        "standing": standing(lot) if lot.case.step == "trade" else None,
        "seats": list(lot.seats.select_related("expert")),
        "deals": deals,
        "price_points": rules.PRICE_POINTS,
        "runs": may(request.user, RUN),
        "pays": may(request.user, MONEY),
        "tender": lot.method == Lot.Method.TENDER,
        "screened": screen([lot])[0] if lot.case.step != "notice" else None,
        "least": LEAST,
        "look": LOOK,
    }
    return render(request, "exchange/work.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("exchange.see")
def act(request: HttpRequest, number: str, verb: str, pk: int) -> HttpResponse:
    """One act with its form; what was typed stays when it is refused."""
    lot = get_object_or_404(visible_lots(request.user), case__number=number)
    doing = ACTS.get(verb)
    if doing is None:
        raise Http404
    if not may(request.user, doing.action):
        raise NotAllowed(_("This is not for your post."))
    subject = lot if doing.model is Lot else get_object_or_404(doing.model, pk=pk, **_of(doing.model, lot))
    sent = request.method == "POST"
    more = {"lot": lot} if doing.with_lot else {}
    form = doing.form(request.POST if sent else None, request.FILES if sent else None, **more)
    if sent and form.is_valid():
        try:
            doing.run(subject, **form.cleaned_data, by=request.user)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("Entered."))
            inside = may(request.user, "exchange.bidders")
            return redirect("exchange-work" if inside else "desk-case", number)
    words = {"form": form, "title": doing.label, "lot": lot, "subject": subject if subject is not lot else None}
    return render(request, "exchange/form.html", words, status=422 if sent else 200)


def _of(model: type, lot: Lot) -> dict:
    return {"registration__lot": lot} if model is Deposit else {"lot": lot}
