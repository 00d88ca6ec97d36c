"""`python -m huilian` is the `huilian` command."""

from huilian.project.cli import main

main(prog_name="huilian")
