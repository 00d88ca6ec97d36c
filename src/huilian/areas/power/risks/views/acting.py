"""Every act with a form: one page for acts on a row, and the doors where something new begins."""

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
from ..acts import THINGS
from ..models import Starter
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
    if not doing.is_for(row, request.user):
        require(request.user, doing.action)
    form = doing.form(request.POST if request.method == "POST" else None, row=row, user=request.user)
    return _act(
        request, form, doing.title, lambda data: doing.run(row, data, request.user), lambda made: thing.page(row),
        about=doing.about(row), back=thing.page(row),
    )  # fmt: skip


@both
@needs("risks.write")
def start(request: HttpRequest) -> HttpResponse:
    """Begin a cycle."""
    form = forms.StartForm(request.POST or None, user=request.user)
    return _act(
        request, form, _("Begin a cycle"),
        lambda data: services.start_cycle(data["unit"], data["scheme"], cause=data["cause"], by=request.user),
        lambda made: reverse("risks-cycle", args=[made.number]),
    )  # fmt: skip


@both
@needs("risks.write")
def enter(request: HttpRequest, number: str = "") -> HttpResponse:
    """Enter a point, beginning with a known one when `like` names it, or correct one."""
    found = get_object_or_404(reach.visible_points(request.user), number=number) if number else None
    form = forms.PointForm(request.POST or None, instance=found, initial=_known(request), user=request.user)

    def run(data):
        source = {name: data.pop(name) for name in ("way", "told") if name in data}
        return services.save_point(found, data, **source, by=request.user)

    return _act(
        request, form, _("Correct the risk point") if found else _("Enter a risk point"), run,
        lambda made: reverse("risks-point", args=[made.number]), known=Starter.objects.filter(is_active=True),
    )  # fmt: skip


@both
@needs()
def find(request: HttpRequest) -> HttpResponse:
    """A risk of the person's own post; no role is needed."""
    form = forms.OwnForm(request.POST or None, initial=_known(request), user=request.user)
    return _act(
        request, form, _("Find a risk of my post"),
        lambda data: services.find_own(data.pop("post"), data, by=request.user),
        lambda made: reverse("risks-mine"), back=reverse("risks-mine"), known=Starter.objects.filter(is_active=True),
    )  # fmt: skip


def _known(request: HttpRequest) -> dict:
    """What a form of a point begins with when `like` names a known one."""
    like = request.GET.get("like", "")
    if not like:
        return {}
    known = get_object_or_404(Starter, pk=like if like.isdigit() else 0)
    return {name: getattr(known, name) for name in ("name", "manifestation", "kind", "field")}


@both
@needs("risks.write")
def ask(request: HttpRequest) -> HttpResponse:
    """Draw up a directory and ask for opinions."""
    form = forms.AskForm(request.POST or None, user=request.user)
    return _act(
        request, form, _("Draw up a directory"),
        lambda data: services.ask_opinions(**data, by=request.user),
        lambda made: reverse("risks-directory", args=[made.number]),
    )  # fmt: skip


@both
@needs("risks.watch")
def take_signal(request: HttpRequest) -> HttpResponse:
    """Take in a signal."""
    form = forms.SignalForm(request.POST or None, user=request.user)
    return _act(
        request, form, _("Take in a signal"), lambda data: services.take_signal(**data, by=request.user),
        lambda made: reverse("risks-signals"),
    )  # fmt: skip


@both
@needs("risks.dispose")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a disposal."""
    form = forms.ProposeForm(request.POST or None, user=request.user)
    return _act(
        request, form, _("Propose a disposal"), lambda data: services.propose(**data, by=request.user),
        lambda made: reverse("risks-disposal", args=[made.number]),
    )  # fmt: skip


def _act(request: HttpRequest, form, title, run, target, **more) -> HttpResponse:
    def then(made) -> HttpResponse:
        messages.success(request, _("Entered."))
        return redirect(target(made))

    words = {"title": title, "back": reverse("risks-home"), **more}
    return act_page(request, form, run, then, "risks/form.html", words)
