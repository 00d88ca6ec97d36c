"""Pages of audits."""

from .page import PHONE, Page

PAGES = [
    Page("/desk/audits/", "jiang_hong"),
    Page("/desk/audits/due/", "jiang_hong", size=PHONE),
    Page("/desk/audits/plan/", "jiang_hong", size=PHONE),
    Page("/desk/audits/{audit_reported}/", "liu_changgui", size=PHONE),
    Page("/desk/audits/{audit_reported}/books/?at=report", "jiang_hong", size=PHONE),
    Page("/desk/audits/act/audit/{audit_running}/finding/", "sun_yan"),
    Page("/v/{audit_village}/audits/", size=PHONE, weight=25, touch=44),
]
