"""Leaders receive people; a leader leads a difficult matter."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Place, Unit

from .petitions import Petition


class Slot(models.Model):
    """「接访安排」 When and where a leader receives people; remote ones join a township's room to the county."""

    leader = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("leader"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit of the slot"))
    room = models.CharField(_("room"), max_length=80)
    is_remote = models.BooleanField(_("by video"), default=False)
    town = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("township with the room")
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    seats = models.PositiveSmallIntegerField(_("places in the queue"))
    cancelled = models.CharField(_("cancelled because"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reception slot")
        verbose_name_plural = _("reception slots")
        ordering = ["-starts_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["leader", "starts_at"], name="slot_once")]

    def __str__(self) -> str:
        return f"{self.leader} {self.room}"


class Visit(models.Model):
    """「接访登记」 Somebody who comes to a slot, in the order of coming; the record, the result and its day."""

    class State(models.TextChoices):
        BOOKED = "booked", _("booked")
        HERE = "here", _("waiting")
        MET = "met", pgettext_lazy("of a visit", "received")
        DONE = "done", pgettext_lazy("of a visit", "settled")
        ABSENT = "absent", _("did not come")
        GONE = "gone", pgettext_lazy("of a visit", "cancelled by the visitor")

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="visits", verbose_name=_("reception slot"))
    number = models.CharField(_("number"), max_length=32, unique=True)
    code_digest = models.CharField(max_length=64, blank=True, editable=False)  # of whoever booked it online
    petition = models.ForeignKey(
        Petition, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("petition")
    )
    turn = models.PositiveSmallIntegerField(_("turn in the queue"))
    name = models.CharField(_("name of visitor"), max_length=40)
    phone = models.CharField(_("telephone of visitor"), max_length=32, blank=True)
    matter = models.CharField(_("matter of the visit"), max_length=200)
    people = models.PositiveSmallIntegerField(_("number of people"), default=1)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.BOOKED)
    came_at = models.DateTimeField(_("came"), null=True)
    record = models.TextField(_("record of the talk"), blank=True)
    result = models.TextField(_("what the leader decided"), blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit that carries it out")
    )
    due_on = models.DateField(_("to be done by"), null=True)
    outcome = models.TextField(_("what came of it"), blank=True)
    done_on = models.DateField(_("done on"), null=True)

    class Meta:
        verbose_name = _("visit to a leader")
        verbose_name_plural = _("visits to leaders")
        ordering = ["slot", "turn"]
        constraints = [models.UniqueConstraint(fields=["slot", "turn"], name="visit_turn_once")]

    def __str__(self) -> str:
        return self.number


class Charge(models.Model):
    """「领导包案」 A leader leads a matter to its end; chosen by what the matter is worth, never by who complains."""

    petition = models.OneToOneField(Petition, models.PROTECT, related_name="charge", verbose_name=_("petition"))
    leader = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("leader"))
    score = models.PositiveSmallIntegerField(_("points"))
    marks = models.JSONField(_("points one by one"), default=dict)
    reason = models.CharField(_("reason for the choice"), max_length=200)
    since = models.DateField(_("since"))
    due_on = models.DateField(_("to be settled by"))
    asked_close_on = models.DateField(_("closing proposed"), null=True)
    result = models.TextField(_("result"), blank=True)
    signed_on = models.DateField(_("closed by signature"), null=True)

    class Meta:
        verbose_name = _("matter led by a leader")
        verbose_name_plural = _("matters led by leaders")
        ordering = ["signed_on", "due_on", "pk"]

    def __str__(self) -> str:
        return str(self.petition)


class ChargeNote(models.Model):
    """「包案记录」 A visit to the people or a step forward in a matter that a leader leads."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("visit to the people")
        STEP = "step", _("step forward")

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="notes")
    kind = models.CharField(_("kind of note"), max_length=8, choices=Kind)
    on = models.DateField(_("day"))
    text = models.TextField(_("what was done"))

    class Meta:
        verbose_name = _("note of a led matter")
        verbose_name_plural = _("notes of led matters")
        ordering = ["-on", "-pk"]
