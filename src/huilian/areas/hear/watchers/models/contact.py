"""Letters to contact persons, and the reply cards that come back without a name."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .bodies import Body, Seat
from .work import Report


class Mailing(models.Model):
    """「发放批次」 One letter with reply cards. Who gets it is drawn by quota (`draws`: the numbers of engine.draws);
    which card went to whom is written nowhere."""

    number = models.CharField(pgettext_lazy("watchers", "number"), max_length=32, unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="mailings", verbose_name=_("watching body"))
    title = models.CharField(_("title of the letter"), max_length=120)
    letter = models.TextField(_("text of the letter"))
    wanted = models.PositiveIntegerField(_("how many persons"))
    draws = models.JSONField(pgettext_lazy("watchers", "draws"), default=list)
    receivers = models.JSONField(pgettext_lazy("watchers", "drawn"), default=list)  # keys of seats
    cards = models.PositiveIntegerField(_("cards printed"), default=0)
    made_on = models.DateField(pgettext_lazy("watchers", "made on"))
    sent_on = models.DateField(pgettext_lazy("watchers", "sent on"), null=True)

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Card(models.Model):
    """「反馈表」 One reply card. Nothing ties it to a person unless they sign; the paper stays in the cabinet."""

    mailing = models.ForeignKey(Mailing, models.PROTECT, related_name="slips", verbose_name=_("mailing"))
    serial = models.PositiveIntegerField(_("serial number"))
    token = models.CharField(max_length=24, unique=True, editable=False)
    returned_on = models.DateField(_("came back on"), null=True)
    online = models.BooleanField(_("filled in online"), default=False)
    signed_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+", verbose_name=_("signed by"))
    marks = models.JSONField(_("marks by topic"), default=dict)  # focus -> 1 good, 2 fair, 3 poor
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, related_name="+", verbose_name=_("report of a watcher")
    )

    class Meta:
        verbose_name = _("reply card")
        verbose_name_plural = _("reply cards")
        ordering = ["mailing", "serial"]
        constraints = [models.UniqueConstraint(fields=["mailing", "serial"], name="reply_card_serial_once")]

    def __str__(self) -> str:
        return f"{self.mailing.number}-{self.serial:04d}"
