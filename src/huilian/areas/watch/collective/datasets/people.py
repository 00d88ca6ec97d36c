"""Shares and distributions of members; officials of villages and their declared kin.

Kin is sealed: rules read it inside the engine, and nobody else does. It is never evidence, never shown in a trial, and
a rule that uses it tells that a payee is close to an official, not who is whose relative.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

from .common import SCOPE, SET, VILLAGE, plain_name

_HEAD_KEY = """COALESCE((SELECT MAX(m.identity_digest) FROM collective_member m WHERE m.set_id = {0}.set_id
        AND m.household = {1}.household AND m.is_head AND m.left_on IS NULL), '')"""
HOUSEHOLD = Column("household", "VARCHAR", _("number of the household"), default="H001", personal=True)
MEMBER_KEY = Column(
    "member_key", "VARCHAR", _("keyed digest of the head of the household; empty if unknown"), default=""
)

MEMBER_SHARE = Dataset(
    "member_share",
    title=_("Shares of households"),
    about=_("How many shares a household holds now."),
    key="row_id",
    order=14,
    columns=(
        Column("row_id", "BIGINT", _("the row")),
        VILLAGE,
        SET,
        HOUSEHOLD,
        MEMBER_KEY,
        Column("shares", "DOUBLE", _("how many shares"), default=1.0),
    ),
    sql=f"""SELECT h.id AS row_id, s.village_code, h.set_id, h.household, {_HEAD_KEY.format("h", "h")} AS member_key,
        h.shares
        FROM collective_share h JOIN collective_accountset s ON s.id = h.set_id WHERE {{scope}}""",
    scope=SCOPE,
)

DISTRIBUTION_ROW = Dataset(
    "distribution_row",
    title=_("Distributions to households"),
    about=_("What a household gets of one year's distribution."),
    key="row_id",
    order=15,
    columns=(
        Column("row_id", "BIGINT", _("the row")),
        VILLAGE,
        SET,
        Column("year", "INTEGER", _("year of the distribution"), default=2025),
        HOUSEHOLD,
        MEMBER_KEY,
        Column("amount_cents", "BIGINT", _("amount of the household"), "cents", 50_000),
        Column("paid_on", "DATE", _("day it was paid out")),
    ),
    sql=f"""SELECT r.id AS row_id, s.village_code, d.set_id, d.year, r.household,
        {_HEAD_KEY.format("d", "r")} AS member_key, r.amount_cents, r.paid_on
        FROM collective_distributionrow r JOIN collective_distribution d ON d.id = r.distribution_id
        JOIN collective_accountset s ON s.id = d.set_id WHERE {{scope}}""",
    scope=SCOPE,
)

CADRE = Dataset(
    "cadre",
    title=_("Officials of villages"),
    about=_("Who holds or held a post in a body of the village, and from when to when."),
    key="row_id",
    dated="starts_on",
    order=16,
    columns=(
        Column("row_id", "BIGINT", _("the appointment")),
        VILLAGE,
        Column("person_id", "BIGINT", _("the person of the directory"), default=3, refers="person"),
        Column(
            "person_key", "VARCHAR", _("keyed digest of the person's identity number; empty if unknown"), default=""
        ),
        Column("name", "VARCHAR", _("name of the official"), default="刘长贵", personal=True),
        Column(
            "name_norm",
            "VARCHAR",
            _("the same name without spaces, brackets and points"),
            default="刘长贵",
            personal=True,
        ),
        Column("post", "VARCHAR", _("post of the official"), default="主任"),
        Column(
            "unit_kind",
            "VARCHAR",
            _("kind of the body: village_committee, community, cooperative or supervision_committee"),
            default="village_committee",
        ),
        Column("is_head", "BOOLEAN", _("whether the post heads the body"), default=True),
        Column("starts_on", "DATE", _("first day in the post"), default=date(2021, 3, 1)),
        Column("ends_on", "DATE", _("last day in the post; empty while it is held")),
    ),
    sql=f"""SELECT t.id AS row_id, CAST(s.code AS BIGINT) AS village_code, t.person_id,
        p.identity_digest AS person_key, p.name, {plain_name("p.name")} AS name_norm, o.name AS post,
        u.kind AS unit_kind, o.is_head, t.starts_on, t.ends_on
        FROM directory_appointment t JOIN directory_person p ON p.id = t.person_id
        JOIN directory_post o ON o.id = t.post_id JOIN directory_unit u ON u.id = o.unit_id
        JOIN directory_place s ON s.id = u.place_id
        WHERE s.level = 5 AND u.kind IN ('village_committee', 'community', 'cooperative', 'supervision_committee')
        AND {{scope}}""",
    scope="CAST(s.code AS BIGINT)",
)

KIN = Dataset(
    "kin",
    title=_("Declared kin of officials (sealed)"),
    about=_(
        "Relatives and relatives' firms that officials of villages declared. Only the engine reads these rows: "
        "nobody sees them, and they are never evidence."
    ),
    key="row_id",
    order=17,
    sealed=True,
    columns=(
        Column("row_id", "BIGINT", _("the row")),
        VILLAGE,
        Column("person_id", "BIGINT", _("the official who declared it"), default=3, refers="person"),
        Column(
            "relative_key",
            "VARCHAR",
            _("keyed digest of the relative's identity number; empty if unknown"),
            default="",
            personal=True,
        ),
        Column(
            "relative_norm",
            "VARCHAR",
            _("name of the relative or of the relative's firm, without spaces, brackets and points"),
            default="",
            personal=True,
        ),
        Column("relation", "VARCHAR", _("how they are related"), default="", personal=True),
    ),
    sql=f"""SELECT MIN(k.id * 1000000000 + s.id) AS row_id, CAST(s.code AS BIGINT) AS village_code, k.person_id,
        COALESCE(NULLIF(k.identity_digest, ''), r.identity_digest, '') AS relative_key,
        {plain_name("COALESCE(g.name, k.name)")} AS relative_norm, k.relation
        FROM directory_kin k JOIN directory_appointment t ON t.person_id = k.person_id
        JOIN directory_post o ON o.id = t.post_id JOIN directory_unit u ON u.id = o.unit_id
        JOIN directory_place s ON s.id = u.place_id
        LEFT JOIN directory_person r ON r.id = k.relative_id
        LEFT JOIN directory_organisation g ON g.id = k.organisation_id
        WHERE k.withdrawn_on IS NULL AND s.level = 5
        AND u.kind IN ('village_committee', 'community', 'cooperative', 'supervision_committee') AND {{scope}}
        GROUP BY k.id, s.id, s.code, k.person_id, k.identity_digest, r.identity_digest, g.name, k.name, k.relation""",
    scope="CAST(s.code AS BIGINT)",
)

PEOPLE = [MEMBER_SHARE, DISTRIBUTION_ROW, CADRE, KIN]
