"""Screens of the operators that are not a list of cases and not a page of one case."""
