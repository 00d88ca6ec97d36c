"""Evidence rows: what an alert rests on, each with the digest of its fields, so that a later change shows."""

from collections.abc import Mapping

from huilian.foundation.hashing import canonical, digest, dump, plain


def row(source: str, key: object, fields: Mapping[str, object]) -> dict:
    """One row of `source` ("procedures.case") with the fields the alert used and their SHA-256."""
    kept = plain(fields)
    return {"source": source, "id": str(key), "fields": kept, "hash": digest(dump(kept), "sha256").hex()}


def is_intact(evidence: Mapping) -> bool:
    """Whether the fields still have the digest they were stored with."""
    return digest(canonical(evidence["fields"]), "sha256").hex() == evidence["hash"]
