"""Who may read the papers of decisions."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind

from .queries.reach import visible_meetings, visible_motions


def _of_motion(user, file) -> bool:
    return visible_motions(user).filter(case__number=file.subject_id).exists()


def _of_meeting(user, file) -> bool:
    return visible_meetings(user).filter(number=file.subject_id).exists()


KINDS = {
    "decision_paper": Kind(_("Paper of a motion"), may_read=_of_motion),
    "decision_photo": Kind(_("Photograph of a publication"), may_read=_of_motion),
    "decision_minutes": Kind(_("Minutes of a meeting"), may_read=_of_meeting, record_reads=True),
    "decision_sheet": Kind(_("Signing sheet or photograph of a meeting"), may_read=_of_meeting, record_reads=True),
}
