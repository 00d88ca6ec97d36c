"""How notices about services read. They name the number and the item, never the applicant."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

NOTICES = {
    "services.came_in": Wording(_("{number} “{item}” came in. Receive it within one working day.")),
    "services.completed": Wording(_("{number} “{item}”: the missing papers are there.")),
    "services.leg": Wording(_("{number} “{item}”: your unit is asked to help, {days} working days.")),
    "services.legs_in": Wording(_("{number} “{item}”: all departments have answered. Give the result.")),
    "services.passed_up": Wording(_("{number} “{item}” was passed up to you.")),
    "services.sent_down": Wording(_("{number} “{item}” was sent back to you.")),
    "services.decided": Wording(_("{number} “{item}”: the result is there. Bring it to the applicant.")),
    "services.bad_rating": Wording(_("{number} “{item}” was rated as bad. Call the applicant back.")),
    "services.call_wished": Wording(_("{number} “{item}” was rated; the applicant wishes to be called back.")),
    "services.to_correct": Wording(_("{number} “{item}”: correct what was rated as bad by {due}.")),
}
