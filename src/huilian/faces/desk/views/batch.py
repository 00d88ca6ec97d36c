"""One act on many cases: choose rows, say once what is wanted, and hear of each that was refused why."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huilian.engine.access.queries import may, roles_of
from huilian.engine.alerts.views import notices
from huilian.engine.directory.roles import catalogue
from huilian.engine.procedures.actions import action_of
from huilian.engine.procedures.models import Case
from huilian.engine.procedures.queries import cases_visible_to, current_procedure, tasks_of
from huilian.foundation.errors import Refused

ACTS = ("assign_handler", "supervise", "ask_extension", "sign")
PRINT = "print_notices"
MOST = 200  # cases in one go


@dataclass(frozen=True)
class Outcome:
    """What became of one case of a batch; `why` is empty when it was done."""

    case: Case
    why: str = ""


def offered_acts(user, kind: str = "") -> list[dict]:
    """The buttons over a list. Whether a single case allows the act is asked of each case."""
    if kind == "alert":
        return [*_alert_acts(user), *offered_acts(user)]
    handles = any("case.handle" in catalogue()[key].may or key == "unit_head" for key in roles_of(user))
    found = []
    if handles:
        found.append({"value": "assign_handler", "label": _("Name the handler"), "icon": "user"})
    if may(user, "case.supervise"):
        found.append({"value": "supervise", "label": _("Remind or supervise"), "icon": "siren"})
    if handles:
        found.append({"value": "ask_extension", "label": _("Ask for more time"), "icon": "calendar-clock"})
    return found


def _alert_acts(user) -> list[dict]:
    found = []
    signers = set(current_procedure("alert").definition.step("raised").roles)
    if signers & set(roles_of(user)):
        found.append({"value": "sign", "label": _("Sign for"), "icon": "check"})
    if may(user, "alert.pack"):
        found.append({"value": PRINT, "label": _("Print the notices"), "icon": "printer"})
    return found


@require_POST
@login_required
def batch(request: HttpRequest) -> HttpResponse:
    """First the page that asks once what every case needs, then the acts one by one, each in its own transaction."""
    key, back = request.POST.get("act", ""), request.POST.get("back", "")
    if key == PRINT:
        return notices(request)
    if key not in ACTS:
        raise Http404
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("desk-home")
    chosen = _chosen(request)
    if not chosen:
        messages.warning(request, _("Choose at least one case first."))
        return redirect(back)
    lead = min(chosen, key=lambda case: case.supervision)  # its form offers every level that any of them allows
    action = action_of(lead, key)
    if action is None:  # chosen among cases that know no such act
        raise Http404
    sent = "confirmed" in request.POST
    form = action.form(request.POST if sent else None, case=lead, user=request.user)
    context = {"action": action, "form": form, "cases": chosen, "back": back, "act": key}
    if sent and form.is_valid():
        outcomes = [_perform(action, case, form.cleaned_data, request.user) for case in chosen]
        context["done"] = [o for o in outcomes if not o.why]
        context["refused"] = [o for o in outcomes if o.why]
        return render(request, "desk/batch_done.html", context)
    return render(request, "desk/batch.html", context)


def _chosen(request: HttpRequest) -> list[Case]:
    ids = [int(pk) for pk in request.POST.getlist("ids")[:MOST] if pk.isdecimal() and len(pk) < 19]
    with_all = Case.objects.select_related("procedure", "clock", "unit")
    seen = {c.pk: c for c in with_all.filter(pk__in=cases_visible_to(request.user).filter(pk__in=ids).values("pk"))}
    seen |= {c.pk: c for c in with_all.filter(pk__in=tasks_of(request.user).filter(pk__in=ids).values("pk"))}
    return [seen[pk] for pk in ids if pk in seen]


def _perform(action, case: Case, data: dict, user) -> Outcome:
    try:
        if action_of(case, action.key) is not action:
            return Outcome(case, _("This is not done with such a matter."))
        action.perform(case, data, by=user, expected=case.revision)
    except Refused as refused:
        return Outcome(case, str(refused))
    return Outcome(case)
