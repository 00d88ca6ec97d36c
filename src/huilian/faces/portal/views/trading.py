"""「产权交易」 What is traded, how it ended, taking part with the telephone, whether a certificate is real."""

from django.contrib import messages
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.panels import shown
from huilian.areas.watch.exchange.queries import ocds, public
from huilian.areas.watch.exchange.services import telling
from huilian.engine.look.text import say
from huilian.foundation.errors import Invalid, Refused
from huilian.foundation.now import now

from .. import drafts
from ..forms_trading import BidderForm, FollowForm, ObjectionForm, QuestionForm, ReceiptForm
from ..shell import public as open_page
from ..shell import show
from .say import TRAP

HERE, PER_PAGE, LATEST = "portal-services", 12, 300
both = require_http_methods(["GET", "HEAD", "POST"])


@both
@open_page
def finder(request):
    """Lots by board and words; asking for letters about new notices."""
    asked, board = request.GET.get("q", "").strip()[:40], request.GET.get("board", "")
    found = public.published_lots(board=board, words=asked, open_only=not (asked or board))
    form = FollowForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _fair(request, form):
        telling.subscribe(form.cleaned_data["email"], board=public.boards().filter(key=board).first())
        drafts.note_sent(request)
        messages.success(request, _("A letter is on its way to you. Follow its link, then the notices come."))
        return redirect("portal-trading")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    for one in page.object_list:
        one.stage = say(one.case.definition.step(one.case.step).name)
    words = {
        "asked": asked,
        "board": board,
        "boards": public.boards(),
        "page": page,
        "form": form,
        "trap": TRAP,
    }
    return show(request, "portal/trading.html", words, here=HERE, status=422 if form.errors else 200)


@both
@open_page(personal=True)
def lot(request, number):
    """One lot: facts, notices, questions, the result; asking and objecting."""
    found = _lot(number)
    asking, objecting = QuestionForm(), ObjectionForm()
    form = None
    if request.method == "POST":
        objects = "object" in request.POST
        form = (ObjectionForm if objects else QuestionForm)(request.POST)
        asking, objecting = (asking, form) if objects else (form, objecting)
        if form.is_valid() and _fair(request, form):
            try:
                if objects:
                    about = "result" if found.case.step == "result" else "papers"
                    services.object_to(found, about=about, **form.cleaned_data)
                else:
                    services.ask(found, **form.cleaned_data)
            except Refused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            else:
                drafts.note_sent(request)
                messages.success(request, _("It has been handed in. The answer will stand on this page."))
                return redirect("portal-lot", number)
    deal = public.result_of(found)
    words = {
        "lot": found,
        "notices": list(found.notices.all()),
        "questions": list(found.questions.all()),
        "answered": list(found.objections.exclude(answered_at=None)),
        "deal": deal,
        "winner": shown(deal.registration) if deal else "",
        "open": found.case.step == "notice" and found.registers_until > now() and not found.suspended_at,
        "may_object": found.case.step in ("notice", "result"),
        "asking": asking,
        "objecting": objecting,
        "trap": TRAP,
    }
    bad = form is not None
    return show(request, "portal/lot.html", words, here=HERE, writing=bad, status=422 if bad else 200)


@both
@open_page(personal=True)
def register(request, number):
    """Register as a bidder; the receipt is shown once."""
    found = _lot(number)
    form = BidderForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _fair(request, form):
        if not request.session.session_key:
            request.session.create()
        try:
            made, code = services.register(
                found, form.cleaned_data, device=request.META.get("HTTP_USER_AGENT", "") + _net(request)
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            drafts.note_sent(request)
            return show(request, "portal/lot_receipt.html", {"lot": found, "made": made, "code": code}, here=HERE)
    words = {"lot": found, "form": form, "trap": TRAP}
    return show(request, "portal/lot_register.html", words, here=HERE, writing=True, status=422 if form.errors else 200)


@both
@open_page(personal=True)
def mine(request):
    """Where one's registration stands, with number and code; fetching the paddle."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    words = {"form": form}
    if form.is_bound and form.is_valid():
        try:
            drafts.require_pace(request)
            found = public.registration_by_code(**form.cleaned_data)
            words |= {"mine": found, "deposits": list(found.deposits.all())}
            if "give_up" in request.POST:
                words["mine"] = services.give_up(found)
                messages.success(request, _("You no longer take part. The deposit goes back to you."))
            elif "paddle" in request.POST:
                words["paddle"], words["secret"] = services.take_paddle(found, form.cleaned_data["code"])
        except Refused as refused:
            drafts.note_sent(request)
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return show(request, "portal/lot_mine.html", words, here=HERE, writing=True, status=422 if form.errors else 200)


@require_safe
@open_page
def certificate(request, number=""):
    """「鉴证书核验」 Whether a certificate was issued, and for what."""
    number = number or request.GET.get("number", "").strip()[:32]
    deal = public.certificate(number)
    words = {"number": number, "deal": deal, "winner": shown(deal.registration) if deal else ""}
    return show(request, "portal/certificate.html", words, here=HERE)


@require_safe
@open_page(personal=True)
def follow(request, token):
    """The link of a letter: notices are sent from now on; the same link with ?stop=1 ends it."""
    try:
        if "stop" in request.GET:
            telling.unsubscribe(token)
            messages.success(request, _("No more letters will come."))
        else:
            telling.confirm(token)
            messages.success(request, _("From now on you hear of new notices."))
    except Invalid as refused:
        messages.error(request, str(refused))
    return redirect("portal-trading")


class Notices(Feed):
    """The newest notices as an Atom feed."""

    feed_type = Atom1Feed

    def title(self):
        return _("Notices of the exchange")

    def link(self):
        return reverse("portal-trading")

    def items(self):
        return public.notices()

    def item_title(self, notice):
        return f"{notice.get_kind_display()} {notice.lot.title}"

    def item_description(self, notice):
        return f"{notice.lot.number} {notice.facts.get('owner', '')} {notice.text}".strip()

    def item_link(self, notice):
        return reverse("portal-lot", args=[notice.lot.number])

    def item_guid(self, notice):
        return f"urn:huilian:notice:{notice.number}"

    def item_pubdate(self, notice):
        return notice.published_at

    def item_updateddate(self, notice):
        return notice.published_at


@require_safe
def releases(request):
    """OCDS 1.1: the newest lots as releases."""
    return _json(ocds.release_package(public.published_lots()[:LATEST]))


@require_safe
def records(request):
    """OCDS 1.1: the newest lots as records."""
    return _json(ocds.record_package(public.published_lots()[:LATEST]))


def _json(package: dict) -> JsonResponse:
    return JsonResponse(package, json_dumps_params={"ensure_ascii": False})


def _lot(number: str):
    found = public.lot_page(number)
    if found is None:
        raise Http404
    return found


def _net(request) -> str:
    return request.META.get("REMOTE_ADDR", "")


def _fair(request, form) -> bool:
    """Whether a person has written, and not too often."""
    try:
        if request.POST.get(TRAP):
            raise Invalid(_("A field that must stay empty was filled in. Please press the button once more."))
        drafts.require_pace(request)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
