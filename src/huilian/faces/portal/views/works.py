"""「村级工程」 What is built in a village, for how much, by whom, until when, who watches, where to complain."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from huilian.areas.serve.disclosure.queries import village_at
from huilian.areas.watch.works.queries import public as works

from ..shell import public, qr, show

HERE = "portal-villages"
MOST = 60


@require_safe
@public
def village(request, code):
    """The works of a village from the day their builder was chosen."""
    place = village_at(code)
    if place is None:
        raise Http404
    return show(request, "portal/works.html", {"place": place, "works": works.works_in(place)[:MOST]}, here=HERE)


@require_safe
@public
def work(request, number):
    """One work: its eight stages, its money, its pictures."""
    found = works.work_called(number)
    if found is None:
        raise Http404
    address = request.build_absolute_uri(reverse("portal-work", args=[number]))
    words = {"found": found, "work": found.project, "place": found.project.place, "page_qr": qr(address, scale=3)}
    return show(request, "portal/work.html", words, here=HERE)


@require_safe
@cache_control(public=True, max_age=86400)
def photo(request, number, pk):
    content = works.picture(number, pk)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/jpeg")
