"""Pages of the flow editor."""

from .page import PHONE, Page

PAGES = [
    Page("/desk/powers/flows/", "hao_jing"),
    Page("/desk/powers/flows/", "hao_jing", size=PHONE),
    Page("/desk/powers/flows/new/", "hao_jing"),
    Page("/desk/powers/flows/{flow}/", "hao_jing"),
    Page("/desk/powers/flows/{flow}/", "hao_jing", size=PHONE),
    Page("/desk/powers/flows/{flow}/draft/", "hao_jing"),
    Page("/desk/powers/flows/{flow}/draft/", "hao_jing", size=PHONE),
    Page("/desk/powers/flows/{flow}/draft/?step=working", "hao_jing", weight=46),
    Page("/desk/powers/flows/{flow}/draft/?step=working", "hao_jing", size=PHONE, weight=46),
    Page("/desk/powers/flows/{flow}/draft/head/", "hao_jing"),
    Page("/desk/powers/flows/{flow}/draft/upload/", "hao_jing"),
    Page("/desk/powers/flows/{flow}/draft/publish/", "hao_jing"),
    Page("/desk/powers/flows/{flow}/draft/discard/", "hao_jing"),
    Page("/desk/powers/flows/{flow}/compare/", "hao_jing"),
    Page("/desk/powers/flows/{flow}/print/", "hao_jing"),
]
