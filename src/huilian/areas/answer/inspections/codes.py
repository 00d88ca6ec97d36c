"""Codes on slips, shown once."""

import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that looks like another


def letters(count: int) -> str:
    """A code somebody types from a slip."""
    return "".join(secrets.choice(LETTERS) for _n in range(count))
