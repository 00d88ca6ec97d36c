"""The trail, for the audit administrator. Nothing here can be changed, by anybody."""

from django.utils.translation import gettext_lazy

from huilian.engine.trail.models import Event, TreeHead
from huilian.engine.trail.queries import actor_name, sentence

from ..declare import Column, Register, register


@register
class Events(Register):
    key, title, model, icon = "trail", gettext_lazy("Recorded acts"), Event, "scroll-text"
    about = gettext_lazy("Every act in the order in which it was written. Read only: the log is sealed.")
    columns = (
        Column("id", gettext_lazy("Number")),
        "at",
        Column("who", gettext_lazy("Who acted"), value=actor_name, sort="actor_label"),
        Column("what", gettext_lazy("What was done"), value=sentence, sort=""),
        Column("about", gettext_lazy("Subject"), value=lambda event: event.subject, sort=""),
        "place",
    )
    sections = (
        (gettext_lazy("Act"), ("id", "at", "who", "what", "about", "place", "verb")),
        (
            gettext_lazy("Seal"),
            ("algorithm", Column("seal", gettext_lazy("Digest"), value=lambda event: bytes(event.digest).hex())),
        ),
    )
    search = ("actor_label", "subject_id", "verb")
    filters = ("verb", "subject_kind", "at")
    ordering = ("-id",)
    see = "trail.read"

    def visible_to(self, user):
        return Event.objects.all()

    def history(self, row):
        return Event.objects.filter(subject_kind=row.subject_kind, subject_id=row.subject_id)


@register
class Heads(Register):
    key, title, model, icon = "tree-heads", gettext_lazy("Daily heads"), TreeHead, "shield-check"
    about = gettext_lazy("The signed state of the log at the end of each day.")
    columns = (
        "day",
        "size",
        Column("root_hex", gettext_lazy("Root of the tree"), value=lambda head: bytes(head.root).hex()),
        "signed_at",
    )
    sections = ((gettext_lazy("Head"), ("day", "size", "root_hex", "signed_at", "note")),)
    ordering = ("-day",)
    filters = ("day",)
    see = "trail.read"

    def visible_to(self, user):
        return TreeHead.objects.all()

    def subject(self, row):
        return f"trail.treehead:{row.day.isoformat()}"
