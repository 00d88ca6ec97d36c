"""「单位」「岗位」 Bodies that hold power, the posts in them, and the organisations they deal with."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .places import Place


class Unit(models.Model):
    """「单位」 A body that acts: a department, a township, a village committee, a cooperative, a work-room.

    One place may hold several: village committee, community and share cooperative are three subjects with their own
    lists, books and posts (民法典 §96, §99, §101: each a special legal person of its own).
    """

    class Kind(models.TextChoices):
        COUNTY_GOVERNMENT = "county_government", _("county government")
        DEPARTMENT = "department", _("department")
        TOWNSHIP_GOVERNMENT = "township_government", _("township government")
        VILLAGE_COMMITTEE = "village_committee", _("village committee")
        COMMUNITY = "community", _("community")
        COOPERATIVE = "cooperative", _("share cooperative")
        SUPERVISION_COMMITTEE = "supervision_committee", _("village supervision committee")
        STATION = "station", _("station")
        DISCIPLINE = "discipline", _("discipline inspection body")
        HOTLINE_CENTRE = "hotline_centre", _("hotline centre")
        COMMAND_CENTRE = "command_centre", _("command centre")
        WORK_ROOM = "work_room", _("district work-room")
        COOPERATION_ZONE = "cooperation_zone", _("cooperation zone")
        PARTY_GROUP = "party_group", _("party organisation of a firm or of workers abroad")
        PUBLIC_BODY = "public_body", _("public institution")

    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=32, blank=True)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    place = models.ForeignKey(Place, models.PROTECT, related_name="units", verbose_name=_("place"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    covers = models.ManyToManyField(
        Place,
        blank=True,
        related_name="covered_by",
        verbose_name=_("places covered"),
        help_text=_("Only for a work-room or cooperation zone that answers for several townships."),
    )
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    duties = models.TextField(_("duties"), blank=True)
    phone = models.CharField(_("office telephone"), max_length=32, blank=True)
    valid_from = models.DateField(_("set up on"), null=True, blank=True)
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["place__path", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"], condition=~Q(credit_code="") & Q(valid_to=None), name="unit_credit_code_once"
            ),
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(valid_to=None), name="unit_name_once_a_place"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class Post(models.Model):
    """「岗位」 A seat in a unit. What its holder may do follows from `roles`: keys declared in the apps' roles.yaml."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=64)
    roles = models.JSONField(_("roles"), default=list, blank=True)
    is_head = models.BooleanField(_("heads the unit"), default=False)
    quota = models.PositiveSmallIntegerField(_("staff quota"), null=True, blank=True)
    duties = models.TextField(_("duties"), blank=True)
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["unit", "-is_head", "name"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], condition=Q(valid_to=None), name="post_name_once_a_unit")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.name}"


class Organisation(models.Model):
    """「组织」 A firm, cooperative or other body the county deals with: a bidder, a contractor, a payee."""

    class Kind(models.TextChoices):
        FIRM = "firm", _("firm")
        SOLE_TRADER = "sole_trader", _("sole trader")
        FARMERS_COOPERATIVE = "farmers_cooperative", _("farmers' cooperative")
        SOCIAL = "social", _("social organisation")
        PUBLIC = "public", _("public institution")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=120, db_index=True)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices, default=Kind.FIRM)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    legal_representative = models.CharField(_("legal representative"), max_length=64, blank=True)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("place")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["credit_code"], condition=~Q(credit_code=""), name="organisation_code_once")
        ]

    def __str__(self) -> str:
        return self.name
