"""What can be done on each page, one line each: its form, the service behind it, and for whom it is offered."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.access.queries import may
from huilian.engine.directory.models import Unit
from huilian.foundation.now import today

from .. import forms as f
from .. import services as s
from ..models import Report, Seat, WarningLetter
from ..queries.figures import this_month
from ..queries.reach import own_seats

Offered = Callable[[object, object], bool]


@dataclass(frozen=True)
class Act:
    """「办理」 `fields(row, user)` makes the form; `run(row, by=…, **values)` is the service."""

    key: str
    label: object
    run: Callable
    fields: Callable[[object, object], dict] = lambda row, user: {}
    offered: Offered = lambda row, user: True
    intro: object = ""
    danger: bool = False
    told: Callable[[object], str] | None = None  # what must be read once


def _may(action: str, when: Callable[[object], bool] = lambda row: True) -> Offered:
    return lambda row, user: may(user, action) and when(row)


def _member(body, user) -> bool:
    return own_seats(user).filter(body=body).exists()


def _works(body, user) -> bool:
    return _member(body, user) or may(user, "watchers.keep")


def _runs(seat) -> bool:
    return seat.state == Seat.State.SERVING


def _open(report) -> bool:
    return report.state == Report.State.OPEN


def _handles(report, user) -> bool:
    return _open(report) and s.handles(user, report)


def _name(body, *, by, **values):
    return s.enrol(body, values, by=by) if body.kind.is_covered else s.nominate(body, values, by=by)


def _box(body, *, by, **values):
    return s.save_box(None, {"body": body, **values}, by=by)


def _examine(seat, user) -> dict:
    kind = seat.body.kind
    found = {"fit": f.tick(_("Fit to serve")), "note": f.line(pgettext_lazy("watchers", "Ground"), required=False)}
    if kind.conditions:
        found["conditions_met"] = django_forms.BooleanField(
            label=_("All conditions are met"), required=False, help_text=kind.conditions
        )
    if kind.pass_mark is not None:
        found |= {"trained_on": f.day(_("Trained on"), required=False),
                  "mark": f.number(_("Mark of the examination"), most=100, required=False)}  # fmt: skip
    return found


def _photo(seat, *, file, by):
    return s.add_photo(seat, file, file.name, by=by)


MONTH = _("Month, as 202606")
BODY = (
    Act("name", _("Name somebody"), _name, lambda body, user: f.member(body),
        lambda body, user: may(user, "watchers.cover" if body.kind.is_covered else "watchers.keep"),
        told=lambda made: made[1] if isinstance(made, tuple) else ""),
    Act("appoint", _("Appoint who passed"), s.appoint,
        lambda body, user: {"starts_on": f.day(pgettext_lazy("watchers", "From"), initial=today())},
        lambda body, user: may(user, "watchers.examine") and body.seats.filter(state=Seat.State.PASSED).exists(),
        _("All who passed get a certificate each, for the term of this kind of body.")),
    Act("report", _("Report something"), s.take_report, f.report, _works,
        _("Reports that accuse somebody are sealed; what is about the branch goes past it.")),
    Act("meeting", _("Write down a meeting"), s.hold_meeting,
        lambda body, user: {"held_on": f.day(_("Day of the meeting"), initial=today()),
                            "present": f.number(_("Members present"), least=1),
                            "minutes": f.text(_("Minutes of the meeting"), rows=8)}, _works),
    Act("training", _("Enter a training"), s.hold_training, lambda body, user: f.training(body),
        lambda body, user: may(user, "watchers.cover" if body.kind.is_covered else "watchers.keep")
        and body.seats.filter(state__in=["named", "passed", "serving"]).exists(),
        _("Topics the kind of body asks for come before the certificate.")),
    Act("duty_report", _("Enter a report on duty"), s.note_duty_report, lambda body, user: f.duty_report(),
        lambda body, user: body.kind.is_public and _works(body, user),
        _("What a cadre reported before the villagers, and how those present judged it. It is public at once.")),
    Act("ask", _("Ask a committee of the village"), s.ask,
        lambda body, user: {"unit": f.row(_("Which committee"), Unit.objects.filter(place=body.place, valid_to=None)),
                            "text": f.text(_("Question to the committee")),
                            "about": f.line(_("Number of the paper it is about"), most=40, required=False)},
        lambda body, user: body.kind.key == "committee" and _member(body, user), _("The answer is due in ten days.")),
    Act("log", _("Write into the log"), s.log,
        lambda body, user: {"on": f.day(_("Day of the work"), initial=today()),
                            "what": f.text(pgettext_lazy("watchers", "What was done"), rows=3),
                            "about": f.line(_("Number of the paper looked at"), most=40, required=False)}, _member),
    Act("plan", _("Lay out a month"), s.make_plan,
        lambda body, user: {"month": f.number(MONTH, initial=this_month())}, _works,
        _("From the checkpoints; what a watched post or matter touches comes more often.")),
    Act("hand_in", _("Hand in a report of the month"), s.hand_in,
        lambda body, user: {"month": f.number(MONTH, initial=this_month()),
                            "text": f.text(_("Text of the report"), rows=8),
                            "raised": f.number(_("Problems raised"), initial=0),
                            "solved": f.number(_("Problems solved"), initial=0),
                            "is_special": f.tick(_("Special report of what is unsolved"))}, _works),
    Act("box", _("Hang up a box"), _box,
        lambda body, user: {"where": f.line(_("Where it hangs"), most=120),
                            "keeper": f.members(body, _("Keeper of the box"))}, _works),
    Act("mailing", _("Write to contact persons"), s.make_mailing,
        lambda body, user: {"title": f.line(_("Title of the letter"), most=120),
                            "letter": f.text(_("Text of the letter"), rows=8),
                            "wanted": f.number(_("How many persons"), least=1)},
        lambda body, user: body.kind.key == "contact" and may(user, "watchers.govern"),
        _("Lists by stratum are published first; then the draw.")),
    Act("dissolve", _("Dissolve it"), s.dissolve,
        lambda body, user: {"reason": f.line(pgettext_lazy("watchers", "Why"))}, _may("watchers.examine"), danger=True),
)  # fmt: skip
SEAT = (
    Act("examine", _("Examine"), s.examine, _examine, _may("watchers.examine", lambda x: x.state == Seat.State.NAMED)),
    Act("photo", _("Add a photograph"), _photo,
        lambda seat, user: {"file": django_forms.FileField(label=pgettext_lazy("watchers", "Photograph"))},
        _may("watchers.keep", lambda x: x.body.kind.is_public)),
    Act("renew", _("Renew the term"), s.renew, offered=_may("watchers.examine", _runs)),
    Act("appraise", _("Enter the yearly verdict"), s.appraise, lambda seat, user: f.appraisal(),
        _may("watchers.examine", _runs), _("Not competent two years in a row ends the office.")),
    Act("task", pgettext_lazy("watchers", "Give a task"), s.give_task,
        lambda seat, user: {"what": f.line(_("What is to be done"), most=300),
                            "month": f.number(MONTH, initial=this_month())}, _may("watchers.keep", _runs)),
    Act("withdraw", _("End the office"), s.withdraw,
        lambda seat, user: {"reason": f.line(pgettext_lazy("watchers", "Why"))},
        _may("watchers.examine", lambda x: x.state in ("named", "passed", "serving")), danger=True),
)  # fmt: skip
BOX = (
    Act("open", _("Open the box"), s.open_complaint_box,
        lambda box, user: {"opened_at": f.opened_at(), "second": f.line(_("Together with whom"), most=64),
                           "letters": f.number(_("Letters in the box"))},
        lambda box, user: box.removed_on is None and own_seats(user).filter(body=box.body_id).exists(),
        _("Two persons open a box. Register each letter afterwards as a report.")),
)  # fmt: skip
QUESTION = (
    Act("answer", _("Answer the committee"), s.answer_question,
        lambda question, user: {"text": f.text(_("Answer to the committee"))},
        _may("watchers.answer", lambda x: x.answered_on is None)),
)  # fmt: skip
LINE = (
    Act("tick", _("Looked at"), s.tick_off, lambda line, user: {"found": f.text(_("What was found"), rows=3)},
        lambda line, user: line.done_on is None and _works(line.body, user)),
)  # fmt: skip
REPORT = (
    Act("answer", pgettext_lazy("watchers", "Tell what came of it"), s.answer,
        lambda report, user: f.answer(report), _handles),
    Act("escalate", _("Hand it up"), s.escalate,
        lambda report, user: {"note": f.line(_("Why it is important"), most=300)},
        lambda report, user: _handles(report, user) and report.handler_id == report.body.unit_id,
        _("To the business line; it answers within a month from now.")),
    Act("pass", pgettext_lazy("watchers", "Pass it on"), s.pass_on,
        lambda report, user: {"way": f.ways(report), "text": f.text(_("What they are told"))},
        lambda report, user: _handles(report, user) and not report.is_secret and len(f.ways(report).choices) > 1),
    Act("rate", _("Rate what it was worth"), s.rate,
        lambda report, user: {"worth": f.number(_("Worth, 0 to 5"), most=5)}, _may("watchers.govern")),
)  # fmt: skip
TOPIC = (
    Act("warn", _("Warn the department"), s.send_warning,
        lambda topic, user: {"text": f.text(_("What people report, and what is asked"), rows=8)},
        _may("watchers.govern")),
)  # fmt: skip
LETTER = (
    Act("reply", _("Reply to the warning"), s.reply,
        lambda letter, user: {"text": f.text(_("How it is put right"), rows=6)},
        _may("watchers.answer", lambda x: x.state == WarningLetter.State.SENT)),
    Act("look", _("Note what was seen on the spot"), s.look_after,
        lambda letter, user: {"done": f.tick(pgettext_lazy("watchers", "It is put right")),
                              "verdict": f.text(_("What was seen"), rows=3)},
        _may("watchers.govern", lambda x: x.state == WarningLetter.State.REPLIED)),
    Act("advise", _("Advise the leaders"), lambda letter, *, by, **v: s.advise(letter=letter, by=by, **v),
        lambda letter, user: {"title": f.line(_("Title of the advice"), most=120),
                              "text": f.text(_("What is advised"), rows=6)}, _may("watchers.govern")),
)  # fmt: skip
ADVICE = (
    Act("taken", _("Write down the decision"), s.note_taken,
        lambda advice, user: {"taken": f.text(_("What the leaders decided"), rows=3)},
        _may("watchers.govern", lambda x: not x.taken)),
)  # fmt: skip
MAILING = (
    Act("draw", _("Draw the receivers"), s.draw_receivers,
        lambda mailing, user: {"words": f.line(_("Words of the witnesses"))},
        _may("watchers.govern", lambda x: not x.receivers),
        _("Numbers or words that witnesses call out now, after the lists were published.")),
    Act("print", _("Make the cards"), s.print_cards,
        lambda mailing, user: {"count": f.number(_("How many cards"), least=1, initial=len(mailing.receivers))},
        _may("watchers.govern", lambda x: x.receivers and not x.cards)),
    Act("send", _("They are sent"), s.send_out, offered=_may("watchers.govern", lambda x: x.cards and not x.sent_on)),
)  # fmt: skip


def offered(acts, row, user) -> list[Act]:
    return [act for act in acts if act.offered(row, user)]


__all__ = ["ADVICE", "BODY", "BOX", "LETTER", "LINE", "MAILING", "QUESTION", "REPORT", "SEAT", "TOPIC", "offered"]
