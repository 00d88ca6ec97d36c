"""Who may read the files of a publication."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.documents.kinds import Kind

# The photograph of a public notice board is as public as the board.
KINDS = {"disclosure_proof": Kind(_("Photograph of the notice board"), may_read=lambda user, file: True)}
