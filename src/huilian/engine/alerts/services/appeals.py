"""The appeal against a verdict (申诉): once a round, one level higher, by somebody else, within its own limit."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Unit
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

from ..guards import locked, rank_of, require_judge
from ..models import Alert, Appeal, Rectification
from .life import judged, moved_by

V = Alert.Verdict
CHANGED = {V.PARTLY: "uphold", V.UNTRUE: "overturn", V.DATA_ERROR: "overturn_data"}


@transaction.atomic
def appeal(alert: Alert, grounds: str, *, by, expected: int | None = None) -> Appeal:
    """The unit does not accept the verdict. While the appeal runs nothing has to be rectified.

    Raises `Conflict` for a second appeal in the same round.
    """
    alert = locked(alert)
    if Appeal.objects.filter(alert=alert, round=alert.case.round).exists():
        raise Conflict(_("An appeal was already made; there is only one."))
    moved_by(alert, "appeal", by, grounds, expected)
    return Appeal.objects.create(
        alert=alert,
        round=alert.case.round,
        grounds=grounds.strip(),
        against=alert.verdict,
        against_rank=alert.checked_rank,
        asked_at=now(),
        asked_by=str(by)[:80],
    )


@transaction.atomic
def decide_appeal(
    appeal: Appeal,
    *,
    granted: bool,
    note: str,
    verdict: str = "",
    data_owner: Unit | None = None,
    by,
    expected: int | None = None,
) -> Appeal:
    """Uphold the verdict, or put another in its place: partly true, not true, an error in the data.

    The limit to rectify begins anew where something remains to be put right.
    """
    alert = locked(appeal.alert)
    appeal = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if appeal.granted is not None:
        raise Conflict(_("This appeal was already decided."))
    require_judge(alert, by)
    if not note.strip():
        raise Invalid(_("Write why the appeal is granted or not."), field="note")
    if granted and (verdict not in CHANGED or verdict == appeal.against):
        raise Invalid(_("Say which verdict takes the place of the one appealed against."), field="verdict")
    verdict = verdict if granted else appeal.against
    alert.checked_by, alert.checked_rank = by if isinstance(by, User) else None, rank_of(by)
    alert = judged(alert, verdict, CHANGED[verdict] if granted else "uphold", note, data_owner, by, expected)
    pending = Rectification.objects.filter(alert=alert, reported_at=None)
    if verdict in (V.TRUE, V.PARTLY):
        pending.update(due_on=alert.case.due_on)
    else:
        pending.delete()  # nothing was to be put right after all; the order stays in the history of the case
    appeal.granted, appeal.verdict, appeal.remark = granted, verdict, note.strip()
    appeal.decided_at, appeal.decided_by = now(), str(by)[:80]
    appeal.save()
    return appeal
