"""Notices and their way out of the house."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .wordings import text_of


class Notice(models.Model):
    """「消息」 Something one person should know. Never changed, but for the moment of reading."""

    class Level(models.IntegerChoices):
        PLAIN = 0, _("notice")
        YELLOW = 1, _("yellow")
        ORANGE = 2, _("orange")
        RED = 3, _("red")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("to"))
    template = models.CharField(_("wording"), max_length=64)
    params = models.JSONField(_("values"), default=dict)
    link = models.CharField(_("leads to"), max_length=300, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, default=Level.PLAIN)
    subject_kind = models.CharField(_("subject kind"), max_length=64, blank=True)
    subject_id = models.CharField(_("subject"), max_length=64, blank=True)
    made_at = models.DateTimeField(_("time"))
    read_at = models.DateTimeField(_("read at"), null=True)

    class Meta:
        verbose_name = _("notice to a person")
        verbose_name_plural = _("notices to people")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-made_at"], name="notices_of_a_person"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notices_unread"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The sentence in the language being spoken."""
        return text_of(self.template, self.params)

    @property
    def colour(self) -> str:
        """The level's name in the look; none for a plain notice."""
        return ("", "yellow", "orange", "red")[self.level]


class Delivery(models.Model):
    """「外发」 A notice on its way by one channel; `sent_at` is empty until the gateway has taken it."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", verbose_name=_("notice"))
    channel = models.CharField(_("channel"), max_length=16)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_per_channel")]

    def __str__(self) -> str:
        return f"{self.channel}: {self.notice_id}"
