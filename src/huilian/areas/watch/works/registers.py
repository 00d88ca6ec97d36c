"""The ledger of works, changes and payments; classes by amount, reference prices, firms and craftsmen as registers."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from huilian.engine.access.queries import scope
from huilian.engine.directory.models import Unit
from huilian.engine.registers import Column, Register, Verb, both, register
from huilian.foundation import money
from huilian.foundation.errors import Invalid
from huilian.foundation.masking import mask_phone

from . import services
from .models import Change, Contractor, LimitClass, Pay, Price, Project
from .models.catalogue import Mode
from .queries.reach import SEE, rows_of, works_of

WHY = {"reason": lambda: forms.CharField(label=pgettext_lazy("works", "Reason"), max_length=200)}
ORIGINS = {"default": gettext_lazy("default, no higher rule"), "county": gettext_lazy("set by the county")}


def yuan(name: str) -> Column:
    """An amount kept in cents, shown in yuan."""

    def shown(row: Any) -> Any:
        cents = getattr(row, name)
        return None if cents is None else money.yuan(cents)

    return Column(name, kind="money", value=shown, sort=name)


def typed(name: str, *, required: bool = False, empty: int | None = None) -> Column:
    """An amount typed in yuan."""

    def read(text: Any) -> int | None:
        text = "" if text is None else str(text).strip()
        return money.cents(text) if text else empty

    return Column(name, parse=read, label=lambda cents: "" if cents is None else f"{money.yuan(cents):f}",
                  required=required, hint=gettext_lazy("In yuan."))  # fmt: skip


def read_count(text: Any) -> int:
    text = "" if text is None else str(text).strip()
    if text and not text.isdecimal():
        raise Invalid(_("Write a whole number."), field="signers")
    return int(text or 0)


def read_modes(text: Any) -> str:
    """Ways to find a builder, by their names or keys, as keys with blanks between."""
    keys = {str(label): value for value, label in Mode.choices} | {value: value for value in Mode.values}
    found = []
    for word in re.split(r"[、，,;；\s]+", str(text).strip()):
        if word not in keys:
            raise Invalid(
                _("“%(word)s” is no way to find a builder. Known are: %(known)s.")
                % {"word": word, "known": "、".join(str(label) for _value, label in Mode.choices)},
                field="modes",
            )
        found.append(keys[word])
    return " ".join(found)


def say_modes(keys: str) -> str:
    return "、".join(str(Mode(key).label) for key in keys.split() if key in Mode.values)


MODES = Column("modes", parse=read_modes, label=say_modes)
SIGNERS = Column("signers", gettext_lazy("who signed the acceptance, how many"), parse=read_count, required=False)
NUMBER = Column("project__number", gettext_lazy("number of the work"))
TITLE = Column("project__title", gettext_lazy("name of the work"))


def _take_over(make: Callable) -> tuple[Callable, None]:
    return (lambda *, by, **values: make({k: v for k, v in values.items() if v not in (None, "")}, by=by), None)


@register
class Works(Register):
    key, title, model, icon = "works-ledger", gettext_lazy("Ledger of works"), Project, "tractor"
    group, see, change = "watch", SEE, "works.take_over"
    about = gettext_lazy("Every work and purchase. Added here are works of the past, as their paper ledger says.")
    columns = (
        "number", "title", "place", "limit_class", "fund", yuan("budget_cents"), "mode", "contractor",
        yuan("contract_cents"), "started_on", "finished_on", "accepted_on", yuan("settled_cents"), "stage", "score",
    )  # fmt: skip
    search = ("number", "title", "contract_no", "site", "contractor__name")
    filters = ("stage", "limit_class", "mode", "signed_on")
    sections = (
        (
            gettext_lazy("Village work"),
            ("number", "title", "place", "unit", "limit_class", "scope", "site", "fund", "decision_no", "stage"),
        ),
        (
            gettext_lazy("Contract and money"),
            (yuan("budget_cents"), "mode", "contractor", "contract_no", yuan("contract_cents"), yuan("settled_cents")),
        ),
        (
            gettext_lazy("Days"),
            ("awarded_on", "signed_on", "started_on", "ends_on", "finished_on", "accepted_on", "warranty_until"),
        ),
    )
    fields = (
        "unit", "title", "limit_class", "scope", "site", "fund", "decision_no", typed("budget_cents", empty=0), "mode",
        "contractor", "contract_no", typed("contract_cents"), "awarded_on", "signed_on", "started_on", "ends_on",
        "finished_on", "accepted_on", SIGNERS, typed("settled_cents"), "settled_on",
    )  # fmt: skip
    import_key = ("unit", "title", "signed_on")
    save_with = _take_over(services.take_over)

    def visible_to(self, user):
        return works_of(user)

    def choices_for(self, name, user):
        if name != "unit":
            return None
        return scope(Unit.objects.filter(valid_to=None), user, unit=None, action="works.take_over")

    def subject(self, row):
        return row.case or row

    def link(self, row):
        return reverse("works-project", args=[row.number])


class OfWorks(Register):
    """Rows that belong to works."""

    group, see = "watch", SEE

    def visible_to(self, user):
        return rows_of(self.model.objects.select_related("project__place", "project__case"), user)

    def subject(self, row):
        return row.project.case or row.project

    def link(self, row):
        return reverse("works-project", args=[row.project.number])


@register
class Changes(OfWorks):
    key, title, model, icon = "works-changes", gettext_lazy("Changes of works"), Change, "arrow-right-left"
    columns = (NUMBER, TITLE, "position", "reason", yuan("amount_cents"), "share_permille", "decision_no", "state")
    search = ("project__number", "project__title", "reason")
    filters = ("state", "asked_on")
    sections = (
        (
            gettext_lazy("Change of a work"),
            (NUMBER, "reason", "quantities", yuan("amount_cents"), "share_permille", "decision_no", "asked_on",
             "asked_by", "decided_on", "decided_by", "state", "note"),
        ),
    )  # fmt: skip


@register
class Pays(OfWorks):
    key, title, model, icon = "works-pays", gettext_lazy("Payments for works"), Pay, "banknote"
    columns = (NUMBER, TITLE, "kind", yuan("amount_cents"), "progress", "asked_on", "request_no", "paid_on", "state")
    search = ("project__number", "project__title", "request_no", "voucher_no")
    filters = ("kind", "state", "asked_on")
    sections = (
        (
            gettext_lazy("Payment for a work"),
            (NUMBER, "kind", yuan("amount_cents"), "progress", "invoice_no", "asked_on", "asked_by", "request_no",
             "voucher_no", "paid_on", "state"),
        ),
    )  # fmt: skip


class Catalogue(Register):
    """What everybody here reads and the county's officer keeps."""

    group, see, change = "watch", SEE, "works.catalogue"

    def visible_to(self, user):
        return self.model.objects.all()


@register
class Classes(Catalogue):
    key, title, model, icon = "works-classes", gettext_lazy("Classes of works by amount"), LimitClass, "gauge"
    about = gettext_lazy("From which amount a builder is found how, and the shares of the money. Running works keep "
                         "what their contract says.")  # fmt: skip
    columns = (
        "name", yuan("above_cents"), yuan("up_to_cents"), MODES, "public_days", "needs_decision",
        Column("origin", gettext_lazy("origin"), value=lambda row: str(ORIGINS.get(row.origin, row.origin))),
    )  # fmt: skip
    fields = (
        "key", "procedure", "name", "name_en", "is_purchase", typed("above_cents", empty=0), typed("up_to_cents"),
        MODES, "public_days", "needs_decision", "advance_permille", "progress_permille", "change_permille",
        "retention_permille", "warranty_months", "representatives", "basis", "position",
    )  # fmt: skip
    sections = ((gettext_lazy("Class of works by amount"), fields),)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_class)


@register
class Prices(Catalogue):
    key, title, model, icon = "works-prices", gettext_lazy("Library of prices"), Price, "tag"
    about = gettext_lazy("What a procedure of work costs in the county, from a day on; budgets are compared with it.")
    columns = ("trade", "name", "spec", "measure", yuan("price_cents"), "place", "valid_from", "source")
    search = ("trade", "name", "spec")
    filters = ("trade", "valid_from")
    fields = ("trade", "name", "spec", "measure", typed("price_cents", required=True), "place", "valid_from", "source")
    sections = ((gettext_lazy("Reference price"), fields),)
    fixed = ("trade", "name", "spec", "place", "valid_from")
    import_key = ("trade", "name", "spec", "place", "valid_from")
    save_with = both(services.save_price)


@register
class Contractors(Register):
    key, title, model, icon = "works-contractors", gettext_lazy("Firms and craftsmen"), Contractor, "users"
    group, see, change = "watch", SEE, "works.pool"
    about = gettext_lazy("Who may be asked to build or supply: firms by their credit code, craftsmen by certificate.")
    columns = ("number", "kind", "name", "trades", "certificates", "certified_until", "place", "state")
    search = ("number", "name", "trades", "organisation__credit_code")
    filters = ("kind", "state", "certified_until")
    sections = (
        (
            gettext_lazy("Firm or craftsman"),
            ("number", "kind", "name", "organisation__credit_code", "phone", "place", "trades", "certificates",
             "certified_until", "founded_on", "insured", "state", "state_note"),
        ),
    )  # fmt: skip
    fields = (
        "kind", "name",
        Column("code", gettext_lazy("credit code or identity number"), value=lambda row: "", required=False,
               parse=lambda text: str(text or "").strip(),
               hint=gettext_lazy("Of an identity number only a keyed digest is kept.")),
        "phone", "place", "trades", "certificates", "certified_until", "founded_on", "insured",
    )  # fmt: skip
    fixed = ("kind",)
    import_key = ("kind", "name")
    masked = {"phone": mask_phone}
    save_with = both(services.save_contractor)
    verbs = (
        Verb("stop", gettext_lazy("Ask no more for now"), services.stop_asking, "works.pool", WHY, danger=True,
             when=lambda row: row.state == Contractor.State.ACTIVE),
        Verb("again", gettext_lazy("Ask again"), services.ask_again, "works.pool", WHY,
             when=lambda row: row.state == Contractor.State.SUSPENDED),
    )  # fmt: skip

    def visible_to(self, user):
        return Contractor.objects.select_related("organisation", "place")
