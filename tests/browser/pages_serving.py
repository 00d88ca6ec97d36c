"""Service pages for citizens."""

from .page import KIOSK, PHONE, Page

PAGES = [
    *(
        Page(path, user, PHONE, weight=25, touch=44)
        for path, user in (
            ("/services/", None),
            ("/services/?class=social&v={service_village}", None),
            ("/services/item/SH-01/?v={service_village}", None),
            ("/services/point/{service_point}/", None),
            ("/services/postings/", None),
            ("/services/postings/{posting}/", None),
            ("/s/{service_card}/", None),
            ("/services/item/SH-01/apply/where/?q=村", "citizen_applying"),
            ("/services/item/SH-01/apply/who/", "citizen_applying"),
            ("/services/item/SH-01/apply/papers/", "citizen_applying"),
            ("/services/item/SH-01/apply/check/", "citizen_applying"),
            ("/services/sent/", "citizen_applied"),
            ("/follow/application/", "citizen_asked"),
            ("/follow/application/", "citizen_served"),
            ("/complain/", None),
            ("/complain/sent/", "citizen_complained"),
            ("/follow/complaint/", "citizen_complaining"),
        )
    ),
    *(
        Page(path, user, KIOSK, weight=25, touch=60, reflow=False)
        for path, user in (
            ("/services/?face=kiosk", None),
            ("/services/item/SH-01/?face=kiosk", None),
            ("/services/item/SH-01/apply/papers/?face=kiosk", "citizen_applying"),
            ("/services/sent/?face=kiosk", "citizen_applied"),
        )
    ),
]
