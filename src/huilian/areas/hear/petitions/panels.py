"""What stands on the case pages of petitions, public opinion and papers of supervision."""

from huilian.foundation.masking import mask_name

from .models import OnlineMatter, Petition, SupervisionPaper
from .queries.reach import may_read, may_reveal, visible_matters, visible_papers
from .rules import LEAD_FROM


def petition_of(case) -> Petition:
    found = getattr(case, "_petition", None)
    if found is None:
        joined = ("place__parent", "about", "path", "ground", "repeat_of__case", "charge__leader")
        found = case._petition = Petition.objects.select_related(*joined).get(case=case)
        found.case = case
    return found


def petition(case, user) -> dict:
    """The petition with its answer and reviews; nothing for those it is not meant for."""
    found = petition_of(case)
    shown = may_read(found, user)
    return {
        "p": found,
        "shown": shown,
        "repeats": list(found.repeats.select_related("case")) if shown else [],
        "reviews": list(found.reviews.all()) if shown else [],
        "ended": case.outcome == "final",
    }


def people(case, user) -> dict:
    """Who handed it in, masked; the whole is opened on its own page, for a purpose."""
    found = petition_of(case)
    shown = may_read(found, user)
    names = [mask_name(one.name) for one in found.petitioners.all()] if shown else []
    return {"p": found, "names": names, "may_reveal": may_reveal(found, user), "number": case.number}


def charge(case, user) -> dict:
    found = petition_of(case)
    lead = getattr(found, "charge", None)
    return {
        "charge": lead,
        "notes": list(lead.notes.all()) if lead else [],
        "from_points": LEAD_FROM,
    }


def papers(case, user) -> dict:
    """Which papers can be printed now."""
    from .papers import papers_of

    found = petition_of(case)
    return {"number": case.number, "papers": papers_of(found) if may_read(found, user) else []}


def matter_of(case) -> OnlineMatter:
    found = OnlineMatter.objects.select_related("heat", "place").get(case=case)
    found.case = case
    return found


def matter(case, user) -> dict:
    return {"m": matter_of(case), "shown": visible_matters(user).filter(case=case).exists()}


def paper_of(case) -> SupervisionPaper:
    found = SupervisionPaper.objects.get(case=case)
    found.case = case
    return found


def paper(case, user) -> dict:
    shown = visible_papers(user).filter(case=case).exists()
    return {"s": paper_of(case), "shown": shown, "number": case.number}
