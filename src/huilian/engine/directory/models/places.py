"""「区划」 Administrative divisions by 12-digit statistical code, with their history."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Place(models.Model):
    """「区划」 One administrative division during the time it existed under one code.

    `path` is what row visibility rests on: digits only, fixed width by level (2, 4, 6, 9, 12), and every place below
    another has that other's path as its beginning. It is the code's own significant digits, except where a village
    came from another township and its digits are taken there; so ask `path` for what lies below, and `code` for what
    the place is called in the statistics. It never changes its width, and compares alike in every collation.

    Five codes of the national table stand on two levels: 东莞, 中山, 儋州 have no counties, 金门 no townships, and the
    table repeats them one level below. So a code is unique within its level, and the highest is the place itself.
    """

    class Level(models.IntegerChoices):
        PROVINCE = 1, _("province")
        CITY = 2, _("city")
        COUNTY = 3, _("county")
        TOWNSHIP = 4, _("township")
        VILLAGE = 5, _("village")

    WIDTH = {1: 2, 2: 4, 3: 6, 4: 9, 5: 12}

    class UrbanRural(models.TextChoices):
        """城乡分类代码, 国家统计局《统计用区划代码和城乡划分代码编制规则》."""

        MAIN_CITY = "111", _("main urban area")
        CITY_FRINGE = "112", _("urban–rural fringe of a city")
        TOWN_CENTRE = "121", _("town centre")
        TOWN_FRINGE = "122", _("urban–rural fringe of a town")
        SPECIAL = "123", _("special area")
        TOWNSHIP_CENTRE = "210", _("township centre")
        VILLAGE = "220", pgettext_lazy("urban–rural class", "village")

    code = models.CharField(_("statistical code"), max_length=12)
    name = models.CharField(_("name"), max_length=64, db_index=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    path = models.CharField(max_length=12, unique=True, editable=False)
    urban_rural = models.CharField(_("urban–rural class"), max_length=3, choices=UrbanRural.choices, blank=True)
    valid_from = models.DateField(_("stands since"), null=True, blank=True)
    valid_to = models.DateField(_("last day"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", verbose_name=_("merged into")
    )

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "level"], condition=Q(valid_to=None), name="place_code_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="place_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="place_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def highest_path(self) -> str:
        """The last path that can lie below this place: `path <= p <= highest_path` is this place and all below."""
        return self.path.ljust(12, "9")


class PlaceChange(models.Model):
    """「区划变更」 What happened to a place, and by which document. Never edited."""

    class Kind(models.TextChoices):
        MERGED = "merged", _("merged into another")
        MOVED = "moved", _("moved to another parent")
        RENAMED = "renamed", _("renamed")
        RECODED = "recoded", _("given another code")
        CLOSED = "closed", _("abolished")

    place = models.ForeignKey(Place, models.CASCADE, related_name="changes", verbose_name=_("place"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    on = models.DateField(_("from this day"))
    before = models.CharField(_("before"), max_length=64, blank=True)
    after = models.CharField(_("after"), max_length=64, blank=True)
    document = models.CharField(_("document"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("change of a place")
        verbose_name_plural = _("changes of places")
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["kind", "before"], name="place_change_before")]

    def __str__(self) -> str:
        return f"{self.place} {self.get_kind_display()} {self.on}"
