"""The list, one tip, and what can be done with it. No text of a tip is in an address, a session or a log."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.clocks.queries import clock_faces
from huilian.engine.look.text import say
from huilian.engine.trail.queries import actor_name, history_of_all, sentence
from huilian.engine.vault import services as vault
from huilian.engine.vault.kinds import part_name
from huilian.engine.vault.models import Opening
from huilian.engine.vault.queries import boxes_of, looks_into
from huilian.engine.vault.web import needs_key, token_of
from huilian.foundation.errors import NotAllowed, Refused
from huilian.foundation.now import now, today

from .. import forms, hooks, rules, services
from ..acts import ACTS
from ..models import Copy, Tip
from ..queries import reach, repeats
from ..services.opening import box_of, content_of, open_attachment, open_part

both = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 50


def tip_or_404(request: HttpRequest, number: str) -> Tip:
    """The tip, if it is for this officer. Nothing tells one that is not from one that never was; asking is recorded."""
    found = reach.find(number, request.user)
    if found is None:
        services.note_refusal(number, by=request.user)
        raise Http404
    return found


def told(form, refused: Refused) -> None:
    if isinstance(refused, NotAllowed):
        raise refused
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


def form_page(request: HttpRequest, form, title, **more) -> HttpResponse:
    words = {"form": form, "title": title, "submit": title, **more}
    return render(request, "tips/form.html", words, status=422 if form.errors else 200)


def row_of(tip: Tip, faces: dict) -> dict:
    case = tip.case
    return {"tip": tip, "step": say(case.definition.step(case.step).name), "clock": faces.get(case.lamp_id)}


@require_safe
@needs("tips.see")
def home(request: HttpRequest) -> HttpResponse:
    """Tips of one's teams: number, way in, field and clock. Nothing of what they say."""
    found = (
        reach.visible_to(request.user)
        .prefetch_related("charges__leader")
        .order_by("-case__state", "-case__colour", "case__due_on", "-pk")
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    faces = clock_faces([t.case.lamp for t in page if t.case.lamp and t.case.is_open])
    user = request.user
    words = {"page": page, "rows": [row_of(tip, faces) for tip in page], "may_take": may(user, "tips.take"),
             "may_approve": may(user, "tips.approve")}  # fmt: skip
    return render(request, "tips/home.html", words)


@require_safe
@needs("tips.see")
def tip(request: HttpRequest, number: str) -> HttpResponse:
    """One tip: what the register says, who may open it, who did, and what can be done."""
    found, user = tip_or_404(request, number), request.user
    case = found.case
    stay = case.steps.filter(left_at=None).select_related("clock").last()
    own = stay.clock if stay else None
    clocks = [c for c in (case.clock, case.lamp, own) if c]
    faces = clock_faces({c.pk: c for c in clocks}.values())
    parts = [{"part": box.part, "name": part_name(box.part), "paired": box.paired} for box in boxes_of(found.subject)]
    agreed = Opening.objects.filter(box__subject=found.subject, asker=user, state="agreed", until__gt=now())
    words = {
        **row_of(found, faces),
        "more": [faces[c.pk] for c in dict.fromkeys(clocks) if c.pk != case.lamp_id],
        "parts": parts,
        "identity_open": agreed.first(),
        "team": found.members.filter(ended_at=None, until__gt=now()).select_related("user"),
        "looks": looks_into(found.subject)[:50],
        "acts": [(key, act.label) for key, act in ACTS.items() if act.offered(found, user)],
        "alike": repeats.alike(found).filter(pk__in=reach.visible_to(user).values("pk"))[:10],
        "talk": found.messages.all(),
        "copies": found.copies.filter(asker=user, is_allowed=True, made_at=None),
        "history": [
            {"when": e.at, "who": actor_name(e), "head": sentence(e)}
            for e in history_of_all([found, case]).order_by("-at", "-id")[:60]
        ],
        "notes": found.led.notes.select_related("by") if found.led else [],
        "ways": [way for offer in hooks.onward if (way := offer(found, user))],
        "today": today(),
        "unlocked": bool(token_of(request)),
        "form": forms.PurposeForm(tip=found, auto_id=False),
    }
    return render(request, "tips/tip.html", words)


@require_POST
@needs("tips.see")
@needs_key
def read(request: HttpRequest, number: str, part: str) -> HttpResponse:
    """Open one part, for a purpose; shown once, in this answer only."""
    found, token, user = tip_or_404(request, number), token_of(request), request.user
    reason = request.POST.get("purpose", "")
    words = {"tip": found, "part": part, "name": part_name(part), "viewer": user, "at": now()}
    if part == "content":
        words |= {"said": content_of(found, purpose=reason, token=token, by=user)}
    elif part.startswith("file-"):
        n = int(part.removeprefix("file-")) if part.removeprefix("file-").isdecimal() else 0
        answer = StreamingHttpResponse(open_attachment(found, n, purpose=reason, token=token, by=user))
        answer["Content-Type"] = "application/octet-stream"
        answer["Content-Disposition"] = f'attachment; filename="{found.number}-{n}"'
        return answer
    else:
        words |= {"text": open_part(found, part, purpose=reason, token=token, by=user)}
    return render(request, "tips/read.html", words)


@require_POST
@needs("tips.see")
@needs_key
def identity(request: HttpRequest, number: str) -> HttpResponse:
    """Ask a second person to open who reported; once they agreed, read it."""
    found, token, user = tip_or_404(request, number), token_of(request), request.user
    box = box_of(found, "identity")
    agreed = Opening.objects.filter(box=box, asker=user, state="agreed", until__gt=now()).first()
    if agreed is None:
        vault.ask_opening(box, request.POST.get("purpose", ""), token=token, by=user)
        messages.success(request, _("Asked. Somebody else has to agree."))
        return redirect("tip", number)
    text = vault.open_by_two(agreed, token=token, by=user).decode()
    words = {"tip": found, "name": part_name("identity"), "text": text, "viewer": user, "at": now()}
    return render(request, "tips/read.html", words)


@sensitive_post_parameters()
@both
@needs("tips.see")
@needs_key
def act(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """One act on a tip."""
    found = tip_or_404(request, number)
    wanted = ACTS.get(key)
    if wanted is None or not wanted.offered(found, request.user):
        raise Http404
    form = wanted.form(request.POST if request.method == "POST" else None, tip=found)
    if form.is_valid():
        try:
            wanted.do(found, form.cleaned_data, request.user, token_of(request))
        except Refused as refused:
            told(form, refused)
        else:
            messages.success(request, _("Done: %(number)s.") % {"number": number})
            return redirect("tip", number) if reach.find(number, request.user) else redirect("tips-home")
    return form_page(request, form, wanted.label, intro=wanted.intro, tip=found)


@sensitive_post_parameters()
@require_POST
@needs("tips.see")
@needs_key
def rewrite(request: HttpRequest, number: str) -> HttpResponse:
    """The summary for others: begun with what the rules propose, sealed when nothing shows who wrote it."""
    found, user = tip_or_404(request, number), request.user
    if "text" in request.POST:
        form = forms.RewriteForm(request.POST, tip=found)
        if form.is_valid():
            try:
                services.rewrite(found, **form.cleaned_data, by=user)
            except Refused as refused:
                told(form, refused)
            else:
                messages.success(request, _("The summary is sealed."))
                return redirect("tip", number)
        pieces = rules.identifying(request.POST["text"])
        text = request.POST["text"]
    else:
        said = content_of(found, purpose=_("rewriting for transfer"), token=token_of(request), by=user)
        text = said["text"]
        pieces = rules.identifying(text)
        form = forms.RewriteForm(tip=found, initial={"text": rules.rewritten(text, pieces)})
    shown = [{"was": text[p.start : p.end], "instead": p.instead} for p in pieces]
    return form_page(request, form, _("Rewrite for transfer"), pieces=shown, tip=found)


@require_POST
@needs("tips.see")
@needs_key
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The allowed copy, made once, marked all over with who made it."""
    wanted = get_object_or_404(Copy.objects.select_related("tip"), pk=pk, asker=request.user)
    said = services.make_copy(wanted, token=token_of(request), by=request.user)
    words = {"tip": wanted.tip, "said": said, "copy": wanted, "viewer": request.user, "at": now(), "marks": range(24)}
    return render(request, "tips/copy.html", words)
