"""Who may read the files of audits."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind

from .models import Evidence
from .queries.reach import audits_worked_on, visible_findings


def _evidence(user, file) -> bool:
    row = Evidence.objects.filter(number=file.subject_id).first()
    return row is not None and audits_worked_on(user).filter(pk=row.audit_id).exists()


def _finding(user, file) -> bool:
    return visible_findings(user).filter(number=file.subject_id).exists()


KINDS = {
    "audit_evidence": Kind(_("Copy with a record of evidence"), may_read=_evidence, record_reads=True),
    "audit_answer": Kind(_("Signed answer to a finding"), may_read=_finding, record_reads=True),
    "audit_proof": Kind(_("Proof of a repair after an audit"), may_read=_finding, record_reads=True),
}
