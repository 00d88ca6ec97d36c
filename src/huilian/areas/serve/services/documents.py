"""Who may read the files of the services."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind
from huilian.engine.procedures.queries import cases_visible_to

from .models import Feedback, Paper


def _may_read_paper(user, file) -> bool:
    """Whoever sees the case to which the paper belongs; a draft's file nobody but its applicant."""
    found = Paper.objects.filter(files=file.pk).values("application__case")
    return cases_visible_to(user).filter(pk__in=found).exists()


def _may_read_proof(user, file) -> bool:
    found = Feedback.objects.filter(file=file.pk).values("application__case")
    return cases_visible_to(user).filter(pk__in=found).exists()


KINDS = {
    "service_paper": Kind(_("Paper of an application"), may_read=_may_read_paper, record_reads=True),
    "service_proof": Kind(_("Proof of delivery"), may_read=_may_read_proof),
    # A blank form is for everybody to take home.
    "service_form": Kind(_("Blank form"), may_read=lambda user, file: True),
}
