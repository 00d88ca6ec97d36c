"""Alerts: where each colour goes, and the two ledgers an office keeps of them (warnings and rectifications)."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine.access.queries import may
from huilian.engine.alerts import services
from huilian.engine.alerts.guards import RANK_NAMES
from huilian.engine.alerts.models import Alert, AlertRoute, Rectification
from huilian.engine.alerts.papers import told_words
from huilian.engine.alerts.queries import alerts_visible_to
from huilian.engine.directory.roles import catalogue
from huilian.engine.look.levels import BY_COLOUR
from huilian.engine.look.text import say
from huilian.engine.procedures.models import Supervision
from huilian.foundation.errors import Invalid
from huilian.foundation.money import text as money_text

from ..declare import Column, Register, both, register
from ..lookups import split

PLAIN = {"handler": gettext_lazy("handler"), "unit": gettext_lazy("unit concerned"), "head": gettext_lazy("its head")}
SHOWN = 3  # provisions in a cell; all of them stand on the page of the alert
UP = "："  # between the days of a step upwards and who is told


def read_tells(value) -> list[str]:
    """Roles by name or key, and the handler, the unit, its head. Raises `Invalid` for what nobody is called."""
    by_name = {str(words): key for key, words in PLAIN.items()} | {key: key for key in PLAIN}
    for key, role in catalogue().items():
        by_name |= {str(role.name): f"role:{key}", f"role:{key}": f"role:{key}"}
    found = []
    for name in value if isinstance(value, list | tuple) else split(value or ""):
        if name not in by_name:
            raise Invalid(_("“%(told)s” is nobody who can be told.") % {"told": name}, field="tells")
        found.append(by_name[name])
    return found


def say_tells(tells) -> str:
    roles = catalogue()
    words = [PLAIN.get(t) or (roles[t[5:]].name if t[5:] in roles else t) for t in tells or ()]
    return "、".join(str(word) for word in words)


def read_steps(value) -> list[dict]:
    """「3：乡镇监督员、催办」 one step a line: days, who is told, and the supervision that goes with it."""
    if isinstance(value, list | tuple):
        return list(value)
    levels = {str(label): number for number, label in Supervision.Level.choices}
    steps = []
    for line in filter(None, (line.strip() for line in str(value or "").replace("；", "\n").splitlines())):
        days, colon, rest = line.replace(":", UP, 1).partition(UP)
        if not colon or not days.strip().isdecimal():
            raise Invalid(
                _("Write each step upwards as days, a colon, and who is told: %(example)s") % {"example": f"3{UP}…"},
                field="escalation",
            )
        names = split(rest)
        level = next((levels[name] for name in names if name in levels), 0)
        tells = read_tells([name for name in names if name not in levels])
        steps.append({"days": int(days), "tells": tells, "supervise": level})
    return steps


def say_steps(steps) -> str:
    labels = dict(Supervision.Level.choices)
    said = []
    for step in steps or ():
        level = step.get("supervise", 0)
        words = [say_tells(step["tells"]), *([str(labels[level])] if level else [])]
        said.append(f"{step['days']}{UP}{'、'.join(words)}")
    return "；".join(said)


def read_rank(value) -> int:
    """The level that checks, by its name or number."""
    by_name = {str(words): rank for rank, words in RANK_NAMES.items()} | {str(rank): rank for rank in RANK_NAMES}
    if (name := str(value or "1").strip()) not in by_name:
        raise Invalid(_("Write one of: %(names)s.") % {"names": "、".join(map(str, RANK_NAMES.values()))})
    return by_name[name]


def save_route(row, values, *, by) -> AlertRoute:
    """Write a route. Rule, group and level say which one it is and stay; what is not given stays as it was."""
    known = {f.name: getattr(row, f.name) for f in AlertRoute._meta.fields if f.name != "id"} if row else {}
    given = {**known, **values}
    return services.set_route(
        int(given["level"]),
        rule=given.get("rule") or "",
        group=given.get("group") or "",
        opens_case=bool(given.get("opens_case")),
        tells=given.get("tells") or (),
        card=int(given.get("card") or 0),
        **{name: given.get(name) or None for name in services.DAYS},
        grace_days=int(given.get("grace_days") or 0),
        check_rank=int(given.get("check_rank") or 1),
        stepwise=bool(given.get("stepwise")),
        escalation=given.get("escalation") or (),
        by=by,
    )


TELLS = Column(
    "tells",
    gettext_lazy("Who is told"),
    parse=read_tells,
    label=say_tells,
    sort="",
    required=False,
    hint=gettext_lazy("Roles by name, and: handler, unit concerned, its head. Several with commas."),
)
STEPS = Column(
    "escalation",
    gettext_lazy("How it goes up when nobody moves"),
    parse=read_steps,
    label=say_steps,
    sort="",
    required=False,
    hint=gettext_lazy("One step a line: working days, a colon, who is told, and the kind of supervision."),
)
RANK = Column(
    "check_rank",
    gettext_lazy("Lowest level that checks"),
    parse=read_rank,
    required=False,
    label=lambda n: str(RANK_NAMES.get(n, n)),
    hint=gettext_lazy("1 township, 2 county department, 3 discipline commission"),
)


@register
class Routes(Register):
    key, title, model, icon, group = "alert-routes", gettext_lazy("Routes of alerts"), AlertRoute, "route", "watchtower"
    about = gettext_lazy(
        "Where each colour goes and in how many working days: for one rule, else its group, else for all. "
        "The county decides; the product's own values are defaults without a higher rule."
    )
    columns = (
        "rule",
        "group",
        "level",
        "opens_case",
        "sign_days",
        "explain_days",
        "check_days",
        "rectify_days",
        "verify_days",
        "grace_days",
        RANK,
        "stepwise",
        replace(TELLS, kind="long"),
        replace(STEPS, kind="long"),
    )
    fields = (
        "rule",
        "group",
        "level",
        "opens_case",
        TELLS,
        "card",
        "sign_days",
        "explain_days",
        "check_days",
        "rectify_days",
        "verify_days",
        "grace_days",
        RANK,
        "stepwise",
        STEPS,
    )
    fixed = ("rule", "group", "level")
    import_key = ("rule", "group", "level")
    filters = ("group", "level")
    search = ("rule", "group")
    ordering = ("rule", "group", "level")
    see = "case.see"
    change = "alert.routes"
    save_with = both(save_route)

    def visible_to(self, user):
        return AlertRoute.objects.all()


def _lamp(colour: int | None) -> str | None:
    return None if colour is None else BY_COLOUR[colour]


def _yuan(cents: int | None) -> str:
    return "" if cents is None else money_text(cents)


def _model(alert: Alert) -> str:
    return f"{alert.rule} {say(alert.names)}"


def _basis(alert: Alert) -> str:
    said = [f"{b['law']}{b.get('version', '')}{b.get('article', '')}" for b in alert.basis]
    return "；".join(said[:SHOWN]) + ("；…" if len(said) > SHOWN else "")


class OfAlerts(Register):
    """Rows lead to the case in which the alert is handled."""

    group, see, icon = "watchtower", "case.see", "triangle-alert"

    def may_see(self, user) -> bool:
        return may(user, "case.see")


@register
class Warnings(OfAlerts):
    key, title, model = "alerts", gettext_lazy("Ledger of alerts"), Alert
    about = gettext_lazy("Every alert, with what raised it, who was told and when it was signed for.")
    columns = (
        Column("number", gettext_lazy("Number")),
        Column("raised_at", gettext_lazy("Raised on")),
        Column("township__name", gettext_lazy("Township")),
        Column("place__name", gettext_lazy("Village")),
        Column("rule", gettext_lazy("Model"), value=_model, sort="rule"),
        Column("level", gettext_lazy("Highest level"), kind="level", value=lambda a: _lamp(a.level), sort="level"),
        Column("colour", gettext_lazy("Colour now"), kind="level", value=lambda a: _lamp(a.colour), sort="colour"),
        Column("about", gettext_lazy("About"), value=lambda a: a.about or a.subject.partition(":")[2], sort="about"),
        Column("reason", gettext_lazy("Found, and the limit"), "long", value=lambda a: say(a.reason), sort=""),
        Column(
            "amount_cents", gettext_lazy("Amount (yuan)"), value=lambda a: _yuan(a.amount_cents), sort="amount_cents"
        ),
        Column("basis", gettext_lazy("What it rests on"), "long", value=_basis, sort=""),
        Column("told", gettext_lazy("Who was told"), "long", value=lambda a: "、".join(told_words(a.told)), sort=""),
        Column("signed_at", gettext_lazy("Signed for")),
        Column("state", gettext_lazy("State")),
        Column("verdict", gettext_lazy("Verdict")),
    )
    search = ("number", "about")
    filters = ("group", "rule", "level", "state", "verdict", "nature", "township", "place", "unit", "raised_at")
    ordering = ("-raised_at", "-id")

    def visible_to(self, user):
        return alerts_visible_to(user)

    def link(self, row) -> str:
        return reverse("desk-case", args=[row.number]) if row.case_id else ""


@register
class Rectifications(OfAlerts):
    key, title, model = "rectifications", gettext_lazy("Ledger of rectifications"), Rectification
    icon = "file-check"
    about = gettext_lazy("Each order to put something right: what was done, what came back, and what was seen.")
    columns = (
        Column("alert__number", gettext_lazy("Alert")),
        Column("rule", gettext_lazy("Model"), value=lambda r: _model(r.alert), sort="alert__rule"),
        Column("unit", gettext_lazy("Unit concerned"), value=lambda r: str(r.alert.unit or ""), sort=""),
        Column("cause", kind="long"),
        Column("measures", kind="long"),
        "responsible",
        "due_on",
        Column(
            "evidence",
            gettext_lazy("Evidence"),
            value=lambda r: "、".join(f"{row['source']}:{row['id']}" for row in r.alert.evidence),
            sort="",
        ),
        Column(
            "recovered_cents",
            gettext_lazy("Money that came back (yuan)"),
            value=lambda r: _yuan(r.recovered_cents),
            sort="recovered_cents",
        ),
        "verified_by",
        Column("conclusion", kind="long"),
        "passed",
        Column("verified_at", gettext_lazy("Colour fell")),
        Column(
            "colour_before",
            gettext_lazy("From"),
            kind="level",
            value=lambda r: _lamp(r.colour_before),
            sort="colour_before",
        ),
        Column(
            "colour_after", gettext_lazy("To"), kind="level", value=lambda r: _lamp(r.colour_after), sort="colour_after"
        ),
    )
    search = ("alert__number", "responsible")
    filters = ("passed", "alert__group", "alert__township", "due_on", "verified_at")
    ordering = ("-ordered_at", "-id")

    def visible_to(self, user):
        seen = Rectification.objects.select_related("alert__unit")
        return seen.filter(alert__in=alerts_visible_to(user).order_by().values("pk"))

    def link(self, row) -> str:
        return reverse("desk-case", args=[row.alert.number])
