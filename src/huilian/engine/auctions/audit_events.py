"""Acts recorded by auctions. `number` of a paddle is all that is said of a bidder."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence
from huilian.foundation.money import text as money

EVENTS = {
    "auctions.open": Sentence(_("prepared the auction {title}")),
    "auctions.hold_key": Sentence(_("took a key of the reserve of {title}")),
    "auctions.seal_reserve": Sentence(_("sealed a reserve with two keys; its digest is {digest}")),
    "auctions.admit": Sentence(_("admitted paddle {paddle}")),
    "auctions.bar": Sentence(_("barred paddle {paddle}: {reason}")),
    "auctions.announce": Sentence(_("announced the auction; the digest of its terms is {digest}")),
    "auctions.bid": Sentence(_("bid {cents} yuan with paddle {paddle}, entry {serial}"), {"cents": money}),
    "auctions.seal": Sentence(_("handed in a sealed bid with paddle {paddle}, entry {serial}")),
    "auctions.reveal": Sentence(_("showed {cents} yuan with paddle {paddle}, entry {serial}"), {"cents": money}),
    "auctions.pause": Sentence(_("suspended bidding: {reason}")),
    "auctions.resume": Sentence(_("let bidding go on")),
    "auctions.turn_key": Sentence(_("turned a key of the reserve")),
    "auctions.reserve": Sentence(_("opened the reserve: {cents} yuan"), {"cents": money}),
    "auctions.close": Sentence(_("closed the auction after {entries} entries; the last digest is {digest}")),
    "auctions.cancel": Sentence(_("terminated the auction: {reason}")),
}
