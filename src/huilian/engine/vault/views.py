"""The pages of the vault. Passphrases, codes and sheets are in no log, no session and no address."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.foundation.errors import NotAllowed, Refused

from . import forms, queries, services
from .kinds import page_of, part_name
from .models import Opening
from .services.keys import key_of, recovery_key
from .web import back_of, forget, keep, led, needs_key, token_of

both = require_http_methods(["GET", "HEAD", "POST"])
SECRETS = ("passphrase", "again", "old", "code", "one", "other")


def _form(request, form, title, submit, intro="", status=200, **more) -> HttpResponse:
    words = {"form": form, "title": title, "submit": submit, "intro": intro, "next": back_of(request), **more}
    return render(request, "vault/form.html", words, status=422 if form.errors else status)


def _told(form, refused: Refused):
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return form


@require_safe
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """One's key: whether there is one, whether it is unlocked, and what can be done with it."""
    words = {
        "key": key_of(request.user),
        "unlocked": bool(token_of(request)),
        "recovery": recovery_key() is not None,
        "boxes": queries.opened_by(request.user).count(),
        "looks": queries.looks_by(request.user)[:20],
        "waiting": queries.openings_for(request.user).count(),
        "may_keep": may(request.user, "vault.keep"),
    }
    return render(request, "vault/home.html", words)


@sensitive_post_parameters(*SECRETS)
@never_cache
@both
@login_required
def make(request: HttpRequest) -> HttpResponse:
    """Make one's pair of keys; it is unlocked next."""
    form = forms.NewWordsForm(request.POST or None)
    if form.is_valid():
        try:
            services.make_key(form.cleaned_data["passphrase"], by=request.user)
        except Refused as refused:
            _told(form, refused)
        else:
            messages.success(request, _("Your key is made. Unlock it with the passphrase."))
            return redirect(led("vault-unlock", back_of(request)))
    intro = _("What people confide is sealed to your key. The server alone cannot open it.")
    return _form(request, form, _("Make a key"), _("Make the key"), intro)


@sensitive_post_parameters(*SECRETS)
@never_cache
@both
@login_required
def unlock(request: HttpRequest) -> HttpResponse:
    """Unlock one's key for a quarter of an hour; the browser keeps what unlocks it."""
    if key_of(request.user) is None:
        return redirect(led("vault-make", back_of(request)))
    form = forms.UnlockForm(request.POST or None, user=request.user)
    if form.is_valid():
        given = form.cleaned_data
        try:
            token = services.unlock(given["passphrase"], given.get("code", ""), by=request.user)
        except Refused as refused:
            _told(form, refused)
        else:
            return keep(redirect(back_of(request)), token)
    intro = _("It stays unlocked for 15 minutes after the last look, in this browser only.")
    return _form(request, form, _("Unlock the key"), pgettext("key", "Unlock"), intro)


@require_POST
@login_required
def lock(request: HttpRequest) -> HttpResponse:
    services.lock(by=request.user)
    messages.success(request, _("Your key is locked."))
    return forget(redirect("vault"))


@sensitive_post_parameters(*SECRETS)
@never_cache
@both
@login_required
def words(request: HttpRequest) -> HttpResponse:
    """Other words for the same key."""
    form = forms.ChangeForm(request.POST or None)
    if form.is_valid():
        try:
            services.change_passphrase(form.cleaned_data["old"], form.cleaned_data["passphrase"], by=request.user)
        except Refused as refused:
            _told(form, refused)
        else:
            messages.success(request, _("The passphrase is changed."))
            return forget(redirect("vault"))
    return _form(request, form, _("Change the passphrase"), _("Change it"))


@sensitive_post_parameters(*SECRETS)
@never_cache
@both
@needs_key
def renew(request: HttpRequest) -> HttpResponse:
    """A new pair in place of the old one: when somebody may have seen the passphrase, or once a year."""
    form = forms.NewWordsForm(request.POST or None)
    if form.is_valid():
        try:
            services.renew_key(form.cleaned_data["passphrase"], token=token_of(request), by=request.user)
        except Refused as refused:
            _told(form, refused)
        else:
            messages.success(request, _("You have a new key. Everything the old one opened opens with it."))
            return forget(redirect("vault"))
    intro = _("The old key opens nothing any more, even for somebody who copied it.")
    return _form(request, form, _("Change the key"), _("Make the new key"), intro)


@require_safe
@never_cache
@login_required
def openings(request: HttpRequest) -> HttpResponse:
    """Openings asked of me, and by me."""

    def row(opening: Opening) -> dict:
        subject = opening.box.subject
        return {"o": opening, "part": part_name(opening.box.part), "number": subject.partition(":")[2],
                "href": page_of(subject)}  # fmt: skip

    words = {
        "asked": [row(o) for o in queries.openings_for(request.user)],
        "mine": [row(o) for o in queries.openings_by(request.user)[:50]],
        "unlocked": bool(token_of(request)),
        "form": forms.RefuseForm(auto_id=False),
    }
    return render(request, "vault/openings.html", words)


@require_POST
@needs_key
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    opening = get_object_or_404(queries.openings_for(request.user), pk=pk)
    services.agree_opening(opening, token=token_of(request), by=request.user)
    messages.success(request, _("Agreed. %(name)s may read it for half an hour.") % {"name": opening.asker})
    return redirect("vault-openings")


@require_POST
@login_required
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    opening = get_object_or_404(queries.openings_for(request.user), pk=pk)
    services.refuse_opening(opening, request.POST.get("note", ""), by=request.user)
    messages.success(request, _("Refused."))
    return redirect("vault-openings")


@require_safe
@never_cache
@needs("vault.keep")
def recovery(request: HttpRequest) -> HttpResponse:
    """The ceremonies of the keeper: sheets, recovery, keys of those who leave."""
    words = {"key": recovery_key(), "orphans": queries.orphans().count(), "holders": forms.holders().count()}
    return render(request, "vault/recovery.html", words)


@sensitive_post_parameters(*SECRETS)
@sensitive_variables("printed")
@never_cache
@both
@needs("vault.keep")
def sheets(request: HttpRequest) -> HttpResponse:
    """Make the key of recovery, or renew it with two old sheets. The three new sheets are in this answer only."""
    old = recovery_key() is not None
    sent = request.POST if request.method == "POST" else None
    form = (forms.SheetsForm if old else forms.NothingForm)(sent)
    if form.is_valid():
        try:
            printed = services.set_up_recovery(form.sheets if old else None, by=request.user)
        except Refused as refused:
            _told(form, refused)
        else:
            return render(request, "vault/sheets.html", {"sheets": printed, "key": recovery_key()})
    intro = _("Three people stand by the printer, each takes one sheet and keeps it in a safe of their own. Two sheets "
              "open what was lost; one alone says nothing. The sheets are shown once and stored nowhere.")  # fmt: skip
    title = _("Renew the three sheets") if old else _("Make the three sheets")
    return _form(request, form, title, title, intro, cancel="vault-recovery")


@sensitive_post_parameters(*SECRETS)
@never_cache
@both
@needs("vault.keep")
def recover(request: HttpRequest) -> HttpResponse:
    """Two sheets give boxes to a new holder."""
    form = forms.RecoverForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            count = services.recover(
                form.sheets, given["to"], boxes=given["subjects"], purpose=given["purpose"], agreers=given["agreers"],
                by=request.user,
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refused as refused:
            _told(form, refused)
        else:
            messages.success(
                request, _("%(n)s sealed boxes now open for %(name)s.") % {"n": count, "name": given["to"]}
            )
            return redirect("vault-recovery")
    return _form(request, form, _("Recover sealed boxes"), _("Recover"), cancel="vault-recovery")


@both
@needs("vault.keep")
def retire(request: HttpRequest) -> HttpResponse:
    """The key of somebody who leaves, or who lost the passphrase."""
    form = forms.RetireForm(request.POST or None)
    if form.is_valid():
        try:
            count = services.retire_key(form.cleaned_data["user"], lost=form.cleaned_data["lost"], by=request.user)
        except Refused as refused:
            _told(form, refused)
        else:
            messages.success(request, _("The key is retired; it opened %(n)s sealed boxes.") % {"n": count})
            return redirect("vault-recovery")
    return _form(request, form, _("Retire a key"), _("Retire it"), cancel="vault-recovery")
