"""How notices about alerts read."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

from .models import Level

SHOW = {"level": lambda value: Level(int(value)).label}

NOTICES = {
    "alerts.prompt": Wording(_("{about}: {name} ({level}). Deal with the matter before its limit ends."), SHOW),
    "alerts.raised": Wording(_("{number}: {level} alert on {about} ({name}). Sign for it and explain."), SHOW),
    "alerts.up": Wording(_("{number} ({level}, {about}) was not signed for or answered in {days} working days."), SHOW),
    "alerts.up_many": Wording(
        _("{count} {level} alerts ({name}) were not signed for or answered in {days} working days."), SHOW
    ),
    "alerts.many": Wording(_("{count} new {level} alerts: {name}."), SHOW),
}
