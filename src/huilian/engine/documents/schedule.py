"""What the store does by itself."""

from datetime import timedelta
from pathlib import PurePosixPath

from django.core.files.storage import default_storage

from huilian.foundation.now import now
from huilian.foundation.schedule import daily

from .models import Attachment, Document

OLD = timedelta(days=2)  # no transaction that has written a file but not yet its row lasts that long


@daily(at="03:40")
def sweep() -> int:
    """Delete files that no row knows: their transaction was rolled back. Returns how many."""
    gone = 0
    for model in (Document, Attachment):
        root = f"{model.__name__.lower()}s"
        for folder in _folders(root):
            names = [str(PurePosixPath(folder) / n) for n in default_storage.listdir(folder)[1]]
            known = set(model.objects.filter(file__in=names).values_list("file", flat=True)) if names else set()
            for name in names:
                if name not in known and default_storage.get_modified_time(name) < now() - OLD:
                    default_storage.delete(name)
                    gone += 1
    return gone


def _folders(root: str) -> list[str]:
    """root/year/month of the store."""
    if not default_storage.exists(root):
        return []
    years = [f"{root}/{year}" for year in default_storage.listdir(root)[0]]
    return [f"{year}/{month}" for year in years for month in default_storage.listdir(year)[0]]
