"""Lots, bidders, deposits, deals, experts and the county's tables of the exchange as registers."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.registers import Column, Register, both, register
from huilian.foundation.masking import mask_account, mask_name, mask_phone

from .models import Board, Deal, Deposit, Expert, Lot, Mode, Objection, Period, Registration, Right, Unity, Witness
from .queries.reach import visible_deals, visible_deposits, visible_lots, visible_objections, visible_registrations
from .services import catalogue

NUMBER = Column("case__number", _("Number"))
LOT_NUMBER = Column("lot__case__number", _("Lot"))


class OfLot(Register):
    """A row that belongs to a lot and opens its page."""

    group, see = "watch", "exchange.see"

    def link(self, row):
        return reverse("desk-case", args=[row.lot.case.number])


class Table(Register):
    """What everybody here reads and the head of the exchange keeps."""

    group, see, change = "watch", "exchange.see", "exchange.catalogue"

    def visible_to(self, user):
        return self.model.objects.all()


@register
class Lots(Register):
    key, title, model, icon = "exchange-lots", _("Register of lots"), Lot, "gavel"
    group, see = "watch", "exchange.see"
    about = _("Every lot of every board, with its price and how it ended.")
    columns = (
        NUMBER,
        "title",
        "board",
        "right",
        "mode",
        "owner",
        "method",
        "start_cents",
        "registers_until",
        "outcome",
    )
    search = ("case__number", "title", "owner__name", "decision_no")
    filters = ("board", "method", "outcome", "registers_until")
    sections = (
        (_("Lot"), ("title", "board", "right", "mode", "owner", "place", "location", "area_mu", "use", "term_months")),
        (_("Ground and price"), ("decision_no", "ownership_proof", "valuation_cents", "valued_by",
         "start_cents", "deposit_cents", "method")),
        (_("Course"), ("town_opinion", "registers_from", "registers_until", "opens_at", "extensions", "outcome")),
    )  # fmt: skip

    def visible_to(self, user):
        return visible_lots(user)

    def link(self, row):
        return reverse("desk-case", args=[row.case.number])


@register
class Registrations(OfLot):
    key, title, model, icon = "exchange-registrations", _("Bidders registered"), Registration, "users"
    see = "exchange.bidders"
    about = _("Who registered for which lot, with the priority confirmed and what was declared.")
    columns = ("number", LOT_NUMBER, "kind", "name", "priority", "state", "applied_at")
    search = ("number", "name", "lot__case__number")
    filters = ("kind", "priority", "state", "applied_at")
    sections = (
        (_("Bidder"), ("number", "kind", "name", "identity_masked", "phone", "address", "agent",
         "account_no", "account_bank")),
        (_("Examination"), ("claims", "priority", "kin_declared", "papers_by", "state", "note",
         "applied_at", "decided_at")),
    )  # fmt: skip
    masked = {"name": mask_name, "phone": mask_phone, "account_no": mask_account}

    def visible_to(self, user):
        return visible_registrations(user)


@register
class Deposits(OfLot):
    key, title, model, icon = "exchange-deposits", _("Bidders' deposits"), Deposit, "banknote"
    see = "exchange.bidders"
    about = _("What came in for whom, whether it counts, and by when it goes back.")
    columns = (
        "bank_ref", Column("registration__number", _("Registration")), "amount_cents", "arrived_at", "state",
        "due_back_on", "ended_on",
    )  # fmt: skip
    search = ("bank_ref", "registration__number", "registration__lot__case__number")
    filters = ("state", "arrived_at", "due_back_on")
    sections = (
        (
            _("Deposit"),
            ("registration", "amount_cents", "payer", "payer_account", "bank_ref", "arrived_at", "state", "reason",
             "due_back_on", "ended_on", "refund_ref"),
        ),
    )  # fmt: skip
    masked = {"payer": mask_name, "payer_account": mask_account}

    def visible_to(self, user):
        return visible_deposits(user)

    def link(self, row):
        return reverse("desk-case", args=[row.registration.lot.case.number])


@register
class Deals(OfLot):
    key, title, model, icon = "exchange-deals", _("Deals of the exchange"), Deal, "handshake"
    about = _("Price, contract and certificate of every deal; overturned and broken ones too.")
    columns = ("number", LOT_NUMBER, "price_cents", "bidders", "made_at", "contract_no", "certificate_no", "state")
    search = ("number", "lot__case__number", "lot__title", "contract_no", "certificate_no")
    filters = ("state", "made_at", "certified_on")
    sections = (
        (
            _("Deal"),
            ("number", "lot", "price_cents", "bidders", "why", "made_at", "confirmed_on", "contract_no", "signed_on",
             "starts_on", "ends_on", "settled_on", "certificate_no", "certified_on", "state"),
        ),
    )  # fmt: skip

    def visible_to(self, user):
        return visible_deals(user)


@register
class Objections(OfLot):
    key, title, model, icon = "exchange-objections", _("Objections to trades"), Objection, "flag"
    about = _("Every objection to papers or results, by when it had to be answered and how it was decided.")
    columns = (LOT_NUMBER, "about", "name", "raised_at", "due_on", "answered_at", "upheld")
    search = ("lot__case__number", "lot__title", "text")
    filters = ("about", "upheld", "raised_at", "due_on", "answered_at")
    sections = (
        (
            pgettext_lazy("exchange", "Objection"),
            ("lot", "deal", "about", "name", "phone", "text", "raised_at", "due_on"),
        ),
        (_("Answer"), ("answer", "upheld", "answered_at")),
    )
    masked = {"name": mask_name, "phone": mask_phone}

    def visible_to(self, user):
        return visible_objections(user)


@register
class Witnesses(OfLot):
    key, title, model, icon = "exchange-supervision", _("Supervision of trades"), Witness, "eye"
    about = _("Who attended which step of which lot, the opinion, and what was done about it.")
    columns = (LOT_NUMBER, "person", "unit", "how", "on", "opinion", "is_wrong", "put_right")
    search = ("lot__case__number", "opinion")
    filters = ("how", "is_wrong", "on")
    sections = ((_("Supervision"), ("lot", "step", "person", "unit", "how", "on", "opinion", "is_wrong", "put_right")),)

    def visible_to(self, user):
        return Witness.objects.select_related("lot__case", "person", "unit").filter(
            lot__in=visible_lots(user).order_by()
        )


@register
class Experts(Table):
    key, title, model, icon = "exchange-experts", _("Pool of experts"), Expert, "graduation-cap"
    see = "exchange.bidders"
    about = _("From here panels are drawn by lot.")
    columns = ("number", "name", "field", "employer", "is_active")
    search = ("number", "name", "field", "employer")
    filters = ("field", "is_active")
    sections = ((_("Expert"), ("number", "name", "field", "employer", "phone", "is_active")),)
    fields = ("number", "name", "field", "employer", "phone", "is_active")
    import_key = ("number",)
    save_with = both(catalogue.save_expert)


@register
class Boards(Table):
    key, title, model, icon = "exchange-boards", _("Boards of the exchange"), Board, "layout-dashboard"
    about = _("Four markets under one registry.")
    columns = ("position", "name", "direction", "deposit_permille", "basis", "origin")
    sections = (
        (
            pgettext_lazy("exchange", "Board"),
            ("key", "name", "name_en", "direction", "deposit_permille", "basis", "position", "origin"),
        ),
    )
    fields = ("key", "name", "name_en", "direction", "deposit_permille", "basis", "position")
    fixed = ("key", "direction")
    import_key = ("key",)
    save_with = both(catalogue.save_board)


@register
class Periods(Table):
    key, title, model, icon = "exchange-periods", _("Periods of the exchange"), Period, "calendar-clock"
    about = _("How long each thing takes on each board. What a rule sets may only be made stricter.")
    columns = ("board", "what", "method", "right", "from_cents", "length", "unit", "origin", "basis")
    filters = ("board", "what", "origin")
    sections = ((_("Period"), ("board", "what", "method", "right", "from_cents", "length", "unit", "basis", "origin")),)
    fields = ("board", "what", "method", "right", "from_cents", "length", "unit", "basis")
    fixed = ("board", "what", "method", "right", "from_cents")
    import_key = ("board", "what", "method", "right", "from_cents")
    save_with = both(catalogue.save_period)

    def visible_to(self, user):
        return Period.objects.select_related("board")

    def choices_for(self, name, user):
        return Board.objects.all() if name == "board" else None


@register
class Rights(Table):
    key, title, model, icon = "exchange-rights", _("Tradable rights"), Right, "list-checks"
    about = _("What may be traded; and what never may, with the reason.")
    columns = ("board", "name", "most_years", "is_land", "members_only", "never_because", "is_active", "origin")
    search = ("name", "key")
    filters = ("board", "is_active")
    sections = (
        (
            _("Right"),
            ("key", "board", "name", "name_en", "most_years", "is_land", "members_only", "never_because", "basis",
             "position", "is_active"),
        ),
    )  # fmt: skip
    fields = (
        "key",
        "board",
        "name",
        "name_en",
        "most_years",
        "is_land",
        "members_only",
        "basis",
        "position",
        "is_active",
    )
    fixed = ("key", "board")
    import_key = ("key",)
    save_with = both(catalogue.save_right)

    def visible_to(self, user):
        return Right.objects.select_related("board")

    def choices_for(self, name, user):
        return Board.objects.all() if name == "board" else None


@register
class Modes(Table):
    key, title, model, icon = "exchange-modes", _("Ways of transfer"), Mode, "arrow-right-left"
    about = _("A closed list; each has its text of the contract.")
    columns = ("position", "name", "contract_kind", "origin")
    sections = (
        (_("Way of transfer"), ("key", "name", "name_en", "contract_kind", "contract_text", "basis", "position")),
    )
    fields = ("key", "name", "name_en", "contract_text", "basis", "position")
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(catalogue.save_mode)


@register
class Unities(Table):
    key, title, model, icon = "exchange-unities", _("Five unities of trading"), Unity, "scale"
    about = _("The standard each trade is held against.")
    columns = ("position", "name", "standard", "origin")
    sections = ((_("Unity"), ("key", "name", "name_en", "standard", "basis", "position")),)
    fields = ("key", "name", "name_en", "standard", "basis", "position")
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(catalogue.save_unity)
