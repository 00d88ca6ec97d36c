"""The people of the demonstration who can sign in, and the one password made for this run."""

import os
import secrets
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.contrib.auth.hashers import make_password
from django.test.utils import override_settings
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from huilian.engine.access.services import create_account
from huilian.engine.accounts.services import begin_second_factor, confirm_second_factor
from huilian.engine.directory.models import Person
from huilian.engine.directory.roles import catalogue
from huilian.engine.trail.actors import SYSTEM

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Member:
    """One sign-in: who it is, where they sit, and what they get to see."""

    login: str
    name: str
    unit: str
    post: str
    roles: tuple[str, ...]
    sees: dict
    head: bool = False


@cache
def members() -> tuple[Member, ...]:
    rows = yaml.safe_load((DATA / "cast.yaml").read_text(encoding="utf-8"))
    return tuple(Member(**{**row, "roles": tuple(row["roles"])}) for row in rows)


def new_password() -> str:
    """HUILIAN_DEMO_PASSWORD, or three short groups that can be read out over the telephone."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    made = "-".join("".join(secrets.choice(letters) for _i in range(4)) for _j in range(3))
    return os.environ.get("HUILIAN_DEMO_PASSWORD") or f"{made}-Al"


def open_accounts(units: dict) -> str:
    """Give every member an account, all with one password, which is returned. Officers get their second factor.

    In a real county everybody gets a first password of their own and must change it; here it is printed for visitors,
    and those first ones, which nobody ever types, are not worth the time that a good digest takes.
    """
    password = new_password()
    kept = make_password(password)
    for member in members():
        person = Person.objects.get(
            appointments__post__unit=units[member.unit], appointments__post__name=member.post, name=member.name
        )
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
            user, _first = create_account(person, username=member.login, by=SYSTEM)
        user.password, user.must_change_password = kept, False
        user.save(update_fields=["password", "must_change_password"])
        if any(catalogue()[role].second_factor for role in member.roles):
            device = begin_second_factor(user)
            confirm_second_factor(user, _code(device, ahead=-1), by=user)
    return password


def codes() -> dict[str, str]:
    """The six digits that each officer's telephone would show now."""
    devices = TOTPDevice.objects.filter(user__username__in=[m.login for m in members()], confirmed=True)
    return {device.user.username: _code(device) for device in devices.select_related("user")}


def _code(device: TOTPDevice, ahead: int = 0) -> str:
    """The code of now; `ahead=-1` that of half a minute ago, which is still good and leaves the present one unused."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + ahead * device.step
    return f"{totp.token():0{device.digits}d}"
