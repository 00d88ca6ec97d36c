"""Which sign-in rules hold now, and whether an account is locked. django-axes asks here (settings AXES_…)."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from huilian.foundation.now import now

from .models import SignInRules, User


def rules_now() -> SignInRules:
    """The rules in force; those of the product where the office has set none."""
    return SignInRules.objects.filter(valid_from__lte=now()).first() or SignInRules(valid_from=now())


def failure_limit(request, credentials) -> int:
    return rules_now().failures


def cool_off(request=None) -> timedelta:
    return timedelta(minutes=rules_now().lock_minutes)


def is_locked(user: User) -> bool:
    """Whether wrong passwords have locked the account at this moment."""
    rules = rules_now()
    since = timezone.now() - timedelta(minutes=rules.lock_minutes)  # axes writes the machine's own time
    failed = AccessAttempt.objects.filter(username=user.get_username(), attempt_time__gte=since)
    return sum(failed.values_list("failures_since_start", flat=True)) >= rules.failures


def second_factor_of(user: User) -> TOTPDevice | None:
    """The confirmed one-time code device of an account."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).order_by("-pk").first()
