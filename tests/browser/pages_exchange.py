"""Pages of the exchange."""

from .page import DESK, PHONE, Page

PUBLIC = (
    "/trading/",
    "/trading/{lot_open}/",
    "/trading/{lot_sold}/",
    "/trading/{lot_open}/register/",
    "/trading/mine/",
    "/draws/",
    "/draws/{draw}/",
)

PAGES = [
    *(Page(path, None, PHONE, weight=25, touch=44) for path in PUBLIC),
    Page("/trading/certificate/", None, PHONE, weight=25, touch=44),
    Page("/trading/certificate/{lot_certificate}/", None, PHONE, weight=25, touch=44),
    Page("/desk/exchange/again/{lot_back}/", "pan_yue", size=PHONE),
    Page("/desk/exchange/key/{lot_sealed}/", "fang_yi", size=PHONE),
    Page("/desk/exchange/", "su_ping"),
    Page("/desk/exchange/", "pan_yue", size=PHONE),
    Page("/desk/exchange/apply/", "pan_yue", size=PHONE),
    Page("/desk/exchange/screens/", "su_ping", size=PHONE),
    Page("/desk/exchange/lot/{lot_open}/", "su_ping", size=DESK),
    Page("/desk/exchange/lot/{lot_sold}/", "deng_hai", size=PHONE),
    Page("/desk/exchange/lot/{lot_open}/examine/{lot_registration}/", "su_ping", size=PHONE),
    Page("/desk/cases/{lot_open}/", "fang_yi", size=PHONE),
    Page("/desk/cases/{lot_sold}/", "meng_ting"),
    Page("/desk/cases/{lot_waiting}/opine/", "yan_bin", size=PHONE),
]
