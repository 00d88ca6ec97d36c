"""Risk points, measures, known points, scales, schemes, indicators and signals as registers."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.registers import Column, Register, both, register

from . import forms, services
from .models import GradeScale, Indicator, Measure, RiskPoint, Scheme, Signal, Starter
from .queries import reach

SEE = reach.SEE


@register
class Points(Register):
    key, title, model, icon = "risk-points", _("Register of risk points"), RiskPoint, "triangle-alert"
    group, see, change = "power", SEE, "risks.write"
    about = _(
        "Every point with its level, kind, grade and state. A table brought in is graded point by point afterwards."
    )
    columns = ("number", "unit", "level", "post", "section", "kind", "field", "name", "grade", "state", "reviewed_on")
    search = ("number", "name", "manifestation", "unit__name", "item_code")
    filters = ("level", "kind", "field", "grade", "state", "reviewed_on")
    sections = (
        (
            _("Risk point"),
            ("unit", "level", "post", "section", "kind", "field", "name", "manifestation", "basis", "bounds", "duty",
             "item_code", "procedure_key", "step", "rule"),
        ),
        (_("Grade and state"), ("importance", "used", "suggested", "grade", "deviation", "watcher", "state")),
    )  # fmt: skip
    fields = (
        "unit", "level", "post", "section", "kind", "field", "name", "manifestation", "basis", "bounds", "duty",
        "item_code", "procedure_key", "step", "rule",
    )  # fmt: skip
    fixed = ("unit",)
    import_key = ("unit", "level", "name")
    save_with = both(services.save_listed)

    def visible_to(self, user):
        return reach.visible_points(user)

    def choices_for(self, name, user):
        return forms.units_for(user, "risks.write") if name == "unit" else None

    def link(self, row):
        return reverse("risks-point", args=[row.number])


@register
class Measures(Register):
    key, title, model, icon = "risk-measures", _("Measures against risks"), Measure, "list-checks"
    group, see = "power", SEE
    columns = (Column("point__unit", _("Unit")), "point", "type", "phase", "text", "responsible", "due_on", "ended_on")
    search = ("text", "responsible", "point__name")
    filters = ("type", "phase", "due_on")
    sections = ((_("Measure of prevention"), ("point", "type", "phase", "text", "responsible", "due_on", "ended_on")),)

    def visible_to(self, user):
        return Measure.objects.filter(point__in=reach.visible_points(user).order_by()).select_related("point__unit")

    def link(self, row):
        return reverse("risks-point", args=[row.point.number])


@register
class Signals(Register):
    key, title, model, icon = "risk-signals", _("Signals of risks"), Signal, "radio"
    group, see = "power", SEE
    columns = ("number", "unit", "source", "ref", "text", "arose_on", "state", "point", "noticed_on", "corrected_on")
    search = ("number", "ref", "text", "unit__name")
    filters = ("source", "state", "arose_on")
    sections = (
        (_("Signal"), ("number", "unit", "source", "ref", "text", "arose_on", "state", "point", "analysis",
                       "noticed_on", "corrected_on")),
    )  # fmt: skip

    def visible_to(self, user):
        return reach.visible_signals(user)


class Catalogue(Register):
    """What everybody here reads and the county's supervisor keeps."""

    group, see, change = "power", SEE, "risks.catalogue"

    def visible_to(self, user):
        return self.model.objects.all()


@register
class Starters(Catalogue):
    key, title, model, icon = "risk-known", _("Known risk points"), Starter, "book-open"
    about = _("Points known from villages and departments, with how they show: examples, taken over by one press.")
    columns = ("body", "post", "name", "manifestation", "kind", "field", "grade", "is_active", "origin")
    search = ("post", "name", "manifestation")
    filters = ("body", "kind", "field", "grade", "is_active")
    fields = ("body", "post", "name", "manifestation", "kind", "field", "grade", "is_active")
    sections = ((_("Known risk point"), fields),)
    import_key = ("body", "post", "name")
    save_with = both(services.save_starter)


@register
class Scales(Catalogue):
    key, title, model, icon = "risk-scales", _("Scales of grades"), GradeScale, "scale"
    about = _(
        "From how many cases a power is used often, and from which score a grade counts. No higher rule sets them."
    )
    columns = ("valid_from", "often", "sometimes", "first", "second", "origin")
    fields = ("valid_from", "often", "sometimes", "first", "second")
    sections = ((_("Scale of grades"), fields),)
    fixed = ("valid_from",)
    import_key = ("valid_from",)
    save_with = both(services.save_scale)


@register
class Indicators(Catalogue):
    key, title, model, icon = "risk-indicators", _("Thresholds of indicators"), Indicator, "gauge"
    about = _("Shares in per cent from which a reading is yellow, orange or red. How each is counted is fixed.")
    columns = ("name", "yellow", "orange", "red", "least", "is_active", "origin")
    fields = ("key", "name", "name_en", "yellow", "orange", "red", "least", "is_active")
    sections = ((_("Indicator"), fields),)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_indicator)


@register
class Schemes(Catalogue):
    key, title, model, icon = "risk-schemes", _("Schemes of stages"), Scheme, "route"
    about = _("The six stages, the seven moves set upon them, and schemes of the county's own.")
    columns = ("key", "name", "is_active", "origin")
    fields = ("key", "name", "name_en", "lines", "is_active")
    sections = ((_("Scheme of stages"), fields),)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_scheme)
