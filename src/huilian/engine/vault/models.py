"""Keys of persons, sealed boxes, and every look into one. Nothing here can be read with what lies on the server."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.foundation.sealing import fingerprint


class Key(models.Model):
    """「密钥」 The two keys of one officer, or of recovery (no user): one to seal to, and a secret one locked by a
    passphrase that is stored nowhere. The secret of recovery is on three sheets of paper and not here at all."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="vault_keys",
        verbose_name=pgettext_lazy("vault", "holder"),
    )
    is_recovery = models.BooleanField(_("for recovery"), default=False)
    public = models.BinaryField(_("public key"))
    locked = models.BinaryField(_("locked secret key"), default=b"")
    wrong = models.PositiveSmallIntegerField(_("wrong passphrases in a row"), default=0)
    wait_until = models.DateTimeField(_("no try before"), null=True)
    made_at = models.DateTimeField(pgettext_lazy("vault", "made at"))
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        verbose_name = pgettext_lazy("vault", "key")
        verbose_name_plural = _("keys")
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(retired_at=None), name="one_live_key_a_person"),
            models.UniqueConstraint(
                fields=["is_recovery"], condition=Q(retired_at=None, is_recovery=True), name="one_live_recovery_key"
            ),
        ]

    def __str__(self) -> str:
        return fingerprint(bytes(self.public))


class Box(models.Model):
    """「封存件」 One sealed content. `subject` says what it belongs to ("tip:XF20261122-0001"), `part` what of it is in
    here. The key of a `paired` box is in two halves, held by different people: neither opens it alone."""

    code = models.UUIDField(_("code"), unique=True)
    subject = models.CharField(_("what it belongs to"), max_length=80)
    part = models.CharField(_("part"), max_length=20)
    paired = models.BooleanField(_("opened by two"), default=False)
    cipher = models.BinaryField(_("sealed content"), default=b"")
    file = models.FileField(_("sealed file"), upload_to="sealed/%Y/%m", blank=True)
    digest = models.CharField(_("digest"), max_length=64)  # SHA-256 of what is sealed; recorded in the trail
    made_at = models.DateTimeField(_("sealed at"))

    class Meta:
        verbose_name = _("sealed box")
        verbose_name_plural = _("sealed boxes")
        indexes = [models.Index(fields=["subject", "part"], name="box_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.part}"

    @property
    def about(self) -> str:
        """What the encryption is bound to: a box put in another's place does not open."""
        return f"huilian box 1\n{self.code}\n{self.subject}\n{self.part}"


class Grant(models.Model):
    """「授权」 That a key opens a box: its key, or half of it, wrapped for one holder, for a time and a purpose."""

    class Half(models.TextChoices):
        WHOLE = "", _("whole")
        ASKS = "a", _("half of those who ask")
        AGREES = "b", _("half of those who agree")

    box = models.ForeignKey(Box, models.CASCADE, related_name="grants", verbose_name=_("box"))
    key = models.ForeignKey(Key, models.PROTECT, related_name="grants", verbose_name=pgettext_lazy("vault", "key"))
    half = models.CharField(_("half"), max_length=1, choices=Half.choices, blank=True, default="")
    wrapped = models.BinaryField(_("wrapped key"))
    purpose = models.CharField(pgettext_lazy("vault", "purpose"), max_length=200, blank=True)
    until = models.DateTimeField(_("until"), null=True)
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        # One person never holds both halves.
        constraints = [models.UniqueConstraint(fields=["box", "key"], name="one_grant_a_key")]

    def __str__(self) -> str:
        return f"{self.box} → {self.key}"


class Opening(models.Model):
    """「双人开启」 One request to open a paired box: asked by one, agreed to by another, readable for a short time."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a second person")
        AGREED = "agreed", _("agreed")
        REFUSED = "refused", _("refused")
        LAPSED = "lapsed", _("lapsed")

    box = models.ForeignKey(Box, models.CASCADE, related_name="openings", verbose_name=_("box"))
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    purpose = models.CharField(pgettext_lazy("vault", "purpose"), max_length=200)
    asked_at = models.DateTimeField(pgettext_lazy("vault", "asked at"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    note = models.CharField(_("reason"), max_length=200, blank=True)
    until = models.DateTimeField(_("readable until"))

    class Meta:
        verbose_name = _("opening by two")
        verbose_name_plural = _("openings by two")

    def __str__(self) -> str:
        return f"{self.box} {self.asked_at:%Y-%m-%d %H:%M}"


class Offer(models.Model):
    """「转交密钥」 What passes between the two of an opening, wrapped for one of them; gone when it is over."""

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="offers", verbose_name=_("opening"))
    key = models.ForeignKey(Key, models.CASCADE, related_name="+", verbose_name=pgettext_lazy("vault", "key"))
    wrapped = models.BinaryField(_("wrapped key"))

    class Meta:
        verbose_name = pgettext_lazy("vault", "offer")
        verbose_name_plural = pgettext_lazy("vault", "offers")

    def __str__(self) -> str:
        return str(self.opening)


class Look(models.Model):
    """「查看记录」 Somebody looked into a box. Never changed; the person who confided it may see the list."""

    box = models.ForeignKey(Box, models.CASCADE, related_name="looks", verbose_name=_("box"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("at"))
    purpose = models.CharField(pgettext_lazy("vault", "purpose"), max_length=200)
    opening = models.ForeignKey(Opening, models.CASCADE, null=True, related_name="looks", verbose_name=_("opening"))

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        indexes = [models.Index(fields=["box", "at"], name="looks_of_a_box")]

    def __str__(self) -> str:
        return f"{self.user} {self.at:%Y-%m-%d %H:%M}"


class Unlocked(models.Model):
    """「已解锁」 A secret key unlocked for a while: encrypted with a token that only the officer's browser holds."""

    key = models.OneToOneField(Key, models.CASCADE, related_name="unlocked", verbose_name=pgettext_lazy("vault", "key"))
    token_digest = models.CharField(_("digest of the token"), max_length=64)
    locked = models.BinaryField(_("secret key under the token"))
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("unlocked key")
        verbose_name_plural = _("unlocked keys")

    def __str__(self) -> str:
        return str(self.key)
