"""Pages of the village works."""

from .page import DESK, PHONE, Page

PAGES = [
    Page("/desk/works/", "gu_ping"),
    Page("/desk/works/", "gu_ping", size=PHONE),
    Page("/desk/works/new/", "gu_ping", size=PHONE),
    Page("/desk/works/scores/", "dai_qing"),
    Page("/desk/works/{work_site}/", "liu_changgui", size=DESK),
    Page("/desk/works/{work_done}/", "liu_changgui", size=PHONE),
    Page("/desk/works/{work_new}/items/", "gu_ping", size=PHONE),
    Page("/w/{work_site}/", size=PHONE, weight=25, touch=44),
    Page("/v/{work_village}/works/", size=PHONE, weight=25, touch=44),
    Page("/desk/cases/{work_site}/", "gu_ping", size=PHONE),
    Page("/desk/cases/{work_site}/event/", "gu_ping", size=PHONE),
]
