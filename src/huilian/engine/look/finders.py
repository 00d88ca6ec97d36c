"""Static files taken out of installed wheels, one by one. A wheel is opened for the file only, never imported."""

from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage


class WheelFiles(BaseFinder):
    """Serves settings.WHEEL_FILES: {public path: (package, path inside it)}."""

    def _items(self):
        for public, (package, inner) in settings.WHEEL_FILES.items():
            spec = find_spec(package)
            if spec is None or spec.origin is None:
                raise LookupError(f"{package} is not installed: pip install --no-deps -r requirements/assets.txt")
            yield public, Path(spec.origin).parent / inner

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        hits = [str(file) for public, file in self._items() if public == path]
        return hits if find_all else (hits[0] if hits else [])

    def list(self, ignore_patterns):
        for public, file in self._items():
            storage = FileSystemStorage(location=file.parent)
            storage.prefix = str(Path(public).parent)
            yield file.name, storage
