"""What a lot tells everybody: notices, questions, objections, those who follow, those who watch on the spot."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Place, Unit

from .boards import Board
from .lots import Lot


class Notice(models.Model):
    """「公告公示」 What was published about a lot. Never changed; a correction is a notice of its own."""

    class Kind(models.TextChoices):
        LISTING = "listing", _("notice of a trade")
        CORRECTION = "correction", _("correction")
        EXTENSION = "extension", _("extension")
        RESULT = "result", _("notice of a result")
        SUSPENSION = "suspension", _("suspension")
        RESUMPTION = "resumption", _("trade goes on")
        TERMINATION = "termination", _("end without trade")

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="notices", verbose_name=_("lot"))
    number = models.CharField(_("number of the notice"), max_length=32, unique=True)
    kind = models.CharField(_("kind of notice"), max_length=12, choices=Kind)
    facts = models.JSONField(_("facts as published"), default=dict)
    text = models.TextField(_("text"), blank=True)
    published_at = models.DateTimeField(_("published"))
    until = models.DateTimeField(_("published until"), null=True)
    least_until = models.DateField(_("must stay until"), null=True)
    posted_on = models.DateField(_("on the village board since"), null=True)

    class Meta:
        verbose_name = _("exchange notice")
        verbose_name_plural = _("exchange notices")
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return self.number


class Question(models.Model):
    """「答疑」 A question about a lot, and the answer that everybody reads."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="questions", verbose_name=_("lot"))
    asker = models.CharField(pgettext_lazy("exchange", "asked by"), max_length=40, blank=True)
    text = models.CharField(_("question"), max_length=500)
    asked_at = models.DateTimeField(pgettext_lazy("exchange", "asked"))
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("question about a lot")
        verbose_name_plural = _("questions about lots")
        ordering = ["asked_at", "pk"]


class Objection(models.Model):
    """「异议」 Somebody objects to the papers or the result; while it is open the clock of the step stands still."""

    class About(models.TextChoices):
        PAPERS = "papers", _("the notice or the papers")
        RESULT = "result", _("the result")

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="objections", verbose_name=_("lot"))
    deal = models.ForeignKey(
        "exchange.Deal", models.PROTECT, null=True, related_name="objections", verbose_name=_("deal")
    )
    about = models.CharField(_("objects to"), max_length=8, choices=About)
    name = models.CharField(_("who objects"), max_length=80)
    phone = models.CharField(_("telephone"), max_length=32)
    text = models.CharField(pgettext_lazy("exchange", "ground"), max_length=1000)
    raised_at = models.DateTimeField(pgettext_lazy("exchange", "raised"))
    due_on = models.DateField(_("to be answered by"))
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    upheld = models.BooleanField(_("upheld"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("objection to a trade")
        verbose_name_plural = _("objections to trades")
        ordering = ["-raised_at", "-pk"]


class Witness(models.Model):
    """「监督记录」 Somebody attended a step of a lot for the supervision, and what they had to say (S4-37, S4-38)."""

    class How(models.TextChoices):
        SITE = "site", _("on the spot")
        ONLINE = "online", _("over the network")
        PAPERS = "papers", _("from the papers")

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="witnesses", verbose_name=_("lot"))
    step = models.CharField(_("step"), max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("who attended"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    how = models.CharField(_("how"), max_length=6, choices=How)
    on = models.DateField(_("day"))
    opinion = models.CharField(_("opinion"), max_length=500)
    is_wrong = models.BooleanField(_("found something wrong"), default=False)
    put_right = models.CharField(_("what was done about it"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("supervision of a trade")
        verbose_name_plural = _("supervision of trades")
        ordering = ["lot", "on", "pk"]


class Subscriber(models.Model):
    """「订阅」 An address that wants to hear of new notices, of one board or one place, until it says no."""

    email = models.EmailField(_("e-mail"))
    board = models.ForeignKey(Board, models.CASCADE, null=True, related_name="+", verbose_name=_("board"))
    place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="+", verbose_name=_("place"))
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(pgettext_lazy("subscription", "asked for"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    class Meta:
        verbose_name = _("subscriber to notices")
        verbose_name_plural = _("subscribers to notices")
        ordering = ["-pk"]
