"""Papers that the desk makes, and who may read them."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind
from huilian.engine.procedures.queries import cases_visible_to


def _sees_the_case(user, file) -> bool:
    return cases_visible_to(user).filter(number=file.subject_id).exists()


KINDS = {"desk.notice": Kind(_("Notice of supervision"), _sees_the_case)}
