"""Procedures that join two areas: one file each, named as a sentence."""
