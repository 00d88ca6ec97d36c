"""Who may read the files of a work."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind

from .queries.reach import works_of


def _in_reach(user, file) -> bool:
    return works_of(user).filter(case__number=file.subject_id).exists()


KINDS = {
    "work_photo": Kind(_("Photograph of a site"), may_read=_in_reach),
    "work_sheet": Kind(_("Sheet of signatures"), may_read=_in_reach, record_reads=True),
}
