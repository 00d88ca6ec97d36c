"""Every command explains itself; those that report do so for programs as well; every benchmark can be run."""

import ast

import click
import pytest
from click.testing import CliRunner

from huilian.project import cli

from .test_house import ROOT

# Commands that report nothing a program would want to read, and why.
WITHOUT_JSON = {
    "calendar seed": "silent when all went well",
    "demo": "builds and serves; what it prints is for a person",
    "manage": "Django's own commands",
    "messages compile": "a build step",
    "messages update": "a build step",
    "serve": "runs until stopped",
    "worker": "runs until stopped",
}


def leaves(group: click.Group = cli.main, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    found = []
    for name, command in group.commands.items():
        here = (*path, name)
        found += leaves(command, here) if isinstance(command, click.Group) else [(here, command)]
    return found


@pytest.mark.parametrize("path,command", leaves(), ids=lambda v: " ".join(v) if isinstance(v, tuple) else "")
def test_a_command_says_what_it_does(path, command):
    if path != ("manage",):  # hands --help on to Django
        shown = CliRunner().invoke(cli.main, [*path, "--help"])
        assert shown.exit_code == 0 and "--help" in shown.output

    assert command.help and command.help.strip().split("\n")[0].rstrip().endswith((".", ":", ";", ","))


def test_a_command_that_reports_has_json():
    without = {" ".join(p) for p, c in leaves() if not any("--json" in o.opts for o in c.params)}
    known = {" ".join(path) for path, _command in leaves()}

    assert without == set(WITHOUT_JSON) & known


def test_every_benchmark_can_be_run_and_reports_for_programs():
    lame = []
    for path in sorted((ROOT / "benchmarks").glob("[!_]*.py")):
        text = path.read_text(encoding="utf-8")
        names = [n.name for n in ast.parse(text).body if isinstance(n, ast.FunctionDef)]
        if "main" not in names or "--json" not in text:
            lame.append(path.name)

    assert lame == []
