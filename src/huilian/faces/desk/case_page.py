"""What the page of one case shows, gathered once."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from huilian.engine.access.queries import may
from huilian.engine.alerts.queries import LIVE, alerts_of, hits_of
from huilian.engine.clocks.queries import clock_face, explain
from huilian.engine.documents.queries import attachments_of, documents_of
from huilian.engine.links.queries import links_of
from huilian.engine.look.levels import BY_COLOUR
from huilian.engine.look.text import long_day, say
from huilian.engine.look.text import moment as moment_words
from huilian.engine.procedures.actions import actions_for
from huilian.engine.procedures.charts import chart_of
from huilian.engine.procedures.kinds import kinds
from huilian.engine.procedures.models import Case
from huilian.foundation.workdays import HOURLY

from .lists import kind_name, source_names
from .rows import class_name, clock_of
from .timeline import entries_of

SHOWN = 4  # buttons that stand open; more are folded under “more”


def actions_shown(case: Case, user) -> list:
    """Every act `user` may do now, the main ones first."""
    found = actions_for(case, user)
    return sorted(found, key=lambda a: (not a.primary, a.danger))


def page_of(case: Case, request: HttpRequest) -> dict:
    """The context of `desk/case.html`."""
    user = request.user
    acts = [_button(case, a) for a in actions_shown(case, user)]
    whole, alerts = case.clock, list(alerts_of(case))
    shown = clock_of(case)
    face = clock_face(shown) if shown else None
    kind = kinds().get(case.kind)
    panels = [
        (panel.side, render_to_string(panel.template, {"case": case, **panel.context(case, user)}, request))
        for panel in (kind.panels if kind else ())
    ]
    return {
        "case": case,
        "trail": [(_("My tasks"), reverse("desk-home"))],
        "kind": kind_name(case.kind),
        "class_name": class_name(case, case.definition),
        "source": source_names().get(case.source, case.source),
        "step": say(case.definition.step(case.step).name),
        "acts": acts[:SHOWN],
        "more": acts[SHOWN:],
        "chart": chart_of(case, hits=hits_of(alerts)),
        "entries": entries_of(case, whole),
        "clock": face,
        "clock_of_step": bool(shown and whole and shown.pk != whole.pk) or bool(shown and not whole),
        "clock_facts": _clock_facts(case, shown, face),
        "days": explain(shown) if shown else [],
        "panels": [html for side, html in panels if not side],
        "side_panels": [html for side, html in panels if side],
        "co_handlers": list(case.co_handlers.select_related("unit")),
        "extensions": list(case.extensions.select_related("asked_by", "decided_by").order_by("-id")),
        "supervisions": list(case.supervisions.select_related("unit", "issued_by", "replied_by", "clock")),
        "cards": list(case.cards.select_related("unit").order_by("-id")),
        "alerts": [_alert(alert) for alert in alerts],
        "files": [*map(_file, documents_of(case)), *map(_file, attachments_of(case))],
        "may_supervise": may(user, "case.supervise"),
        "links": [_link(row) for row in links_of(case)],
        "basis": case.definition.basis,
        "origin": case.definition.origin,
    }


def _button(case: Case, action) -> dict:
    return {
        "href": reverse(action.page, args=[case.number])
        if action.page
        else reverse("desk-act", args=[case.number, action.key]),
        "label": action.label,
        "icon": action.icon,
        "primary": action.primary,
        "danger": action.danger,
    }


def _clock_facts(case: Case, clock, face) -> list[tuple]:
    facts = [(_("Received"), moment_words(case.received_at))]
    if clock is None:
        return facts
    if clock.started_at != case.received_at:
        facts.append((_("Counted from"), moment_words(clock.started_at)))
    facts.append((_("Due"), moment_words(clock.due_at) if clock.unit in HOURLY else long_day(clock.due_on)))
    if clock.extension:
        facts.append((_("Extended by"), clock.extension))
    if clock.pauses:
        facts.append((_("Pauses"), len(clock.pauses)))
    if clock.stopped_at:
        facts.append((_("Stopped"), moment_words(clock.stopped_at)))
    return facts


def _alert(alert) -> dict:
    """An alert about this case; where it is a case of its own, that can be opened."""
    return {
        "level": BY_COLOUR[alert.colour] if alert.state in LIVE else "done",
        "name": say(alert.names),
        "reason": say(alert.reason),
        "when": alert.raised_at,
        "state": alert.get_state_display(),
        "href": reverse("desk-case", args=[alert.number]) if alert.case_id else "",
    }


def _file(stored) -> dict:
    """A paper or an attachment for `look/parts/files.html`; the download checks again who asks."""
    return {"label": stored.name, "size": stored.size, "href": reverse(stored._meta.model_name, args=[stored.pk])}


LINK_WORDS = {  # (kind, seen from the source)
    ("led_to", True): gettext_lazy("led to"),
    ("led_to", False): gettext_lazy("came out of"),
    ("answers", True): gettext_lazy("answers"),
    ("answers", False): gettext_lazy("is answered by"),
    ("belongs_to", True): pgettext_lazy("link", "belongs to"),
    ("belongs_to", False): gettext_lazy("contains"),
}


def _link(neighbour) -> dict:
    """The other end of a link; a case can be opened from here."""
    is_case = neighbour.other_kind == Case._meta.label_lower
    return {
        "words": LINK_WORDS.get((neighbour.kind, neighbour.outward), _("is linked with")),
        "other": neighbour.other_id,
        "href": reverse("desk-case", args=[neighbour.other_id]) if is_case else "",
        "when": neighbour.made_at,
    }
