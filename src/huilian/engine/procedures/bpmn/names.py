"""Names both directions share."""

from typing import Any

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
OURS = "urn:huilian:procedure:1"
NSMAP: dict[str | None, str] = {None: BPMN, "bpmndi": DI, "dc": DC, "di": DD, "hl": OURS}


def bpmn(tag: str) -> str:
    return f"{{{BPMN}}}{tag}"


def ours(tag: str) -> str:
    return f"{{{OURS}}}{tag}"


def put_name(parent: Any, tag: str, name: dict, **more: str) -> None:
    """`<hl:tag zh="…" en="…"/>`; an empty one leaves nothing."""
    if name or more:
        etree.SubElement(parent, ours(tag), {k: str(v) for k, v in {**name, **more}.items()})


def take_name(element: Any, *leave: str) -> dict:
    return {key: value for key, value in element.attrib.items() if key not in leave}


def plain(name: dict) -> str:
    """What a modeller shows: the Chinese, without our mark for a second line."""
    return (name.get("zh") or name.get("en") or "").replace("|", " ")


def id_of(kind: str, key: str) -> str:
    """An id XML allows (NCName), whatever a key is made of, and no two keys the same."""
    return f"{kind}_" + "".join(c if c.isascii() and (c.isalnum() or c in "-.") else f"_{ord(c):x}_" for c in key)
