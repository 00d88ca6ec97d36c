"""What stands on the case page of a finding."""

from .models import Finding, Photo


def finding_of(case) -> Finding:
    return case.finding


def facts(case, user) -> dict:
    """The finding, its evidence, what was promised and done, what people say, parts elsewhere."""
    finding = case.finding
    return {"f": finding, **repair(finding)}


def repair(finding: Finding) -> dict:
    voices = [v for v in finding.voices.all() if v.verdict]
    return {
        "photos": evidence(finding),
        "proofs": list(finding.proofs.select_related("attachment")),
        "voices": voices,
        "slips": finding.voices.filter(verdict="").count(),
        "children": list(finding.children.select_related("unit", "case__procedure")),
        "letters": list(finding.letters.all()),
    }


def evidence(finding: Finding) -> list:
    """Photographs of the sheet at the item the finding cites."""
    if finding.target_id is None or finding.item_id is None:
        return []
    rows = Photo.objects.filter(sheet__target=finding.target_id, item=finding.item_id).select_related("attachment")
    return [photo.attachment for photo in rows]
