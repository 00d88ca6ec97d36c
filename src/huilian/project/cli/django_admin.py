"""`huilian manage …`: Django's own commands, for technicians."""

import click

from . import main, with_django


@main.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands, such as `migrate` or `makemigrations`."""
    with_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["huilian manage", *arguments])
