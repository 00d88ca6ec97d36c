"""Files that belong to a matter: papers the product made and files people handed in. A file is written once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """「文件」 Kept under a random name; `name` is what a person sees, `sha256` what was there on the first day."""

    kind = models.CharField(_("kind"), max_length=64)
    subject_kind = models.CharField(_("subject kind"), max_length=64)
    subject_id = models.CharField(_("subject"), max_length=64)
    name = models.CharField(_("file name"), max_length=200)
    type = models.CharField(_("type"), max_length=16)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.FileField(_("file"), upload_to="", max_length=200)
    made_at = models.DateTimeField(_("time"))
    made_by = models.CharField(_("by"), max_length=128)

    class Meta:
        abstract = True
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.name


class Document(StoredFile):
    """「文书」 A paper made by the product, as docx, xlsx or pdf. A corrected one is a new document."""

    number = models.CharField(_("issue number"), max_length=64, blank=True)

    class Meta(StoredFile.Meta):
        verbose_name = _("official paper")
        verbose_name_plural = _("official papers")
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="documents_of_a_subject")]


class Attachment(StoredFile):
    """「附件」 A file somebody handed in, accepted by its content."""

    class Meta(StoredFile.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="attachments_of_a_subject")]
