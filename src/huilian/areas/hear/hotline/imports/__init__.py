"""「导入」 Letters and orders of other systems: the columns they come in, what a row says, the history it amounts to.

`columns` knows the headings, `rows` reads and checks them against the directory, `history` says at which step a matter
stands and how it came there. Only `services.importing` writes.
"""
