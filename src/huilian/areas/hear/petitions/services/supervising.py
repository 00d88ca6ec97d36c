"""「信访监督」 Talk, inquiry, notice, proposal: drafted, approved by another, served, answered, its effect checked."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Unit
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.definition import Limit, Limits
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import today

from ..models import Number, Petition, SupervisionPaper
from .guards import said, tell_unit

Kind = SupervisionPaper.Kind


@transaction.atomic
def draft_paper(kind: str, *, unit: Unit, facts: str, demand: str, about_no: str = "", by) -> SupervisionPaper:
    """Draft a paper to a unit. It may rest on a petition, named by its number and nothing else."""
    require(by, "petitions.paper")
    if kind not in Kind.values:
        raise Invalid(_("Choose one of the four papers."), field="kind")
    about_no = about_no.strip().upper()
    if about_no and not Petition.objects.filter(case__number=about_no).exists():
        raise Invalid(_("There is no petition of this number."), field="about_no")
    case = cases.open_case(
        "supervision_paper", title=f"{Kind(kind).label} · {unit.name}", by=by, unit=unit, class_key="reply",
        data={"kind": kind},
    )  # fmt: skip
    return SupervisionPaper.objects.create(
        case=case, kind=kind, about_no=about_no, facts=said(facts, "facts", 4), demand=said(demand, "demand", 4),
        days=Number.objects.get(key=f"{kind}_days").value, drafted_by=getattr(by, "person", None),
    )  # fmt: skip


@transaction.atomic
def propose_paper(paper: SupervisionPaper, *, by, expected: int | None = None) -> SupervisionPaper:
    """Lay it before who approves."""
    return _moved(_locked(paper), "propose", by, expected)


@transaction.atomic
def serve_paper(paper: SupervisionPaper, *, by, expected: int | None = None) -> SupervisionPaper:
    """Approve and serve it; never by who drafted it. The days of its kind begin."""
    paper = _locked(paper)
    if paper.drafted_by and paper.drafted_by == getattr(by, "person", None):
        raise NotAllowed(_("You drafted this yourself, so somebody else must approve it."))
    paper.served_on = today()
    paper.save(update_fields=["served_on"])
    paper = _moved(
        paper, "serve", by, expected, unit=paper.case.unit, limits=Limits(whole=Limit(paper.days, "workday"))
    )
    tell_unit(paper.case.unit, "petitions.served", paper.case.number, due=str(paper.case.due_on))
    return paper


@transaction.atomic
def drop_paper(paper: SupervisionPaper, *, note: str, by, expected: int | None = None) -> SupervisionPaper:
    """Do not issue it."""
    return _moved(_locked(paper), "drop", by, expected, note=said(note, "note"))


@transaction.atomic
def reply_paper(paper: SupervisionPaper, *, text: str, by, expected: int | None = None) -> SupervisionPaper:
    """The unit replies."""
    paper = _locked(paper)
    paper.reply = said(text, "text", 4)
    paper.save(update_fields=["reply"])
    return _moved(paper, "reply", by, expected, note=paper.reply)


@transaction.atomic
def check_paper(
    paper: SupervisionPaper, *, effective: bool, effect: str, by, expected: int | None = None
) -> SupervisionPaper:
    """What came of it; what is not put right goes back with a new time."""
    require(by, "petitions.paper")
    paper = _locked(paper)
    paper.effect = said(effect, "effect", 4)
    paper.save(update_fields=["effect"])
    if effective:
        return _moved(paper, "close", by, expected, note=paper.effect)
    limits = Limits(whole=Limit(paper.days, "workday"))
    return _moved(paper, "reply_again", by, expected, note=paper.effect, limits=limits)


def _locked(paper: SupervisionPaper) -> SupervisionPaper:
    found = SupervisionPaper.objects.select_for_update(of=("self",)).select_related("case__procedure")
    return found.get(pk=paper.pk)


def _moved(paper: SupervisionPaper, verb: str, by, expected, **more) -> SupervisionPaper:
    paper.case = cases.move(paper.case, verb, by=by, expected=expected, **more)
    return paper
