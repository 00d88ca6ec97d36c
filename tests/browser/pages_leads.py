"""Pages of leads."""

from .page import PHONE, Page

PAGES = [
    Page("/desk/leads/", "hao_jing", size=PHONE),
    Page("/desk/leads/lead/{lead}/", "hao_jing", size=PHONE),
    Page("/desk/leads/lead/{lead}/open/", "hao_jing"),
    Page("/desk/leads/act/lead/{lead}/weigh/", "hao_jing", size=PHONE),
    Page("/desk/leads/new/", "lin_zheng", size=PHONE),
    Page("/desk/leads/meeting/{lead_meeting}/", "lin_zheng", size=PHONE),
    Page("/desk/leads/stock/{lead_stock}/", "lin_zheng"),
    Page("/desk/leads/figures/", "lin_zheng", size=PHONE),
    Page("/desk/leads/papers/", "hao_jing", size=PHONE),
    Page("/desk/leads/papers/trial/", "hao_jing"),
]
