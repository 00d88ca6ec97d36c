"""How notices about decisions read."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

NOTICES = {
    "decisions.called": Wording(_("{number}: {body} meets at {when}. The agenda is on its page.")),
}
