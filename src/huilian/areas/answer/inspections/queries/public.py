"""What everybody may read of findings in a village: the published words and how far the repair is."""

from django.db.models import Count, Q, QuerySet

from huilian.engine.directory.models import Place

from ..models import Finding, Voice

VERDICTS = Voice.Verdict.choices


def mended_in(place: Place) -> QuerySet[Finding]:
    """Published findings of a village, the latest first, with what people say about their repair."""
    rows = Finding.objects.filter(place=place, published_on__isnull=False).exclude(case__state="withdrawn")
    return rows.select_related("owner", "case__procedure").annotate(
        n_yes=Count("voices", filter=Q(voices__verdict="yes")),
        n_partly=Count("voices", filter=Q(voices__verdict="partly")),
        n_no=Count("voices", filter=Q(voices__verdict="no")),
    )
