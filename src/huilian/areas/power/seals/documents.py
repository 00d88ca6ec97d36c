"""Who may read the files of a seal's use."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind

from .queries.reach import visible_requests, visible_seals


def _in_reach(user, file) -> bool:
    """Those who see the request or the seal; others do not even learn that the file exists."""
    if file.subject_kind == "procedures.case":
        return visible_requests(user).filter(case__number=file.subject_id).exists()
    return visible_seals(user).filter(number=file.subject_id).exists()


KINDS = {
    "seal_paper": Kind(_("Paper to be sealed"), may_read=_in_reach, record_reads=True),
    "seal_photo": Kind(_("Photograph of a sealing"), may_read=_in_reach),
}
