"""Who answers for what rules find about the system itself: a feed's owner, and the county's discipline commission."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Place, Unit

from .models import Feed
from .queries import house_rules
from .subjects import Subject, register


def _commission() -> Unit | None:
    """The county's discipline commission."""
    county = Unit.objects.filter(kind=Unit.Kind.DISCIPLINE, place__level=Place.Level.COUNTY, valid_to=None)
    return county.select_related("place").order_by("pk").first()


def _by(unit: Unit | None, label: str) -> Subject:
    return Subject(unit=unit, place=unit.place if unit else None, label=label, data_owner=unit)


def _feeds(ids: Sequence[str]) -> dict[str, Subject]:
    feeds = Feed.objects.select_related("unit__place").filter(pk__in=[i for i in ids if i.isdigit()])
    return {str(f.pk): _by(f.unit or _commission(), _("data feed %(name)s") % {"name": f.name}) for f in feeds}


def _rules(ids: Sequence[str]) -> dict[str, Subject]:
    unit, known = _commission(), house_rules()[0]
    return {i: _by(unit, _("rule %(id)s") % {"id": i}) for i in ids if i in known}


def _accounts(ids: Sequence[str]) -> dict[str, Subject]:
    unit = _commission()
    found = User.objects.filter(pk__in=[i for i in ids if i.isdigit()]).select_related("person")
    return {
        str(user.pk): Subject(
            unit=unit,
            place=unit.place if unit else None,
            persons=[user.person] if hasattr(user, "person") else [],
            label=_("account %(name)s") % {"name": user.username},
        )
        for user in found
    }


register("feed", _feeds)
register("rule", _rules)
register("accounts.user", _accounts)
