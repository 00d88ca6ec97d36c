"""What stands on the page of a request for a seal."""

from django.utils.translation import gettext as _

from huilian.foundation.masking import mask_name

from .devices import DEVICES
from .models import Request


def request_of(case) -> Request:
    found = getattr(case, "_seal_request", None)
    if found is None:
        found = case._seal_request = Request.objects.select_related(
            "seal__unit", "seal__keeper", "document_class", "applicant", "reviewer", "approver", "second_person"
        ).get(case=case)
        found.case = case
    return found


def facts(case, user) -> dict:
    """The request, its pages and its prints."""
    request = request_of(case)
    return {
        "request_": request,
        "villager": mask_name(request.villager) if request.villager else "",
        "pages": list(request.pages.select_related("attachment")),
        "prints": list(request.prints.select_related("page_photo", "scene_photo")),
        "device": DEVICES[request.seal.device],
    }


def marks(case, user) -> dict:
    """Who said yes, and when it was sealed."""
    request = request_of(case)
    rows = [(_("Asked for"), request.applicant, case.received_at)]
    if request.reviewer:
        rows.append((_("Reviewed in the village"), request.reviewer, None))
    if request.approver:
        rows.append((_("Approved by the township"), request.approver, None))
    rows.append((_("Agreed to"), "" if request.released_at else None, request.released_at))
    rows.append((_("Keeper"), request.seal.keeper, None))
    return {"rows": rows, "request_": request}
