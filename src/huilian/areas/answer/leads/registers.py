"""Limits, sanctions, members of the joint conference; the list of leads without a word of what they say."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.registers import Register, both, register

from . import services
from .models import Ally, Lead, Sanction, Term
from .queries import reach

SEE = reach.SEE


@register
class Leads(Register):
    key, title, model, icon = "leads", _("Register of leads"), Lead, "lock"
    group, see = "answer", SEE
    about = _("Leads of one's own teams. Names, facts and papers lie sealed and are in no list and no export.")
    columns = (
        "number", "received_at", "source", "source_number", "naming", "unit", "place", "discipline", "field", "micro",
        "rank", "amount", "grade", "state", "office", "handler", "closed_at", "fed_back_on", "archive_no",
    )  # fmt: skip
    search = ("number", "source_number", "archive_no")
    filters = ("source", "field", "micro", "discipline", "rank", "grade", "state", "received_at")
    sections = ((_("Lead"), columns),)

    def visible_to(self, user):
        return reach.visible_to(user)

    def link(self, row):
        return reverse("leads-lead", args=[row.number])


class Catalogue(Register):
    """What everybody here reads and the case manager keeps."""

    group, see, change = "answer", SEE, "leads.catalogue"

    def visible_to(self, user):
        return self.model.objects.all()


@register
class Terms(Catalogue):
    key, title, model, icon = "lead-terms", _("Limits of time of leads"), Term, "timer"
    columns = ("key", "name", "length", "unit", "basis", "origin")
    fields = ("key", "name", "name_en", "length", "unit", "basis")
    sections = ((_("Limit of time"), fields),)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_term)


@register
class Sanctions(Catalogue):
    key, title, model, icon = "lead-sanctions", _("Sanctions and their effect"), Sanction, "gavel"
    columns = ("key", "name", "form", "months", "basis", "is_active", "origin")
    fields = ("key", "name", "name_en", "form", "months", "basis", "is_active")
    filters = ("form", "is_active")
    sections = ((_("Kind of sanction"), fields),)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_sanction)


@register
class Allies(Catalogue):
    key, title, model, icon = "lead-allies", _("Joint conference on cases"), Ally, "users"
    columns = ("unit", "duty", "contact", "since", "until")
    fields = ("unit", "duty", "contact", "since", "until")
    sections = ((_("Member of the joint conference"), fields),)
    fixed = ("unit",)
    import_key = ("unit",)
    save_with = both(services.save_ally)
