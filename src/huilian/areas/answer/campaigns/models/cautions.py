"""Warnings about efficiency to persons in office."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Person, Place, Unit
from huilian.foundation.now import today

from .campaigns import Problem


class Caution(models.Model):
    """「效能告诫」 One warning to a person in office: who proposes does not decide, the person is heard before, its
    effect ends by a date, and an appeal is decided by somebody else. Never published by name."""

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("a caution", "proposed")
        HEARD = "heard", pgettext_lazy("a caution", "person heard")
        GIVEN = "given", pgettext_lazy("a caution", "given")
        APPEALED = "appealed", pgettext_lazy("a caution", "appealed")
        DROPPED = "dropped", pgettext_lazy("a caution", "not given")
        REVOKED = "revoked", pgettext_lazy("a caution", "revoked")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", pgettext_lazy("an appeal", "upheld as it is")
        SHORTENED = "shortened", pgettext_lazy("an appeal", "effect shortened")
        REVOKED = "revoked", pgettext_lazy("an appeal", "caution revoked")

    number = models.CharField(_("number of the caution"), max_length=32, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person in office"))
    post = models.CharField(_("post held"), max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit of the person"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("township"))
    problem = models.ForeignKey(
        Problem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("problem of a campaign")
    )
    fact = models.TextField(_("fact"))
    basis = models.CharField(_("basis"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    proposed_on = models.DateField(_("proposed on"))
    proposer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by"))
    heard_on = models.DateField(_("heard on"), null=True)
    hearing = models.TextField(_("what the person said"), blank=True)
    decided_on = models.DateField(_("decision made on"), null=True)
    decider = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    reason = models.TextField(_("reason of the decision"), blank=True)
    starts_on = models.DateField(_("effect from"), null=True)
    ends_on = models.DateField(_("effect until"), null=True)
    appeal_due = models.DateField(_("appeal possible until"), null=True)
    appealed_on = models.DateField(_("appealed on"), null=True)
    appeal = models.TextField(_("appeal"), blank=True)
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+", verbose_name=_("clock of the appeal"))
    outcome = models.CharField(_("outcome of the appeal"), max_length=10, choices=Outcome, blank=True)
    outcome_reason = models.TextField(_("reason of the outcome"), blank=True)
    appeal_decider = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("appeal decided by")
    )

    class Meta:
        verbose_name = _("caution about efficiency")
        verbose_name_plural = _("cautions about efficiency")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="caution_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_effect(self) -> bool:
        """Whether it counts today; an appeal does not suspend it."""
        return self.state in ("given", "appealed") and self.starts_on <= today() <= self.ends_on
