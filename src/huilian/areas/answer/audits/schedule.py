"""What audits do by themselves."""

from huilian.foundation.schedule import daily

from .services import planning


@daily(at="03:40")
def propose_audits() -> int:
    """Audits that terms make due."""
    return planning.propose()
