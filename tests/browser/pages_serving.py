"""Service pages for citizens."""

from .page import KIOSK, PHONE, Page

PAGES = [
    *(
        Page(path, size=PHONE, weight=25, touch=44)
        for path in (
            "/services/",
            "/services/?class=social&v={service_village}",
            "/services/item/SH-01/?v={service_village}",
            "/services/point/{service_point}/",
            "/services/postings/",
            "/services/postings/{posting}/",
            "/s/{service_card}/",
        )
    ),
    Page("/services/?face=kiosk", size=KIOSK, weight=25, touch=60, reflow=False),
    Page("/services/item/SH-01/?face=kiosk", size=KIOSK, weight=25, touch=60, reflow=False),
]
