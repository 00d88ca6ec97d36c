"""Tips as numbers: one's own with every word of the register, and what case management is copied. Nothing they say."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.look.text import say
from huilian.engine.registers import Column, Register, register

from .models import Tip
from .queries import figures, reach

STEP = Column("case__step", _("Step"), value=lambda tip: say(tip.case.definition.step(tip.case.step).name))


@register
class Tips(Register):
    key, title, model, icon = "tips", _("Register of tips"), Tip, "shield-alert"
    group, see = "hear", reach.SEE
    about = _("Tips of one's own teams. What they say and who said it lie sealed and are in no list and no export.")
    columns = (
        "number", "received_at", "channel", "named", "sort", "level", "field", "micro", "unit", "place", "fast_lane",
        STEP, "repeat_of", "told_at", "result_told_at", "lead",
    )  # fmt: skip
    search = ("number", "lead")
    filters = ("channel", "named", "sort", "level", "field", "micro", "fast_lane", "received_at")
    sections = ((_("Tip"), columns),)

    def visible_to(self, user):
        return reach.visible_to(user)

    def link(self, row):
        return reverse("tip", args=[row.number])


@register
class Numbers(Register):
    """「抄送案管」"""

    key, title, model, icon = "tip-numbers", _("Tips copied to case management"), Tip, "list-checks"
    group, see = "hear", "tips.copy"
    about = _("Accepted tips by number. Neither unit nor field: those belong to the team.")
    columns = ("number", "received_at", STEP)
    search = ("number",)
    filters = ("received_at",)
    sections = ((_("Tip"), columns),)

    def visible_to(self, user):
        return figures.sent_to_case_managers(user)

    def link(self, row):
        return reverse("tips-figures")
