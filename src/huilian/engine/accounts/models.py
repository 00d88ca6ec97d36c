"""Accounts. What a person may do follows from their posts (directory, access), never from flags here."""

from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class User(AbstractUser):
    """「账户」 One person's way in."""

    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=64)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    first_name = last_name = None

    def __str__(self) -> str:
        return self.name or self.username


class SignInRules(models.Model):
    """「登录规则」 What holds for every sign-in from a moment on. Dated: a change adds a row, none is edited.

    The bounds keep lock-out and idle time-out from being turned off: GB/T 22239-2019 level 3 asks for both.
    """

    valid_from = models.DateTimeField(_("in force from"), db_index=True)
    idle_minutes = models.PositiveSmallIntegerField(
        _("minutes without activity until sign-out"),
        default=30,
        validators=[MinValueValidator(5), MaxValueValidator(240)],
    )
    failures = models.PositiveSmallIntegerField(
        _("wrong passwords until the account is locked"),
        default=5,
        validators=[MinValueValidator(3), MaxValueValidator(10)],
    )
    lock_minutes = models.PositiveSmallIntegerField(
        _("minutes an account stays locked"),
        default=15,
        validators=[MinValueValidator(5), MaxValueValidator(1440)],
    )

    class Meta:
        verbose_name = _("sign-in rules")
        verbose_name_plural = _("sign-in rules")
        ordering = ["-valid_from", "-pk"]

    def __str__(self) -> str:
        return f"{self.valid_from:%Y-%m-%d %H:%M}"
