"""One page for every act that has a form, and the door where a campaign begins."""

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import require
from huilian.engine.look.forms import act_page

from .. import forms, services
from ..acts import MANAGE, THINGS, page_of
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
    model = getattr(getattr(doing.form, "Meta", None), "model", None)
    more = {"instance": row} if issubclass(doing.form, django_forms.ModelForm) and isinstance(row, model) else {}
    form = doing.form(*given, row=row, user=request.user, **more)
    page = thing.page(row)
    return _act(request, form, doing.title, lambda data: doing.run(row, data, request.user), lambda made: page, page)


@both
@needs(MANAGE)
def plan(request: HttpRequest, number: str = "") -> HttpResponse:
    """Plan a campaign, or change one that is not closed."""
    found = get_object_or_404(reach.visible_campaigns(request.user), number=number) if number else None
    form = forms.CampaignForm(request.POST or None, instance=found, user=request.user)
    return _act(
        request, form, _("Change the campaign") if found else _("Plan a campaign"),
        lambda data: services.save_campaign(found, data, by=request.user), page_of,
    )  # fmt: skip


@both
@needs("campaigns.caution_propose")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a caution."""
    form = forms.ProposeForm(request.POST or None, user=request.user)
    return _act(
        request, form, _("Propose a caution"), lambda data: services.propose(**data, by=request.user),
        lambda made: reverse("campaigns-caution", args=[made.number]),
    )  # fmt: skip


@both
@needs("campaigns.report")
def declare(request: HttpRequest) -> HttpResponse:
    """Report a family occasion beforehand."""
    form = forms.DeclareForm(request.POST or None, user=request.user)
    return _act(
        request, form, _("Report a family occasion"), lambda data: services.declare(**data, by=request.user),
        lambda made: reverse("campaigns-occasion", args=[made.number]), reverse("campaigns-mine"),
    )  # fmt: skip


def _act(request: HttpRequest, form, title, run, target, back: str = "") -> HttpResponse:
    def then(made) -> HttpResponse:
        messages.success(request, _("Entered."))
        return redirect(target(made))

    words = {"title": title, "back": back or reverse("campaigns-home")}
    return act_page(request, form, run, then, "campaigns/form.html", words)
