"""What rules may read of works and purchases. Names of datasets and columns are promises to every rule."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

VILLAGE = Column("village_code", "BIGINT", _("the village, by its statistical code of 12 digits"))
SCOPE = "CAST(s.code AS BIGINT)"
WORK = Column("project_id", "BIGINT", _("the work or purchase"), default=1)
CHANGES = """COALESCE((SELECT SUM(x.amount_cents) FROM works_change x WHERE x.project_id = p.id
        AND x.state = 'approved'), 0)"""
JOINS = """works_project p JOIN directory_place s ON s.id = p.place_id
        JOIN works_limitclass k ON k.id = p.limit_class_id LEFT JOIN works_contractor b ON b.id = p.contractor_id
        LEFT JOIN directory_place t ON t.id = p.township_id LEFT JOIN procedures_case c ON c.id = p.case_id"""
WHO = """COALESCE(b.name, '') AS contractor, COALESCE(b.name_norm, '') AS contractor_norm,
        COALESCE(b.key_digest, '') AS contractor_key, p.contractor_id"""
BUILDER = (
    Column("contractor", "VARCHAR", _("who builds or supplies; empty while nobody is chosen"), default="某建筑公司"),
    Column("contractor_norm", "VARCHAR", _("that name without spaces, brackets and points"), default="某建筑公司"),
    Column("contractor_key", "VARCHAR", _("keyed digest of their code or identity number"), default=""),
    Column("contractor_id", "BIGINT", _("their row in the pool"), default=1),
)

PROJECT = Dataset(
    "project",
    title=_("Village works"),
    about=_("One work from its proposal to the archive, works of the ledger included; purchases stand in their own."),
    key="project_id",
    order=40,
    dated="proposed_on",
    columns=(
        WORK,
        VILLAGE,
        Column("township_code", "BIGINT", _("its township"), default=999901101000),
        Column("number", "VARCHAR", _("number of the work"), default="GC20260301-0001"),
        Column("title", "VARCHAR", _("name of the work"), default="道路硬化"),
        Column("scope", "VARCHAR", _("what is done"), default="浇筑混凝土路面"),
        Column("site", "VARCHAR", _("where it is done"), default="三组"),
        Column("fund", "VARCHAR", _("what it is paid from"), default="村集体资金"),
        Column("class_key", "VARCHAR", _("class by amount"), default="small"),
        Column("limit_cents", "BIGINT", _("upper end of the class; empty for the highest"), "cents", 50_000_000),
        Column("modes", "VARCHAR", _("ways the class allows"), default="quotes comparison exchange"),
        Column("mode", "VARCHAR", _("how the builder was found"), default="quotes"),
        Column("is_emergency", "BOOLEAN", _("an emergency repair"), default=False),
        Column("decision_no", "VARCHAR", _("number of the decision; empty if none"), default="JY20260201-0001"),
        Column("budget_cents", "BIGINT", _("budget, before it is written the estimate"), "cents", 20_000_000),
        Column("contract_cents", "BIGINT", _("contract sum; empty before the contract"), "cents", 19_000_000),
        Column("changes_cents", "BIGINT", _("approved changes together"), "cents", 0),
        Column("settled_cents", "BIGINT", _("settlement; empty before it"), "cents"),
        *BUILDER,
        Column("founded_on", "DATE", _("day the firm was founded; empty if unknown"), default=date(2015, 1, 1)),
        Column("insured", "INTEGER", _("people the firm insures; empty if unknown")),
        Column("proposed_on", "DATE", _("day it was proposed"), default=date(2026, 2, 1)),
        Column("awarded_on", "DATE", _("day the builder was chosen"), default=date(2026, 3, 1)),
        Column("signed_on", "DATE", _("day of the contract"), default=date(2026, 3, 6)),
        Column("started_on", "DATE", _("day the work began"), default=date(2026, 3, 10)),
        Column("ends_on", "DATE", _("day it is to be done by"), default=date(2026, 5, 31)),
        Column("finished_on", "DATE", _("day it was finished")),
        Column("accepted_on", "DATE", _("day of the acceptance")),
        Column("settled_on", "DATE", _("day of the settlement")),
        Column("progress", "INTEGER", _("share done"), "percent", 0),
        Column("advance_permille", "INTEGER", _("advance that is allowed, per thousand"), default=300),
        Column("is_given_up", "BOOLEAN", _("given up before its contract"), default=False),
        Column("is_paused", "BOOLEAN", _("suspended now"), default=False),
    ),
    sql=f"""SELECT p.id AS project_id, CAST(s.code AS BIGINT) AS village_code,
        CAST(COALESCE(t.code, s.code) AS BIGINT) AS township_code, p.number, p.title, p.scope, p.site, p.fund,
        k.key AS class_key, k.up_to_cents AS limit_cents, k.modes, p.mode, p.is_emergency, p.decision_no,
        CASE WHEN p.budget_cents > 0 THEN p.budget_cents ELSE p.estimate_cents END AS budget_cents, p.contract_cents,
        {CHANGES} AS changes_cents, p.settled_cents, {WHO}, b.founded_on, b.insured, p.proposed_on, p.awarded_on,
        p.signed_on, p.started_on, p.ends_on, p.finished_on, p.accepted_on, p.settled_on, p.progress,
        k.advance_permille, CASE WHEN p.stage = 'withdrawn' THEN 1 ELSE 0 END AS is_given_up,
        CASE WHEN c.is_paused THEN 1 ELSE 0 END AS is_paused
        FROM {JOINS} WHERE NOT k.is_purchase AND {{scope}}""",
    scope=SCOPE,
)  # fmt: skip

PURCHASE = Dataset(
    "purchase",
    title=_("Village purchases"),
    about=_("One purchase: what, from whom, for how much, found how."),
    key="project_id",
    order=41,
    dated="bought_on",
    columns=(
        WORK,
        VILLAGE,
        Column("number", "VARCHAR", _("number of the purchase"), default="CG20260301-0001"),
        Column("title", "VARCHAR", _("name of the purchase"), default="办公桌椅"),
        Column("item", "VARCHAR", _("its first line; its name where there is none"), default="桌椅"),
        Column("fund", "VARCHAR", _("what it is paid from"), default="村集体资金"),
        Column("limit_cents", "BIGINT", _("upper end of the class; empty for the highest"), "cents", 2_000_000),
        Column("mode", "VARCHAR", _("how the supplier was found"), default="quotes"),
        Column("is_emergency", "BOOLEAN", _("bought in an emergency"), default=False),
        Column("total_cents", "BIGINT", _("price; before the order the budget"), "cents", 800_000),
        *BUILDER,
        Column("bought_on", "DATE", _("day the supplier was chosen, before it the day it was asked for"),
               default=date(2026, 3, 1)),
        Column("is_given_up", "BOOLEAN", _("given up before the order"), default=False),
    ),
    sql=f"""SELECT p.id AS project_id, CAST(s.code AS BIGINT) AS village_code, p.number, p.title,
        COALESCE((SELECT MIN(i.name) FROM works_item i WHERE i.project_id = p.id AND i.position = 1), p.title) AS item,
        p.fund, k.up_to_cents AS limit_cents, p.mode, p.is_emergency,
        COALESCE(p.contract_cents, p.budget_cents) AS total_cents, {WHO},
        COALESCE(p.awarded_on, p.proposed_on) AS bought_on,
        CASE WHEN p.stage = 'withdrawn' THEN 1 ELSE 0 END AS is_given_up
        FROM {JOINS} WHERE k.is_purchase AND {{scope}}""",
    scope=SCOPE,
)  # fmt: skip


def of_work(name: str, title, about, key: str, table: str, order: int, columns: tuple, select: str) -> Dataset:
    """A dataset of rows that belong to a work."""
    return Dataset(
        name,
        title=title,
        about=about,
        key=key,
        order=order,
        columns=(Column(key, "BIGINT", _("the row")), VILLAGE, WORK, *columns),
        sql=f"""SELECT r.id AS {key}, CAST(s.code AS BIGINT) AS village_code, r.project_id, {select}
        FROM {table} r JOIN works_project p ON p.id = r.project_id JOIN directory_place s ON s.id = p.place_id
        JOIN works_limitclass k ON k.id = p.limit_class_id WHERE {{scope}}""",
        scope=SCOPE,
    )


ITEM = of_work(
    "project_item",
    _("Lines of budgets"),
    _("One line of the budget of a work or purchase, its reference price, its measured size."),
    "item_id",
    "works_item",
    42,
    (
        Column("is_purchase", "BOOLEAN", _("a line of a purchase"), default=False),
        Column("trade", "VARCHAR", _("trade"), default="道路"),
        Column("name", "VARCHAR", _("procedure of work"), default="C25混凝土路面"),
        Column("spec", "VARCHAR", _("specification"), default=""),
        Column("measure", "VARCHAR", _("unit of measure"), default="m³"),
        Column("quantity", "DOUBLE", _("quantity of the budget"), default=100.0),
        Column("price_cents", "BIGINT", _("unit price"), "cents", 45_000),
        Column("amount_cents", "BIGINT", _("amount"), "cents", 4_500_000),
        Column("reference_cents", "BIGINT", _("reference price then; empty if there was none"), "cents", 45_000),
        Column("length_m", "DOUBLE", _("measured length"), "m"),
        Column("width_m", "DOUBLE", _("measured width"), "m"),
        Column("depth_m", "DOUBLE", _("measured depth"), "m"),
        Column("measured", "DOUBLE", _("quantity measured at the settlement; empty before it")),
        Column("written_on", "DATE", _("day of the proposal"), default=date(2026, 2, 1)),
    ),
    """k.is_purchase, r.trade, r.name, r.spec, r.measure, CAST(r.quantity AS DOUBLE PRECISION) AS quantity,
        r.price_cents, r.amount_cents, r.reference_cents, CAST(r.length_m AS DOUBLE PRECISION) AS length_m,
        CAST(r.width_m AS DOUBLE PRECISION) AS width_m, CAST(r.depth_m AS DOUBLE PRECISION) AS depth_m,
        CAST(r.measured AS DOUBLE PRECISION) AS measured, p.proposed_on AS written_on""",
)
CHANGE = of_work(
    "project_change",
    _("Changes of works"),
    _("One change of a contract, with its share and the decision it rests on."),
    "change_id",
    "works_change",
    43,
    (
        Column("reason", "VARCHAR", _("why it is changed"), default="淤泥换填"),
        Column("amount_cents", "BIGINT", _("amount, less with a minus"), "cents", 1_000_000),
        Column("decision_no", "VARCHAR", _("number of the new decision; empty if none"), default=""),
        Column("asked_on", "DATE", _("day it was asked for"), default=date(2026, 4, 1)),
        Column("decided_on", "DATE", _("day it was decided on"), default=date(2026, 4, 3)),
        Column("is_approved", "BOOLEAN", _("change is approved"), default=True),
    ),
    """r.reason, r.amount_cents, r.decision_no, r.asked_on, r.decided_on,
        CASE WHEN r.state = 'approved' THEN 1 ELSE 0 END AS is_approved""",
)
PAY = of_work(
    "project_pay",
    _("Payments for works"),
    _("One payment asked for a work or purchase."),
    "pay_id",
    "works_pay",
    44,
    (
        Column("kind", "VARCHAR", _("advance, progress, settlement or retention"), default="progress"),
        Column("amount_cents", "BIGINT", _("amount"), "cents", 5_000_000),
        Column("progress", "INTEGER", _("share done when it was asked for"), "percent", 50),
        Column("asked_on", "DATE", _("day it was asked for"), default=date(2026, 4, 10)),
        Column("paid_on", "DATE", _("day it was paid; empty before it")),
        Column("request_no", "VARCHAR", _("number of the request to pay"), default=""),
        Column("voucher_no", "VARCHAR", _("number of the voucher"), default=""),
        Column("is_dropped", "BOOLEAN", _("nothing is paid on it"), default=False),
    ),
    """r.kind, r.amount_cents, r.progress, r.asked_on, r.paid_on, r.request_no, r.voucher_no,
        CASE WHEN r.state = 'dropped' THEN 1 ELSE 0 END AS is_dropped""",
)
EVENT = of_work(
    "project_event",
    _("Events on sites"),
    _("One event on a site, how far the work was, and the digest of its first photograph."),
    "event_id",
    "works_event",
    45,
    (
        Column("kind", "VARCHAR", _("start, stage, hidden, remeasured, finish or defect"), default="stage"),
        Column("happened_on", "DATE", _("day it happened"), default=date(2026, 4, 1)),
        Column("noted_at", "TIMESTAMP", _("moment it was noted"), default=datetime(2026, 4, 1, 17, 0)),
        Column("progress", "INTEGER", _("share done"), "percent", 50),
        Column("photos", "INTEGER", _("photographs kept"), default=1),
        Column("photo_hash", "VARCHAR", _("digest of the first photograph; empty without one"), default=""),
    ),
    """r.kind, r."on" AS happened_on, r.noted_at, r.progress,
        (SELECT COUNT(*) FROM works_photo x WHERE x.event_id = r.id) AS photos,
        COALESCE((SELECT MIN(a.sha256) FROM works_photo x JOIN documents_attachment a ON a.id = x.attachment_id
        WHERE x.event_id = r.id), '') AS photo_hash""",
)
ACCEPTANCE = of_work(
    "acceptance",
    _("Acceptances of works"),
    _("One look at a finished work: when, with what result, signed by how many."),
    "acceptance_id",
    "works_acceptance",
    46,
    (
        Column("held_on", "DATE", _("day of the look"), default=date(2026, 6, 5)),
        Column("result", "VARCHAR", _("open, passed or defects"), default="passed"),
        Column("signers", "INTEGER", _("people who signed"), default=4),
        Column("of_committee", "INTEGER", _("of them from the supervision committee"), default=1),
        Column("of_villagers", "INTEGER", _("of them villagers' representatives"), default=2),
    ),
    """r.held_on, r.result, (SELECT COUNT(*) FROM works_signature x WHERE x.acceptance_id = r.id) AS signers,
        (SELECT COUNT(*) FROM works_signature x WHERE x.acceptance_id = r.id AND x.role = 'committee') AS of_committee,
        (SELECT COUNT(*) FROM works_signature x WHERE x.acceptance_id = r.id AND x.role = 'representative')
        AS of_villagers""",
)
CONTRACTOR = Dataset(
    "contractor",
    title=_("Firms and craftsmen"),
    about=_("Who may be asked to build or supply. The product keeps no tax figures."),
    key="contractor_id",
    order=47,
    grain="county",
    columns=(
        Column("contractor_id", "BIGINT", _("the row")),
        Column("kind", "VARCHAR", _("firm or craftsman"), default="firm"),
        Column("name_norm", "VARCHAR", _("name without spaces, brackets and points"), default="某建筑公司"),
        Column("contractor_key", "VARCHAR", _("keyed digest of code or identity number"), default=""),
        Column("founded_on", "DATE", _("day it was founded; empty if unknown"), default=date(2015, 1, 1)),
        Column("insured", "INTEGER", _("people insured; empty if unknown")),
        Column("certified_until", "DATE", _("last day of the certificate; empty if unknown")),
        Column("is_active", "BOOLEAN", _("may be asked"), default=True),
    ),
    sql="""SELECT b.id AS contractor_id, b.kind, b.name_norm, b.key_digest AS contractor_key, b.founded_on, b.insured,
        b.certified_until, CASE WHEN b.state = 'active' THEN 1 ELSE 0 END AS is_active FROM works_contractor b""",
)
DATASETS = [PROJECT, PURCHASE, ITEM, CHANGE, PAY, EVENT, ACCEPTANCE, CONTRACTOR]
