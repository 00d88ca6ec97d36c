"""What stands on the pages of complaints and penalties, and of any case that was ordered to be corrected."""

from huilian.engine.access.queries import may
from huilian.foundation.masking import mask_name, mask_phone

from .queries.watching import visible_complaints
from .rules import is_within


def complaint(case, user) -> dict:
    """The complaint; name and telephone for those who decide on it only."""
    found = case.act_complaint
    whole = may(user, "monitoring.complaint")
    return {
        "complaint": found,
        "name": found.name if whole else mask_name(found.name) if found.name else "",
        "phone": found.phone if whole else mask_phone(found.phone) if found.phone else "",
        "shown": visible_complaints(user).filter(pk=found.pk).exists(),
    }


def penalty(case, user) -> dict:
    """The penalty and whether its fine keeps to the band."""
    found = case.penalty
    band = found.band
    within = (
        band is None or found.amount_cents is None or is_within(found.amount_cents, band.low_cents, band.high_cents)
    )
    return {"penalty": found, "within": within, "bands": list(found.matter.bands.all())}
