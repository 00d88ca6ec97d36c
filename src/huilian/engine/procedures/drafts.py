"""Reads for those who draw procedures: what is in force, what runs on it, what is wrong with a text."""

from django.db.models import Count
from django.utils.translation import gettext as _t

from huilian.engine.directory.models import Post
from huilian.engine.directory.roles import catalogue
from huilian.foundation.wording import _

from .definition import Definition, parse
from .faults import Fault, Named, faults_of, kept
from .models import Case, Draft, Procedure, State

DRAW = "procedure.draw"  # what a role must allow, to draw and publish procedures
COUNTY = "county"  # origin of a text drawn here; `default` is what the product brings


class Posts:
    """Names of roles in a fault, in the language of whoever reads."""

    def __init__(self, roles):
        self.roles = roles

    def __str__(self) -> str:
        return _t(", ").join(catalogue()[role].name for role in self.roles)


def current_procedures() -> dict[str, Procedure]:
    """The version in force of every procedure, by key."""
    return {procedure.key: procedure for procedure in Procedure.objects.order_by("key", "version")}


def open_cases_by_version() -> dict[int, int]:
    """How many cases run on each published version, by its key in the database."""
    running = Case.every.filter(state=State.OPEN).order_by().values_list("procedure")
    return dict(running.annotate(Count("id")))


def versions_of(key: str) -> list[Procedure]:
    """Every published version, the newest first."""
    return list(Procedure.objects.filter(key=key).order_by("-version"))


def draft_of(key: str) -> Draft | None:
    return Draft.objects.select_related("saved_by").filter(key=key).first()


def faults_in(body: dict) -> list[Fault]:
    """Everything wrong with a text: in itself, against what the product needs of it, and for want of posts."""
    drawn = parse(body)
    current = Procedure.objects.filter(key=drawn.key).order_by("-version").first()
    return [*faults_of(drawn), *(kept(current.definition, drawn) if current else []), *_staffing(drawn)]


def _staffing(d: Definition) -> list[Fault]:
    """Roles nobody declares, and steps for which no post of the county carries any of the roles asked for."""
    known = catalogue()
    carried = {role for roles in Post.objects.filter(valid_to=None).values_list("roles", flat=True) for role in roles}
    found = []
    for number, step in enumerate(d.steps, 1):
        name = Named(number, step.name)
        for role in step.roles:
            if role not in known:
                text = _(
                    "Step “%(step)s” asks for “%(role)s”, a post nobody knows. Choose another.", step=name, role=role
                )
                found.append(Fault("steps", text, step.key))
        asked = [role for role in step.roles if role in known]
        if asked and step.kind != "end" and not carried.intersection(asked):
            text = _(
                "No post in the county is “%(roles)s”, as step “%(step)s” asks. Have one filled, or choose another.",
                roles=Posts(asked),
                step=name,
            )
            found.append(Fault("steps", text, step.key, is_warning=True))
    return found
