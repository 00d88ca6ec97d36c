"""Pages of tips."""

from .page import PHONE, Page

PAGES = [
    Page("/desk/tips/", "lin_zheng", size=PHONE),
    Page("/desk/tips/{tip}/", "lin_zheng"),
    Page("/desk/tips/{tip}/accept/", "lin_zheng", size=PHONE),
    Page("/desk/tips/take/", "lin_zheng", size=PHONE),
    Page("/desk/tips/visits/", "lin_zheng"),
    Page("/desk/tips/approvals/", "shen_yu", size=PHONE),
    Page("/desk/tips/figures/", "meng_ting"),
]
