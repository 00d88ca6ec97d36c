"""Pages of supervision offices and talks."""

from .page import PHONE, Page

PAGES = [
    Page("/desk/office/", "hao_jing", size=PHONE),
    Page("/desk/office/talk/{talk}/", "ding_ke", size=PHONE),
    Page("/desk/office/sheet/talk/{talk}/before/", "ding_ke", size=PHONE),
    Page("/desk/office/book/", "hao_jing", size=PHONE),
    Page("/desk/office/room/{talk_room}/", "lin_zheng"),
    Page("/desk/office/offices/{office}/", "lin_zheng", size=PHONE),
    Page("/desk/office/documents/office/", "lin_zheng"),
    Page("/desk/office/document/{office_document}/", "lin_zheng", size=PHONE),
    Page("/desk/office/exchange/case-system/", "lin_zheng", size=PHONE),
]
