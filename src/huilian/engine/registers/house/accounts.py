"""Accounts, for the system administrator (who makes and unlocks them) and the security administrator (who switches)."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine.access import services
from huilian.engine.access.queries import may
from huilian.engine.accounts.models import User
from huilian.engine.accounts.queries import is_locked, second_factor_of
from huilian.engine.directory.models import Person

from ..declare import Column, Register, Verb, register

PERSON = Column(
    "person", gettext_lazy("Person"), value=lambda u: str(getattr(u, "person", "") or ""), sort="person__name"
)


def _text(label) -> forms.CharField:
    return forms.CharField(label=label, max_length=200)


@register
class Accounts(Register):
    key, title, model, icon = "accounts", gettext_lazy("Accounts"), User, "key-round"
    about = gettext_lazy("An account is made on the page of its person (register of people).")
    columns = (
        Column("username", gettext_lazy("Account")),
        PERSON,
        Column("is_active", gettext_lazy("On")),
        "must_change_password",
        Column("last_login", gettext_lazy("Last sign-in")),
        Column("date_joined", gettext_lazy("Made")),
    )
    search = ("username", "name")
    filters = ("is_active",)
    ordering = ("username",)
    sections = (
        (gettext_lazy("Account"), ("username", "person", "is_active", "must_change_password")),
        (gettext_lazy("Sign-in"), ("last_login", "date_joined", "locked", "second_factor")),
    )
    see = "account.create"
    verbs = (
        Verb(
            "reset",
            gettext_lazy("New first password"),
            services.reset_password,
            "account.reset",
            text=gettext_lazy("All sessions of the account end. Tell the password face to face; it must be changed."),
            icon="key-round",
            told=lambda password: password,
        ),
        Verb(
            "unlock",
            gettext_lazy("Unlock"),
            services.unlock_account,
            "account.unlock",
            text=gettext_lazy("Wrong passwords are forgotten, and the person may try again at once."),
            when=is_locked,
            icon="lock",
        ),
        Verb(
            "off",
            gettext_lazy("Switch off"),
            lambda user, *, reason, by: services.switch_account(user, on=False, reason=reason, by=by),
            "account.switch",
            {"reason": lambda: _text(_("Why"))},
            gettext_lazy("Its sessions end at once; what it did stays as it is."),
            when=lambda user: user.is_active,
            icon="circle-pause",
            danger=True,
        ),
        Verb(
            "on",
            gettext_lazy("Switch on"),
            lambda user, *, reason, by: services.switch_account(user, on=True, reason=reason, by=by),
            "account.switch",
            {"reason": lambda: _text(_("Why"))},
            when=lambda user: not user.is_active,
            icon="circle-play",
        ),
        Verb(
            "second-factor",
            gettext_lazy("Remove the second factor"),
            services.remove_second_factor,
            "account.switch",
            text=gettext_lazy("After a lost phone: the next sign-in leads to setting it up anew."),
            when=lambda user: second_factor_of(user) is not None,
            danger=True,
        ),
    )

    def may_see(self, user) -> bool:
        return any(may(user, action) for action in ("account.create", "account.switch", "access.see"))

    def visible_to(self, user):
        return User.objects.select_related("person")

    def locked(self, user) -> bool:
        return is_locked(user)

    def second_factor(self, user) -> bool:
        return second_factor_of(user) is not None


def make_account(person: Person, *, username: str, by) -> str:
    """The account of a person; returns name and first password, to be told face to face."""
    user, password = services.create_account(person, username=username, by=by)
    return f"{user.username}　{password}"


ACCOUNT_VERB = Verb(
    "account",
    gettext_lazy("Make an account"),
    make_account,
    "account.create",
    {"username": lambda: _text(_("Account"))},
    gettext_lazy("It gets a first password, shown once, that must be changed at the first sign-in."),
    when=lambda person: person.user_id is None,
    icon="user-plus",
    told=lambda words: words,
)
