"""What comes of many reports on one topic: a warning to a department, and advice to those above."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Unit

from .catalogue import Topic
from .work import Report


class WarningLetter(models.Model):
    """「预警函」 A department is told what people report, and answers how it puts it right."""

    class State(models.TextChoices):
        SENT = "sent", _("waits for the department's reply")
        REPLIED = "replied", pgettext_lazy("watchers", "replied to")
        DONE = "done", _("put right")
        OPEN = "open", _("not put right")

    number = models.CharField(pgettext_lazy("watchers", "number"), max_length=32, unique=True)
    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="letters", verbose_name=pgettext_lazy("watchers", "topic")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("department"))
    text = models.TextField(pgettext_lazy("watchers", "text"))
    reports = models.ManyToManyField(Report, related_name="letters", verbose_name=_("reports of watchers"))
    sent_on = models.DateField(pgettext_lazy("watchers", "sent on"))
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+", verbose_name=_("time limit"))
    state = models.CharField(pgettext_lazy("watchers", "state"), max_length=8, choices=State, default=State.SENT)
    reply = models.TextField(_("reply of the department"), blank=True)
    replied_on = models.DateField(_("replied on"), null=True)
    verdict = models.CharField(_("what was seen on the spot"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("warning letter")
        verbose_name_plural = _("warning letters")
        ordering = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.topic}"


class Advice(models.Model):
    """「建议专报」 What the county's leaders are advised to do."""

    number = models.CharField(pgettext_lazy("watchers", "number"), max_length=32, unique=True)
    letter = models.ForeignKey(
        WarningLetter, models.PROTECT, null=True, blank=True, related_name="advice", verbose_name=_("warning letter")
    )
    title = models.CharField(pgettext_lazy("watchers", "title"), max_length=120)
    text = models.TextField(_("what is advised"))
    given_on = models.DateField(_("given on"))
    taken = models.CharField(_("what the leaders decided"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("advice to the leaders")
        verbose_name_plural = _("advice to the leaders")
        ordering = ["-given_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
