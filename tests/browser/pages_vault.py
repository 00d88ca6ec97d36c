"""Pages of the vault."""

from .page import PHONE, Page

PAGES = [
    Page("/desk/vault/", "meng_ting", size=PHONE),
    Page("/desk/vault/unlock/", "meng_ting", size=PHONE),
    Page("/desk/vault/openings/", "lin_zheng", size=PHONE),
    Page("/desk/vault/recovery/boxes/", "meng_ting"),
    Page("/desk/vault/recovery/", "meng_ting"),
]
