"""What rules may read of the exchange. Names of datasets and columns are promises to every rule.

Who takes part in a lot is secret until there is a deal or an end: registrations, bids, deposits and marks are read
only of lots that are over, so that no alert tells the owner beforehand who bids.
"""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

from .models import Deal, Lot, Notice, Registration

VILLAGE = Column("village_code", "BIGINT", _("village or place of the lot, by its statistical code of 12 digits"))
LOT_ID = Column("lot_id", "BIGINT", _("the lot"), default=1)
PARTY = Column("registration_id", "BIGINT", _("the bidder's registration"), default=1)
SCOPE = "CAST(p.code AS BIGINT)"
CODE = f"{SCOPE} AS village_code"
OVER = "(l.outcome <> '' OR EXISTS (SELECT 1 FROM exchange_deal x WHERE x.lot_id = l.id))"
OF_LOT = "JOIN directory_place p ON p.id = l.place_id"
SHOWN = f"{OF_LOT} AND {OVER}"


def june(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 6, day, hour)


def bare(column: str, noise: str) -> str:
    """A text without some characters, in upper case, on every database."""
    for character in noise:
        column = f"REPLACE({column}, '{character}', '')"
    return f"UPPER({column})"


LOT = Dataset(
    "lot",
    title=_("Lots"),
    about=_("One lot of any board: its ground and prices, its method, how far it is."),
    key="lot_id",
    order=50,
    dated="applied_at",
    columns=(
        Column("lot_id", "BIGINT", _("the lot")),
        VILLAGE,
        Column("township_code", "BIGINT", _("its township; the place itself where none lies above"),
               default=999901101000),
        Column("number", "VARCHAR", _("number of the lot"), default="CQ20260601-0001"),
        Column("title", "VARCHAR", _("title of the lot"), default="东塘养殖水面出租"),
        Column("board", "VARCHAR", _("board: engineering, procurement, land or property"), default="property"),
        Column("buys", "BOOLEAN", _("whether the owner pays and the lowest price wins"), default=False),
        Column("method", "VARCHAR", _("method: timed, sealed, negotiation or tender"), default="sealed",
               values=Lot.Method),
        Column("owner_id", "BIGINT", _("the owner or buyer"), default=1, refers="unit"),
        Column("decision_no", "VARCHAR", _("number of the decision"), default="JY20260520-0001"),
        Column("asset_no", "VARCHAR", _("number of the asset; empty if none is given"), default=""),
        Column("valuation_cents", "BIGINT", _("valuation; empty if there is none"), "cents"),
        Column("start_cents", "BIGINT", _("starting price or ceiling"), "cents", 1_500_000),
        Column("per_year", "BOOLEAN", _("whether prices are per year"), default=True),
        Column("applied_at", "TIMESTAMP", _("moment of the application"), default=datetime(2026, 5, 22, 9)),
        Column("registers_from", "TIMESTAMP", _("registration from"), default=june(1)),
        Column("registers_until", "TIMESTAMP", _("registration until"), default=june(10, 17)),
        Column("step", "VARCHAR", _("step at which it stands"), default="result"),
        Column("outcome", "VARCHAR", _("sold, unsold, broken or terminated; empty while open"), default="",
               values=Lot.Outcome),
        Column("again_id", "BIGINT", _("the lot that it lists again; empty if none")),
    ),
    sql=f"""SELECT l.id AS lot_id, {CODE}, CAST(COALESCE(t.code, p.code) AS BIGINT) AS township_code, c.number,
        l.title, b.key AS board, CASE WHEN b.direction = 'purchase' THEN 1 ELSE 0 END AS buys, l.method, l.owner_id,
        l.decision_no, l.asset_no, l.valuation_cents, l.start_cents, l.per_year, c.received_at AS applied_at,
        l.registers_from, l.registers_until, c.step, l.outcome, l.again_id
        FROM exchange_lot l {OF_LOT} JOIN procedures_case c ON c.id = l.case_id
        JOIN exchange_board b ON b.id = l.board_id LEFT JOIN directory_place t ON t.id = l.township_id
        WHERE {{scope}}""",
    scope=SCOPE,
)  # fmt: skip

NOTICE = Dataset(
    "lot_notice",
    title=_("Notices of lots"),
    about=_("One notice as it went out, until when it had to stay, since when it hung in the village."),
    key="notice_id",
    order=51,
    dated="published_at",
    columns=(
        Column("notice_id", "BIGINT", _("the notice")),
        VILLAGE,
        LOT_ID,
        Column("number", "VARCHAR", _("number of the notice"), default="GG20260601-0001"),
        Column("kind", "VARCHAR", _("kind of notice"), default="listing", values=Notice.Kind),
        Column("published_at", "TIMESTAMP", _("moment it was published"), default=june(1)),
        Column("shown_until", "TIMESTAMP", _("published until; empty where it has no end"), default=june(10, 17)),
        Column("least_until", "DATE", _("last day on which it had to stay; empty where none was set"),
               default=date(2026, 6, 10)),
        Column("posted_on", "DATE", _("on the village board since; empty if that was not noted"),
               default=date(2026, 6, 1)),
    ),
    sql=f"""SELECT n.id AS notice_id, {CODE}, n.lot_id, n.number, n.kind, n.published_at, n.until AS shown_until,
        n.least_until, n.posted_on FROM exchange_notice n JOIN exchange_lot l ON l.id = n.lot_id {OF_LOT}
        WHERE {{scope}}""",
    scope=SCOPE,
)  # fmt: skip

REGISTRATION = Dataset(
    "registration",
    title=_("Bidders of lots that are over"),
    about=_("Who took part in a lot, with what tells bidders apart: telephone, address, agent, account, browser."),
    key="registration_id",
    order=52,
    dated="applied_at",
    columns=(
        Column("registration_id", "BIGINT", _("the registration")),
        VILLAGE,
        LOT_ID,
        Column("number", "VARCHAR", _("number of the registration"), default="BM20260602-0001"),
        Column("kind", "VARCHAR", _("person, firm or cooperative"), default="firm", values=Registration.Kind),
        Column("bidder", "VARCHAR", _("name of the bidder"), default="甲建筑公司", personal=True),
        Column("bidder_norm", "VARCHAR", _("the same, comparable"), default="甲建筑公司", personal=True),
        Column("party_key", "VARCHAR", _("keyed digest of the bidder's code or identity number"), default="a"),
        Column("phone_norm", "VARCHAR", _("telephone, digits only"), default=""),
        Column("address_norm", "VARCHAR", _("address without spaces; empty if none"), default=""),
        Column("agent", "VARCHAR", _("who acts for the bidder; empty if nobody does"), default="", personal=True),
        Column("account_norm", "VARCHAR", _("account to which the deposit goes back"), default=""),
        Column("device_key", "VARCHAR", _("digest of browser and network address; empty if entered at a counter"),
               default=""),
        Column("author", "VARCHAR", _("author written in the papers handed in; empty if not noted"), default="",
               personal=True),
        Column("state", "VARCHAR", _("state of the registration"), default="qualified", values=Registration.State),
        Column("applied_at", "TIMESTAMP", _("moment of registration"), default=june(2)),
    ),
    sql=f"""SELECT r.id AS registration_id, {CODE}, r.lot_id, r.number, r.kind, r.name AS bidder,
        r.name_norm AS bidder_norm, r.party_key, {bare("r.phone", " -+")} AS phone_norm,
        {bare("r.address", " ")} AS address_norm, {bare("r.agent", " ")} AS agent, r.account_no AS account_norm,
        r.device AS device_key, {bare("r.papers_by", " ")} AS author, r.state, r.applied_at
        FROM exchange_registration r JOIN exchange_lot l ON l.id = r.lot_id {SHOWN} WHERE {{scope}}""",
    scope=SCOPE,
)  # fmt: skip

BID = Dataset(
    "bid",
    title=_("Prices of lots that are over"),
    about=_("One price: an envelope, a round of a negotiation, a bid online, an opened sealed bid."),
    key="bid_id",
    order=53,
    dated="bid_at",
    columns=(
        Column("bid_id", "BIGINT", _("the price: even numbers from the table, odd ones from online bidding")),
        VILLAGE,
        LOT_ID,
        PARTY,
        Column("party_key", "VARCHAR", _("keyed digest of the bidder's code or identity number"), default="a"),
        Column("price_cents", "BIGINT", _("price"), "cents", 1_600_000),
        Column("bid_at", "TIMESTAMP", _("moment of the price"), default=june(11)),
        Column("is_final", "BOOLEAN", _("whether it is the bidder's last price in the lot"), default=True),
    ),
    sql=f"""SELECT 2 * o.id AS bid_id, {CODE}, r.lot_id, r.id AS registration_id, r.party_key, o.price_cents,
        o.at AS bid_at, CASE WHEN EXISTS (SELECT 1 FROM exchange_offer y WHERE y.registration_id = o.registration_id
          AND y.round > o.round) THEN 0 ELSE 1 END AS is_final
        FROM exchange_offer o JOIN exchange_registration r ON r.id = o.registration_id
        JOIN exchange_lot l ON l.id = r.lot_id {SHOWN} WHERE {{scope}}
        UNION ALL
        SELECT 2 * e.id + 1 AS bid_id, {CODE}, r.lot_id, r.id AS registration_id, r.party_key, e.cents AS price_cents,
        e.at AS bid_at, CASE WHEN EXISTS (SELECT 1 FROM auctions_entry y WHERE y.paddle_id = e.paddle_id
          AND y.kind = e.kind AND y.serial > e.serial) THEN 0 ELSE 1 END AS is_final
        FROM auctions_entry e JOIN auctions_paddle a ON a.id = e.paddle_id
        JOIN exchange_lot l ON l.auction_id = e.auction_id {SHOWN}
        JOIN exchange_registration r ON r.lot_id = l.id AND r.number = a.party_key
        WHERE e.kind IN ('bid', 'reveal') AND {{scope}}""",
    scope=SCOPE,
)

DEPOSIT = Dataset(
    "deposit",
    title=_("Deposits of lots that are over"),
    about=_("One payment of a bidder's deposit, the account it came from, by when it goes back and when it went."),
    key="deposit_id",
    order=54,
    dated="arrived_at",
    columns=(
        Column("deposit_id", "BIGINT", _("the payment")),
        VILLAGE,
        LOT_ID,
        PARTY,
        Column("amount_cents", "BIGINT", _("amount"), "cents", 200_000),
        Column("payer", "VARCHAR", _("who paid"), default="甲建筑公司", personal=True),
        Column("account_norm", "VARCHAR", _("account it came from"), default=""),
        Column("arrived_at", "TIMESTAMP", _("moment it arrived"), default=june(5)),
        Column("state", "VARCHAR", _("state of the deposit"), default="confirmed"),
        Column("due_back_on", "DATE", _("day by which it goes back; empty while it is held")),
        Column("ended_on", "DATE", _("day it went back, was kept or turned into price")),
    ),
    sql=f"""SELECT d.id AS deposit_id, {CODE}, r.lot_id, d.registration_id, d.amount_cents, d.payer,
        d.payer_account AS account_norm, d.arrived_at, d.state, d.due_back_on, d.ended_on
        FROM exchange_deposit d JOIN exchange_registration r ON r.id = d.registration_id
        JOIN exchange_lot l ON l.id = r.lot_id {SHOWN} WHERE {{scope}}""",
    scope=SCOPE,
)

SCORE = Dataset(
    "expert_score",
    title=_("Experts' points in tenders that are over"),
    about=_("All points that one expert gave one bidder."),
    key="score_id",
    order=55,
    columns=(
        Column("score_id", "BIGINT", _("the first of the expert's marks for the bidder")),
        VILLAGE,
        LOT_ID,
        PARTY,
        Column("expert_id", "BIGINT", _("the expert"), default=1),
        Column("expert", "VARCHAR", _("name of the expert"), default="范工", personal=True),
        Column("points", "DOUBLE", _("points of all criteria together"), default=48.0),
    ),
    sql=f"""SELECT MIN(s.id) AS score_id, {CODE}, w.lot_id, s.registration_id, e.id AS expert_id, e.name AS expert,
        SUM(CAST(s.points AS DOUBLE PRECISION)) AS points
        FROM exchange_score s JOIN exchange_seat w ON w.id = s.seat_id JOIN exchange_expert e ON e.id = w.expert_id
        JOIN exchange_lot l ON l.id = w.lot_id {SHOWN} WHERE {{scope}}
        GROUP BY p.code, w.lot_id, s.registration_id, e.id, e.name""",
    scope=SCOPE,
)

DEAL = Dataset(
    "deal",
    title=_("Deals of the exchange"),
    about=_("One deal: the winner, the price, how many took part, and how far it has come; broken ones too."),
    key="deal_id",
    order=56,
    dated="made_at",
    columns=(
        Column("deal_id", "BIGINT", _("the deal")),
        VILLAGE,
        LOT_ID,
        PARTY,
        Column("number", "VARCHAR", _("number of the deal"), default="JS20260612-0001"),
        Column("winner", "VARCHAR", _("name of the winner"), default="甲建筑公司", personal=True),
        Column("winner_norm", "VARCHAR", _("the same, comparable"), default="甲建筑公司", personal=True),
        Column("party_key", "VARCHAR", _("keyed digest of the winner's code or identity number"), default="a"),
        Column("price_cents", "BIGINT", _("price of the deal"), "cents", 1_600_000),
        Column("bidders", "INTEGER", _("bidders who took part"), default=3),
        Column("state", "VARCHAR", _("state of the deal"), default="confirmed", values=Deal.State),
        Column("stands", "BOOLEAN", _("neither overturned nor broken"), default=True),
        Column("made_at", "TIMESTAMP", _("moment of the deal"), default=june(12)),
        Column("confirmed_on", "DATE", _("day it was confirmed; empty until then"), default=date(2026, 6, 17)),
        Column("contract_no", "VARCHAR", _("number of the contract; empty until it is signed"), default=""),
        Column("signed_on", "DATE", _("day of the contract; empty until then")),
    ),
    sql=f"""SELECT d.id AS deal_id, {CODE}, d.lot_id, d.registration_id, d.number, r.name AS winner,
        r.name_norm AS winner_norm, r.party_key, d.price_cents, d.bidders, d.state,
        CASE WHEN d.state IN ('overturned', 'broken') THEN 0 ELSE 1 END AS stands, d.made_at, d.confirmed_on,
        d.contract_no, d.signed_on
        FROM exchange_deal d JOIN exchange_registration r ON r.id = d.registration_id
        JOIN exchange_lot l ON l.id = d.lot_id {OF_LOT} WHERE {{scope}}""",
    scope=SCOPE,
)

FIRM = Dataset(
    "firm",
    title=_("Organisations of the directory"),
    about=_("Firms and cooperatives the county deals with, found by their name. Shareholders are not kept."),
    key="firm_id",
    order=57,
    grain="county",
    columns=(
        Column("firm_id", "BIGINT", _("the organisation")),
        Column("name_norm", "VARCHAR", _("name without spaces and brackets"), default="甲建筑公司"),
        Column("legal_norm", "VARCHAR", _("legal representative; empty if not entered"), default="", personal=True),
        Column("phone_norm", "VARCHAR", _("telephone, digits only"), default=""),
        Column("address_norm", "VARCHAR", _("address without spaces"), default=""),
    ),
    sql=f"""SELECT o.id AS firm_id, {bare("o.name", " ()（）·")} AS name_norm,
        {bare("o.legal_representative", " ")} AS legal_norm, {bare("o.phone", " -+")} AS phone_norm,
        {bare("o.address", " ")} AS address_norm FROM directory_organisation o""",
)

DATASETS = [LOT, NOTICE, REGISTRATION, BID, DEPOSIT, SCORE, DEAL, FIRM]
