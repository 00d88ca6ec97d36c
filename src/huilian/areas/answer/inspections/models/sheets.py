"""Check sheets: the county's items, what was written on them on which device, the photographs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person
from huilian.engine.documents.models import Attachment
from huilian.engine.look.text import say


class SheetForm(models.Model):
    """「检查表」 A list of things to look at, kept by the county."""

    key = models.SlugField(_("key"), max_length=24, unique=True)
    name = models.CharField(_("check sheet"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    source = models.CharField(_("where it comes from"), max_length=120, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("check sheet")
        verbose_name_plural = _("check sheets")
        ordering = ["pk"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class CheckItem(models.Model):
    """「检查要点」 One thing a sheet asks about. Findings cite it."""

    form = models.ForeignKey(SheetForm, models.PROTECT, related_name="items", verbose_name=_("check sheet"))
    number = models.PositiveSmallIntegerField(_("number of the item"))
    group = models.CharField(_("group of items"), max_length=40, blank=True)
    text = models.CharField(_("what is looked at"), max_length=120)
    text_en = models.CharField(_("English name"), max_length=160, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("check item")
        verbose_name_plural = _("check items")
        ordering = ["form", "number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="inspection_item_once_a_form")]

    def __str__(self) -> str:
        return f"{self.number} {say({'zh': self.text, 'en': self.text_en or self.text})}"


class Sheet(models.Model):
    """「检查底稿」 One sheet about one target, filled by several people on several devices at once."""

    target = models.OneToOneField("inspections.Target", models.PROTECT, related_name="sheet")
    handed_in_at = models.DateTimeField(_("handed in"), null=True)
    handed_in_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("handed in by")
    )

    class Meta:
        verbose_name = _("filled sheet")
        verbose_name_plural = _("filled sheets")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.target)


class Entry(models.Model):
    """「底稿记录」 What somebody wrote about one item. Never changed or deleted: only its `state` moves.

    `uid` is made on the device; `base` is the `uid` of what the writer saw there, empty for nothing.
    """

    class Mark(models.TextChoices):
        NONE = "", pgettext_lazy("a check item", "not looked at")
        GOOD = "ok", pgettext_lazy("a check item", "in order")
        BAD = "bad", pgettext_lazy("a check item", "a problem")
        NOT_HERE = "na", pgettext_lazy("a check item", "does not occur here")

    class State(models.TextChoices):
        CURRENT = "current", _("counts")
        REPLACED = "replaced", _("replaced by a later entry")
        CONTESTED = "contested", _("differs, to be decided")
        DROPPED = "dropped", _("not taken")

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="entries", verbose_name=_("filled sheet"))
    item = models.ForeignKey(CheckItem, models.PROTECT, related_name="+", verbose_name=_("check item"))
    uid = models.CharField(max_length=40)
    base = models.CharField(max_length=40, blank=True)
    mark = models.CharField(_("mark"), max_length=4, choices=Mark, blank=True)
    text = models.TextField(_("what was seen there"), blank=True)
    device = models.CharField(_("device"), max_length=40, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("written by"))
    noted_at = models.DateTimeField(_("written at"))
    kept_at = models.DateTimeField(_("came in at"))
    state = models.CharField(_("state"), max_length=10, choices=State)

    class Meta:
        verbose_name = _("entry of a sheet")
        verbose_name_plural = _("entries of sheets")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "uid"], name="inspection_entry_once"),
            models.UniqueConstraint(
                fields=["sheet", "item"], condition=Q(state="current"), name="inspection_entry_one_current"
            ),
        ]


class Photo(models.Model):
    """「检查照片」 A photograph to an item. Those of several devices stand beside one another."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="photos", verbose_name=_("filled sheet"))
    item = models.ForeignKey(CheckItem, models.PROTECT, related_name="+", verbose_name=_("check item"))
    uid = models.CharField(max_length=40)
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("photograph of a sheet")
        verbose_name_plural = _("photographs of sheets")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "uid"], name="inspection_photo_once")]
