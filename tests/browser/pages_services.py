"""Pages of the services by proxy."""

from .page import PHONE, Page

PAGES = [
    Page("/desk/services/", "bai_lu"),
    Page("/desk/services/", "bai_lu", size=PHONE),
    Page("/desk/services/take/?item=SH-01", "bai_lu"),
    Page("/desk/services/take/?item=SH-01", "bai_lu", size=PHONE),
    Page("/desk/services/inquiries/", "bai_lu"),
    Page("/desk/services/inquiries/{inquiry}/", "bai_lu", size=PHONE),
    Page("/desk/services/diary/", "bai_lu", size=PHONE),
    Page("/desk/services/duty/", "yu_fei"),
    Page("/desk/services/duty/", "bai_lu", size=PHONE),
    Page("/desk/services/ratings/", "yu_fei"),
    Page("/desk/services/ratings/{service_rated}/", "yu_fei"),
    Page("/desk/services/points/", "cao_jun"),
    Page("/desk/services/points/{service_point}/", "yu_fei"),
    Page("/desk/services/points/{service_point}/", "bai_lu", size=PHONE),
    Page("/desk/services/points/{service_point}/check/ten/", "bai_lu"),
    Page("/desk/services/figures/", "yu_fei"),
    Page("/desk/services/figures/", "yu_fei", size=PHONE),
    Page("/desk/services/card/{service_card}/", "yu_fei"),
    Page("/desk/services/{service_joint}/print/promise/", "bai_lu"),
    Page("/desk/services/{service_joint}/applicant/", "bai_lu"),
    Page("/desk/cases/{service_joint}/", "shi_lei"),
    Page("/desk/cases/{service_joint}/", "bai_lu", size=PHONE),
    Page("/desk/cases/{service_joint}/leg/", "hao_jing"),
    Page("/desk/cases/{service_waiting}/ask_papers/", "bai_lu", size=PHONE),
]
