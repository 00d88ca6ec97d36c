"""The `huilian` command. One file here for each family of sub-commands; each adds itself to `main`."""

import os
from importlib import import_module
from pkgutil import iter_modules

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="huilian")
def main() -> None:
    """惠廉 Huilian: see `huilian COMMAND --help` for each command."""


def with_django() -> None:
    """Make the settings and models ready; commands that need no database do without."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huilian.project.settings")
    django.setup()


for _part in iter_modules(__path__):
    import_module(f"{__name__}.{_part.name}")
