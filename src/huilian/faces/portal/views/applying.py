"""「我要申请」 One question a page, kept on every step; sent once, however often the line breaks."""

from uuid import uuid4

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huilian.areas.hear.hotline import queries as hotline
from huilian.areas.serve.disclosure.queries import village_at
from huilian.areas.serve.services.queries import public as services
from huilian.areas.serve.services.services import applying as services_applying
from huilian.engine.directory import queries as directory
from huilian.foundation.errors import Invalid, Refused

from .. import applying, drafts, following
from ..forms import BackForm
from ..forms_serving import FieldsForm, IdentityForm, WhoForm
from ..shell import is_kiosk, public, qr, show
from .say import TRAP

HERE = "portal-services"
TOWNSHIP, VILLAGE = 4, 5
ACCEPT = "image/jpeg,image/png,.jpg,.jpeg,.png,.pdf,.docx"  # types, so that telephones offer the camera
page = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
@public(personal=True)
def begin(request, code):
    """Begin, or go on where it was left."""
    found = services.guide(code)
    if found is None or found.item.kind == "posting":
        raise Http404
    place = request.POST.get("v", "")
    response = redirect("portal-apply", code)
    applying.begin(request, response, found.item, place if village_at(place) else "")
    return response


@page
@public(personal=True)
def start(request, code):
    """Where the draft stands: the first step without a good answer."""
    begun = applying.begun(request, code)
    if begun is None:
        return redirect("portal-service", code)
    last = "papers" if begun.materials and not begun.draft.files.all() else "check"
    return redirect("portal-apply-step", code, begun.missing or last)


@page
@public(personal=True)
def step(request, code, step):
    begun = applying.begun(request, code)
    if begun is None:
        return _after(request, code)
    if step not in begun.steps:
        raise Http404
    return STEPS[step](request, begun)


def _after(request, code):
    """No draft: it was sent already and only the answer was lost, or there never was one."""
    known = services.application_sent(request.POST.get("key", ""))
    if known is None:
        return redirect("portal-service", code)
    drafts.note_code(request, applying.SENT, known.number, known.code)
    return redirect("portal-applied")


def _go(request, begun, step: str):
    at = begun.steps.index(step) + (-1 if request.POST.get("go") == "back" else 1)
    if at < 0:
        return redirect("portal-service", begun.item.code)
    return redirect("portal-apply-step", begun.item.code, begun.steps[at])


def _show(request, begun, step: str, words: dict):
    at = begun.steps.index(step)
    form = words.get("form")
    bad = words.get("fault") or (form is not None and form.is_bound and form.errors)
    frame = {
        "begun": begun,
        "item": begun.item,
        "step": at + 1,
        "steps": len(begun.steps),
        # Kept in the browser too, but never on a screen that others use after.
        "keep": "" if is_kiosk(request) else f"huilian-apply-{begun.item.code}-{step}",
        "kept": str(begun.draft.kept_at.timestamp()),
        "trap": TRAP,
    }
    return show(
        request, f"portal/apply_{step}.html", {**frame, **words}, here=HERE, writing=True, status=422 if bad else 200
    )


def where(request, begun):
    """The village, found by name or through its township."""
    if request.method == "POST":
        if request.POST.get("go") == "back":
            return _go(request, begun, "where")
        village = village_at(request.POST.get("place", ""))
        if village is not None:
            begun.keep("where", place=village.code)
            return _go(request, begun, "where")
    county = hotline.county()
    asked, town = request.GET.get("q", "").strip()[:40], request.GET.get("town", "")
    words = {"asked": asked, "village": begun.village, "found": [], "towns": []}
    if county is not None and asked:
        words["found"] = directory.find_places(asked, within=county, level=VILLAGE, limit=40)
        words["nothing"] = not words["found"]
    elif county is not None and town.isascii() and town.isdigit():
        chosen = directory.below(county, TOWNSHIP).filter(code=town).first()
        words["found"] = directory.below(chosen, VILLAGE).select_related("parent").order_by("path") if chosen else []
    elif county is not None and begun.village is None:
        words["towns"] = directory.below(county, TOWNSHIP).order_by("path")
    if request.method == "POST":
        words["fault"] = _("Choose the village.")
    return _show(request, begun, "where", words)


def who(request, begun):
    form = WhoForm(request.POST or None, initial=begun.said)
    if request.method == "POST":
        begun.keep("who", **{name: request.POST.get(name, "") for name in form.fields})
        if request.POST.get("go") == "back" or form.is_valid():
            return _go(request, begun, "who")
    return _show(request, begun, "who", {"form": form})


def fields(request, begun):
    form = FieldsForm(begun.item, request.POST or None, initial=begun.said)
    if request.method == "POST":
        begun.keep("fields", **{name: request.POST.get(name, "") for name in form.fields})
        if request.POST.get("go") == "back" or form.is_valid():
            return _go(request, begun, "fields")
    return _show(request, begun, "fields", {"form": form})


def papers(request, begun):
    """A slot for each listed paper. What cannot be taken is said at its slot, and the others are kept."""
    faults: dict[str, str] = {}
    if request.method == "POST":
        go = request.POST.get("go", "next")
        if go.startswith("remove:") and go[7:].isdigit():
            services_applying.drop_draft_file(begun.draft, int(go[7:]))
        sent_as = request.POST.get("upload", "")[:32]  # one for each page shown: the same page twice keeps a file once
        for material in begun.materials:
            for at, upload in enumerate(request.FILES.getlist(f"paper_{material.key}")):
                once = f"{sent_as}-{material.pk}-{at}" if sent_as else ""
                try:
                    services_applying.add_draft_file(begun.draft, material, upload, upload.name, request_key=once)
                except Refused as refused:
                    faults[material.key] = str(refused)
        begun.keep("papers")
        if not faults:
            if go in ("next", "back"):
                return _go(request, begun, "papers")
            return redirect("portal-apply-step", begun.item.code, "papers")
        begun = applying.begun(request, begun.item.code)  # with the files that could be taken
    words = {
        "slots": [(material, files, faults.get(material.key, "")) for material, files in begun.papers],
        "fault": faults and _("Some papers could not be taken; it is said below at each. The others are kept."),
        "upload": uuid4().hex,
        "accept": ACCEPT,
        "limits": {"most": services_applying.MOST_FILES, "megabytes": services_applying.MEGABYTES},
    }
    return _show(request, begun, "papers", words)


def check(request, begun):
    if begun.missing:
        return redirect("portal-apply-step", begun.item.code, begun.missing)
    form = IdentityForm(request.POST or None) if begun.item.needs_identity else None
    fault = ""
    if request.method == "POST":
        if request.POST.get("go") == "back":
            return _go(request, begun, "check")
        if form is None or form.is_valid():
            try:
                return _send(request, begun, form.cleaned_data["identity"] if form else "")
            except Refused as refused:
                if form and refused.field == "identity":
                    form.add_error("identity", str(refused))
                else:
                    fault = str(refused)
    words = {
        "form": form,
        "fault": fault,
        "asked": [(field.label, begun.said.get(name, "")) for name, field in FieldsForm(begun.item).fields.items()],
        "deliver_to": dict(WhoForm().fields["deliver_to"].choices)[begun.said["deliver_to"]],
        "missing": [m for m, files in begun.papers if m.is_required and not files],
    }
    return _show(request, begun, "check", words)


def _send(request, begun, identity: str):
    if request.POST.get(TRAP):
        raise Invalid(
            _("A field that must stay empty was filled in. If you are a person, please press “Send” once more.")
        )
    drafts.require_pace(request)
    said = begun.said
    application = services_applying.apply(
        begun.item,
        applicant={"name": said["name"], "phone": said["phone"], "identity": identity},
        fields={asked["key"]: said.get(f"f_{asked['key']}", "") for asked in begun.item.fields},
        place=begun.village,
        channel="kiosk" if is_kiosk(request) else "web",
        deliver_to=said["deliver_to"],
        draft=begun.token,
        request_key=begun.key,
    )
    drafts.note_sent(request)
    drafts.note_code(request, applying.SENT, application.number, application.code)
    return redirect("portal-applied")


STEPS = {"where": where, "who": who, "fields": fields, "papers": papers, "check": check}


@page
@public(personal=True)
def sent(request):
    """「回执」 Number and code, to be printed or photographed; shown until the code was typed back or half an hour."""
    kept = drafts.code_shown(request, applying.SENT)
    if kept is None:
        return redirect("portal-follow")
    form = BackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if services.application_by_code(kept["number"], form.cleaned_data["code"]):
            request.session.pop(applying.SENT)
            following.bind(request, kept["number"], "application")
            return redirect("portal-application")
        form.add_error("code", _("This is not the code above. Compare it letter by letter and correct your note."))
    address = request.build_absolute_uri(reverse("portal-follow"))
    words = {
        **kept,
        "code": f"{kept['code'][:5]}-{kept['code'][5:]}",
        "status": services.status_of(services.application_numbered(kept["number"])),
        "form": form,
        "qr": qr(f"{address}#n={kept['number']}&c={kept['code']}", scale=5),
    }
    return show(request, "portal/applied.html", words, here=HERE, writing=True, status=422 if form.errors else 200)
