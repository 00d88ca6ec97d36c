"""Refusals. Each carries one sentence a person can act on: what is wrong, why, what to do."""


class Refused(Exception):
    """An act was not carried out and nothing was changed. `message` is shown to the person as it stands.

    `field` names the form field, `row` the spreadsheet row (1-based, as Excel counts), when there is one.
    """

    def __init__(self, message: object, *, field: str | None = None, row: int | None = None) -> None:
        super().__init__(message)
        self.message, self.field, self.row = message, field, row

    def __str__(self) -> str:
        return str(self.message)


class Invalid(Refused):
    """What was given cannot be right: a broken date, a wrong check digit, a missing reason."""


class NotAllowed(Refused):
    """The person does not hold a post that may do this, or must step back (回避)."""


class Conflict(Refused):
    """Somebody else changed the same thing in the meantime; nothing of this attempt was kept."""
