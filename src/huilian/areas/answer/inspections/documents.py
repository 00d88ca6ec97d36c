"""Who may read the files of inspections."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind

from .models import Sheet
from .queries.reach import visible_findings, visible_talks, visible_targets, visible_tasks


def _of_finding(user, file) -> bool:
    return visible_findings(user).filter(number=file.subject_id).exists()


def _of_case(user, file) -> bool:
    return visible_findings(user).filter(case__number=file.subject_id).exists()


def _of_sheet(user, file) -> bool:
    """Photographs of a sheet: for whoever sees the target; for the unit only those of a finding it was told of."""
    sheet = Sheet.objects.filter(pk=file.subject_id).first() if file.subject_id.isdigit() else None
    if sheet is None:
        return False
    if visible_targets(user).filter(pk=sheet.target_id).exists():
        return True
    items = sheet.photos.filter(attachment=file.pk).values("item")
    return visible_findings(user).filter(target=sheet.target_id, item__in=items).exists()


KINDS = {
    "inspection_photo": Kind(_("Photograph of a check"), may_read=_of_sheet),
    "inspection_evidence": Kind(_("Evidence of a finding"), may_read=_of_finding, record_reads=True),
    "inspection_proof": Kind(_("Proof of a repair"), may_read=_of_case),
    "inspection_task": Kind(
        _("Proof of a task"), may_read=lambda user, file: visible_tasks(user).filter(number=file.subject_id).exists()
    ),
    "inspection_follow_up": Kind(
        _("Paper after a talk"),
        may_read=lambda user, file: visible_talks(user).filter(number=file.subject_id).exists(),
    ),
}
