"""What the county sets for every village, from a day on: limits of money, and accounts it adds to the chart."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from huilian.engine.registers import Column, Register, both, register
from huilian.foundation import money
from huilian.foundation.errors import Invalid

from ..models import Account, Limit
from ..services.catalogue import save_account, save_limit
from .columns import origin

VALUE = gettext_lazy("Amount (yuan, or per cent)")


def _save(limit: Limit | None, values: dict, *, by) -> Limit:
    """The value is typed in yuan, of the reserve in per cent: 2000, or 30%."""
    if "told" in values:
        text = values["told"].replace("％", "%").strip()
        is_share = values.get("key", limit and limit.key) == Limit.Key.RESERVE
        if is_share != text.endswith("%"):
            words = gettext_lazy("A share is written in per cent, such as 30%; the other limits in yuan, such as 2000.")
            raise Invalid(str(words), field="told")
        cents = money.cents(text.removesuffix("%"))
        values = {**values, "value": cents // 10 if is_share else cents}
    try:
        return save_limit(limit, values, by=by)
    except Invalid as refused:
        refused.field = "told" if refused.field == "value" else refused.field
        raise


@register
class Limits(Register):
    key, title, model, icon = "collective-limits", gettext_lazy("Limits of money"), Limit, "gauge"
    group, see, change = "watch", "collective.see", "collective.catalogue"
    about = gettext_lazy("What counts in every village from a day on. One that counts already is followed by another.")
    columns = ("key", Column("told", VALUE, sort="value"), "valid_from", origin())
    filters = ("key",)
    sections = ((gettext_lazy("Limit of money"), columns),)
    fields = ("key", Column("told", VALUE, parse=str, required=True), "valid_from")
    fixed = ("key",)
    import_key = ("key", "valid_from")
    save_with = both(_save)

    def visible_to(self, user):
        return Limit.objects.all()


@register
class CountyAccounts(Register):
    key, title, model, icon = (
        "collective-accounts",
        gettext_lazy("County's chart of accounts"),
        Account,
        "list-checks",
    )
    group, see, change = "watch", "collective.see", "collective.catalogue"
    about = gettext_lazy("The accounts of the rules and the sub-accounts that every village keeps below them.")
    columns = ("code", "name", "element", "side", "kept", "is_active", origin())
    search = ("code", "name", "name_en")
    filters = ("element", "is_active")
    sections = (
        (pgettext_lazy("collective", "Account"), ("code", "name", "name_en", "parent", "is_active", origin())),
        (gettext_lazy("How it is kept"), ("element", "side", "kept")),
    )
    fields = ("parent", "name", "name_en", "kept", "is_active")
    fixed = ("parent",)
    import_key = ("parent", "name")
    save_with = both(save_account)

    def visible_to(self, user):
        return Account.objects.filter(set=None)

    def choices_for(self, name, user):
        return Account.objects.filter(set=None, parent=None) if name == "parent" else None
