"""「工程转资产」 An accepted work gets its asset card at the contract's cost; the settlement sets it right."""

from huilian.areas.watch.collective.queries.published import set_at
from huilian.areas.watch.collective.queries.things import asset_called
from huilian.areas.watch.collective.services import assets
from huilian.areas.watch.works import hooks
from huilian.areas.watch.works.queries.reach import money_of
from huilian.engine.links.services import link
from huilian.engine.trail.actors import SYSTEM


def enter(work, *, by) -> str:
    """The number of the new card; "" where nothing lasting was built or the village keeps no books here."""
    books = set_at(work.place)
    if books is None or not work.asset_class or work.limit_class.is_purchase:
        return ""
    asset = assets.register_asset(
        set=books,
        name=work.title,
        class_key=work.asset_class,
        location=work.site,
        original_cents=money_of(work).total_cents,
        fund=work.fund,
        acquired_on=work.accepted_on,
        acquired_by="自建",
        decision_no=work.decision_no,
        by=SYSTEM,
    )
    link(work.case, asset, "became", by=by)
    return asset.number


def correct(work, *, by) -> str:
    """The card's value after the settlement."""
    asset = asset_called(work.asset_no) if work.asset_no else None
    if asset is None:
        return ""
    assets.change_asset(asset, original_cents=work.settled_cents, by=SYSTEM)
    return work.asset_no


hooks.accepted.append(enter)
hooks.settled.append(correct)
