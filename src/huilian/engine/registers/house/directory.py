"""Places, units, posts, people, appointments, work groups and organisations."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from huilian.engine.access.queries import may
from huilian.engine.directory import services
from huilian.engine.directory.models import (
    Appointment,
    Organisation,
    Person,
    Place,
    Post,
    Unit,
    WorkGroup,
    WorkGroupMember,
)
from huilian.engine.directory.roles import catalogue
from huilian.foundation.errors import Invalid
from huilian.foundation.masking import mask_phone
from huilian.foundation.now import today

from ..declare import Column, Register, Verb, register
from ..lookups import Lookup, split
from .accounts import ACCOUNT_VERB

LAST_DAY = {"on": lambda: _day(gettext_lazy("Last day"))}


def _day(label) -> forms.DateField:
    return forms.DateField(label=label, initial=today, widget=forms.DateInput(attrs={"type": "date"}))


def _text(label, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=120)


def _stands(row) -> bool:
    return row.valid_to is None


class Known(Register):
    """What may be looked up by those who keep the directory, appoint people, or audit."""

    see = "directory.change"
    seen_by = ("directory.change", "directory.posts", "directory.appoint", "access.see")

    def may_see(self, user) -> bool:
        return any(may(user, action) for action in self.seen_by)


@register
class Places(Known):
    key, title, model, icon = "places", gettext_lazy("Places"), Place, "map"
    about = gettext_lazy("Administrative divisions by statistical code. They come in by `huilian import divisions`.")
    columns = ("name", "code", "level", "parent", "urban_rural", "valid_from", "valid_to")
    search = ("name", "code")
    filters = ("level", "parent", "valid_to")
    sections = (
        (gettext_lazy("Division"), ("name", "code", "level", "parent", "urban_rural")),
        (gettext_lazy("Time"), ("valid_from", "valid_to", "merged_into")),
    )
    verbs = (
        Verb(
            "rename",
            gettext_lazy("Rename"),
            services.rename_place,
            "directory.change",
            {
                "name": lambda: forms.CharField(label=_("New name"), max_length=64),
                "on": lambda: _day(_("From this day")),
                "document": lambda: _text(_("Document"), required=False),
            },
            when=_stands,
            icon="pencil",
        ),
    )

    def visible_to(self, user):
        return Place.objects.all()


@register
class Units(Known):
    key, title, model, icon = "units", gettext_lazy("Units"), Unit, "building-2"
    columns = ("name", "short_name", "kind", "place", "parent", "credit_code", "phone", "valid_to")
    search = ("name", "short_name", "credit_code")
    filters = ("kind", "place", "valid_to")
    sections = (
        (gettext_lazy("Unit"), ("name", "short_name", "kind", "credit_code", "phone")),
        (gettext_lazy("Where it belongs"), ("place", "parent", "covers")),
        (gettext_lazy("Duties and time"), ("duties", "valid_from", "valid_to")),
    )
    fields = ("name", "short_name", "kind", "place", "parent", "credit_code", "phone", "duties", "valid_from")
    fixed = ("kind", "valid_from")
    import_key = ("place", "name")
    change = "directory.change"
    save_with = (services.add_unit, services.change_unit)
    verbs = (
        Verb(
            "dissolve",
            gettext_lazy("Dissolve"),
            services.dissolve_unit,
            "directory.change",
            LAST_DAY,
            gettext_lazy("The unit ends with this day. It is refused while people are in office there."),
            when=_stands,
            danger=True,
        ),
    )

    def visible_to(self, user):
        return Unit.objects.all()

    def match_rows(self, user):
        return Unit.objects.filter(valid_to=None)


def read_roles(text: str) -> list[str]:
    """Roles by their names or keys."""
    names = {role.name: key for key, role in catalogue().items()}
    found = []
    for part in split(text):
        key = part if part in catalogue() else names.get(part)
        if key is None:
            raise Invalid(_("There is no role “%(role)s”.") % {"role": part[:40]}, field="roles")
        found.append(key)
    return found


def say_roles(roles: list[str]) -> str:
    return "、".join(catalogue()[key].name if key in catalogue() else key for key in roles)


ROLES = Column(
    "roles",
    parse=read_roles,
    label=say_roles,
    sort="",
    required=False,
    hint=gettext_lazy("Names of roles, with 、 between them. They are what gives rights."),
)


@register
class Posts(Known):
    key, title, model, icon = "posts", gettext_lazy("Posts"), Post, "briefcase-business"
    columns = ("name", "unit", ROLES, "is_head", "quota", "valid_to")
    search = ("name", "unit__name")
    filters = ("unit", "is_head", "valid_to")
    sections = (
        (gettext_lazy("Post"), ("name", "unit", "is_head", "quota", "valid_to")),
        (gettext_lazy("Roles and duties"), ("roles", "duties")),
    )
    fields = ("unit", "name", ROLES, "is_head", "quota", "duties")
    fixed = ("unit",)
    import_key = ("unit", "name")
    change = "directory.posts"
    save_with = (services.add_post, services.change_post)
    verbs = (
        Verb(
            "close",
            gettext_lazy("Abolish"),
            services.close_post,
            "directory.posts",
            LAST_DAY,
            gettext_lazy("The post ends with this day. It is refused while somebody holds it longer."),
            when=_stands,
            danger=True,
        ),
    )

    def visible_to(self, user):
        return Post.objects.all()

    def match_rows(self, user):
        return Post.objects.filter(valid_to=None)


ACCOUNT = Column(
    "user", gettext_lazy("Account"), value=lambda person: person.user and person.user.username, sort="user__username"
)


@register
class People(Known):
    key, title, model, icon = "people", gettext_lazy("People"), Person, "users"
    about = gettext_lazy("Who holds or held a post. Telephone numbers are masked here and in every export.")
    columns = (
        "name",
        "phone",
        Column("user", gettext_lazy("Account"), value=lambda p: p.user and p.user.username, sort="user__username"),
    )
    search = ("name",)
    sections = ((gettext_lazy("Person"), ("name", "phone", "user")),)
    fields = ("name", "phone")
    import_key = ("name",)
    masked = {"phone": mask_phone}
    change = "directory.change"
    save_with = (services.add_person, services.change_person)
    verbs = (ACCOUNT_VERB,)

    def visible_to(self, user):
        return Person.objects.select_related("user")


def _appoint(*, person, post, by, **values) -> Appointment:
    return services.appoint(person, post, by=by, **values)


@register
class Appointments(Known):
    key, title, model, icon = "appointments", gettext_lazy("Appointments"), Appointment, "user-check"
    columns = ("person", "post__unit", "post__name", "kind", "starts_on", "ends_on", "document")
    search = ("person__name", "post__name", "post__unit__name")
    filters = ("kind", "ends_on")
    ordering = ("-starts_on", "-pk")
    sections = (
        (gettext_lazy("Who and what"), ("person", "post", "kind", "home_unit")),
        (gettext_lazy("Time"), ("starts_on", "ends_on", "document")),
    )
    fields = ("person", "post", "kind", "home_unit", "starts_on", "ends_on", "document")
    import_key = ("person", "post", "starts_on")
    change = "directory.appoint"
    save_with = (_appoint, None)
    verbs = (
        Verb(
            "end",
            gettext_lazy("End"),
            services.end_appointment,
            "directory.appoint",
            LAST_DAY,
            gettext_lazy("All rights that follow from this post end with this day."),
            when=lambda row: row.ends_on is None or row.ends_on > today(),
            danger=True,
        ),
    )

    def visible_to(self, user):
        return Appointment.objects.select_related("person", "post__unit")


def _member(group, *, by, person="", unit="", duty, starts_on: date):
    found = Lookup(Person).find(person) if person else None
    body = Lookup(Unit).find(unit) if unit else None
    return services.add_member(group, person=found, unit=body, duty=duty, starts_on=starts_on, by=by)


def _duty() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Duty"), choices=WorkGroupMember.Duty.choices, initial="member")


def _members(group: WorkGroup) -> list[str]:
    now_in = group.members.filter(ends_on=None).select_related("person", "unit")
    return [f"{member.person or member.unit}（{member.get_duty_display()}）" for member in now_in]


MEMBERS = Column("members_now", pgettext_lazy("of a work group", "Members"), value=_members)


@register
class WorkGroups(Known):
    key, title, model, icon = "work-groups", gettext_lazy("Work groups"), WorkGroup, "network"
    columns = ("name", "kind", "unit", "parent", "set_up_on", "dissolved_on")
    search = ("name", "purpose")
    filters = ("kind", "dissolved_on")
    sections = (
        (gettext_lazy("Work group"), ("name", "kind", "unit", "parent", "covers", "purpose")),
        (gettext_lazy("Time"), ("set_up_on", "dissolved_on", "document")),
        (
            pgettext_lazy("of a work group", "Members"),
            (
                Column(
                    "members_now",
                    pgettext_lazy("of a work group", "Members"),
                    value=lambda g: [
                        f"{m.person or m.unit}（{m.get_duty_display()}）"
                        for m in g.members.filter(ends_on=None).select_related("person", "unit")
                    ],
                ),
            ),
        ),
    )
    fields = ("name", "kind", "unit", "parent", "covers", "purpose", "set_up_on", "document")
    import_key = ("name",)
    change = "directory.change"
    save_with = (services.set_up_group, None)
    verbs = (
        Verb(
            "member",
            gettext_lazy("Add a member"),
            _member,
            "directory.change",
            {
                "person": lambda: _text(_("Person, or leave empty"), required=False),
                "unit": lambda: _text(_("Unit, or leave empty"), required=False),
                "duty": _duty,
                "starts_on": lambda: _day(_("From")),
            },
            when=lambda row: row.dissolved_on is None,
            icon="user-plus",
        ),
        Verb(
            "dissolve",
            gettext_lazy("Dissolve"),
            services.dissolve_group,
            "directory.change",
            LAST_DAY,
            gettext_lazy("The group ends with this day, with all memberships."),
            when=lambda row: row.dissolved_on is None,
            danger=True,
        ),
    )

    def visible_to(self, user):
        return WorkGroup.objects.all()

    def match_rows(self, user):
        return WorkGroup.objects.filter(dissolved_on=None)


@register
class Organisations(Register):
    key, title, model, icon = "organisations", gettext_lazy("Organisations"), Organisation, "handshake"
    about = gettext_lazy("Firms, cooperatives and others that the county deals with.")
    columns = ("name", "kind", "credit_code", "legal_representative", "place", "phone")
    search = ("name", "credit_code")
    filters = ("kind", "place")
    sections = (
        (gettext_lazy("Organisation"), ("name", "kind", "credit_code", "legal_representative")),
        (gettext_lazy("Address and telephone"), ("place", "address", "phone")),
    )
    fields = ("name", "kind", "credit_code", "legal_representative", "place", "address", "phone")
    import_key = ("name",)
    masked = {"phone": mask_phone}
    see = change = "organisation.enter"
    save_with = (services.add_organisation, services.change_organisation)

    def visible_to(self, user):
        return Organisation.objects.all()
