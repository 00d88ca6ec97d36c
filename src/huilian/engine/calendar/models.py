"""The tables behind the calendar. Written by services only, because every change moves due dates."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CalendarYear(models.Model):
    """「年度安排」 One year's arrangement and the notice it follows. Years without a row are provisional."""

    class Origin(models.TextChoices):
        NOTICE = "notice", _("State Council notice")
        LIBRARY = "library", _("taken over from chinesecalendar")

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    title = models.CharField(_("notice"), max_length=120)
    document = models.CharField(_("document number"), max_length=60, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    origin = models.CharField(_("origin"), max_length=8, choices=Origin.choices, default=Origin.NOTICE)
    loaded_at = models.DateTimeField(_("loaded at"))
    loaded_by = models.CharField(_("loaded by"), max_length=64)

    class Meta:
        ordering = ["year"]
        verbose_name = _("year of the calendar")
        verbose_name_plural = _("years of the calendar")

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """「节假日与调休」 A day that differs from Monday-to-Friday by a year's notice; it may lie in the year beside."""

    year = models.ForeignKey(CalendarYear, on_delete=models.CASCADE, related_name="days", verbose_name=_("year"))
    day = models.DateField(_("day"))
    works = models.BooleanField(_("worked"))
    holiday = models.CharField(_("holiday"), max_length=20, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["year", "day"], name="calendar_day_once_a_notice")]
        verbose_name = _("day of the calendar")
        verbose_name_plural = _("days of the calendar")

    def __str__(self) -> str:
        return self.day.isoformat()


class LocalException(models.Model):
    """「地方特殊日」 A day that one place works or rests differently: an ethnic holiday, a flood emergency.

    It holds for the place and everything below it; `place` empty means everywhere. Withdrawn ones are kept.
    """

    place = models.CharField(_("place code"), max_length=12, blank=True)
    day = models.DateField(_("day"))
    works = models.BooleanField(_("worked"))
    reason = models.CharField(_("reason"), max_length=120)
    document = models.CharField(_("document"), max_length=120)
    made_at = models.DateTimeField(_("recorded at"))
    made_by = models.CharField(_("recorded by"), max_length=64)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        ordering = ["day", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "day"], condition=Q(withdrawn_at=None), name="calendar_one_exception_a_day"
            )
        ]
        verbose_name = _("local exception")
        verbose_name_plural = _("local exceptions")

    def __str__(self) -> str:
        return f"{self.day} {self.reason}"


class Opening(models.Model):
    """「作息时间」 Office hours from a day on, for a place and everything below it; `place` empty means everywhere."""

    place = models.CharField(_("place code"), max_length=12, blank=True)
    valid_from = models.DateField(_("valid from"))
    spans = models.JSONField(_("opening hours"))  # [["08:30", "12:00"], ["14:00", "17:30"]]
    document = models.CharField(_("document"), max_length=120, blank=True)

    class Meta:
        ordering = ["place", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["place", "valid_from"], name="calendar_one_opening_a_day")]
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")

    def __str__(self) -> str:
        return ", ".join("-".join(span) for span in self.spans)


class Version(models.Model):
    """A word that changes with every change of the calendar, so that each process knows when its own copy is old."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    word = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("calendar version")
        verbose_name_plural = _("calendar versions")

    def __str__(self) -> str:
        return self.word
