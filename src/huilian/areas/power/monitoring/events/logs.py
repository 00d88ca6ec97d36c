"""Event logs from outside."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "monitoring.log_received": Sentence(_("handed in the log {file} to be judged by {procedure}")),
    "monitoring.log_judged": Sentence(_("judged the log: {cases} cases, {events} events, {findings} findings")),
    "monitoring.log_refused": Sentence(_("could not read the log: {reason}")),
    "monitoring.log_exported": Sentence(_("exported {rows} findings")),
}
