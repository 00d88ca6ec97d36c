"""Files that belong to an alert, and who may read them: whoever may see its case."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind
from huilian.engine.procedures.queries import cases_visible_to

from .services.proof import PROOF


def _sees_the_case(user, file) -> bool:
    return cases_visible_to(user).filter(number=file.subject_id).exists()


KINDS = {PROOF: Kind(_("Proof for an alert"), _sees_the_case)}
