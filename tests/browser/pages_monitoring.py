"""Pages of electronic monitoring."""

from .page import PHONE, Page

PAGES = [
    Page("/desk/monitoring/", "ding_ke"),
    Page("/desk/monitoring/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/breaches/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/evaluations/", "ding_ke"),
    Page("/desk/monitoring/statistics/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/complaints/", "ding_ke"),
    Page("/desk/cases/{complaint}/", "ding_ke", size=PHONE),
    Page("/desk/cases/{penalty}/propose/", "lu_ning", size=PHONE),
    Page("/desk/monitoring/penalty/", "lu_ning"),
]
