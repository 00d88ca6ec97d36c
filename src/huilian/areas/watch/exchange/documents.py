"""Who may read the papers of a lot."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind

from .queries.reach import visible_lots


def _in_reach(user, file) -> bool:
    return visible_lots(user).filter(case__number=file.subject_id).exists()


KINDS = {
    "lot_paper": Kind(_("Paper of a lot"), may_read=_in_reach, record_reads=True),
    "lot_photo": Kind(_("Photograph of the village board"), may_read=_in_reach),
    "lot_certificate": Kind(_("Certificate of a trade"), may_read=_in_reach),
}
