"""Finding who builds: quotations, the choice, its publication, the contract."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.numbering.services import next_number
from huilian.engine.procedures import grounds
from huilian.engine.procedures.definition import Limit, Limits
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .. import rules
from ..models import Contractor, Project, Quote
from ..models.catalogue import Mode
from .guards import allow, free_of, locked, move, tell
from .planning import CLERK, rest_on_decision


@transaction.atomic
def quote(project: Project, contractor: Contractor, *, amount_cents: int, days: int, on: date, by: Any) -> Quote:
    """Enter what somebody of the pool asks; asking again replaces their figure."""
    project = locked(project, "awarding")
    allow(by, "works.propose", project.place)
    check_contractor(contractor)
    if amount_cents <= 0 or days <= 0:
        raise Invalid(_("Write the amount, more than nothing."), field="amount_cents")
    if on > today():
        raise Invalid(_("This day has not come yet."), field="on")
    kept, _new = Quote.objects.update_or_create(
        project=project,
        contractor=contractor,
        defaults={"amount_cents": amount_cents, "days": days, "quoted_on": on},
    )
    tell(project, "quote", by, contractor=contractor.name, cents=amount_cents, days=days)
    return kept


def check_contractor(contractor: Contractor) -> None:
    if contractor.state != Contractor.State.ACTIVE:
        raise Invalid(
            _("%(name)s is not asked for now: %(why)s") % {"name": contractor, "why": contractor.state_note},
            field="contractor",
        )
    if contractor.certified_until and contractor.certified_until < today():
        raise Invalid(
            _("The certificate of %(name)s ended on %(day)s.")
            % {"name": contractor, "day": contractor.certified_until},
            field="contractor",
        )


@transaction.atomic
def award(
    chosen: Quote, *, mode: str, note: str = "", deal_no: str = "", by: Any, expected: int | None = None
) -> Project:
    """Choose a quotation. The class says which ways are allowed; an emergency may be given directly."""
    project = locked(chosen.project, "awarding")
    allow(by, "works.decide", project.place)
    chosen = Quote.objects.select_related("contractor__organisation").get(pk=chosen.pk)
    check_contractor(chosen.contractor)
    free_of(chosen.contractor, by)
    _check_mode(project, mode, note)
    offers = [rules.Offer(q.contractor_id, q.amount_cents) for q in project.quotes.all()]
    mine = rules.Offer(chosen.contractor_id, chosen.amount_cents)
    rules.check_award(mode, offers, mine, budget_cents=project.budget_cents, note=note)
    if mode == Mode.EXCHANGE:
        grounds.require(
            "deal", deal_no, place=project.place, purpose="work", amount_cents=chosen.amount_cents,
            about=project.title, party=chosen.contractor.name,
        )  # fmt: skip
    project.quotes.update(is_chosen=False)
    project.quotes.filter(pk=chosen.pk).update(is_chosen=True)
    project.mode, project.mode_note, project.deal_no = mode, note.strip(), deal_no.strip()
    project.contractor, project.awarded_on = chosen.contractor, today()
    project.published_until = today() + timedelta(days=project.limit_class.public_days)
    said = {"contractor": chosen.contractor.name, "cents": chosen.amount_cents, "mode": mode, "offers": len(offers)}
    return move(project, "award", by, to=CLERK, note=note.strip(), expected=expected, data=said)


def _check_mode(project: Project, mode: str, note: str) -> None:
    allowed = project.limit_class.modes.split()
    if mode in allowed and mode in Mode.values:
        return
    if mode == Mode.DIRECT and project.is_emergency:
        if not note.strip():
            raise Invalid(_("Write what the emergency is and who ordered the repair."), field="note")
        return
    names = _(", ").join(str(Mode(one).label) for one in allowed)
    raise Invalid(
        _("“%(class)s” is found like this: %(ways)s.") % {"class": project.limit_class, "ways": names}, field="mode"
    )


@transaction.atomic
def confirm(project: Project, *, by: Any, expected: int | None = None) -> Project:
    """The choice was published long enough and nobody's objection stands."""
    project = locked(project, "published")
    allow(by, "works.propose", project.place)
    if today() <= project.published_until:
        raise Conflict(
            _("The choice is published until %(day)s. Go on from the day after.") % {"day": project.published_until}
        )
    return move(project, "confirm", by, to="village_head", expected=expected)


@transaction.atomic
def award_again(project: Project, *, note: str, by: Any, expected: int | None = None) -> Project:
    """An objection holds: choose again."""
    project = locked(project, "published")
    allow(by, "works.decide", project.place)
    project.quotes.update(is_chosen=False)
    project.contractor = project.awarded_on = project.published_until = None
    return move(project, "award_again", by, to=CLERK, note=note.strip(), expected=expected)


@transaction.atomic
def sign(project: Project, values: Mapping[str, Any], *, by: Any, expected: int | None = None) -> Project:
    """Enter the signed contract, at the amount that was chosen. From now on its own days count.

    `values`: contract_no (given here where empty), signed_on, starts_on, ends_on, retention_permille, overseer.
    """
    project = locked(project, "contracting")
    allow(by, "works.decide", project.place)
    free_of(project.contractor, by)
    chosen = project.quotes.filter(is_chosen=True).first()
    if chosen is None:
        raise Conflict(_("Nobody is chosen yet."))
    signed, starts, ends = (values[name] for name in ("signed_on", "starts_on", "ends_on"))
    if not project.awarded_on <= signed <= today():
        raise Invalid(
            _("A contract is signed after the choice of %(day)s and not in the future.") % {"day": project.awarded_on},
            field="signed_on",
        )
    if not signed <= starts <= ends:
        raise Invalid(_("The work begins after the contract and ends after it began."), field="starts_on")
    kept = values.get("retention_permille", project.limit_class.retention_permille)
    if not 0 <= kept <= project.limit_class.retention_permille:
        raise Invalid(
            _("Of “%(class)s” at most %(most)s per thousand may be kept back.")
            % {"class": project.limit_class, "most": project.limit_class.retention_permille},
            field="retention_permille",
        )
    if (overseer := values.get("overseer")) and overseer == getattr(by, "person", None):
        raise NotAllowed(_("Whoever signs the contract does not watch the site as well."))
    rest_on_decision(project, chosen.amount_cents)
    project.contract_no = values.get("contract_no", "").strip() or next_number("GCHT", on=signed)
    if Project.objects.filter(contract_no=project.contract_no).exclude(pk=project.pk).exists():
        raise Conflict(
            _("There is a contract %(number)s already.") % {"number": project.contract_no}, field="contract_no"
        )
    project.contract_cents, project.signed_on = chosen.amount_cents, signed
    project.starts_on, project.ends_on, project.overseer = starts, ends, overseer
    project.retention_permille = kept
    days = Limits(whole=Limit(max((ends - today()).days, 1), "day"))
    said = {"contract": project.contract_no, "cents": project.contract_cents, "until": ends.isoformat()}
    return move(project, "sign", by, to=CLERK, limits=days, expected=expected, data=said)
