"""Decisions, meetings, rolls, majorities, matters, earlier decisions, and since when a village decides here."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Place
from huilian.engine.registers import Column, Register, Verb, both, register
from huilian.foundation import money

from . import services
from .models import EarlierDecision, Keeping, Matter, Meeting, Motion, Quorum, Seat
from .queries import reach


def _cents(text) -> int | None:
    text = "" if text is None else str(text).strip()
    return money.cents(text) if text else None


def yuan(name: str) -> Column:
    """An amount typed and shown in yuan, kept in cents."""
    return Column(name, parse=_cents, label=lambda n: "" if n is None else f"{money.yuan(n):f}", hint=_("In yuan."))


AMOUNT, FROM = yuan("amount_cents"), yuan("from_cents")
ENDED = {
    "on": lambda: forms.DateField(label=_("From which day"), widget=forms.DateInput(attrs={"type": "date"})),
    "why": lambda: forms.ChoiceField(label=_("Why it ends"), choices=Seat.Ended.choices),
}


class Decided(Register):
    group, see = "power", "decisions.see"


class Catalogue(Decided):
    """What everybody here reads and the county's officer keeps."""

    change = "decisions.catalogue"

    def visible_to(self, user):
        return self.model.objects.all()


@register
class Decisions(Decided):
    key, title, model, icon = "decisions", _("Register of decisions"), Motion, "vote"
    about = _("Every motion with the number it was decided under; open one for its whole way.")
    columns = ("number", "title", "matter", "place", "proposed_on", "decided_on", AMOUNT, "winner", "is_replaced")
    search = ("number", "case__number", "title", "winner")
    filters = ("matter", "decided_on", "is_replaced")
    sections = (
        (
            pgettext_lazy("decisions", "Decision"),
            ("number", "title", "text", "matter", "place", "unit", "proposed_on", "decided_on", AMOUNT, "winner"),
        ),
    )

    def visible_to(self, user):
        return reach.visible_motions(user)

    def link(self, row):
        return reverse("desk-case", args=[row.case.number])


@register
class Meetings(Decided):
    key, title, model, icon = "decision-meetings", _("Meetings of deciding bodies"), Meeting, "users"
    columns = ("number", "body", "place", "state", "starts_at", "venue", "due", "present", "chair", "is_from_paper")
    search = ("number", "venue", "chair")
    filters = ("state", "mode", "starts_at", "is_from_paper")
    sections = (
        (
            pgettext_lazy("decisions", "Meeting"),
            ("number", "body", "place", "state", "mode", "starts_at", "venue", "chair", "guests", "due", "present"),
        ),
    )

    def visible_to(self, user):
        return reach.visible_meetings(user)

    def link(self, row):
        return reverse("decisions-meeting", args=[row.number])


@register
class Rolls(Decided):
    key, title, model, icon = "decision-rolls", _("Rolls of deciding bodies"), Seat, "users"
    change = "decisions.keep"
    about = _("Who belongs to a body from when to when. Majorities are counted against it; whoever has left is not.")
    columns = ("name", "group", "body", "unit", "is_head", "starts_on", "ended_on", "ended_why")
    search = ("name", "group")
    filters = ("body", "ended_why", "is_head")
    sections = (
        (_("Seat"), ("unit", "body", "name", "group", "person", "is_head", "starts_on", "ended_on", "ended_why")),
    )
    fields = ("unit", "body", "name", "group", "person", "is_head", "starts_on")
    fixed = ("unit", "body")
    import_key = ("unit", "body", "name", "group")
    save_with = both(services.save_seat)
    verbs = (
        Verb("end", _("Take off the roll"), services.end_seat, "decisions.keep", ENDED,
             when=lambda seat: seat.ended_on is None),
    )  # fmt: skip

    def visible_to(self, user):
        return reach.visible_seats(user)

    def choices_for(self, name, user):
        return reach.own_units(user) if name == "unit" else None


@register
class Majorities(Catalogue):
    key, title, model, icon = "decision-majorities", _("Bodies and majorities"), Quorum, "scale"
    about = _("Who must come and who must agree. A change begins on its day; meetings held before keep what held then.")
    columns = ("name", "side", "attend_num", "attend_den", "attend_more", "pass_num", "pass_den", "pass_more", "of_all",
               "basis", "origin", "valid_from", "valid_to")  # fmt: skip
    filters = ("side", "origin")
    fields = ("key", "name", "name_en", "side", "attend_num", "attend_den", "attend_more", "pass_num", "pass_den",
              "pass_more", "of_all", "proxies", "is_rolled", "basis", "valid_from")  # fmt: skip
    sections = ((_("Body and its majority"), (*fields, "valid_to", "origin")),)
    fixed = ("key",)
    import_key = ("key", "valid_from")
    save_with = both(services.save_quorum)


@register
class Matters(Catalogue):
    key, title, model, icon = "decision-matters", _("What must be decided"), Matter, "list-checks"
    about = _("Each kind of matter with its chain and its majority: the villagers' or the collective's.")
    columns = (
        "name",
        "side",
        "chain",
        "quorum_key",
        "purposes",
        FROM,
        "tolerance_percent",
        "is_secret",
        "origin",
        "valid_to",
    )
    search = ("name", "key")
    filters = ("side", "is_secret", "origin")
    fields = ("key", "name", "name_en", "side", "chain", "quorum_key", "purposes", FROM, "tolerance_percent",
              "is_secret", "is_open_choice", "basis", "valid_from", "valid_to", "position")  # fmt: skip
    sections = ((_("Kind of matter"), (*fields, "origin")),)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_matter)


@register
class Earlier(Decided):
    key, title, model, icon = "decision-earlier", _("Earlier decisions"), EarlierDecision, "archive"
    change = "decisions.keep"
    about = _("Decisions from before the register, so that what still rests on them can name them.")
    columns = ("number", "title", "place", "decided_on", AMOUNT, "winner")
    search = ("number", "title", "winner")
    filters = ("decided_on",)
    fields = ("place", "number", "title", "decided_on", AMOUNT, "winner")
    sections = ((_("Earlier decision"), fields),)
    fixed = ("place",)
    import_key = ("place", "number")
    save_with = both(services.save_earlier)

    def visible_to(self, user):
        return reach.visible_earlier(user)

    def choices_for(self, name, user):
        return Place.objects.filter(pk__in=reach.own_units(user).values("place")) if name == "place" else None


@register
class Keepings(Catalogue):
    key, title, model, icon = "decision-keeping", _("Villages that decide here"), Keeping, "badge-check"
    about = _("From that day a payment, contract or listing needs a number of the register, or of an earlier decision.")
    columns = ("place", "since")
    filters = ("since",)
    fields = ("place", "since")
    sections = ((_("Decides here"), fields),)
    fixed = ("place",)
    import_key = ("place",)
    save_with = both(services.keep_here)
