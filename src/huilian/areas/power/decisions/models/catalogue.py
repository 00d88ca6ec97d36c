"""County data: whose majority decides what, and by which chain; rolls of those who are due at a meeting."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.look.text import say

from ..rules import Majority, Share


class Side(models.TextChoices):
    """Whose matter it is: the majority must belong to the same side."""

    VILLAGERS = "villagers", _("villagers")
    COLLECTIVE = "collective", _("collective economy")
    PARTY = "party", _("party organisation")
    OFFICE = "office", _("leading body of an office")


class Quorum(models.Model):
    """「议事主体与法定人数」 A body that meets, who must come, who must agree. Each change is a new row."""

    key = models.SlugField(_("key"), max_length=24)
    name = models.CharField(_("body that meets"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    side = models.CharField(_("whose matters"), max_length=12, choices=Side)
    attend_num = models.PositiveSmallIntegerField(_("must be present: numerator"))
    attend_den = models.PositiveSmallIntegerField(_("must be present: denominator"))
    attend_more = models.BooleanField(_("more than that share must be present"), default=False)
    pass_num = models.PositiveSmallIntegerField(_("must agree: numerator"))
    pass_den = models.PositiveSmallIntegerField(_("must agree: denominator"))
    pass_more = models.BooleanField(_("more than that share must agree"), default=False)
    of_all = models.BooleanField(_("agreement is counted against all who are due"), default=False)
    proxies = models.PositiveSmallIntegerField(_("absent people one person may vote for"), default=0)
    is_rolled = models.BooleanField(_("attendance by name"), default=True)
    basis = models.CharField(_("basis"), max_length=120, blank=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("last day of validity"), null=True, blank=True)

    class Meta:
        verbose_name = _("body and majority")
        verbose_name_plural = _("bodies and majorities")
        ordering = ["side", "key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(valid_to=None), name="quorum_in_force_once"),
            models.CheckConstraint(condition=Q(attend_den__gt=0) & Q(pass_den__gt=0), name="quorum_share_of_something"),
        ]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})

    @property
    def majority(self) -> Majority:
        return Majority(
            Share(self.attend_num, self.attend_den, self.attend_more),
            Share(self.pass_num, self.pass_den, self.pass_more),
            self.of_all,
        )


class Matter(models.Model):
    """「必须议决的事项」 A kind of matter that must be decided: by which chain, by whose majority, good for what."""

    key = models.SlugField(_("key"), max_length=24, unique=True)
    name = models.CharField(_("kind of matter"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=90, blank=True)
    side = models.CharField(_("whose matter"), max_length=12, choices=Side)
    chain = models.CharField(_("chain"), max_length=40)  # key of a procedure decision.*
    quorum_key = models.SlugField(_("body that decides"), max_length=24)
    purposes = models.CharField(
        _("what its number is good for"), max_length=80, blank=True
    )  # words of grounds.PURPOSES
    from_cents = models.BigIntegerField(_("to be decided from this amount on"), null=True, blank=True)
    tolerance_percent = models.PositiveSmallIntegerField(_("tolerance over the amount decided, %"), default=10)
    is_secret = models.BooleanField(_("voted on in secret"), default=False)
    is_open_choice = models.BooleanField(_("whoever carries it out is chosen after the decision"), default=False)
    basis = models.CharField(_("basis"), max_length=120, blank=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("last day of validity"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("matter to be decided")
        verbose_name_plural = _("matters to be decided")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class Keeping(models.Model):
    """「决议在此登记」 From this day a village decides here: a number not in the register is a fault."""

    place = models.OneToOneField(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("decisions kept here")
        verbose_name_plural = _("decisions kept here")
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"{self.place} {self.since:%Y-%m-%d}"


class EarlierDecision(models.Model):
    """「历史决议」 A decision from before the register, under the number its paper has."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    number = models.CharField(_("number on the old paper"), max_length=40)
    title = models.CharField(_("what was decided"), max_length=120)
    decided_on = models.DateField(_("decided on"))
    amount_cents = models.BigIntegerField(_("amount"), null=True, blank=True)
    winner = models.CharField(_("whom it names"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("earlier decision")
        verbose_name_plural = _("earlier decisions")
        ordering = ["-decided_on"]
        constraints = [models.UniqueConstraint(fields=["place", "number"], name="earlier_decision_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Seat(models.Model):
    """「应到人员」 One person who is due at the meetings of a body, from a day to a day."""

    class Ended(models.TextChoices):
        DIED = "died", _("died")
        LEFT = "left", _("moved away or left")
        TERM = "term", _("term over")
        OTHER = "other", _("other reason")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that keeps the roll"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    body = models.SlugField(_("body that meets"), max_length=24)  # key of a Quorum
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=40)
    group = models.CharField(_("group or household"), max_length=40, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    identity_digest = models.CharField(max_length=64, blank=True, editable=False)
    is_head = models.BooleanField(_("head of the body"), default=False)
    starts_on = models.DateField(_("since"))
    ended_on = models.DateField(_("until"), null=True, blank=True)
    ended_why = models.CharField(_("why it ended"), max_length=8, choices=Ended, blank=True)

    class Meta:
        verbose_name = _("seat in a body")
        verbose_name_plural = _("rolls of bodies")
        ordering = ["-is_head", "group", "name", "pk"]
        indexes = [models.Index(fields=["place", "body"], name="seat_of_body")]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "body", "identity_digest"],
                condition=Q(ended_on=None) & ~Q(identity_digest=""),
                name="seat_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["place", "body", "name", "group"], condition=Q(ended_on=None), name="seat_once_a_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.group}）" if self.group else self.name
