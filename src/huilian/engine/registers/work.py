"""Large imports, done by the worker."""

from django.utils import translation

from huilian.engine.jobs import job

from . import services
from .models import ImportRun


@job(retries=0, atomic=False)
def check(run: int, language: str) -> None:
    """Check a file for its preview."""
    found = ImportRun.objects.get(pk=run)
    if found.state == ImportRun.State.CHECKING:
        with translation.override(language):
            services.check_import(found)


@job(retries=0, atomic=False)
def write(run: int, language: str) -> None:
    """Write a confirmed import, all or nothing."""
    found = ImportRun.objects.get(pk=run)
    if found.state == ImportRun.State.WRITING:
        with translation.override(language):
            services.write_import(found)
