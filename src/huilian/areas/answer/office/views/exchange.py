"""Files for other systems: profiles, packages, what came back, the queue of faults."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huilian.engine.access.decorators import needs
from huilian.foundation.errors import NotAllowed, Refused

from .. import forms, services
from ..acts import buttons, faults
from ..models import Profile
from ..services.exchange import DO
from .acting import both

PACKAGES, ROWS = 25, 50


@require_safe
@needs(DO)
def home(request: HttpRequest) -> HttpResponse:
    """Each system with its latest packages."""
    rows = [(p, p.packages.first()) for p in Profile.objects.filter(is_active=True)]
    return render(request, "office/exchange.html", {"rows": rows})


@both
@needs(DO)
def profile(request: HttpRequest, key: str) -> HttpResponse:
    """Send a package out or take one in; packages, states there, rows that could not be taken."""
    found, user = get_object_or_404(Profile, key=key, is_active=True), request.user
    sends, takes = "send" in request.POST, "take" in request.POST
    send = forms.SendForm(request.POST if sends else None)
    take = forms.TakeInForm(*((request.POST, request.FILES) if takes else ()))
    try:
        if sends and send.is_valid():
            made, content = services.send_out(found, **send.cleaned_data, by=user)
            answer = HttpResponse(content, content_type="application/zip")
            answer["Content-Disposition"] = content_disposition_header(True, f"{made.number}.zip")
            return answer
        if takes and take.is_valid():
            made = services.take_in(found, take.cleaned_data["file"], by=user)
            messages.success(request, _("%(rows)d rows taken in, %(faults)d with faults.")
                             % {"rows": made.rows, "faults": made.faults})  # fmt: skip
            return redirect("office-profile", key)
    except NotAllowed:
        raise
    except Refused as refused:
        form = send if sends else take
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    queue = faults(user).filter(package__profile=found, settled_at=None)[:ROWS]
    words = {
        "profile": found, "send": send, "take": take, "packages": found.packages.select_related("by")[:PACKAGES],
        "answers": found.answers.order_by("-since", "-pk")[:ROWS],
        "queue": [(f, buttons("fault", f, user)) for f in queue],
    }  # fmt: skip
    return render(request, "office/profile.html", words, status=422 if request.method == "POST" else 200)
