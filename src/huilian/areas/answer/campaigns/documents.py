"""Who may read the files of campaigns."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind

from .queries.reach import visible_problems


def _of_case(user, file) -> bool:
    return visible_problems(user).filter(case__number=file.subject_id).exists()


KINDS = {"campaign_proof": Kind(_("Proof in a campaign"), may_read=_of_case)}
