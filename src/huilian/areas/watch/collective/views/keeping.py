"""What the agency does for a whole village at once: counting its things, drafting depreciation and rent due."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huilian.engine.access.decorators import needs
from huilian.engine.look.text import money
from huilian.foundation.errors import Refused
from huilian.foundation.now import today

from ..models import AccountSet, Asset
from ..queries.reach import KEEP, sets_of
from ..services.assets import GONE, count_assets
from ..services.proposing import draft_depreciation, draft_receivables

SEEN = ("in_use", "idle", "let", "lent")


class CountForm(forms.Form):
    """The day of a count; what was found stands beside each thing."""

    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label, self.fields["on"].initial = _("Day of the count"), today


@require_http_methods(["GET", "HEAD", "POST"])
@needs(KEEP)
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """「盘点」 Each thing of a village with what was found; what differs stands in the history of the thing."""
    set_ = _set(request, pk)
    things = list(Asset.objects.filter(set=set_).exclude(status__in=GONE).order_by("is_resource", "number"))
    form = CountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = {
            a.number: {"status": request.POST.get(f"s{a.pk}", ""), "holder": request.POST.get(f"h{a.pk}", "").strip()}
            for a in things
            if request.POST.get(f"f{a.pk}")
        }
        try:
            differences = count_assets(set_, found, on=form.cleaned_data["on"], by=request.user)
        except Refused as refusal:
            form.add_error("on" if refusal.field == "on" else None, str(refusal))
        else:
            told = _("The count is kept: %(n)s found, %(d)s differences.") % {"n": len(found), "d": len(differences)}
            messages.success(request, told)
            return redirect("collective-village", pk)
    context = {
        "set": set_,
        "things": things,
        "form": form,
        "statuses": [(value, Asset.Status(value).label) for value in SEEN],
        "crumbs": [(set_.place.name, reverse("collective-village", args=[pk]))],
    }
    return render(request, "collective/count.html", context, status=422 if form.errors else 200)


@require_POST
@needs("collective.enter")
def depreciate(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the depreciation of the month before this one."""
    set_ = _set(request, pk, "collective.enter")
    before = today().replace(day=1) - timedelta(days=1)
    return _draft(request, set_, lambda: draft_depreciation(set_, before.year * 100 + before.month, by=request.user))


@require_POST
@needs("collective.enter")
def receivables(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft what was due up to today and has not come."""
    set_ = _set(request, pk, "collective.enter")
    return _draft(request, set_, lambda: draft_receivables(set_, today(), by=request.user))


def _draft(request: HttpRequest, set_: AccountSet, act) -> HttpResponse:
    try:
        voucher = act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("collective-village", set_.pk)
    if voucher is None:
        messages.info(request, _("There is nothing to draft."))
        return redirect("collective-village", set_.pk)
    messages.success(
        request, _("A voucher over %(amount)s yuan is drafted for review.") % {"amount": money(voucher.total_cents)}
    )
    return redirect("collective-life", "voucher", voucher.pk)


def _set(request: HttpRequest, pk: int, action: str = KEEP) -> AccountSet:
    return get_object_or_404(sets_of(request.user, action).select_related("place"), pk=pk)
