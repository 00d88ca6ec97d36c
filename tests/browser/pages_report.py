"""Pages of somebody who speaks up: public, without a script."""

from .page import KIOSK, PHONE, Page

PAGES = [
    Page("/report/", size=PHONE, weight=25),
    Page("/report/?face=kiosk", size=KIOSK),
    Page("/report/write/?by=name", size=PHONE, weight=25),
    Page("/report/follow/", size=PHONE, weight=25),
    Page("/report/visit/", size=PHONE, weight=25),
]
