"""Who may read the files of watchers."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind

from .queries.reach import visible_seats


def _in_reach(user, file) -> bool:
    return file.subject_id.isdigit() and visible_seats(user).filter(pk=file.subject_id).exists()


KINDS = {"watcher_photo": Kind(_("Photograph of a watcher"), may_read=_in_reach)}
