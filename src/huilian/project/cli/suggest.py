"""`huilian suggest`: let the suggestions learn, and try them on a sentence."""

import json
from dataclasses import asdict

import click

from . import main, with_django


@main.group()
def suggest() -> None:
    """Topic, class and unit proposed from past hotline orders."""
    with_django()


@suggest.command()
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def train(as_json: bool) -> None:
    """Learn from the county's dispatched orders; the worker does so every night."""
    from huilian.areas.hear.hotline.services import learn
    from huilian.foundation.errors import Refused

    try:
        learning = learn()
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    if as_json:
        click.echo(json.dumps({"orders": learning.orders, "lines": learning.lines, **learning.reports}))
        return
    click.echo(f"learned from {learning.orders} orders and {learning.lines} catalogue lines")
    for kind, r in learning.reports.items():
        click.echo(
            f"{kind:6} {r['labels']:4} labels, {r['letters']} examples, accuracy {r['accuracy']:.2f}, "
            f"macro-F1 {r['macro_f1']:.2f}; sure of {r['sure_share']:.0%}, right in {r['sure_accuracy']:.0%} of those"
        )


@suggest.command("try")
@click.argument("text")
@click.option("--title", default="", help="The subject, if there is one.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def try_(text: str, title: str, as_json: bool) -> None:
    """Say what the suggestions propose for TEXT."""
    from huilian.areas.hear.hotline import suggesting

    found = suggesting.suggest(title, text, wait=True)
    if found is None:
        raise click.ClickException("nothing has been learned yet; run `huilian suggest train`")
    rows = [*found.topics, *found.classes, *found.units]
    if as_json:
        click.echo(json.dumps([{**asdict(a), "value": str(a.value)} for a in rows], ensure_ascii=False))
        return
    for a in rows:
        click.echo(f"{a.kind:6} {a.percent:3} % {'sure  ' if a.sure else 'unsure'} {a.name}  {' '.join(a.words)}")
