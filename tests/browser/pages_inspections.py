"""Pages of inspections."""

from .page import PHONE, Page

TABLET = (820, 1180)
PAGES = [
    Page("/desk/inspections/", "lin_zheng", size=PHONE),
    Page("/desk/inspections/round/{check_round}/", "lin_zheng"),
    Page("/desk/inspections/sheet/{check_sheet}/", "shen_yu", size=TABLET, requests=20),
    Page("/desk/inspections/sheet/{check_sheet}/differ/", "shen_yu", size=PHONE),
    Page("/desk/inspections/findings/", "lin_zheng"),
    Page("/desk/inspections/finding/{check_done}/", "liu_changgui", size=PHONE),
    Page("/desk/inspections/coverage/", "lin_zheng", size=PHONE),
    Page("/desk/inspections/letters/", "liu_changgui", size=PHONE),
    Page("/desk/inspections/talk/{check_talk}/", "lin_zheng", size=PHONE),
    Page("/desk/inspections/zeros/", "lin_zheng", size=PHONE),
    Page("/desk/inspections/tasks/", "lin_zheng"),
    Page("/desk/inspections/routines/", "lin_zheng", size=PHONE),
    Page("/v/{check_village}/mended/", size=PHONE, weight=25, touch=44),
    Page("/mended/", size=PHONE, weight=25, touch=44),
]
