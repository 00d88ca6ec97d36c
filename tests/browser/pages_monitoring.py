"""Pages of electronic monitoring."""

from .page import PHONE, Page

PAGES = [
    Page("/desk/monitoring/", "ding_ke"),
    Page("/desk/monitoring/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/breaches/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/evaluations/", "ding_ke"),
    Page("/desk/monitoring/order/{penalty}/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/correction/{correction}/answer/", "lu_ning", size=PHONE),
    Page("/desk/monitoring/correction/{corrected}/verify/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/evaluations/?year={year}&quarter={quarter}", "ding_ke", size=PHONE),
    Page("/desk/monitoring/evaluations/{evaluation}/", "ding_ke"),
    Page("/desk/monitoring/evaluations/{evaluation}/", "lu_ning", size=PHONE),
    Page("/desk/monitoring/evaluations/{evaluation}/object/", "lu_ning"),
    Page("/desk/monitoring/evaluations/{objected}/answer/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/complaints/new/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/statistics/", "ding_ke", size=PHONE),
    Page("/desk/monitoring/complaints/", "ding_ke"),
    Page("/desk/cases/{complaint}/", "ding_ke", size=PHONE),
    Page("/desk/cases/{penalty}/propose/", "lu_ning", size=PHONE),
    Page("/desk/monitoring/penalty/", "lu_ning"),
]
