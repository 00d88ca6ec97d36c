"""Accounts. What a person may do follows from their posts (directory, access), never from flags here."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """「账户」 One person's way in."""

    name = models.CharField(_("name"), max_length=64)
    first_name = last_name = None

    def __str__(self) -> str:
        return self.name or self.username
