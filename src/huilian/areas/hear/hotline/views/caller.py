"""「查看诉求人」 Opening a citizen's name and number: the purpose first, then the two, once, on a page nobody keeps."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huilian.foundation.errors import Invalid

from .. import services
from ..forms import PurposeForm
from .dispatching import order_for


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def caller(request: HttpRequest, number: str) -> HttpResponse:
    """GET asks for the purpose; POST shows name and number and has written down who opened them."""
    order = order_for(request, number)
    form, found, status = PurposeForm(request.POST or None), None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                found, status = (
                    services.reveal_caller(order, purpose=form.cleaned_data["purpose"], by=request.user),
                    200,
                )
            except Invalid as refused:
                form.add_error("purpose", str(refused))
    context = {
        "case": order.case,
        "order": order,
        "form": form,
        "found": found,
        "trail": [(order.case.number, reverse("desk-case", args=[number]))],
        "title": _("Citizen's name and number"),
    }
    return render(request, "hotline/caller.html", context, status=status)
