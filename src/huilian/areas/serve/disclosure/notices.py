"""How notices about publications read."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

NOTICES = {
    "disclosure.asked": Wording(
        _("{number}: a villager asks about “{title}”. Answer within ten days; everybody sees the clock.")
    ),
    "disclosure.escalated": Wording(
        _("{number}: the question about “{title}” was not answered in time and is now yours.")
    ),
    "disclosure.to_check": Wording(_("{number} “{title}” waits to be checked before it is published.")),
    "disclosure.returned": Wording(_("{number} “{title}” was sent back by the check. Put it right and send it again.")),
    "disclosure.passed": Wording(_("{number} “{title}” passed the check and can be published.")),
}
