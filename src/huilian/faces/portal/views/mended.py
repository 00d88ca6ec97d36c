"""「整改公开」 What checks found in a village and what came of it; whoever holds a slip says whether it is true."""

from django.http import Http404
from django.views.decorators.http import require_http_methods, require_safe

from huilian.areas.answer.inspections import services
from huilian.areas.answer.inspections.queries import public as findings
from huilian.areas.serve.disclosure.queries import village_at
from huilian.foundation.errors import Refused

from ..shell import public, show

HERE = "portal-villages"
MOST = 60


@require_safe
@public
def village(request, code):
    """Published findings of a village."""
    place = village_at(code)
    if place is None:
        raise Http404
    return show(request, "portal/mended.html", {"place": place, "found": findings.mended_in(place)[:MOST]}, here=HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def say(request):
    """The code of a slip opens one finding once; the answer carries no name."""
    code = request.POST.get("code", "")
    words = {"code": code, "verdicts": findings.VERDICTS}
    if request.method == "POST":
        try:
            if request.POST.get("verdict"):
                services.say(code, verdict=request.POST["verdict"], text=request.POST.get("text", ""))
                words["said"] = True
            else:
                words["finding"] = services.voice_called(code).finding
        except Refused as refused:
            words["refused"] = str(refused)
    return show(request, "portal/mended_say.html", words, here=HERE, status=422 if "refused" in words else 200)
