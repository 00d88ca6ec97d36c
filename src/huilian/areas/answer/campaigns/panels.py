"""What stands on the case page of a campaign's problem."""

from huilian.engine.documents.queries import attachments_of

from .models import Problem


def problem_of(case) -> Problem:
    return case.campaign_problem


def facts(case, user) -> dict:
    """The problem, what was promised and done, the proofs, how it was verified."""
    return {"p": problem_of(case), "files": list(attachments_of(case, "campaign_proof"))}
