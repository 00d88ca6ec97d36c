"""「用款申请」 A village asks for money. All that follows happens on the page of the case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huilian.engine.access.decorators import needs
from huilian.foundation.errors import NotAllowed, Refused

from ..forms import RequestForm
from ..queries.bank import sets_visible_to
from ..services import payments


@needs("collective.request")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; what blocks a payment is said at its field and nothing typed is lost."""
    sets = sets_visible_to(request.user, "collective.request").filter(closed_on=None)
    sent = request.method == "POST"
    form = RequestForm(request.POST if sent else None, sets=sets)
    if sent and form.is_valid():
        try:
            payment = payments.request(form.cleaned_data["set"], form.values(), by=request.user)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("%(number)s was sent to the village's head.") % {"number": payment.case.number})
            return redirect("desk-case", payment.case.number)
    return render(request, "collective/payments/new.html", {"form": form}, status=422 if sent else 200)
