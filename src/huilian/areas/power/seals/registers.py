"""Seals, classes of papers, papers that are not issued, uses and loans as registers."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Unit
from huilian.engine.registers import Column, Register, Verb, both, register
from huilian.foundation.masking import mask_name

from . import services
from .devices import DEVICES
from .models import DocumentClass, ForbiddenPaper, Loan, Request, Seal
from .queries.reach import visible_loans, visible_requests, visible_seals

WHY = {"reason": lambda: forms.CharField(label=pgettext_lazy("seals", "Reason"), max_length=200)}
DEVICE = Column("device", label=lambda key: str(DEVICES[key].name) if key in DEVICES else key)


@register
class Seals(Register):
    key, title, model, icon = "seals", _("Register of seals"), Seal, "stamp"
    group, see, change = "power", "seals.see", "seals.register"
    about = _("Every seal of every unit: who keeps it, in which box, since when.")
    columns = ("number", "name", "kind", "unit", "keeper", "state", DEVICE)
    search = ("number", "name", "unit__name")
    filters = ("kind", "state", "device")
    sections = (
        (
            pgettext_lazy("choose one", "Seal"),
            ("name", "kind", "unit", "keeper", "started_on", "ended_on", "record_no", "replaces"),
        ),
        (_("Box and place"), (DEVICE, "device_no", "device_address", "latitude", "longitude", "radius_m")),
    )
    fields = (
        "unit",
        "name",
        "kind",
        "keeper",
        "started_on",
        "record_no",
        "replaces",
        "device",
        "device_no",
        "device_address",
        "latitude",
        "longitude",
        "radius_m",
    )
    fixed = ("unit", "kind", "keeper")
    import_key = ("unit", "kind", "name")
    save_with = both(services.save_seal)
    verbs = (
        Verb(
            "stop",
            _("Take out of use"),
            services.stop,
            "seals.register",
            WHY,
            danger=True,
            when=lambda seal: seal.state in ("in_use", "lent"),
        ),
        Verb(
            "destroy",
            _("Note its destruction"),
            services.destroy,
            "seals.register",
            WHY,
            danger=True,
            when=lambda seal: seal.state == "stopped",
        ),
    )

    def visible_to(self, user):
        return visible_seals(user)

    def choices_for(self, name, user):
        return Unit.objects.filter(valid_to=None) if name == "unit" else None

    def link(self, row):
        return reverse("seals-seal", args=[row.pk])


class Catalogue(Register):
    """What everybody here reads and the county's officer keeps."""

    group, see, change = "power", "seals.see", "seals.catalogue"

    def visible_to(self, user):
        return self.model.objects.all()


@register
class Classes(Catalogue):
    key, title, model, icon = "seals-classes", _("Classes of sealed papers"), DocumentClass, "tag"
    about = _("Which papers go which way, and in how many minutes. Running requests keep their clock.")
    columns = ("position", "name", "way", "needs", "promised_minutes", "most_copies", "is_active", "origin")
    sections = (
        (
            _("Class of papers"),
            (
                "key",
                "name",
                "name_en",
                "examples",
                "way",
                "needs",
                "promised_minutes",
                "most_copies",
                "position",
                "is_active",
            ),
        ),
    )
    fields = (
        "key",
        "name",
        "name_en",
        "examples",
        "way",
        "needs",
        "promised_minutes",
        "most_copies",
        "position",
        "is_active",
    )
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_class)


@register
class Forbidden(Catalogue):
    key, title, model, icon = "seals-not-issued", _("Papers a village does not issue"), ForbiddenPaper, "x"
    about = _("A request whose title speaks of one of these is refused, with where people go instead.")
    columns = ("name", "instead", "basis", "is_active", "origin")
    search = ("name", "words")
    filters = ("is_active",)
    sections = ((_("Paper that is not issued"), ("name", "words", "instead", "basis", "is_active")),)
    fields = ("name", "words", "instead", "basis", "is_active")
    import_key = ("name",)
    save_with = both(services.save_forbidden)


@register
class Uses(Register):
    key, title, model, icon = "seals-uses", _("Uses of seals"), Request, "scroll-text"
    group, see = "power", "seals.see"
    about = _("Every request with who asked, who agreed and how long it took.")
    columns = (
        Column("case__number", _("Number")),
        "title",
        "seal",
        "document_class",
        "recipient",
        "copies",
        "applicant",
        "released_at",
        "waited_minutes",
        "is_emergency",
    )
    search = ("case__number", "title", "recipient")
    filters = ("document_class", "is_emergency", "released_at")
    sections = (
        (
            _("Use of a seal"),
            (
                "title",
                "purpose",
                "recipient",
                "villager",
                "copies",
                "decision_no",
                "contract_no",
                "applicant",
                "reviewer",
                "approver",
                "released_at",
            ),
        ),
    )
    masked = {"villager": mask_name}

    def visible_to(self, user):
        return visible_requests(user)

    def link(self, row):
        return reverse("desk-case", args=[row.case.number])


@register
class Loans(Register):
    key, title, model, icon = "seals-loans", _("Seals out of the office"), Loan, "undo-2"
    group, see = "power", "seals.see"
    columns = ("seal", "destination", "reason", "taker", "companion", "state", "out_at", "due_at", "back_at")
    search = ("seal__name", "destination", "reason")
    filters = ("state", "due_at")
    sections = (
        (
            _("Loan of a seal"),
            (
                "seal",
                "destination",
                "reason",
                "taker",
                "companion",
                "asked_at",
                "decided_by",
                "decided_at",
                "note",
                "out_at",
                "due_at",
                "back_at",
            ),
        ),
    )

    def visible_to(self, user):
        return visible_loans(user)
