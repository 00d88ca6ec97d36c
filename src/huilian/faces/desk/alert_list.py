"""What the list of alerts can be narrowed by besides what every list of cases has."""

from collections.abc import Mapping
from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huilian.engine.alerts.models import Alert, Level
from huilian.engine.alerts.queries import rule_groups
from huilian.engine.directory.models import Place
from huilian.foundation.now import now

AGES = (3, 7, 15, 30)  # days since it was raised
AMOUNTS = (1_000, 10_000, 50_000)  # yuan


def fields() -> dict[str, forms.Field]:
    """Group of rules, colour, nature, village, age, amount."""
    groups = [(key, key) for key in rule_groups()]
    ages = [(str(n), ngettext("%(n)s day or older", "%(n)s days or older", n) % {"n": n}) for n in AGES]
    amounts = [(str(n), _("%(n)s yuan or more") % {"n": f"{n:,}"}) for n in AMOUNTS]
    village = forms.CharField(label=_("Village"), required=False, max_length=40)
    village.widget.attrs["placeholder"] = _("Village")
    return {
        "group": _choice(_("Group of rules"), _("All groups of rules"), groups),
        "colour": _choice(_("Colour"), _("All colours"), [(str(n), label) for n, label in Level.choices]),
        "nature": _choice(_("Nature"), _("Every nature"), Alert.Nature.choices),
        "age": _choice(_("Age"), _("Any age"), ages),
        "amount": _choice(_("Amount"), _("Any amount"), amounts),
        "village": village,
    }


def _choice(label: str, every: str, choices: list) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", every), *choices])


def condition(chosen: Mapping) -> Q:
    """The condition on cases that the choices make."""
    found = Q()
    for name, path in (("group", "alert__group"), ("colour", "alert__colour"), ("nature", "alert__nature")):
        if name in chosen:
            found &= Q(**{path: chosen[name]})
    if "age" in chosen:
        found &= Q(alert__raised_at__lte=now() - timedelta(days=int(chosen["age"])))
    if "amount" in chosen:
        found &= Q(alert__amount_cents__gte=int(chosen["amount"]) * 100)
    if "village" in chosen:
        named = Place.objects.filter(Q(name__startswith=chosen["village"]) | Q(code=chosen["village"]))
        found &= Q(place__in=list(named.values_list("pk", flat=True)[:50]))
    return found
