"""Places in which people are talked to, what the county looks at in them and in its offices, how it was found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Unit
from huilian.engine.documents.models import Attachment
from huilian.engine.look.text import say


class Catalogue(models.Model):
    """A row that came with the product and is the county's own once it was changed."""

    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        abstract = True


class Room(models.Model):
    """「谈话场所」 One room in which people are talked to, and the unit that answers for it."""

    class Kind(models.TextChoices):
        TALK = "talk", _("talk room")
        QUESTION = "question", _("room for questioning")
        RECEPTION = "reception", _("reception room for petitioners")
        CENTRE = "centre", _("room of a case-handling centre")

    name = models.CharField(_("place of talks"), max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that answers for the place"))
    kind = models.CharField(_("kind of place"), max_length=10, choices=Kind)
    capacity = models.PositiveSmallIntegerField(_("people it holds"))
    address = models.CharField(_("where it is"), max_length=120, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("place of talks")
        verbose_name_plural = _("places of talks")
        ordering = ["unit", "name"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="office_room_once_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.name}"


class Equipment(models.Model):
    """「场所设备」 Equipment of a room: recording, camera, alarm, padding, first aid."""

    class State(models.TextChoices):
        WORKS = "works", pgettext_lazy("equipment", "works")
        BROKEN = "broken", pgettext_lazy("equipment", "broken")
        MISSING = "missing", pgettext_lazy("equipment", "missing")

    room = models.ForeignKey(Room, models.PROTECT, related_name="equipment", verbose_name=_("place of talks"))
    name = models.CharField(_("piece of equipment"), max_length=60)
    count = models.PositiveSmallIntegerField(_("how many pieces"), default=1)
    state = models.CharField(_("state of the equipment"), max_length=8, choices=State, default=State.WORKS)

    class Meta:
        verbose_name = _("equipment of a place")
        verbose_name_plural = _("equipment of places")
        ordering = ["room", "pk"]
        constraints = [models.UniqueConstraint(fields=["room", "name"], name="office_equipment_once_a_room")]

    def __str__(self) -> str:
        return self.name


class Item(Catalogue):
    """「检查项」 One thing that is looked at: in a room, in an office, before, during and after a talk."""

    class List(models.TextChoices):
        ROOM = "room", _("standard of a place of talks")
        SEVEN = "seven", _("seven ones of an office")
        STANDARD = "standard", _("standard of a supervision office")
        BEFORE = "before", _("before a talk")
        DURING = "during", _("during a talk")
        AFTER = "after", _("after a talk")

    list = models.CharField(_("list of items"), max_length=8, choices=List)
    number = models.PositiveSmallIntegerField(_("number in the list"))
    text = models.CharField(_("what must be there"), max_length=120)
    text_en = models.CharField(_("in English"), max_length=160, blank=True)
    basis = models.CharField(_("basis"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("item looked at")
        verbose_name_plural = _("items looked at")
        ordering = ["list", "number"]
        constraints = [models.UniqueConstraint(fields=["list", "number"], name="office_item_once_a_list")]

    def __str__(self) -> str:
        return say({"zh": self.text, "en": self.text_en or self.text})


class Check(models.Model):
    """「检查记录」 How one item was found in a room, an office or a talk. Never changed; the latest counts."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="checks", verbose_name=_("item looked at"))
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="checks")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    talk = models.ForeignKey("office.Talk", models.PROTECT, null=True, related_name="checks")
    is_good = models.BooleanField(_("in order"))
    note = models.CharField(_("what was found"), max_length=200, blank=True)
    photo = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("looked at"))

    class Meta:
        verbose_name = _("look at an item")
        verbose_name_plural = _("looks at items")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(room__isnull=False, unit=None, talk=None)
                | Q(room=None, unit__isnull=False, talk=None)
                | Q(room=None, unit=None, talk__isnull=False),
                name="office_check_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.at:%Y-%m-%d}"


class Limit(Catalogue):
    """「谈话时限」 A limit of talks in minutes; hours of the night in minutes since midnight."""

    key = models.SlugField(_("key"), max_length=20, unique=True)
    name = models.CharField(_("limit of talks"), max_length=60)
    name_en = models.CharField(_("in English"), max_length=80, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"))
    basis = models.CharField(_("basis"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("limit of talks")
        verbose_name_plural = _("limits of talks")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(minutes__lt=1440), name="office_limit_within_a_day")]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})
