"""What is wrong with OCDS 1.1 by the standard's own schemas, and by the rules that a schema cannot hold.

Schema reference 1.1: required fields, closed codelists, types, formats. Besides: every field is one of the standard's;
ids of organizations and awards lead somewhere (“Organization reference”, “Contract: awardID”); a release id stands once
in its contracting process; roles are of the codelist partyRole; periods do not end before they begin.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

FOLDER = Path(__file__).with_name("ocds")
RELEASE, PACKAGE = (
    json.loads((FOLDER / f"{name}-schema.json").read_text("utf-8")) for name in ("release", "release-package")
)
ROLES = frozenset(
    "buyer procuringEntity supplier tenderer funder enquirer payer payee reviewBody interestedParty".split()  # noqa: SIM905
)
formats = FormatChecker(formats=())
_schemas = Registry().with_resource(
    PACKAGE["properties"]["releases"]["items"]["$ref"], Resource(contents=RELEASE, specification=DRAFT4)
)


@formats.checks("date-time", raises=ValueError)
def _moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@formats.checks("uri", raises=ValueError)
def _uri(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme and urlsplit(value).netloc)


def faults_of_package(package: Mapping) -> list[str]:
    """What is wrong with a release package."""
    found = _schema_faults(PACKAGE, package)
    seen: set[tuple[str, str]] = set()
    for release in package["releases"]:
        found += faults_of_release(release)
        if (key := (release["ocid"], release["id"])) in seen:
            found.append(f"{key}: the same release id twice")
        seen.add(key)
    return found


def faults_of_record(record: Mapping) -> list[str]:
    """What is wrong with one record: its releases, in the order of their dates, and what they come to."""
    releases, whole = record["releases"], record["compiledRelease"]
    found = [fault for one in (*releases, whole) for fault in _schema_faults(RELEASE, one) + faults_of_release(one)]
    if {one["ocid"] for one in (*releases, whole)} != {record["ocid"]}:
        found.append(f"{record['ocid']}: another ocid inside")
    if whole["tag"] != ["compiled"] or whole["date"] != max(one["date"] for one in releases):
        found.append(f"{record['ocid']}: tag or date of the compiled release")
    return found


def faults_of_release(release: Mapping) -> list[str]:
    """The rules beside the schema."""
    parties = {party["id"]: party for party in release.get("parties", ())}
    found = [f"unknown field {path}" for path in _unknown(release, RELEASE, release["id"])]
    for party in parties.values():
        found += [f"{party['id']}: no role {role}" for role in set(party["roles"]) - ROLES]
    tender = release.get("tender", {})
    named = [release.get("buyer"), tender.get("procuringEntity"), *tender.get("tenderers", ())]
    named += [one for award in release.get("awards", ()) for one in award.get("suppliers", ())]
    found += [f"{release['id']}: {one['id']} is no party" for one in named if one and one["id"] not in parties]
    awards = {award["id"] for award in release.get("awards", ())}
    found += [f"{c['id']}: no award {c['awardID']}" for c in release.get("contracts", ()) if c["awardID"] not in awards]
    periods = [tender.get("tenderPeriod"), *(c.get("period") for c in release.get("contracts", ()))]
    found += [f"{release['id']}: ends before it begins" for p in periods if p and p["endDate"] < p["startDate"]]
    return found


def _schema_faults(schema: Mapping, value: object) -> list[str]:
    judge = Draft4Validator(schema, registry=_schemas, format_checker=formats)
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}" for fault in judge.iter_errors(value)]


def _unknown(value: object, schema: Mapping, path: str) -> Iterator[str]:
    """Fields that the standard does not know, wherever they stand."""
    if "$ref" in schema:
        schema = RELEASE["definitions"][schema["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        for one in value:
            yield from _unknown(one, schema.get("items", {}), path)
    elif isinstance(value, Mapping) and "properties" in schema:
        for name, inner in value.items():
            if name not in schema["properties"]:
                yield f"{path}/{name}"
            else:
                yield from _unknown(inner, schema["properties"][name], f"{path}/{name}")
