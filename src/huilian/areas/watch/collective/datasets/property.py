"""Assets and parcels, contracts, what is due under them, debts and advances."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

from ..models import Asset, Contract, Debt
from .common import SCOPE, SET, VILLAGE

ASSET = Dataset(
    "asset",
    title=_("Assets and parcels"),
    about=_("One thing or one parcel of land, water or wood, as its card says."),
    key="asset_id",
    dated="acquired_on",
    order=10,
    columns=(
        Column("asset_id", "BIGINT", _("the asset or parcel")),
        VILLAGE,
        SET,
        Column("number", "VARCHAR", _("number on its card"), default="ZC-0001"),
        Column("name", "VARCHAR", _("name on its card"), default="旧村部房屋"),
        Column(
            "class",
            "VARCHAR",
            _("class: building, land, machine, vehicle, infrastructure, welfare, biological, intangible, resource"),
            default="building",
            values=Asset.Class,
        ),
        Column("is_resource", "BOOLEAN", _("whether it is land, water or wood"), default=False),
        Column(
            "land_kind", "VARCHAR", _("kind of land, such as 耕地, 林地 or 四荒地; empty for other things"), default=""
        ),
        Column("original_cents", "BIGINT", _("value it was entered with"), "cents", 10_000_000),
        Column("area_mu", "DOUBLE", _("area on the certificate"), "mu"),
        Column("measured_mu", "DOUBLE", _("area as measured"), "mu"),
        Column(
            "status",
            "VARCHAR",
            _("status: in_use, idle, let, lent, scrapped or sold"),
            default="in_use",
            values=Asset.Status,
        ),
        Column("status_since", "DATE", _("in this status since"), default=date(2024, 1, 1)),
        Column("acquired_on", "DATE", _("day it was acquired"), default=date(2015, 5, 1)),
        Column("counted_on", "DATE", _("day it was last counted"), default=date(2025, 12, 20)),
        Column("valuation_cents", "BIGINT", _("valuation, if there is one"), "cents"),
        Column("disposed_on", "DATE", _("day it was sold or scrapped")),
        Column("disposal_cents", "BIGINT", _("price it was sold for"), "cents"),
        Column("decision_no", "VARCHAR", _("number of the decision; empty if none is given"), default=""),
        Column("holder_name", "VARCHAR", _("who uses it"), default="", personal=True),
        Column("holder_key", "VARCHAR", _("keyed digest of who uses it; empty if unknown"), default=""),
        Column("fund", "VARCHAR", _("fund it was paid from; empty if none"), default=""),
        Column("registered_use", "VARCHAR", _("use on the certificate"), default=""),
        Column("actual_use", "VARCHAR", _("use found on the spot"), default=""),
        Column("area_reason", "VARCHAR", _("why the measured area differs; empty if no reason is given"), default=""),
    ),
    sql="""SELECT a.id AS asset_id, s.village_code, a.set_id, a.number, a.name, a.class_key AS class, a.is_resource,
        a.land_kind, a.original_cents, a.area_mu, a.measured_mu, a.status, a.status_since, a.acquired_on, a.counted_on,
        a.valuation_cents, a.disposed_on, a.disposal_cents, a.decision_no, a.holder AS holder_name, a.holder_key,
        a.fund, a.registered_use, a.actual_use, a.area_reason
        FROM collective_asset a JOIN collective_accountset s ON s.id = a.set_id WHERE {scope}""",
    scope=SCOPE,
)

CONTRACT = Dataset(
    "contract",
    title=_("Contracts of collectives"),
    about=_("Agreements that bring in money or cost it, whatever their status."),
    key="contract_id",
    dated="signed_on",
    order=11,
    columns=(
        Column("contract_id", "BIGINT", _("the contract")),
        VILLAGE,
        SET,
        Column("number", "VARCHAR", _("number of the contract"), default="HT-0001"),
        Column("title", "VARCHAR", _("title of the contract"), default="旧村部房屋租赁"),
        Column("direction", "VARCHAR", _("direction: income or expense"), default="income", values=Contract.Direction),
        Column(
            "kind",
            "VARCHAR",
            _("kind of contract: lease, contracting, sale, works, service or other"),
            default="lease",
            values=Contract.Kind,
        ),
        Column("asset_id", "BIGINT", _("the asset or parcel it is about")),
        Column("party", "VARCHAR", _("the other party"), default="周广田", personal=True),
        Column(
            "party_norm",
            "VARCHAR",
            _("the same name without spaces, brackets and points"),
            default="周广田",
            personal=True,
        ),
        Column("party_key", "VARCHAR", _("keyed digest of the other party; empty if unknown"), default=""),
        Column("signed_on", "DATE", _("day it was signed"), default=date(2025, 1, 10)),
        Column("starts_on", "DATE", _("first day of its term"), default=date(2025, 2, 1)),
        Column("ends_on", "DATE", _("last day of its term"), default=date(2028, 1, 31)),
        Column("ended_on", "DATE", _("day it ended in fact")),
        Column("yearly_cents", "BIGINT", _("amount a year"), "cents", 1_200_000),
        Column("total_cents", "BIGINT", _("amount of the whole term"), "cents", 3_600_000),
        Column("area_mu", "DOUBLE", _("area let"), "mu"),
        Column(
            "mode",
            "VARCHAR",
            _("how the party was chosen: exchange, open, negotiated or renewal"),
            default="open",
            values=Contract.Mode,
        ),
        Column("decision_no", "VARCHAR", _("number of the decision; empty if none is given"), default="2025-决-003"),
        Column("decided_on", "DATE", _("day of the decision"), default=date(2025, 1, 5)),
        Column("deal_no", "VARCHAR", _("number of the deal on the exchange; empty if none"), default=""),
        Column("published_on", "DATE", _("day the contract was published"), default=date(2025, 1, 12)),
        Column("filed_on", "DATE", _("day the township filed it"), default=date(2025, 1, 15)),
        Column("has_scan", "BOOLEAN", _("whether a scan is kept"), default=True),
        Column("has_repricing", "BOOLEAN", _("whether the price is looked at again during the term"), default=False),
        Column("renews_id", "BIGINT", _("the contract it renews")),
        Column("text", "VARCHAR", _("text of the contract"), default="", personal=True),
        Column(
            "status",
            "VARCHAR",
            _("status: draft, active, ended or terminated"),
            default="active",
            values=Contract.Status,
        ),
        Column("land_term_ends", "DATE", _("last day of the land's own term")),
        Column("is_oral", "BOOLEAN", _("whether it was agreed by word of mouth only"), default=False),
    ),
    sql="""SELECT c.id AS contract_id, s.village_code, c.set_id, c.number, c.title, c.direction, c.kind, c.asset_id,
        c.party, c.party_norm, c.party_key, c.signed_on, c.starts_on, c.ends_on, c.ended_on, c.yearly_cents,
        c.total_cents, c.area_mu, c.mode, c.decision_no, c.decided_on, c.deal_no, c.published_on, c.filed_on,
        c.has_scan, c.has_repricing, c.renews_id, c.text, c.status, c.land_term_ends, c.is_oral
        FROM collective_contract c JOIN collective_accountset s ON s.id = c.set_id WHERE {scope}""",
    scope=SCOPE,
)

DUE = Dataset(
    "due",
    title=_("Amounts due under contracts"),
    about=_("One payment of one contract's schedule, and how much of it came in."),
    key="due_id",
    dated="covers_from",
    order=12,
    columns=(
        Column("due_id", "BIGINT", _("the amount due")),
        VILLAGE,
        SET,
        Column("contract_id", "BIGINT", _("the contract it is due under"), default=1),
        Column("asset_id", "BIGINT", _("the asset or parcel the contract is about")),
        Column("due_on", "DATE", _("day it falls due"), default=date(2026, 2, 1)),
        Column("amount_cents", "BIGINT", _("amount due"), "cents", 1_200_000),
        Column("paid_cents", "BIGINT", _("amount that came in"), "cents", 0),
        Column("paid_on", "DATE", _("day of the last payment")),
        Column("payer", "VARCHAR", _("who paid it"), default="", personal=True),
        Column(
            "payer_norm", "VARCHAR", _("the same name without spaces, brackets and points"), default="", personal=True
        ),
        Column("covers_from", "DATE", _("first day it pays for"), default=date(2026, 2, 1)),
        Column("covers_to", "DATE", _("last day it pays for"), default=date(2027, 1, 31)),
    ),
    sql="""SELECT d.id AS due_id, s.village_code, c.set_id, d.contract_id, c.asset_id, d.due_on, d.amount_cents,
        d.paid_cents, d.paid_on, d.payer, d.payer_norm, d.covers_from, d.covers_to
        FROM collective_due d JOIN collective_contract c ON c.id = d.contract_id
        JOIN collective_accountset s ON s.id = c.set_id WHERE {scope}""",
    scope=SCOPE,
)

DEBT = Dataset(
    "debt",
    title=_("Debts, claims, advances and guarantees"),
    about=_("One sum the collective owes, is owed outside contracts, has advanced or has guaranteed."),
    key="debt_id",
    dated="began_on",
    order=13,
    columns=(
        Column("debt_id", "BIGINT", _("the debt or claim")),
        VILLAGE,
        SET,
        Column("number", "VARCHAR", _("number in the register of debts"), default="ZW-0001"),
        Column(
            "direction",
            "VARCHAR",
            _("direction: borrowed, lent, advance or guarantee"),
            default="borrowed",
            values=Debt.Direction,
        ),
        Column("counterpart", "VARCHAR", _("the other side"), default="周广田", personal=True),
        Column(
            "counterpart_norm",
            "VARCHAR",
            _("the same name without spaces, brackets and points"),
            default="周广田",
            personal=True,
        ),
        Column("counterpart_key", "VARCHAR", _("keyed digest of the other side; empty if unknown"), default=""),
        Column(
            "counterpart_kind",
            "VARCHAR",
            _("kind of the other side: bank, firm, person, cadre, member or public"),
            default="person",
        ),
        Column("principal_cents", "BIGINT", _("sum at the beginning"), "cents", 1_000_000),
        Column("balance_cents", "BIGINT", _("sum still open"), "cents", 1_000_000),
        Column("rate_bp", "INTEGER", _("yearly interest in hundredths of a per cent"), "bp", 0),
        Column("began_on", "DATE", _("day it began"), default=date(2026, 1, 10)),
        Column("due_on", "DATE", _("day it is to be settled by")),
        Column("settled_on", "DATE", _("day it was settled")),
        Column("purpose", "VARCHAR", _("what it is for"), default=""),
        Column("decision_no", "VARCHAR", _("number of the decision; empty if none is given"), default=""),
        Column("approval_no", "VARCHAR", _("number of the township's approval; empty if none"), default=""),
        Column("voucher_no", "VARCHAR", _("number of its voucher; empty if none"), default=""),
    ),
    sql="""SELECT d.id AS debt_id, s.village_code, d.set_id, d.number, d.direction, d.counterpart, d.counterpart_norm,
        d.counterpart_key, d.counterpart_kind, d.principal_cents, d.balance_cents, d.rate_bp, d.began_on, d.due_on,
        d.settled_on, d.purpose, d.decision_no, d.approval_no, d.voucher_no
        FROM collective_debt d JOIN collective_accountset s ON s.id = d.set_id WHERE {scope}""",
    scope=SCOPE,
)

PROPERTY = [ASSET, CONTRACT, DUE, DEBT]
