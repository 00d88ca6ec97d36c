"""What everybody may read of audits in a village: the published result, by office and never by name."""

from django.db.models import Count, Q, QuerySet, Sum

from huilian.engine.directory.models import Place

from ..models import Audit, Finding

STANDS = ~Q(findings__state=Finding.State.DROPPED)


def results_in(place: Place) -> QuerySet[Audit]:
    """Published audits of a village, the latest first, with how many findings there were and are put right."""
    rows = Audit.objects.filter(place=place, published_on__isnull=False).select_related("auditor", "place")
    return rows.order_by("-published_on", "-pk").annotate(
        n_found=Count("findings", filter=STANDS),
        n_done=Count("findings", filter=Q(findings__state=Finding.State.DONE)),
        back_cents=Sum("findings__back_cents", filter=STANDS, default=0),
        paid_back_cents=Sum("findings__paid_back_cents", filter=STANDS, default=0),
    )
