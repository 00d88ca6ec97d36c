"""「运行轨迹」 The life of one payment, one contract or one asset, with the gaps marked; settling what is due."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.documents.queries import attachments_of
from huilian.engine.look.text import money
from huilian.engine.registers import find
from huilian.engine.trail.queries import actor_name, history_of, sentence
from huilian.foundation.errors import Refused

from .. import words
from ..models import Contract, Receipt, Voucher
from ..queries import timeline
from ..queries.reach import KEEP, SEE, rows_of
from ..queries.things import assets_of, contracts_of, net_cents, standings
from ..services import contracts as contract_services
from ..services import dues

LEVELS = {0: "ok", 1: "yellow", 2: "orange", 3: "red"}


@require_safe
@needs(SEE)
def life(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """/desk/collective/life/<asset|contract|voucher>/<pk>/"""
    if kind not in PAGES:
        raise Http404
    row, stages, facts, register = PAGES[kind](request.user, pk)
    shown = [_shown(stage) for stage in stages if stage.state != timeline.NONE]
    gaps = [_shown(stage) for stage in timeline.gaps_in(stages)]
    context: dict[str, Any] = {
        "kind": kind,
        "row": row,
        "stages": shown,
        "gaps": gaps,
        "facts": [(name, value) for name, value in facts if value not in (None, "")],
        "crumbs": [],
        "acts": [],
        "events": _told(row if kind != "voucher" else f"collective.voucher:{row.pk}"),
    }
    if register:
        declared = find(register)
        context["crumbs"] = [(str(declared.title), reverse("register", args=[register]))]
        context["acts"] = _acts(declared, row, request.user)
        if kind == "asset":
            context["card"] = reverse("collective-card", args=[row.pk])
    if kind == "contract":
        context |= _settling(row, request.user)
    return render(request, "collective/life.html", context)


def _asset(user: Any, pk: int):
    row = get_object_or_404(assets_of(user).select_related("set__place"), pk=pk)
    facts = [
        (_("Village"), row.set.place),
        (_("Class of asset"), row.get_class_key_display()),
        (_("Location"), row.location),
        (_("Present state"), f"{row.get_status_display()} · {row.status_since}"),
        (_("Used by"), row.holder),
        (_("Original value"), money(row.original_cents) if row.original_cents else ""),
        (_("Net value"), money(net_cents(row)) if row.original_cents else ""),
        (_("Area, mu"), row.measured_mu or row.area_mu),
        (_("Valuation"), money(row.valuation_cents) if row.valuation_cents else ""),
        (_("Last counted"), row.counted_on),
        (_("Kept by"), row.keeper),
    ]
    return row, timeline.life_of_asset(row), facts, "collective-resources" if row.is_resource else "collective-assets"


def _contract(user: Any, pk: int):
    row = get_object_or_404(contracts_of(user).select_related("set__place", "asset", "renews"), pk=pk)
    standing = standings([row]).get(row.pk)
    facts = [
        (_("Village"), row.set.place),
        (_("Other party"), row.party),
        (_("Asset or resource"), row.asset),
        (_("Time"), f"{row.starts_on} – {row.ends_on}"),
        (_("Amount a year"), money(row.yearly_cents) if row.yearly_cents else ""),
        (_("Rise a year, per thousand"), row.rise_permille or ""),
        (_("Whole amount"), money(row.total_cents)),
        (_("Fallen due so far"), money(standing.due_cents) if standing else ""),
        (_("Paid so far"), money(standing.paid_cents) if standing else ""),
        (pgettext("amount", "Late"), money(standing.late_cents) if standing and standing.late_cents else ""),
        (_("How the party was chosen"), row.get_mode_display()),
        (_("Renews"), row.renews),
        (_("State"), row.get_status_display()),
    ]
    return row, timeline.life_of_contract(row), facts, "collective-contracts"


def _voucher(user: Any, pk: int):
    rows = rows_of(Voucher.objects.select_related("set__place", "prepared_by", "approved_by", "stamped_by"), user)
    row = get_object_or_404(rows, pk=pk)
    facts = [
        (_("Village"), row.set.place),
        (_("What for"), row.summary),
        (_("Amount"), money(row.total_cents)),
        (_("Paid to or received from"), row.payee),
        (_("How it was paid"), row.get_method_display()),
        (_("State"), row.get_state_display()),
    ]
    return row, timeline.life_of_voucher(row), facts, ""


PAGES = {"asset": _asset, "contract": _contract, "voucher": _voucher}


def _shown(stage: timeline.Stage) -> dict[str, Any]:
    """A station as the template draws it."""
    href = stage.url
    if href and not href.startswith("/"):
        kind, _slash, pk = href.partition("/")
        href = reverse("collective-life", args=[kind, pk])
    return {
        "name": words.stage(stage.kind),
        "icon": words.STAGE_ICONS.get(stage.kind, "flag"),
        "state": stage.state,
        "level": LEVELS[stage.level],
        "on": stage.on,
        "number": stage.number,
        "amount": stage.amount_cents,
        "who": stage.who,
        "gap": words.gap(stage.gap) if stage.gap else "",
        "href": href,
        "more": [_shown(one) for one in stage.more],
    }


def _acts(register: Any, row: Any, user: Any) -> list[dict[str, Any]]:
    """The verbs of the register that this person may carry out on this row now."""
    acts = [
        {
            "label": v.label,
            "icon": v.icon,
            "danger": v.danger,
            "href": reverse("register-act", args=[register.key, row.pk, v.key]),
        }
        for v in register.verbs
        if v.when(row) and may(user, v.action)
    ]
    draft = not isinstance(row, Contract) or row.status == Contract.Status.DRAFT
    if draft and register.may_edit and register.may_change(user):
        href = reverse("register-edit", args=[register.key, row.pk])
        acts.append({"label": _("Change"), "icon": "pencil", "danger": False, "href": href})
    return acts


def _told(subject: Any) -> list[dict[str, Any]]:
    return [{"when": e.at, "who": actor_name(e), "head": sentence(e)} for e in reversed(history_of(subject))]


# What is due under a contract


class SettleForm(forms.Form):
    """Which voucher, and how much of it where it is not all."""

    voucher = forms.ModelChoiceField(Voucher.objects.none())

    def __init__(self, contract: Contract, data: Any = None) -> None:
        super().__init__(data)
        self.fields["voucher"].queryset = dues.candidates(contract)
        self.fields["voucher"].label = _("Voucher")
        self.fields["voucher"].label_from_instance = lambda v: (
            f"{v} · {v.date} · {money(dues.unused_cents(v))} · {v.payee or v.summary}"
        )


class ScanForm(forms.Form):
    """A scan of the signed contract."""

    scan = forms.FileField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scan"].label = _("Scan (PDF or picture)")


def _settling(contract: Contract, user: Any) -> dict[str, Any]:
    keeps = may(user, KEEP)
    open_ = contract.status != Contract.Status.DRAFT and timeline.open_cents(contract)
    return {
        "settle_form": SettleForm(contract) if keeps and open_ else None,
        "scan_form": ScanForm() if keeps else None,
        "files": [
            {"label": f.name, "href": reverse("attachment", args=[f.pk]), "size": f.size}
            for f in attachments_of(contract)
        ],
        "receipts": Receipt.objects.filter(due__contract=contract)
        .select_related("voucher", "due")
        .order_by("-on", "-pk"),
        "keeps": keeps,
    }


def _contract_of(user: Any, pk: int) -> Contract:
    return get_object_or_404(rows_of(Contract.objects.select_related("set__place"), user), pk=pk)


@require_POST
@needs(KEEP)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay a voucher on the oldest open amounts of a contract."""
    contract = _contract_of(request.user, pk)
    form = SettleForm(contract, request.POST)
    if form.is_valid():
        _try(request, lambda: dues.settle(contract, form.cleaned_data["voucher"], by=request.user), _("Settled."))
    else:
        messages.error(request, _("Choose the voucher that brought the money."))
    return redirect("collective-life", "contract", pk)


@require_POST
@needs(KEEP)
def undo(request: HttpRequest, pk: int, receipt: int) -> HttpResponse:
    """Take a settlement off again."""
    contract = _contract_of(request.user, pk)
    found = get_object_or_404(Receipt, pk=receipt, due__contract=contract)
    reason = request.POST.get("reason", "")
    _try(request, lambda: dues.undo_settlement(found, reason=reason, by=request.user), _("The settlement was undone."))
    return redirect("collective-life", "contract", pk)


@require_POST
@needs(KEEP)
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a scan with the contract."""
    contract = _contract_of(request.user, pk)
    file = request.FILES.get("scan")
    if file is None:
        messages.error(request, _("Choose a file."))
    else:
        _try(
            request,
            lambda: contract_services.keep_scan(contract, file, file.name, by=request.user),
            _("The scan is kept."),
        )
    return redirect("collective-life", "contract", pk)


def _try(request: HttpRequest, act: Any, done: str) -> None:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
