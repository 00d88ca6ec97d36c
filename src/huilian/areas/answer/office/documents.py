"""Who may read the files of rooms, offices and their duties."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind

from .queries.reach import offices, visible_adoptions, visible_rooms, visible_tasks, visible_to

ROWS = {
    "office.room": (visible_rooms, "pk"),
    "directory.unit": (offices, "pk"),
    "office.talk": (visible_to, "number"),
    "office.adoption": (visible_adoptions, "pk"),
    "office.dutytask": (visible_tasks, "pk"),
}


def _in_reach(user, file) -> bool:
    rows, key = ROWS.get(file.subject_kind, (None, ""))
    if rows is None or (key == "pk" and not file.subject_id.isdigit()):
        return False
    return rows(user).filter(**{key: file.subject_id}).exists()


KINDS = {
    "office_photo": Kind(_("Photograph of a check in an office"), may_read=_in_reach),
    "office_document": Kind(_("Document of an office"), may_read=_in_reach),
    "office_proof": Kind(_("Proof of a duty done"), may_read=_in_reach),
}
