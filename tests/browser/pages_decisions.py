"""Pages of decisions."""

from .page import DESK, PHONE, Page

TABLET = (820, 1180)
PAGES = [
    Page("/desk/decisions/", "yao_jing"),
    Page("/desk/decisions/", "yao_jing", size=PHONE),
    Page("/desk/decisions/new/", "yao_jing", size=DESK),
    Page("/desk/decisions/call/branch/", "yao_jing", size=PHONE),
    Page("/desk/decisions/meeting/{meeting_called}/", "yao_jing"),
    Page("/desk/decisions/meeting/{meeting_open}/", "yao_jing", size=PHONE),
    Page("/desk/decisions/meeting/{meeting_open}/", "yao_jing", size=TABLET),
    Page("/desk/cases/{decision_case}/", "yao_jing", size=PHONE),
    Page("/desk/cases/{decision_objected}/", "yao_jing"),
    Page("/desk/cases/{decision_objected}/answer/", "yao_jing", size=PHONE),
    Page("/v/{decision_village}/decisions/", size=PHONE, weight=25),
    Page("/decisions/{decision}/", size=PHONE, weight=25),
    Page("/decisions/{decision}/", weight=25),
]
