"""One page for every act that has a form, and the doors where something new begins."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import require
from huilian.engine.look.forms import act_page

from .. import forms, forms_tasks, rules, services
from ..acts import MANAGE, PLAN, THINGS
from ..queries import reach

both = require_http_methods(["GET", "HEAD", "POST"])


@both
@needs()
def act(request: HttpRequest, kind: str, key: str, verb: str) -> HttpResponse:
    """One act on one row that the person sees."""
    thing = THINGS.get(kind)
    if thing is None or verb not in thing.acts or (thing.key == "pk" and not key.isdigit()):
        raise Http404
    doing = thing.acts[verb]
    row = get_object_or_404(thing.visible(request.user), **{thing.key: key})
    require(request.user, doing.action)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = doing.form(*given, row=row, user=request.user)
    return _act(
        request,
        form,
        doing.title,
        lambda data: doing.run(row, data, request.user),
        lambda made: thing.page(row),
        thing.page(row),
    )


@both
@needs(PLAN)
def plan(request: HttpRequest, number: str = "") -> HttpResponse:
    """Enter a round into the calendar, or change one that has not begun."""
    found = get_object_or_404(reach.visible_rounds(request.user), number=number) if number else None
    form = forms.RoundForm(request.POST or None, instance=found, user=request.user)
    return _act(
        request, form, _("Change the round") if found else _("Plan a round"),
        lambda data: services.save_round(found, data, by=request.user),
        lambda made: reverse("inspections-round", args=[made.number]),
    )  # fmt: skip


@both
@needs(MANAGE)
def note(request: HttpRequest) -> HttpResponse:
    """Note a finding without a round."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()

    def run(data):
        data["files"] = [(file, file.name) for file in data["files"] or []]
        return services.note_finding(**data, by=request.user)

    return _act(
        request, forms.FindingForm(*given, user=request.user), _("Note a finding"), run,
        lambda made: reverse("inspections-finding", args=[made.number]),
    )  # fmt: skip


@both
@needs(MANAGE)
def write(request: HttpRequest) -> HttpResponse:
    """Send a letter that belongs to no finding."""
    form = forms.LetterForm(request.POST or None, user=request.user)
    return _act(
        request, form, _("Send a letter"),
        lambda data: services.send_letter(data.pop("kind"), **data, by=request.user),
        lambda made: reverse("inspections-letters"),
    )  # fmt: skip


@both
@needs(MANAGE)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a unit to a talk: first which unit, then one of what stands against it."""
    chosen = forms_tasks.UnitForm(request.GET or None)
    if not chosen.is_valid():
        return render(request, "inspections/invite.html", {"form": chosen})
    unit, quarter = chosen.cleaned_data["unit"], rules.quarter(chosen.cleaned_data["quarter"])
    given = {"initial": {"reason": f"zeros:{quarter.label}"}} if quarter else {}
    form = forms_tasks.InviteForm(request.POST or None, row=unit, user=request.user, quarter=quarter, **given)
    if not form.fields["reason"].choices:
        return render(request, "inspections/invite.html", {"form": chosen, "nothing": unit})
    return _act(
        request, form, _("Invite %(unit)s to a talk") % {"unit": unit},
        lambda data: services.invite(data.pop("post"), data.pop("reason"), **data, quarter=quarter, by=request.user),
        lambda made: reverse("inspections-talk", args=[made.number]), reverse("inspections-talks"),
    )  # fmt: skip


@both
@needs(PLAN)
def call(request: HttpRequest) -> HttpResponse:
    """Call a meeting; its figures are drawn up at once."""
    form = forms_tasks.MeetingForm(request.POST or None, user=request.user)
    return _act(
        request, form, _("Call a meeting over figures"), lambda data: services.call_meeting(**data, by=request.user),
        lambda made: reverse("inspections-meeting", args=[made.number]), reverse("inspections-meetings"),
    )  # fmt: skip


def _act(request: HttpRequest, form, title, run, target, back: str = "") -> HttpResponse:
    def then(made) -> HttpResponse:
        if isinstance(made, list) and made and isinstance(made[0], str):  # codes, shown this once
            return render(request, "inspections/codes.html", {"codes": made, "back": target(made)})
        messages.success(request, _("Entered."))
        return redirect(target(made))

    words = {"title": title, "back": back or reverse("inspections-calendar")}
    return act_page(request, form, run, then, "inspections/form.html", words)
