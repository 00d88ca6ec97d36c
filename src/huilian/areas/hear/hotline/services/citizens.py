"""What a citizen does beside raising and rating a matter: adding a remark, handing in a photo or a paper."""

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.documents import services as documents
from huilian.engine.documents.models import Attachment
from huilian.engine.procedures import services as cases
from huilian.engine.trail.actors import Actor
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

from ..models import Contact, Order
from .intake import _locked

LONGEST_REMARK = 2000  # characters
MOST_REMARKS = 20  # of one citizen in one matter; after that a call is the better way
PROOF = "hotline_proof"


@transaction.atomic
def add_remark(order: Order, note: str, *, by: Actor) -> Contact:
    """Keep what the citizen adds to their matter; who handles it sees it among the talks. The trail keeps no words."""
    note = note.strip()
    if not note:
        raise Invalid(_("Write what you want to add."), field="note")
    if len(note) > LONGEST_REMARK:
        raise Invalid(
            _("This is %(length)s characters long; at most %(most)s can be kept. Please shorten it.")
            % {"length": len(note), "most": LONGEST_REMARK},
            field="note",
        )
    order = _locked(order)
    if order.contacts.filter(by=None).count() >= MOST_REMARKS:
        raise Conflict(_("There are already many remarks here. Please call the hotline and name your number."))
    cases.act(order.case, "remark", by=by, holder="anyone", data={})
    return Contact.objects.create(order=order, at=now(), by=None, note=note)


@transaction.atomic
def hand_in(order: Order, upload: BinaryIO, name: str, *, by) -> Attachment:
    """Keep a photo, recording or paper with the matter. Raises Invalid for what is not accepted."""
    return documents.attach(upload, name, order.case, kind=PROOF, by=by)
