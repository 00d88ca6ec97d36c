"""「工作组」 Leading groups, their offices and task forces, command posts, cooperation zones."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .people import Person
from .places import Place
from .units import Unit


class WorkGroup(models.Model):
    """「工作组」 A standing group without a seal of its own: its host unit answers for it."""

    class Kind(models.TextChoices):
        LEADING = "leading", _("leading group")
        OFFICE = "office", _("office of a leading group")
        TASK_FORCE = "task_force", _("task force")
        COMMAND = "command", _("general command post")
        SUB_COMMAND = "sub_command", _("sub-command post")
        ZONE = "zone", _("cooperation zone")

    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="hosted_groups", verbose_name=_("host unit"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    covers = models.ManyToManyField(Place, blank=True, related_name="+", verbose_name=_("places covered"))
    purpose = models.TextField(_("purpose"), blank=True)
    document = models.CharField(_("document"), max_length=120, blank=True)
    set_up_on = models.DateField(_("set up on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    class Meta:
        verbose_name = _("work group")
        verbose_name_plural = _("work groups")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(dissolved_on=None), name="work_group_name_once"),
            models.CheckConstraint(
                condition=Q(dissolved_on=None) | Q(dissolved_on__gte=F("set_up_on")), name="work_group_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkGroupMember(models.Model):
    """「成员」 A person or a whole unit in a work group, with the force it comes from (片组协作区的五类成员)."""

    class Duty(models.TextChoices):
        HEAD = "head", pgettext_lazy("of a work group", "head")
        DEPUTY = "deputy", _("deputy head")
        OFFICE_HEAD = "office_head", _("head of the office")
        COORDINATOR = "coordinator", _("coordinator")
        MEMBER = "member", _("member")
        LIAISON = "liaison", _("liaison")

    class Force(models.TextChoices):
        LEADERSHIP = "leadership", _("member of the commission's leadership")
        HEADQUARTERS = "headquarters", _("general department of the commission")
        SUPERVISION_OFFICE = "supervision_office", _("discipline supervision office")
        STATIONED = "stationed", _("stationed body")
        TOWNSHIP_OFFICE = "township_office", _("township supervision office")

    group = models.ForeignKey(WorkGroup, models.PROTECT, related_name="members", verbose_name=_("work group"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("person")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("unit")
    )
    duty = models.CharField(_("duty"), max_length=12, choices=Duty.choices, default=Duty.MEMBER)
    force = models.CharField(_("comes from"), max_length=20, choices=Force.choices, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of a work group")
        verbose_name_plural = _("members of work groups")
        ordering = ["group", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit__isnull=True) | Q(person__isnull=True, unit__isnull=False),
                name="member_is_a_person_or_a_unit",
            ),
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(ends_on=None), name="member_person_once_a_group"
            ),
            models.UniqueConstraint(
                fields=["group", "unit"], condition=Q(ends_on=None, person=None), name="member_unit_once_a_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.person or self.unit}"
