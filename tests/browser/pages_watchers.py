"""Pages of the supervision network."""

from .page import DESK, PHONE, Page

PAGES = [
    Page("/desk/watchers/", "tan_yi", size=DESK),
    Page("/desk/watchers/body/{watch_body}/", "xie_an", size=PHONE),
    Page("/desk/watchers/act/body/{watch_body}/report/", "xie_an", size=PHONE),
    Page("/desk/watchers/report/{watch_report}/", "wei_guo"),
    Page("/desk/watchers/figures/", "tan_yi", size=PHONE),
    Page("/desk/watchers/letters/", "tan_yi"),
    Page("/desk/watchers/mailing/{watch_mailing}/", "tan_yi", size=PHONE),
    *(
        Page(path, size=PHONE, weight=25, touch=44)
        for path in (
            "/v/999901101201/watchers/",
            "/watchers/certificate/{watch_certificate}/",
            "/watchers/coded/",
            "/c/{watch_card}/",
        )
    ),
]
