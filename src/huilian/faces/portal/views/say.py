"""「我要反映」 One question a page. Every answer is kept on the server as it is given; going back loses nothing."""

from django.core.files.storage import default_storage
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.areas.hear.hotline import queries as hotline
from huilian.areas.hear.hotline import services
from huilian.engine.directory import queries as directory
from huilian.engine.trail.actors import Actor
from huilian.foundation.errors import Refused

from .. import drafts, following
from ..forms import CHARGE, BackForm, NameForm, StoryForm, WhatForm, WhereForm
from ..shell import is_kiosk, public, qr, show
from .home import calls

STEPS = ("what", "where", "story", "name", "check")
TRAP = "website"  # a field no person sees; a program that fills in every field fills it in too
TOWNSHIP, VILLAGE = 4, 5
page = require_http_methods(["GET", "HEAD", "POST"])


def _to(step: str):
    return redirect(f"portal-say-{step}")


def _next(request, step: str):
    """Onward, backward, or straight to the check when an answer was only corrected."""
    at = STEPS.index(step)
    if request.POST.get("go") == "back":
        return _to(STEPS[at - 1]) if at else redirect("portal-home")
    return _to(STEPS[at + 1])


def _show(request, step: str, words: dict, *, writing=False):
    at = STEPS.index(step)
    frame = {
        "step": at + 1,
        "steps": len(STEPS),
        "back": reverse(f"portal-say-{STEPS[at - 1]}") if at else reverse("portal-home"),
        "trap": TRAP,
    }
    form = words.get("form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return show(request, f"portal/say_{step}.html", {**frame, **words}, writing=writing, status=status)


@require_safe
@public(personal=True)
def start(request):
    """Where the draft stands: the first question that has no answer yet."""
    return _to(_missing(drafts.draft_of(request)) or "check")


@page
@public(personal=True)
def what(request):
    draft = drafts.draft_of(request)
    form = WhatForm(request.POST or None, initial={"topic": (draft.topic or "-") if draft.chosen else None})
    if request.method == "POST":
        if request.POST.get("go") == "back":
            return redirect("portal-home")
        if form.is_valid():
            topic = form.cleaned_data["topic"]
            if topic == CHARGE:
                return redirect("portal-say-not-here")
            draft.topic, draft.chosen = ("" if topic == "-" else topic), True
            drafts.keep(request, draft)
            return _next(request, "what")
    return _show(request, "what", {"form": form})


@require_safe
@public(personal=True)
def not_here(request):
    """A charge against officials is never taken in here; the page says who takes it."""
    ground = next((g for g in hotline.grounds() if g.key == "discipline"), None)
    return show(request, "portal/say_not_here.html", {"ground": ground, "calls": calls()[-1:]})


@page
@public(personal=True)
def where(request):
    draft = drafts.draft_of(request)
    county = hotline.county()
    form = WhereForm(request.POST or None, initial={"where": draft.where})
    if request.method == "POST":
        given, go = request.POST, request.POST.get("go", "next")
        asked, draft.q, draft.where = (
            draft.q,
            given.get("q", draft.q).strip()[:40],
            given.get("where", "").strip()[:120],
        )
        _choose(draft, given, county)
        if go == "clear":
            draft.place, draft.place_name, draft.q, draft.town = 0, "", "", 0
        elif go.startswith("town:") and go[5:].isdigit():
            draft.town, draft.q = int(go[5:]), ""
        drafts.keep(request, draft)
        searching = go == "find" and (draft.q != asked or not draft.place)
        if go == "back":
            return _next(request, "where")
        if (searching and draft.q) or go == "clear" or go.startswith("town:"):
            return _to("where")
        if form.is_valid():
            if draft.place or draft.where:
                return _next(request, "where")
            form.add_error(None, _("Choose the village or township, or write where it is."))
    return _show(request, "where", {"form": form, "draft": draft, **_places(draft, county)})


def _choose(draft, given, county) -> None:
    """Take over the village that was ticked, when it really lies in the county."""
    ticked = given.get("place", "")
    if not ticked.isdigit() or county is None:
        return
    found = directory.below(county).filter(pk=int(ticked)).select_related("parent").first()
    if found is not None:
        draft.place, draft.place_name = found.pk, _place_name(found)


def _place_name(place) -> str:
    return f"{place.parent.name} {place.name}" if place.level == VILLAGE and place.parent_id else place.name


def _places(draft, county) -> dict:
    """What can be ticked: what was found by name, or the villages of a township, or the townships."""
    if county is None or draft.place:
        return {}
    if draft.q:
        found = [p for p in directory.find_places(draft.q, within=county, limit=24) if p.level >= TOWNSHIP]
        return {"found": [(p.pk, _place_name(p)) for p in found], "nothing": not found}
    if draft.town:
        town = directory.below(county, TOWNSHIP).filter(pk=draft.town).first()
        if town is not None:
            rows = [(p.pk, p.name) for p in directory.below(town, VILLAGE)]
            return {"found": [(town.pk, _("%(town)s, no single village") % {"town": town.name}), *rows]}
    return {"towns": [(p.pk, p.name) for p in directory.below(county, TOWNSHIP)]}


@page
@public(personal=True)
def story(request):
    draft = drafts.draft_of(request)
    form = StoryForm(request.POST or None, initial={"text": draft.text})
    faults = []
    if request.method == "POST":
        go = request.POST.get("go", "next")
        draft.text = request.POST.get("text", "")[:5000]
        if go.startswith("remove:"):
            drafts.remove_file(draft, go[7:])
        for upload in request.FILES.getlist("files"):
            try:
                drafts.add_file(draft, upload, upload.name)
            except Refused as refused:
                faults.append(str(refused))
        drafts.keep(request, draft)
        if not faults:
            if go == "back":
                return _next(request, "story")
            if go != "next":
                return _to("story")
            if form.is_valid():
                return _next(request, "story")
        elif form.is_valid():
            for fault in faults:
                form.add_error(None, fault)
    limits = {"most": drafts.MOST_FILES, "megabytes": drafts.MEGABYTES}
    words = {"form": form, "draft": draft, "limits": limits, "accept": ".jpg,.jpeg,.png,.pdf,.mp3,.m4a,.wav,.mp4"}
    return _show(request, "story", words, writing=True)


@page
@public(personal=True)
def name(request):
    draft = drafts.draft_of(request)
    kept = {"named": draft.named, "name": draft.name, "phone": draft.phone, "secret": draft.secret}
    form = NameForm(request.POST or None, initial=kept)
    if request.method == "POST":
        draft.named = request.POST.get("named", "")[:3]
        draft.name, draft.phone = request.POST.get("name", "")[:60], request.POST.get("phone", "")[:40]
        draft.secret = "secret" in request.POST
        drafts.keep(request, draft)
        if request.POST.get("go") == "back" or form.is_valid():
            return _next(request, "name")
    return _show(request, "name", {"form": form}, writing=True)


def _missing(draft) -> str:
    """The first question without a good answer."""
    if not draft.chosen:
        return "what"
    if not (draft.place or draft.where):
        return "where"
    if not StoryForm({"text": draft.text}).is_valid():
        return "story"
    given = {"named": draft.named, "name": draft.name, "phone": draft.phone}
    return "" if NameForm(given).is_valid() else "name"


@page
@public(personal=True)
def check(request):
    draft = drafts.draft_of(request)
    if draft.is_empty and drafts.sent(request):
        return _to("done")  # the button was pressed again after the line was cut
    missing = _missing(draft)
    if missing:
        return _to(missing)
    charge = hotline.sounds_like_a_charge(draft.text)
    fault = ""
    if request.method == "POST":
        if request.POST.get("go") == "back":
            return _next(request, "check")
        draft.no_charge = "no_charge" in request.POST
        drafts.keep(request, draft)
        fault = _fault(request, charge and not draft.no_charge)
        if not fault:
            try:
                drafts.require_pace(request)
                drafts.send_once(request, lambda kept: _send(request, kept))
                return _to("done")
            except Refused as refused:
                fault = str(refused)
    words = {"draft": draft, "charge": charge, "fault": fault, "limits": hotline.time_limits(), "calls": calls()[-1:]}
    return _show(request, "check", words)


def _fault(request, unanswered: bool) -> str:
    if request.POST.get(TRAP):
        return _("A field that must stay empty was filled in. If you are a person, please press “Send” once more.")
    if unanswered:
        return _("Please read the note about charges and tick the line below it, or take the matter to 12388.")
    return ""


def _send(request, draft) -> tuple[str, str]:
    """Hand the draft to the hotline: matter and files in one transaction."""
    channel = hotline.way_in("kiosk" if is_kiosk(request) else "web")
    county = hotline.county()
    place = directory.below(county).filter(pk=draft.place).first() if county and draft.place else None
    named = draft.named == "yes"
    order, code = services.submit(
        channel=channel,
        title=_title(draft.text),
        text=draft.text,
        place=place,
        where=draft.where,
        caller_name=draft.name.strip() if named else "",
        caller_phone=draft.phone.strip(),
        keeps_secret=draft.secret,
        topic=draft.topic,
    )
    by = Actor("citizen", label=str(channel))
    for file in draft.files:
        with default_storage.open(file["path"], "rb") as kept:
            services.hand_in(order, kept, file["name"], by=by)
    return order.case.number, code


def _title(text: str) -> str:
    """The first sentence, as far as a list can show it."""
    first = text.strip()
    for end in "。！？!?；;\n\r":
        first = first.split(end, 1)[0]
    return (first or text.strip())[:40]


@page
@public(personal=True)
def done(request):
    """Number and code, shown until the code was typed back, the page was left, or half an hour has gone by."""
    kept = drafts.sent(request)
    if kept is None:
        return redirect("portal-follow")
    form = BackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if hotline.order_followed(kept["number"], form.cleaned_data["code"]):
            drafts.forget_code(request)
            following.bind(request, kept["number"])
            return redirect("portal-follow-case")
        form.add_error("code", _("This is not the code above. Compare it letter by letter and correct your note."))
    address = request.build_absolute_uri(reverse("portal-follow"))
    words = {
        "form": form,
        "number": kept["number"],
        "code": f"{kept['code'][:5]}-{kept['code'][5:]}",
        # After “#”: a browser keeps that part to itself, so the code stands in no server's log.
        "qr": qr(f"{address}#n={kept['number']}&c={kept['code']}"),
        "limits": hotline.time_limits(),
    }
    return show(request, "portal/say_done.html", words, status=422 if form.errors else 200, writing=True)
