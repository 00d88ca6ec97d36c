"""Pages of event logs from outside."""

from .page import DESK, PHONE, Page

PAGES = [
    Page("/desk/monitoring/logs/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/logs/new/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/logs/{log}/", "ding_ke"),
    Page("/desk/monitoring/logs/{log}/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/logs/{log}/map/", "ding_ke", size=DESK),
    Page("/desk/monitoring/logs/{log}/map/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/logs/{log}/findings/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/logs/{log}/findings/?kind=late", "ding_ke"),
    Page("/desk/monitoring/logs/{log_refused}/", "ding_ke", size=PHONE),
]
