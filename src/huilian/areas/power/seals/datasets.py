"""What rules may read of seals and their use. Names of datasets and columns are promises to every rule."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

VILLAGE = Column("village_code", "BIGINT", _("place of the unit, by its statistical code of 12 digits"))
SCOPE = "CAST(p.code AS BIGINT)"
JUNE = datetime(2026, 6, 1, 9, 0)
SEAL = Column("seal_id", "BIGINT", _("the seal"), default=1)

REQUEST = Dataset(
    "seal_request",
    title=_("Requests for a seal"),
    about=_("One paper to be sealed: its class, who agreed, how long it waited, how many prints were made."),
    key="request_id",
    dated="asked_at",
    columns=(
        Column("request_id", "BIGINT", _("the request")),
        VILLAGE,
        SEAL,
        Column("number", "VARCHAR", _("number of the case"), default="YZ20260601-0001"),
        Column("title", "VARCHAR", _("title of the paper"), default="补贴申请表"),
        Column("class_name", "VARCHAR", _("class of papers"), default="一般文件材料"),
        Column("needs", "VARCHAR", _("number the class needs: decision, contract or nothing"), default=""),
        Column("decision_no", "VARCHAR", _("number of the decision; empty if none is given"), default=""),
        Column("contract_no", "VARCHAR", _("number of the contract; empty if none is given"), default=""),
        Column("copies", "INTEGER", _("copies agreed to"), default=1),
        Column("prints", "INTEGER", _("prints made"), default=1),
        Column("asked_at", "TIMESTAMP", _("moment it was asked for"), default=JUNE),
        Column("agreed_at", "TIMESTAMP", _("moment of the last yes; empty while nobody has agreed"), default=JUNE),
        Column("is_open", "BOOLEAN", _("whether it still waits for a yes"), default=False),
        Column("waited_minutes", "INTEGER", _("minutes of office time until the last yes"), "minutes", 5),
        Column("promised_minutes", "INTEGER", _("minutes promised for the class"), "minutes", 30),
        Column("is_emergency", "BOOLEAN", _("sealed by hand and entered afterwards"), default=False),
    ),
    sql="""SELECT r.id AS request_id, CAST(p.code AS BIGINT) AS village_code, r.seal_id, c.number, r.title,
        k.name AS class_name, k.needs, r.decision_no, r.contract_no, r.copies,
        (SELECT COUNT(*) FROM seals_print x WHERE x.request_id = r.id) AS prints,
        c.received_at AS asked_at, r.released_at AS agreed_at,
        CASE WHEN c.state = 'open' AND r.released_at IS NULL AND c.step <> 'asked' THEN 1 ELSE 0 END AS is_open,
        r.waited_minutes, k.promised_minutes, r.is_emergency
        FROM seals_request r JOIN procedures_case c ON c.id = r.case_id JOIN seals_seal s ON s.id = r.seal_id
        JOIN directory_place p ON p.id = s.place_id JOIN seals_documentclass k ON k.id = r.document_class_id
        WHERE {scope}""",
    scope=SCOPE,
)

PRINT = Dataset(
    "seal_print",
    title=_("Prints of seals"),
    about=_("One print, as the box or the keeper told it."),
    key="print_id",
    dated="printed_at",
    columns=(
        Column("print_id", "BIGINT", _("the print")),
        VILLAGE,
        SEAL,
        Column("seal_name", "VARCHAR", _("words on the seal"), default="某村村民委员会"),
        Column("request_id", "BIGINT", _("the request it belongs to; empty if nobody agreed to it")),
        Column("title", "VARCHAR", _("title of the paper as agreed"), default="补贴申请表"),
        Column("read_title", "VARCHAR", _("title read from the page; empty if not told"), default=""),
        Column("needs", "VARCHAR", _("number the class needs: decision, contract or nothing"), default=""),
        Column("printed_at", "TIMESTAMP", _("moment of the print"), default=datetime(2026, 6, 1, 10, 0)),
        Column("in_hours", "BOOLEAN", _("whether the office was open"), default=True),
        Column("metres", "INTEGER", _("metres from the office; empty if unknown"), "m"),
        Column("radius_m", "INTEGER", _("metres around the office within which it is used"), "m", 500),
        Column("has_page_photo", "BOOLEAN", _("whether the page was photographed"), default=True),
        Column("has_scene_photo", "BOOLEAN", _("whether the place was photographed"), default=True),
        Column("ink_share", "DOUBLE", _("share of the page with writing; empty if unknown"), default=0.1),
        Column("is_emergency", "BOOLEAN", _("sealed by hand and entered afterwards"), default=False),
        Column("is_lent", "BOOLEAN", _("whether the seal was on an agreed loan then"), default=False),
    ),
    sql="""SELECT x.id AS print_id, CAST(p.code AS BIGINT) AS village_code, x.seal_id, s.name AS seal_name,
        x.request_id, COALESCE(r.title, '') AS title, x.read_title, COALESCE(k.needs, '') AS needs, x.at AS printed_at,
        x.in_hours, x.metres, s.radius_m,
        CASE WHEN x.page_photo_id IS NULL THEN 0 ELSE 1 END AS has_page_photo,
        CASE WHEN x.scene_photo_id IS NULL THEN 0 ELSE 1 END AS has_scene_photo, x.ink_share,
        CASE WHEN r.is_emergency THEN 1 ELSE 0 END AS is_emergency,
        CASE WHEN EXISTS (SELECT 1 FROM seals_loan n WHERE n.seal_id = s.id AND n.out_at <= x.at
          AND (n.back_at IS NULL OR n.back_at >= x.at)) THEN 1 ELSE 0 END AS is_lent
        FROM seals_print x JOIN seals_seal s ON s.id = x.seal_id JOIN directory_place p ON p.id = s.place_id
        LEFT JOIN seals_request r ON r.id = x.request_id LEFT JOIN seals_documentclass k ON k.id = r.document_class_id
        WHERE {scope}""",
    scope=SCOPE,
)

LOAN = Dataset(
    "seal_loan",
    title=_("Seals out of the office"),
    about=_("One loan of a seal that has begun."),
    key="loan_id",
    dated="out_at",
    columns=(
        Column("loan_id", "BIGINT", _("the loan")),
        VILLAGE,
        SEAL,
        Column("seal_name", "VARCHAR", _("words on the seal"), default="某村村民委员会"),
        Column("destination", "VARCHAR", _("where it went"), default="县城"),
        Column("out_at", "TIMESTAMP", _("moment it went out"), default=JUNE),
        Column("due_at", "TIMESTAMP", _("moment it had to be back"), default=datetime(2026, 6, 1, 17, 0)),
        Column("back_at", "TIMESTAMP", _("moment it came back; empty while it is out")),
        Column("minutes_out", "INTEGER", _("minutes it was out; empty while it is out"), "minutes"),
    ),
    sql="""SELECT n.id AS loan_id, CAST(p.code AS BIGINT) AS village_code, n.seal_id, s.name AS seal_name,
        n.destination, n.out_at, n.due_at, n.back_at, n.minutes_out
        FROM seals_loan n JOIN seals_seal s ON s.id = n.seal_id JOIN directory_place p ON p.id = s.place_id
        WHERE n.out_at IS NOT NULL AND {scope}""",
    scope=SCOPE,
)

DATASETS = [REQUEST, PRINT, LOAN]
