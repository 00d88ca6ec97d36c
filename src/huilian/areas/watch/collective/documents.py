"""Who may read the files kept with a village's money and things."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind

from .models import Contract
from .queries.reach import rows_of


def _sees_the_contract(user, file) -> bool:
    return rows_of(Contract.objects.filter(number=file.subject_id), user).exists()


KINDS = {"collective_contract": Kind(_("Scan of a contract"), may_read=_sees_the_contract)}
