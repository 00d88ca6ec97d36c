"""Who may read the files of a citizen's matter."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind
from huilian.engine.procedures.queries import cases_visible_to


def _sees_the_case(user, file) -> bool:
    return cases_visible_to(user).filter(number=file.subject_id).exists()


KINDS = {"hotline_proof": Kind(_("Handed in by the citizen"), may_read=_sees_the_case, record_reads=True)}
