"""How a thing is named in a link."""


def name_of(thing) -> tuple[str, str]:
    """(kind, id) of a model instance, by its business number where it has one, or of a string "kind:id"."""
    if isinstance(thing, str):
        kind, colon, ident = thing.partition(":")
        if not (kind and colon and ident):
            raise ValueError(f"not a reference of the form kind:id: {thing!r}")
        return kind, ident
    ident = getattr(thing, "number", None) or thing.pk
    if ident is None:
        raise ValueError(f"{thing!r} has not been saved yet")
    return thing._meta.label_lower, str(ident)
