"""What past orders teach about a new one: a class, an answering unit, an earlier letter about the same matter.

Pure Python without Django and without network. Nothing here decides: it proposes, says how sure it is and why,
and a person picks. `text` reads a letter, `model` learns labels, `duplicates` finds letters on one matter.
"""
