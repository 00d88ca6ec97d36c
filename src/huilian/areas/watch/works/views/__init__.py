"""Screens of works that are no register."""
