"""「三清单」 What each unit may do, must do and must never do: found, read item by item, and drafts to speak to."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.areas.power.powers import queries as powers
from huilian.areas.power.powers import services
from huilian.engine.directory.models import Place
from huilian.engine.trail.actors import Actor
from huilian.foundation.errors import Invalid, Refused

from .. import drafts
from ..forms_powers import OpinionForm
from ..shell import public, show
from .say import TRAP

HERE = "portal-powers"
PLACE_DIGITS = 12  # a village is known by its code, a unit by its number in the house


@require_safe
@public
def finder(request):
    """A unit by its name, an item by a word of it; drafts that lie open."""
    asked = request.GET.get("q", "").strip()[:40]
    words = {
        "asked": asked,
        "units": powers.find_units(text=asked) if asked else [],
        "own": [] if asked else powers.units_with_own_lists(),
        "items": powers.find_items(asked) if asked else [],
        "open": powers.open_consultations(),
    }
    return show(request, "portal/powers.html", words, here=HERE)


@require_safe
@public
def unit(request, key):
    """The three lists of a unit; for a village's code those of its units."""
    text = str(key)
    if len(text) == PLACE_DIGITS:
        place = Place.objects.filter(code=text, valid_to=None).first()
        units = powers.find_units(place) if place else []
        if not units:
            raise Http404
        if len(units) == 1:
            return redirect("portal-powers-of", units[0].pk)
        return show(request, "portal/powers.html", {"asked": "", "place": place, "units": units}, here=HERE)
    found = _unit(key)
    held = powers.lists_of(found)
    words = {"unit": found, "lists": held, "is_default": any(listing.is_default for _f, listing, _i in held)}
    return show(request, "portal/powers_unit.html", words, here=HERE)


def _unit(key: int):
    found = powers.units_with_lists().filter(pk=key).select_related("place__parent").first()
    if found is None:
        raise Http404
    return found


@require_safe
@public
def item(request, key, code):
    """One item of a unit's list in force."""
    return _item(request, powers.public_item(_unit(key), code))


@require_safe
@public
def template(request, code):
    """One item of the county's list."""
    return _item(request, powers.template_item(code))


def _item(request, found):
    if found is None:
        raise Http404
    return show(request, "portal/power.html", {"found": found, "item": found.item}, here=HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@public(personal=True)
def draft(request, pk):
    """A draft that lies open: what it changes, opinions with their answers, and giving one."""
    listing = powers.consultation(pk)
    if listing is None:
        raise Http404
    is_open = listing in powers.open_consultations()
    form = OpinionForm(request.POST or None) if is_open else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            if request.POST.get(TRAP):
                raise Invalid(_("A field that must stay empty was filled in. Please press the button once more."))
            drafts.require_pace(request)
            given = form.cleaned_data
            services.add_opinion(
                listing,
                given["text"],
                by_whom=given["by_whom"],
                code=given["code"],
                by=Actor("citizen", None, _("a resident")),
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            drafts.note_sent(request)
            return redirect("portal-powers-draft", listing.pk)
    words = {
        "listing": listing,
        "form": form,
        "trap": TRAP,
        "changes": powers.differences(listing),
        "opinions": list(listing.opinions.all()),
    }
    status = 422 if form is not None and form.errors else 200
    return show(request, "portal/powers_draft.html", words, here=HERE, writing=True, status=status)
