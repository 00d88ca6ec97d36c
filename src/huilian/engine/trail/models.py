"""Rows of the trail. Events and leaves are never changed or removed; the database itself refuses (guards.py).

An event is written in the transaction of the act it tells of. The database puts its number into `Pending`, and one
sealer moves it from there into the chain and the tree. So writers never wait for one another, and an event whose
transaction commits late is sealed late, never skipped.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.foundation import hashing

from .actors import Actor


class Event(models.Model):
    """「事件」 One act. `data` holds numbers, codes and labels that an official history may show, never personal data
    of a citizen: no name, telephone, address, identity number or free text of theirs (say which record holds it)."""

    at = models.DateTimeField(_("moment of the act"))
    verb = models.CharField(_("kind of act"), max_length=80)
    subject_kind = models.CharField(_("kind of subject"), max_length=80)
    subject_id = models.CharField(_("subject of the act"), max_length=80)
    actor_kind = models.CharField(_("kind of actor"), max_length=16)
    actor_id = models.CharField(_("actor number"), max_length=64, blank=True)
    actor_label = models.CharField(_("who acted"), max_length=120)
    place = models.CharField(_("place of the act"), max_length=12, blank=True)
    data = models.JSONField(_("particulars"), default=dict)
    algorithm = models.CharField(
        _("digest algorithm"), max_length=8, choices=[(a, a.upper()) for a in hashing.ALGORITHMS]
    )
    salt = models.BinaryField(_("salt of the digest"), max_length=16)
    digest = models.BinaryField(_("digest of the act"), max_length=32)

    class Meta:
        verbose_name = _("recorded act")
        verbose_name_plural = _("recorded acts")
        indexes = [
            models.Index("subject_kind", "subject_id", "id", name="trail_event_subject"),
            models.Index("actor_kind", "actor_id", "id", name="trail_event_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb} {self.subject}"

    @property
    def subject(self) -> str:
        return f"{self.subject_kind}:{self.subject_id}"

    @property
    def actor(self) -> Actor:
        return Actor(self.actor_kind, self.actor_id or None, self.actor_label)


class Pending(models.Model):
    """「待封存」 Number of an event that waits for the sealer. A database trigger writes it, so nobody can forget."""

    event_id = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name = _("act waiting to be sealed")
        verbose_name_plural = _("acts waiting to be sealed")

    def __str__(self) -> str:
        return str(self.event_id)


class Leaf(models.Model):
    """「封存条目」 Event number `event_id` as entry `seq` (from 0) of the log. `chain` vouches for all entries so far.

    There is no foreign key constraint: the tree guards the link better, and a leaf must outlive a removed event so
    that the removal can be named.
    """

    seq = models.BigIntegerField(_("number in the log"), primary_key=True)
    event = models.OneToOneField(
        Event, on_delete=models.DO_NOTHING, db_constraint=False, related_name="leaf", verbose_name=_("recorded act")
    )
    digest = models.BinaryField(_("digest of the act"), max_length=32)
    chain = models.BinaryField(_("link of the chain"), max_length=32)

    class Meta:
        verbose_name = _("sealed entry")
        verbose_name_plural = _("sealed entries")

    def __str__(self) -> str:
        return str(self.seq)


class Tile(models.Model):
    """「哈希瓦片」 Up to 256 hashes of one level of the tree, end to end. The right-most of each level still grows."""

    level = models.PositiveSmallIntegerField(_("level of the tree"))
    index = models.BigIntegerField(_("tile number"))
    hashes = models.BinaryField(_("hashes"), max_length=8192)

    class Meta:
        verbose_name = _("tile")
        verbose_name_plural = _("tiles")
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="trail_tile_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Log(models.Model):
    """「日志状态」 The one row that says how far the log is sealed. Sealers lock it, so one works at a time."""

    size = models.BigIntegerField(_("sealed entries"), default=0)
    frontier = models.BinaryField(_("right edge of the tree"), default=bytes)
    chain = models.BinaryField(_("link of the chain"), max_length=32, default=bytes(hashing.LENGTH))
    sealed_at = models.DateTimeField(_("last sealed"), null=True)
    checkpoint = models.TextField(_("signed checkpoint"), blank=True)

    class Meta:
        verbose_name = _("public log")
        verbose_name_plural = _("public log")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="trail_log_only_one")]

    def __str__(self) -> str:
        return str(self.size)


class TreeHead(models.Model):
    """「每日签名树头」 The signed state of the log at the end of a day; to be printed, mailed or posted elsewhere."""

    day = models.DateField(_("day of the head"), unique=True)
    size = models.BigIntegerField(_("sealed entries"))
    root = models.BinaryField(_("root of the tree"), max_length=32)
    chain = models.BinaryField(_("link of the chain"), max_length=32)
    note = models.TextField(_("signed note"))
    signed_at = models.DateTimeField(_("moment of signing"))

    class Meta:
        verbose_name = _("daily head")
        verbose_name_plural = _("daily heads")

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.size}"
