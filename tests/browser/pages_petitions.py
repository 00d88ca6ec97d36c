"""Pages of the petitions."""

from .page import DESK, PHONE, Page

PAGES = [
    Page("/desk/petitions/", "fan_lei"),
    Page("/desk/petitions/take/", "fan_lei", size=PHONE),
    Page("/desk/petitions/people/{petition}/", "fan_lei", size=PHONE),
    Page("/desk/cases/{petition}/", "fan_lei", size=DESK),
    Page("/desk/petitions/slots/", "fan_lei"),
    Page("/desk/petitions/slots/new/", "fan_lei"),
    Page("/desk/petitions/led/", "fan_lei"),
    Page("/desk/petitions/opinions/", "fan_lei"),
    Page("/desk/petitions/opinions/new/", "fan_lei"),
    Page("/desk/petitions/opinions/shifts/", "xie_jun"),
    Page("/desk/petitions/papers/", "xie_jun"),
    Page("/desk/petitions/papers/new/", "bi_yun"),
    Page("/follow/petition/", size=PHONE, weight=25, touch=44),
    Page("/desk/petitions/slots/{slot}/", "fan_lei", size=PHONE),
    Page("/desk/petitions/contest/", "xie_jun"),
    Page("/petition/", size=PHONE, weight=25, touch=44),
    Page("/receptions/", size=PHONE, weight=25, touch=44),
    Page("/receptions/{slot}/", size=PHONE, weight=25, touch=44),
    Page("/follow/visit/", size=PHONE, weight=25, touch=44),
]
