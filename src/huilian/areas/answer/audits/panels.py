"""What stands on the case page of an audit."""

from .queries.reach import visible_audits


def summary(case, user) -> dict:
    """The audit, with a way to its page for those who may see it."""
    return {"a": case.audit, "may_see": visible_audits(user).filter(pk=case.audit.pk).exists()}
