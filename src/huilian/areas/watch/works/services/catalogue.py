"""The county's classes by amount, its reference prices, and its pool of firms and craftsmen."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.identity import key_of
from huilian.engine.directory.models import Organisation
from huilian.engine.directory.services import add_organisation
from huilian.engine.numbering.services import next_number
from huilian.engine.procedures.queries import current_procedure
from huilian.engine.trail.services import record
from huilian.foundation.codes import check_credit_code
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.names import norm

from ..models import Contractor, LimitClass, Price
from ..models.catalogue import Mode

SHARES = ("advance_permille", "progress_permille", "change_permille", "retention_permille")
RETENTION = 30  # 建质〔2017〕138号 §7: at most 3 % of the settlement
ADVANCE = 300  # 财建〔2004〕369号 §12: at most 30 % of the contract


@transaction.atomic
def save_class(row: LimitClass | None, values: Mapping[str, Any], *, by: Any) -> LimitClass:
    """Add or change a class by amount; it is the county's own from then on. What a higher rule bounds is refused."""
    require(by, "works.catalogue")
    row = row or LimitClass()
    _take(row, values)
    wrong = [key for key in row.modes.split() if key not in Mode.values]
    if wrong or not row.modes.split():
        raise Invalid(
            _("“%(word)s” is no way to find a builder. Known are: %(known)s.")
            % {"word": " ".join(wrong), "known": " ".join(Mode.values)},
            field="modes",
        )
    if row.up_to_cents is not None and row.up_to_cents <= row.above_cents:
        raise Invalid(_("The class ends below where it begins."), field="up_to_cents")
    for name, most in (("advance_permille", ADVANCE), ("retention_permille", RETENTION)):
        if getattr(row, name) > most:
            raise Invalid(_("At most %(most)s per thousand: a higher rule says so.") % {"most": most}, field=name)
    for name in SHARES:
        if getattr(row, name) > 1000:
            raise Invalid(_("A share is at most 1000 per thousand."), field=name)
    current_procedure(row.procedure)
    row.origin = "county"
    return _kept(row, by)


@transaction.atomic
def save_price(row: Price | None, values: Mapping[str, Any], *, by: Any) -> Price:
    """Add or correct a reference price. Budgets that were written keep the price they were compared with."""
    require(by, "works.catalogue")
    row = row or Price()
    _take(row, values)
    if row.price_cents <= 0:
        raise Invalid(_("A price is above zero."), field="price_cents")
    same = Price.objects.filter(
        trade=row.trade, name=row.name, spec=row.spec, place=row.place, valid_from=row.valid_from
    )
    if same.exclude(pk=row.pk).exists():
        raise Conflict(_("This price is in the library from the same day already."), field="valid_from")
    return _kept(row, by)


@transaction.atomic
def save_contractor(row: Contractor | None, values: Mapping[str, Any], *, by: Any) -> Contractor:
    """Enter or correct a firm (by its credit code) or a craftsman (by identity number, of which a digest is kept)."""
    require(by, "works.pool")
    row = row or Contractor()
    given = dict(values)
    code = str(given.pop("code", "") or "").strip()
    _take(row, given)
    if not row.name:
        raise Invalid(_("Write the name."), field="name")
    row.name_norm = norm(row.name)
    if row.kind == Contractor.Kind.FIRM:
        row.organisation = _firm(row, code, by)
        code = row.organisation.credit_code
    elif not row.certificates:
        raise Invalid(_("A craftsman is asked with a certificate. Write which."), field="certificates")
    if code:
        row.key_digest = key_of(code)
    if row.key_digest and Contractor.objects.filter(key_digest=row.key_digest).exclude(pk=row.pk).exists():
        raise Conflict(_("Whoever has this code is in the pool already."), field="code")
    if not row.number:
        row.number = next_number("CB")
    return _kept(row, by)


def _firm(row: Contractor, code: str, by: Any) -> Organisation:
    """The firm's row in the directory; made where the code is new."""
    if row.organisation_id and (not code or row.organisation.credit_code == code):
        return row.organisation
    check_credit_code(code)
    known = Organisation.objects.filter(credit_code=code).first()
    if known:
        return known
    return add_organisation(name=row.name, kind="firm", credit_code=code, place=row.place, phone=row.phone, by=by)


@transaction.atomic
def stop_asking(row: Contractor, *, reason: str, by: Any) -> Contractor:
    """Ask this firm or craftsman no more for now, with the reason; running works go on."""
    return _turn(row, Contractor.State.SUSPENDED, reason, by)


@transaction.atomic
def ask_again(row: Contractor, *, reason: str, by: Any) -> Contractor:
    """Ask this firm or craftsman again."""
    return _turn(row, Contractor.State.ACTIVE, reason, by)


def _turn(row: Contractor, state: str, reason: str, by: Any) -> Contractor:
    require(by, "works.pool")
    row = Contractor.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state == state:
        raise Conflict(_("%(name)s is in this state already.") % {"name": row})
    if not reason.strip():
        raise Invalid(_("Give the reason in a sentence."), field="reason")
    row.state, row.state_note = state, reason.strip() if state == Contractor.State.SUSPENDED else ""
    row.save(update_fields=["state", "state_note"])
    record("works.pool", row, by=by, data={"name": row.name, "state": state, "reason": reason.strip()})
    return row


def _take(row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)


def _kept(row: Any, by: Any) -> Any:
    row.save()
    record("works.catalogue", row, by=by, data={"what": str(row)})
    return row
