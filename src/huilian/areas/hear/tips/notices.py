"""How notices about tips read: numbers only."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

NOTICES = {"tips.sprung": Wording(_("{name} opened the planted tip {number}. Nobody had a reason to."))}
