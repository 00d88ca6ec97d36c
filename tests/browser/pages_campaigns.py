"""Pages of campaigns and conduct."""

from .page import PHONE, Page

PAGES = [
    Page("/desk/campaigns/", "lin_zheng"),
    Page("/desk/campaigns/cautions/", "shen_yu", size=PHONE),
    Page("/desk/campaigns/plan/", "lin_zheng", size=PHONE),
    Page("/desk/campaigns/campaign/{campaign}/", "lin_zheng"),
    Page("/desk/campaigns/campaign/{campaign}/", "liu_changgui", size=PHONE),
    Page("/desk/campaigns/comparison/{comparison}/", "lin_zheng", size=PHONE),
    Page("/desk/campaigns/caution/{caution}/", "he_wei", size=PHONE),
    Page("/desk/campaigns/occasion/{occasion}/", "meng_ting", size=PHONE),
    Page("/desk/campaigns/occasions/", "meng_ting"),
    Page("/desk/campaigns/occasions/declare/", "he_wei", size=PHONE),
    Page("/campaigns/", size=PHONE, weight=25, touch=44),
]
