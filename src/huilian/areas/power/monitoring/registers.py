"""Contents of the evaluation, offences and bands, video points, checks, corrections, penalties as registers."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Unit
from huilian.engine.registers import Column, Register, both, register
from huilian.foundation import money

from . import services
from .models import CheckRecord, Correction, Criterion, Penalty, PenaltyBand, PenaltyMatter, VideoPoint
from .queries import watching


def _cents(text) -> int | None:
    text = "" if text is None else str(text).strip()
    return money.cents(text) if text else None


def _yuan(cents: int | None) -> str:
    return "" if cents is None else f"{money.yuan(cents):f}"


def yuan(name: str) -> Column:
    """An amount typed and shown in yuan, kept in cents."""
    return Column(name, parse=_cents, label=_yuan, hint=_("In yuan."))


class Kept(Register):
    """What everybody here reads and the monitoring officer keeps."""

    group, see, change = "power", "monitoring.see", "monitoring.catalogue"

    def visible_to(self, user):
        return self.model.objects.all()

    def choices_for(self, name, user):
        return Unit.objects.filter(valid_to=None) if name == "unit" else None


@register
class Criteria(Kept):
    key, title, model, icon = "monitoring-criteria", _("Contents of the evaluation"), Criterion, "list-checks"
    about = _("What the evaluation counts and what each content weighs; a quarter keeps what held on its first day.")
    columns = ("position", "name", "key", "weight", "valid_from", "origin")
    sections = ((_("Content"), ("key", "name", "name_en", "weight", "valid_from", "position")),)
    fields = ("key", "name", "name_en", "weight", "valid_from", "position")
    import_key = ("key", "valid_from")
    save_with = both(services.save_criterion)


@register
class Matters(Kept):
    key, title, model, icon = "monitoring-offences", _("Offences"), PenaltyMatter, "scale"
    columns = ("code", "name", "unit", "law", "article", "is_active")
    search = ("code", "name", "law")
    filters = ("is_active",)
    sections = ((_("Offence"), ("code", "name", "unit", "law", "version", "article", "is_active")),)
    fields = ("code", "name", "unit", "law", "version", "article", "is_active")
    fixed = ("code",)
    import_key = ("code",)
    save_with = both(services.save_matter)


@register
class Bands(Kept):
    key, title, model, icon = "monitoring-bands", _("Bands of discretion"), PenaltyBand, "sliders-horizontal"
    about = _("Which circumstances allow which fine. A fine outside needs its reason and a second person.")
    columns = ("matter", "name", "circumstances", yuan("low_cents"), yuan("high_cents"), "position")
    search = ("matter__name", "name")
    sections = ((_("Band"), ("matter", "name", "circumstances", yuan("low_cents"), yuan("high_cents"), "position")),)
    fields = ("matter", "name", "circumstances", yuan("low_cents"), yuan("high_cents"), "position")
    import_key = ("matter", "name")
    save_with = both(services.save_band)


@register
class Points(Kept):
    key, title, model, icon = "monitoring-video", _("Video points"), VideoPoint, "monitor"
    about = _("Where a camera looks at a hall or window. Only the link is kept, no video.")
    columns = ("name", "unit", "window", "link", "is_active")
    search = ("name", "unit__name")
    filters = ("is_active",)
    sections = ((_("Video point"), ("name", "unit", "window", "link", "is_active")),)
    fields = ("name", "unit", "window", "link", "is_active")
    import_key = ("unit", "name")
    save_with = both(services.save_point)

    def visible_to(self, user):
        return watching.visible_points(user)


@register
class Checks(Kept):
    key, title, model, icon = "monitoring-checks", _("Checks of controls"), CheckRecord, "check"
    change = "monitoring.correct"
    about = _("Each check says which control it tests, and what is changed because of it.")
    columns = ("on", "unit", "control", "finding", "change", "by")
    search = ("control", "finding", "unit__name")
    filters = ("on",)
    sections = ((_("Check"), ("unit", "on", "control", "case_no", "finding", "change", "by")),)
    fields = ("unit", "on", "control", "case_no", "finding", "change")
    import_key = ("unit", "on", "control")
    save_with = both(services.enter_check)

    def visible_to(self, user):
        return watching.visible_checks(user)


@register
class Corrections(Kept):
    key, title, model, icon = "monitoring-corrections", _("Correction orders"), Correction, "flag"
    change = ""
    columns = ("number", "unit", "demand", "state", "issued_at", "answered_at", "verified_at")
    search = ("number", "demand", "unit__name")
    filters = ("state", "issued_at")
    sections = ((_("Correction order"), ("number", "case", "unit", "demand", "answer", "remark", "state")),)

    def visible_to(self, user):
        return watching.visible_corrections(user)


@register
class Penalties(Kept):
    key, title, model, icon = "monitoring-penalties", _("Penalties"), Penalty, "scale"
    change = ""
    columns = (Column("case__number", _("Number")), "matter", "band", yuan("amount_cents"), "decided_by")
    search = ("case__number", "matter__name")
    filters = ("matter",)
    sections = ((_("Penalty"), ("matter", "band", yuan("amount_cents"), "deviation", "reviewed_by", "decided_by")),)

    def visible_to(self, user):
        return watching.visible_penalties(user)

    def link(self, row):
        return reverse("desk-case", args=[row.case.number])
