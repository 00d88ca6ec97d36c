"""「人员」「任职」「亲属」 People, their appointments to posts, and their declared kin."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.foundation.masking import mask_phone

from .units import Organisation, Post, Unit


class Person(models.Model):
    """「人员」 Somebody who holds or held a post. The identity number itself is never kept, only its keyed digest."""

    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=64, db_index=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("account"),
    )
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    identity_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["identity_digest"], condition=~Q(identity_digest=""), name="person_identity_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_phone(self) -> str:
        """The only form of the number that lists, pages and exports may show."""
        return mask_phone(self.phone) if self.phone else ""


class Appointment(models.Model):
    """「任职」 A person in a post from a day to a day (`ends_on` is the last day in office).

    While a secondment (抽调) runs, the person has no rights from posts of `home_unit` or units below it
    (业务与原单位脱离).
    """

    class Kind(models.TextChoices):
        REGULAR = "regular", _("regular")
        ACTING = "acting", _("acting")
        SECONDED = "seconded", _("seconded")

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name=_("person"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments", verbose_name=_("post"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.REGULAR)
    home_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="seconded_out", verbose_name=_("home unit")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    document = models.CharField(_("document"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="appointment_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=(Q(kind="seconded") & ~Q(home_unit=None)) | (~Q(kind="seconded") & Q(home_unit=None)),
                name="appointment_home_unit_only_if_seconded",
            ),
            models.UniqueConstraint(
                fields=["person", "post"], condition=Q(ends_on=None), name="appointment_open_once_a_post"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.post}"


class SealedManager(models.Manager):
    """Named `sealed`, so that every line of code that touches such rows shows it."""


class Kin(models.Model):
    """「亲属」 A relative or a relative's firm that an official declared. Sealed.

    Only two readers exist: the recusal check, which answers yes or no, and `access.services.open_sealed`, which
    writes down who looked and what for.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("declared by"))
    relation = models.CharField(_("relation"), max_length=16)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=64)
    relative = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the relative's own entry")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the relative's firm")
    )
    identity_digest = models.CharField(max_length=64, blank=True, editable=False)
    declared_on = models.DateField(_("declared on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    sealed = SealedManager()

    class Meta:
        verbose_name = _("declared kin")
        verbose_name_plural = _("declared kin")
        ordering = ["person", "pk"]
        indexes = [models.Index(fields=["identity_digest"], name="kin_identity")]

    def __str__(self) -> str:
        return f"kin:{self.pk}"  # never a name: this string ends up in logs and messages
