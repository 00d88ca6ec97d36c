"""How what was carried out differs from what was decided."""

from django.utils.translation import gettext as _

from huilian.foundation.money import text as money

from .. import rules
from ..models import Motion


def gaps_of(motion: Motion) -> list[str]:
    """One sentence for each difference: amount, partner, done before it was decided, done although not decided."""
    done = list(motion.executions.all())
    found = []
    spent = sum(one.amount_cents or 0 for one in done)
    if motion.amount_cents is not None and not rules.within(spent, motion.amount_cents, 0):
        words = {"spent": money(spent), "decided": money(motion.amount_cents)}
        found.append(_("Carried out for %(spent)s yuan; decided were %(decided)s yuan.") % words)
    others = {one.winner for one in done if motion.winner_norm and one.winner_norm not in ("", motion.winner_norm)}
    if others:
        found.append(
            _("Carried out with %(others)s; the decision names %(winner)s.")
            % {"others": _(", ").join(sorted(others)), "winner": motion.winner}
        )
    if done and (motion.decided_on is None or min(one.on for one in done) < motion.decided_on):
        found.append(_("Carried out before it was decided."))
    return found
