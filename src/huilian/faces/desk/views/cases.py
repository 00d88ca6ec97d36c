"""The page of one case, and a page for each act on it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.look.text import say
from huilian.engine.procedures.actions import action_of, actions_for
from huilian.engine.procedures.guards import require_free
from huilian.engine.procedures.models import Case, Party
from huilian.engine.procedures.queries import cases_visible_to, tasks_of
from huilian.foundation.errors import Conflict, NotAllowed, Refused

from ..case_page import actions_shown, page_of

RELATED = ("procedure", "clock", "lamp", "lamp", "unit", "handler", "place", "township")


def find_case(number: str, user) -> Case:
    """The case `number`. 404 when there is none; `NotAllowed` when it belongs to others or names `user`."""
    parties = Prefetch("parties", Party.objects.select_related("person", "unit"))
    case = Case.objects.select_related(*RELATED).prefetch_related(parties).filter(number=number).first()
    if case is None:
        raise Http404
    seen = cases_visible_to(user).filter(pk=case.pk).exists() or tasks_of(user).filter(pk=case.pk).exists()
    if not seen:
        raise NotAllowed(
            _("%(number)s belongs to another unit or place. Ask the unit in charge, or the centre.")
            % {"number": case.number}
        )
    require_free(case, user)
    return case


@require_safe
@login_required
def case(request: HttpRequest, number: str) -> HttpResponse:
    """「办件」 Everything about one case."""
    found = find_case(number, request.user)
    return render(request, "desk/case.html", page_of(found, request))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def act(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """One act on one case: why and what, a form, and what came of it. Nothing typed is ever lost."""
    found = find_case(number, request.user)
    action = action_of(found, key)
    if action is None:
        raise Http404
    sent = request.method == "POST"
    form = action.form(request.POST if sent else None, request.FILES if sent else None, case=found, user=request.user)
    status, trouble = 200, None
    if not action.is_offered(found, request.user):
        status, trouble = (409 if sent else 403), _not_now(found, action, request.user)
    elif sent and form.is_valid():
        try:
            action.perform(found, form.cleaned_data, by=request.user, expected=_revision(request, found))
        except Conflict as conflict:
            status, trouble = 409, _happened(found, conflict)
        except Refused as refused:
            status = 403 if isinstance(refused, NotAllowed) else 422
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(
                request, _("%(act)s: done for %(number)s.") % {"act": action.label, "number": found.number}
            )
            return redirect("desk-case", found.number)
    elif sent:
        status = 422
    context = {
        "case": found,
        "action": action,
        "form": form,
        "trouble": trouble,
        "revision": request.POST.get("revision", found.revision) if sent else found.revision,
        "trail": [(_("My tasks"), "desk-home"), (found.number, None)],
        "step": say(found.definition.step(found.step).name),
        "others": [a for a in actions_shown(found, request.user) if a.key != key] if trouble else [],
    }
    return render(request, "desk/act.html", context, status=status)


def _revision(request: HttpRequest, case: Case) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else case.revision


def _not_now(case: Case, action, user) -> dict:
    """Why an act that is not offered cannot be done: the case has moved on, or it is not this person's to do."""
    step = say(case.definition.step(case.step).name)
    if not case.is_open:
        words = _("%(number)s is %(state)s, so this can no longer be done.") % {
            "number": case.number,
            "state": case.get_state_display(),
        }
    elif actions_for(case, user):
        words = _("%(number)s now stands at “%(step)s”, where this cannot be done, or it is not for your post.") % {
            "number": case.number,
            "step": step,
        }
    else:
        words = _("%(number)s stands at “%(step)s”. That lies with somebody else.") % {
            "number": case.number,
            "step": step,
        }
    return {"title": _("This cannot be done now"), "text": words, "last": None}


def _happened(case: Case, conflict: Conflict) -> dict:
    """What somebody else did meanwhile."""
    from ..timeline import last_act

    return {"title": _("Somebody else was faster"), "text": str(conflict), "last": last_act(case)}
