"""Pages of auctions."""

from .page import DESK, PHONE, Page

PAGES = [
    Page("/auctions/{auction}/", size=PHONE, weight=25, touch=44),
    Page("/auctions/{auction}/", size=DESK, weight=25),
    Page("/auctions/{auction_sealed}/", size=PHONE, weight=25, touch=44),
    Page("/auctions/{auction_ended}/", size=PHONE, weight=25, touch=44),
]
