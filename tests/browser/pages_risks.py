"""Pages of integrity risks."""

from .page import DESK, PHONE, Page

PAGES = [
    Page("/desk/risks/", "gao_jie"),
    Page("/desk/risks/", "gao_jie", size=PHONE),
    Page("/desk/risks/new/", "gao_jie", size=PHONE),
    Page("/desk/risks/matrix/", "shen_yu"),
    Page("/desk/risks/cycle/{risk_cycle}/", "gao_jie", size=PHONE),
    Page("/desk/risks/cycle/{risk_cycle}/", "xu_fang", size=DESK),
    Page("/desk/risks/point/{risk_point}/", "gao_jie"),
    Page("/desk/risks/point/{risk_point}/", "shen_yu", size=PHONE),
    Page("/desk/risks/act/point/{risk_point}/grade/", "gao_jie", size=PHONE),
    Page("/desk/risks/directory/{risk_directory}/", "gao_jie"),
    Page("/desk/risks/point/{risk_point}/edit/", "gao_jie"),
    Page("/desk/risks/start/", "gao_jie", size=PHONE),
    Page("/desk/risks/ask/", "gao_jie"),
    Page("/desk/risks/mine/", "he_wei", size=PHONE),
    Page("/desk/risks/mine/new/", "he_wei", size=PHONE),
    Page("/desk/risks/signals/", "shen_yu"),
    Page("/desk/risks/signals/new/", "shen_yu"),
    Page("/desk/risks/disposals/", "shen_yu"),
    Page("/desk/risks/disposals/new/", "shen_yu"),
    Page("/desk/risks/disposal/{risk_disposal}/", "shen_yu", size=PHONE),
    Page("/desk/risks/indicators/", "shen_yu"),
    Page("/desk/risks/reports/", "shen_yu"),
    Page("/desk/risks/report/{risk_report}/", "shen_yu"),
    Page("/desk/registers/risk-points/", "gao_jie"),
    Page("/risks/", None, PHONE, weight=25, touch=44),
    Page("/risks/{risk_directory}/", None, PHONE, weight=25, touch=44),
]
