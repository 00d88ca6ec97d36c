"""Screens of the area that are no registers."""
