"""Entries in the side menu."""

from huilian.engine.look.menu import MenuItem

SEE = "powers.see"
ITEMS: list[MenuItem] = []
