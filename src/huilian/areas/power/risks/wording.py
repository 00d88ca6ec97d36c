"""The sentences of a report, from its figures. No figure stands here that was not counted."""

from django.utils.translation import gettext as _


def sentences(year: int, quarter: int, f: dict) -> list[str]:
    """The draft, one sentence a line. Where nothing was counted it says so."""
    found = [
        _("Quarter %(q)s of %(y)s: %(n)s risk points of %(units)s units are in force, %(first)s of grade one, "
          "%(second)s of grade two and %(third)s of grade three.")
        % {"q": quarter, "y": year, "n": f["points"], "units": f["units"], "first": f["grades"]["1"],
           "second": f["grades"]["2"], "third": f["grades"]["3"]},
        _("%(n)s signals came in, %(before)s in the quarter before; %(linked)s were linked to a point and "
          "%(open)s wait for analysis.")
        % {"n": f["signals"], "before": f["signals_before"], "linked": f["linked"], "open": f["open"]},
        _("%(n)s disposals were served, %(done)s are checked; %(plans)s interventions were carried out.")
        % {"n": f["served"], "done": f["checked"], "plans": f["interventions"]},
    ]  # fmt: skip
    if f["to_notice"] is not None:
        found.append(
            _("From signal to notice the middle is %(n)s days, counted on %(k)s signals.")
            % {"n": f"{f['to_notice']:g}", "k": f["noticed"]}
        )
    if f["to_correction"] is not None:
        found.append(
            _("From notice to correction the middle is %(n)s days, counted on %(k)s signals.")
            % {"n": f"{f['to_correction']:g}", "k": f["corrected"]}
        )
    for number, name, unit, n in f["top"]:
        found.append(
            _("%(unit)s, %(number)s “%(name)s”: %(n)s signals.")
            % {"unit": unit, "number": number, "name": name, "n": n}
        )
    if f["stale"]:
        found.append(
            _("%(n)s points were not reviewed for twelve months; their units should review them.") % {"n": f["stale"]}
        )
    if f["bare"]:
        found.append(_("%(n)s points have no measure; their units should set one.") % {"n": f["bare"]})
    return found
