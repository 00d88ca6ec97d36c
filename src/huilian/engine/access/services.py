"""What the administrators do with accounts and sign-in rules, and the door to what is sealed.

Rights themselves are granted by `directory.services.appoint` and by nothing else.
"""

import secrets
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from huilian.engine.accounts import services as accounts
from huilian.engine.accounts.models import SignInRules, User
from huilian.engine.accounts.queries import is_locked, rules_now
from huilian.engine.directory.models import Kin, Person
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from .queries import recused, require, scope_of

# No 0/O, 1/l/I: these passwords are read out over a telephone or typed from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SHORTEST_PURPOSE = 4  # characters; “查案” says nothing, and nothing shorter can say more

Reader = Callable[[Any], Any]
_doors: dict[type, Reader] = {}


def create_account(person: Person, *, username: str, by: object) -> tuple[User, str]:
    """Make a person's account; returns it with a first password that must be changed at the first sign-in."""
    with transaction.atomic():
        require(by, "account.create")
        person = Person.objects.select_for_update().get(pk=person.pk)
        username = User.normalize_username(username.strip())
        if person.user_id:
            raise Conflict(_("%(person)s has an account already: %(name)s.") % _who(person), field="person")
        if not username or not username.isprintable() or " " in username or len(username) > 150:
            raise Invalid(_("A user name has 1 to 150 characters and no spaces."), field="username")
        if User.objects.filter(username__iexact=username).exists():
            raise Conflict(_("The user name %(name)s is taken.") % {"name": username}, field="username")
        user = User(username=username, name=person.name, must_change_password=True)
        password = _new_password(user)
        user.save()
        person.user = user
        person.save(update_fields=["user"])
        record("access.create_account", user, by=by, data={"person": person.name})
        return user, password


def _who(person: Person) -> dict[str, str]:
    return {"person": person.name, "name": person.user.get_username() if person.user else ""}


def _new_password(user: User) -> str:
    password = "-".join("".join(secrets.choice(LETTERS) for _i in range(4)) for _j in range(4))
    user.set_password(password)
    return password


def reset_password(user: User, *, by: object) -> str:
    """Give an account a new first password; returns it, to be told face to face. All its sessions end."""
    with transaction.atomic():
        require(by, "account.reset")
        user = _locked(user, by)
        password = _new_password(user)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        record("access.reset_password", user, by=by)
        return password


def unlock_account(user: User, *, by: object) -> None:
    """Let somebody try again before the lock ends by itself."""
    with transaction.atomic():
        require(by, "account.unlock")
        if not is_locked(user):
            raise Conflict(_("This account is not locked."))
        accounts.unlock(user)
        record("access.unlock_account", user, by=by)


def switch_account(user: User, *, on: bool, reason: str, by: object) -> User:
    """Switch an account off or on again. Its sessions end at once; what it did stays as it is."""
    with transaction.atomic():
        require(by, "account.switch")
        user = _locked(user, by)
        if not reason.strip():
            raise Invalid(_("Say why, in a few words."), field="reason")
        if user.is_active == on:
            raise Conflict(_("This account is on already.") if on else _("This account is off already."))
        user.is_active = on
        user.save(update_fields=["is_active"])
        record("access.switch_account", user, by=by, data={"on": on, "reason": reason.strip()})
        return user


def remove_second_factor(user: User, *, by: object) -> None:
    """After a lost phone: the next sign-in leads to setting it up anew."""
    with transaction.atomic():
        require(by, "account.switch")
        user = _locked(user, by)
        removed, _kinds = TOTPDevice.objects.filter(user=user).delete()
        if not removed:
            raise Conflict(_("This account has no second factor."))
        record("access.remove_second_factor", user, by=by)


def _locked(user: User, by: object) -> User:
    """The locked row. An administrator does nothing to their own account: a second person must."""
    if user.pk == getattr(by, "pk", None):
        raise NotAllowed(_("Nobody does this to their own account. Ask another administrator."))
    return User.objects.select_for_update().get(pk=user.pk)


def set_sign_in_rules(*, by: object, **values: int) -> SignInRules:
    """Set idle_minutes, failures or lock_minutes from now on; what is not given stays as it was."""
    with transaction.atomic():
        require(by, "access.rules")
        old = rules_now()
        names = ("idle_minutes", "failures", "lock_minutes")
        unknown = set(values) - set(names)
        if unknown:
            raise TypeError(f"{', '.join(sorted(unknown))} is not a sign-in rule")
        new = SignInRules(valid_from=now(), **{name: values.get(name, getattr(old, name)) for name in names})
        for name in names:
            field: Any = SignInRules._meta.get_field(name)
            least, most = (
                next(v.limit_value for v in field.validators if v.code == c) for c in ("min_value", "max_value")
            )
            if not least <= getattr(new, name) <= most:
                raise Invalid(
                    _("%(rule)s: from %(least)s to %(most)s.")
                    % {"rule": field.verbose_name, "least": least, "most": most},
                    field=name,
                )
        new.save()
        record("access.set_sign_in_rules", new, by=by, data={name: getattr(new, name) for name in names})
        return new


def opens(model: type) -> Callable[[Reader], Reader]:
    """Declare how something sealed is read: `@opens(Model)` over `f(thing) -> what it holds`.

    `f` is only ever called by `open_sealed`.
    """

    def declare(read: Reader) -> Reader:
        _doors[model] = read
        return read

    return declare


def open_sealed(user: object, what: Any, purpose: str) -> Any:
    """Read what is sealed: `what` names it (a Person for their declared kin), `purpose` is kept in the trail.

    Refused to those without a post that may, outside their reach, to those concerned themselves, and without a purpose.
    """
    with transaction.atomic():
        require(user, "sealed.open")
        purpose = purpose.strip()
        if len(purpose) < SHORTEST_PURPOSE:
            raise Invalid(_("Say what you need it for; your words are kept with your name."), field="purpose")
        if scope_of(user, "sealed.open").empty:
            raise NotAllowed(_("This lies outside your place and unit."))
        if isinstance(what, Person):
            reason = recused(user, persons=[what])
            if reason:
                raise NotAllowed(reason)
        read = next((door for model, door in _doors.items() if isinstance(what, model)), None)
        if read is None:
            raise TypeError(f"{what!r} is not sealed")
        record("access.open_sealed", what, by=user, data={"purpose": purpose})
        return read(what)


@opens(Person)
def _kin_of(person: Person) -> list[Kin]:
    return list(Kin.sealed.filter(person=person).select_related("relative", "organisation"))
