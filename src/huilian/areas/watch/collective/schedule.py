"""What the collective's books do by themselves."""

from huilian.foundation.schedule import daily

from .services.matching import match_all_open


@daily(at="02:40")
def match_bank_entries() -> int:
    """Entries of statements whose vouchers were posted since."""
    return match_all_open()
