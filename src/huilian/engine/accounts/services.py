"""Signing in and out, passwords, the second factor. Every sign-in, refusal and lock-out is in the trail.

A sign-in has one or two steps. With a confirmed device the password alone opens nothing: the session only remembers
who is waiting to give the code, and is made anew when the code is right.
"""

from axes.utils import reset
from django.contrib.auth import authenticate, login, logout, password_validation, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp import login as otp_login
from django_otp.plugins.otp_totp.models import TOTPDevice

from huilian.engine.trail.actors import Actor
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, Refused
from huilian.foundation.now import now

from .models import User
from .queries import is_locked, rules_now, second_factor_of

WAITING = "sign_in_waiting"  # session: [user pk, backend, seconds since 1970] between password and code
WAITING_SECONDS = 300
SEEN = "seen_at"  # session: seconds since 1970 of the last activity


class SignInRefused(Refused):
    """Name, password or code is wrong, or the account is locked (`locked`)."""

    def __init__(self, message, *, locked: bool = False, field: str | None = None):
        super().__init__(message, field=field)
        self.locked = locked


def give_password(request, username: str, password: str) -> User | None:
    """First step. Signs in and returns the user; returns None where the code is asked for next.

    Raises SignInRefused. The sentence is the same for an unknown name, a wrong password and a closed account.
    """
    was_locked = _is_locked_name(username)
    user = authenticate(request, username=username, password=password)
    if user is None:
        _refuse_password(request, username, was_locked)
    if second_factor_of(user) is None:
        _enter(request, user, user.backend)
        return user
    request.session.cycle_key()
    request.session[WAITING] = [user.pk, user.backend, int(now().timestamp())]
    return None


def give_code(request, code: str) -> User:
    """Second step: the six digits of the authenticator."""
    user, backend = _waiting(request)
    device = second_factor_of(user)
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().get(pk=device.pk) if device else None
        allowed = device is not None and device.verify_is_allowed()[0]
        right = allowed and device.verify_token(code.replace(" ", ""))
        if not right:
            record("accounts.refuse_code", user, by=_visitor(request))
    if not right:
        text = _("The code is wrong or has been used. Wait for the next one and check the clock of your phone.")
        if not allowed:
            text = _("Too many wrong codes. Wait a minute and try again.")
        raise SignInRefused(text, field="code")
    request.session.pop(WAITING, None)
    _enter(request, user, backend, device)
    return user


def waiting_user(request) -> User | None:
    """Who has given the password in this session and owes the code."""
    try:
        return _waiting(request)[0]
    except SignInRefused:
        return None


def _waiting(request) -> tuple[User, str]:
    pk, backend, since = request.session.get(WAITING) or (None, "", 0)
    user = User.objects.filter(pk=pk, is_active=True).first() if pk else None
    if user is None or now().timestamp() - since > WAITING_SECONDS:
        request.session.pop(WAITING, None)
        raise SignInRefused(_("Too much time has passed since the password. Please begin again."))
    return user, backend


def _enter(request, user: User, backend: str, device: TOTPDevice | None = None) -> None:
    with transaction.atomic():
        login(request, user, backend=backend)  # makes a new session key: one handed over by somebody is worthless
        if device is not None:
            otp_login(request, device)
        request.session[SEEN] = int(now().timestamp())
        record("accounts.sign_in", user, by=user, data={"from": address(request), "code": device is not None})


def _refuse_password(request, username: str, was_locked: bool) -> None:
    user = User.objects.filter(username=username).first()
    locked = bool(getattr(request, "axes_locked_out", False))
    # A name that no account has is not kept: people type their password into the wrong field.
    subject = user if user else "accounts.user:unknown"
    record("accounts.refuse_sign_in", subject, by=_visitor(request))
    if locked and not was_locked:
        record("accounts.lock", subject, by=_visitor(request), data={"minutes": rules_now().lock_minutes})
    if locked:
        minutes = rules_now().lock_minutes
        raise SignInRefused(
            ngettext(
                "Too many wrong passwords: this account is locked for %(minutes)s minute. Wait, or ask the system "
                "administrator to unlock it.",
                "Too many wrong passwords: this account is locked for %(minutes)s minutes. Wait, or ask the system "
                "administrator to unlock it.",
                minutes,
            )
            % {"minutes": minutes},
            locked=True,
        )
    raise SignInRefused(
        _("Name or password is wrong. After %(failures)s wrong passwords the account is locked for a while.")
        % {"failures": rules_now().failures}
    )


def _is_locked_name(username: str) -> bool:
    return is_locked(User(username=username))


def _visitor(request) -> Actor:
    return Actor("visitor", None, address(request))


def address(request) -> str:
    """Where a request came from, as django-axes works it out behind proxies."""
    return getattr(request, "axes_ip_address", None) or request.META.get("REMOTE_ADDR") or "-"


def sign_out(request, *, idle: bool = False) -> None:
    """End the session; `idle` when it ended by itself."""
    user = request.user
    if user.is_authenticated:
        record("accounts.idle_out" if idle else "accounts.sign_out", user, by=user)
    logout(request)


def change_password(user: User, *, old: str, new: str, by: User, request=None) -> None:
    """Change one's own password. All other sessions of the account end."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        if by.pk != user.pk:
            raise Invalid(_("Everybody changes their own password."))
        if not user.check_password(old):
            raise Invalid(_("The present password is wrong."), field="old")
        if new == old:
            raise Invalid(_("The new password is the old one."), field="new")
        check_password_rules(new, user)
        user.set_password(new)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        record("accounts.change_password", user, by=by)
    if request is not None:
        update_session_auth_hash(request, user)


def check_password_rules(password: str, user: User) -> None:
    """Raise Invalid, with every rule that is broken, unless `password` may be used."""
    try:
        password_validation.validate_password(password, user)
    except ValidationError as broken:
        raise Invalid(" ".join(broken.messages), field="new") from broken


def begin_second_factor(user: User) -> TOTPDevice:
    """The device being enrolled, with its secret; nothing is asked for before it is confirmed."""
    if second_factor_of(user):
        raise Conflict(_("This account has a second factor already. The security administrator can remove it."))
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, name="totp", confirmed=False)


def confirm_second_factor(user: User, code: str, *, by: User, request=None) -> TOTPDevice:
    """Finish enrolling with a first right code; from then on every sign-in asks for one."""
    with transaction.atomic():
        device = begin_second_factor(user)
        device = TOTPDevice.objects.select_for_update().get(pk=device.pk)
        right = device.verify_token(code.replace(" ", ""))
        if right:
            device.confirmed = True
            device.save(update_fields=["confirmed"])
            record("accounts.confirm_second_factor", user, by=by)
    if not right:
        raise Invalid(_("The code does not fit. Scan the picture again and type the newest code."), field="code")
    if request is not None:
        request.session.cycle_key()
        otp_login(request, device)
    return device


def unlock(user: User) -> None:
    """Forget the wrong passwords of an account. Called by `access.services`, which asks for the permission."""
    reset(username=user.get_username())
