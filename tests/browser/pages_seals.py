"""Pages of the seals."""

from .page import DESK, PHONE, Page

PAGES = [
    Page("/desk/seals/", "bai_lu"),
    Page("/desk/seals/", "bai_lu", size=PHONE),
    Page("/desk/seals/ask/", "bai_lu", size=PHONE),
    Page("/desk/seals/afterwards/", "bai_lu", size=DESK),
    Page("/desk/seals/loan/", "zhu_min"),
    Page("/desk/seals/figures/", "luo_cheng"),
    Page("/desk/seals/seal/{seal}/", "zhu_min", size=PHONE),
    Page("/desk/seals/seal/{seal}/hand-over/", "zhu_min"),
    Page("/desk/seals/stamp/{seal_case}/", "zhu_min", size=PHONE),
    Page("/desk/cases/{seal_waiting}/", "liu_changgui", size=PHONE),
    Page("/desk/cases/{seal_waiting}/agree/", "liu_changgui", size=PHONE),
]
