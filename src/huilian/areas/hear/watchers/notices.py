"""How notices of the network read. They never name a person, nor what was reported."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

NOTICES = {
    "watchers.term_ends": Wording(_("A term in “{body}” ends on {day}. Renew it, or name somebody else.")),
    "watchers.reported": Wording(_("A watcher's report {number} waits for you, to be answered by {due}.")),
    "watchers.meeting": Wording(_("“{body}” has not met this month yet. Hold the meeting and write down its minutes.")),
    "watchers.noted": Wording(_("Finding {number} came from a watcher's report. Tell the unit concerned.")),
    "watchers.warned": Wording(_("Warning letter {number} waits for your reply by {due}.")),
}
