"""Static files as they are served: style sheets in one piece and without air, hashed names, brotli and gzip beside."""

import posixpath
import re

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r"""@import url\("([^"]+)"\);\n""")


class Gathered(CompressedManifestStaticFilesStorage):
    """Puts what a style sheet imports in its place, so that a face is one request; in development browsers do that."""

    def post_process(self, paths, dry_run=False, **options):
        made = InMemoryStorage()
        whole = {name: squeezed(_whole(name, paths)) for name in paths if name.endswith(".css")}
        for name, text in whole.items():
            paths[name] = made, made.save(name, ContentFile(text.encode()))
        yield from super().post_process(paths, dry_run, **options)


def _whole(name: str, paths) -> str:
    """The sheet with all it imports. A sheet of another folder may not name files, as these would be sought here."""
    storage, path = paths[name]
    with storage.open(path) as file:
        text = file.read().decode()

    def imported(found) -> str:
        other = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[1]))
        return _whole(other, paths)

    return _IMPORT.sub(imported, text)


def squeezed(css: str) -> str:
    """The same rules without comments and needless blanks. What stands in quotes is left as it is."""
    parts = re.split(r'("[^"]*")', re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    parts[::2] = (re.sub(r" ?([{};]) ?", r"\1", re.sub(r"\s+", " ", part)) for part in parts[::2])
    return "".join(parts).replace(";}", "}").strip()
