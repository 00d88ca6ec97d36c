"""Every act on a row that has a page of its own: its words, its form, the post it needs, when it can be done.

One view (`views.acting`) serves them all at act/<kind>/<key>/<verb>/.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine.access.queries import may
from huilian.foundation.now import today

from . import forms, services
from .models import Intervention, Measure, Opinion, Proposal
from .queries import reach
from .queries.frequency import scale_on, used_of
from .queries.progress import live_points


def _always(row) -> bool:
    return True


def _nothing(row) -> str:
    return ""


@dataclass(frozen=True)
class Act:
    """`run(row, data, by)` calls the service; `when(row)` says whether the button is shown.

    `person` names the field of the person concerned, who needs no role for it.
    """

    title: object
    action: str
    run: Callable
    form: type[forms.About] = forms.About
    when: Callable = _always
    about: Callable = _nothing
    person: str = ""

    def is_for(self, row, user) -> bool:
        """Whether `user` may try: by their post, or as the person concerned. The service asks again."""
        own = getattr(user, "person", None)
        if self.person and own is not None and getattr(row, f"{self.person}_id") == own.pk:
            return True
        return bool(self.action) and may(user, self.action)


@dataclass(frozen=True)
class Thing:
    """A kind of row: which of them a person sees, by which field it is addressed, where its page is, its acts."""

    visible: Callable
    key: str
    page: Callable
    acts: dict[str, Act]


def _kept(service, *names: str):
    """Call `service(row, **data)` with all data, or with the named ones in their order."""
    if names:
        return lambda row, data, by: service(row, *(data[name] for name in names), by=by)
    return lambda row, data, by: service(row, **data, by=by)


def _text(service, name: str):
    return lambda row, data, by: service(row, **{name: data["text"]}, by=by)


def use_of(point) -> str:
    """The measured figures a grade rests on, in a sentence."""
    scale, used = scale_on(today()), used_of(point)
    words = _(
        "Often from %(often)s cases in twelve months, sometimes from %(some)s. Grade one from a score of "
        "%(first)s, grade two from %(second)s (importance 1–3 × frequency 1–3)."
    ) % {
        "often": scale.often,
        "some": scale.sometimes,
        "first": scale.first,
        "second": scale.second,
    }
    if used is None:
        return _("No procedure is named at this point, so nothing could be counted.") + " " + words
    return _("Counted from cases: used %(n)s times in the last twelve months.") % {"n": used} + " " + words


LIVE = ("draft", "graded", "final")


def _live(row) -> bool:
    return row.state in LIVE


def _below(model, parent: str, visible: Callable) -> Callable:
    """Rows of a table under those a person sees."""
    return lambda user: model.objects.filter(**{f"{parent}__in": visible(user).order_by()})


CYCLE = {
    "submit": Act(
        gettext_lazy("Hand in the stage"),
        "risks.write",
        _kept(services.submit_stage),
        forms.StageForm,
        lambda c: bool(c.step),
    ),
    "sign": Act(
        gettext_lazy("Sign the stage"), "risks.confirm", _kept(services.sign_stage), when=lambda c: bool(c.step)
    ),
    "return": Act(
        gettext_lazy("Send the stage back"),
        "risks.confirm",
        _text(services.return_stage, "reason"),
        forms.TextForm,
        lambda c: bool(c.step),
    ),
}
POINT = {
    "finding": Act(
        gettext_lazy("Note another source"), "risks.write", _kept(services.add_finding), forms.FindingForm, _live
    ),
    "grade": Act(gettext_lazy("Grade it"), "risks.write", _kept(services.grade_point), forms.GradeForm, _live, use_of),
    "measure": Act(
        gettext_lazy("Set a measure"),
        "risks.write",
        lambda row, data, by: services.add_measure(row, data, by=by),
        forms.MeasureForm,
        _live,
    ),
    "merge": Act(
        gettext_lazy("Merge it into another"),
        "risks.write",
        _kept(services.merge, "into"),
        forms.MergeForm,
        lambda p: p.state in ("draft", "graded"),
    ),
    "check": Act(
        gettext_lazy("Note an own check"),
        "risks.check",
        lambda row, data, by: services.note_check(row, stream="own", **data, by=by),
        forms.CheckForm,
        _live,
    ),
    "monitor": Act(
        gettext_lazy("Note a check of monitoring"),
        "risks.watch",
        lambda row, data, by: services.note_check(row, stream="monitoring", **data, by=by),
        forms.CheckForm,
        _live,
    ),
    "register": Act(
        gettext_lazy("Enter it into the county's register"),
        "risks.register",
        _kept(services.register_point),
        when=lambda p: p.grade == 1 and not p.registered_on and p.state in ("graded", "final"),
    ),
    "plan": Act(
        gettext_lazy("Plan an intervention"), "risks.watch", _kept(services.plan_intervention), forms.PlanForm, _live
    ),
    "review": Act(
        gettext_lazy("Review it"),
        "risks.confirm",
        _text(services.review_point, "note"),
        forms.TextForm,
        lambda p: p.state == "final",
    ),
    "end": Act(gettext_lazy("End it"), "risks.confirm", _text(services.end_point, "reason"), forms.TextForm, _live),
}
DIRECTORY = {
    "asked": Act(
        gettext_lazy("Note who was asked"),
        "risks.write",
        _kept(services.note_asked),
        forms.AskedForm,
        lambda d: d.state == "asking",
    ),
    "opinion": Act(
        gettext_lazy("Enter an opinion"),
        "risks.write",
        lambda row, data, by: services.give_opinion(row, data["text"], point=data["point"], by=by),
        forms.OpinionForm,
        services.is_open,
    ),
    "notice": Act(
        gettext_lazy("Begin the public notice"),
        "risks.write",
        _kept(services.begin_notice),
        forms.NoticeForm,
        lambda d: d.state == "asking",
    ),
    "resolve": Act(
        gettext_lazy("Enter the decision of the leaders' meeting"),
        "risks.confirm",
        _kept(services.resolve),
        forms.ResolveForm,
        lambda d: d.state == "notice",
    ),
}
DISPOSAL = {
    "decide": Act(
        gettext_lazy("Decide"), "risks.approve", _kept(services.decide), forms.DecideForm, lambda d: d.state == "asked"
    ),
    "serve": Act(
        gettext_lazy("Note that it was served"),
        "risks.dispose",
        _kept(services.serve),
        forms.ServeForm,
        lambda d: d.state == "approved",
    ),
    "reply": Act(
        gettext_lazy("Answer it"),
        "risks.confirm",
        lambda row, data, by: services.reply(row, data["text"], by=by),
        forms.TextForm,
        lambda d: d.state == "served",
        person="person",
    ),
    "effect": Act(
        gettext_lazy("Check its effect"),
        "risks.dispose",
        _kept(services.check_effect),
        forms.EffectForm,
        lambda d: d.state == "replied",
    ),
}
SIGNAL = {
    "link": Act(
        gettext_lazy("Link it to a point"),
        "risks.watch",
        _kept(services.link_signal),
        forms.LinkForm,
        lambda s: s.state == "open",
    ),
    "dismiss": Act(
        gettext_lazy("No risk behind it"),
        "risks.watch",
        _text(services.dismiss_signal, "analysis"),
        forms.TextForm,
        lambda s: s.state == "open",
    ),
    "correct": Act(
        gettext_lazy("It is put right"),
        "risks.watch",
        _kept(services.correct_signal),
        when=lambda s: s.state == "linked" and s.noticed_on and not s.corrected_on,
    ),
}
REPORT = {
    "edit": Act(
        gettext_lazy("Correct the text"),
        "risks.report",
        lambda row, data, by: services.edit_report(row, data["text"], by=by),
        forms.EditForm,
        lambda r: r.state == "draft",
    ),
    "propose": Act(
        gettext_lazy("Add a proposal"),
        "risks.report",
        lambda row, data, by: services.propose_improvement(
            row, data["unit"], data["text"], due_on=data["due_on"], by=by
        ),
        forms.ProposalForm,
        lambda r: r.state != "issued",
    ),
    "review": Act(
        gettext_lazy("Note that it is reviewed"),
        "risks.approve",
        _kept(services.review_report),
        when=lambda r: r.state == "draft",
    ),
    "issue": Act(
        gettext_lazy("Issue it"), "risks.report", _kept(services.issue_report), when=lambda r: r.state == "reviewed"
    ),
}

THINGS: dict[str, Thing] = {
    "cycle": Thing(reach.visible_cycles, "number", lambda r: reverse("risks-cycle", args=[r.number]), CYCLE),
    "point": Thing(reach.visible_points, "number", lambda r: reverse("risks-point", args=[r.number]), POINT),
    "directory": Thing(
        reach.visible_directories, "number", lambda r: reverse("risks-directory", args=[r.number]), DIRECTORY
    ),
    "disposal": Thing(
        reach.visible_disposals, "number", lambda r: reverse("risks-disposal", args=[r.number]), DISPOSAL
    ),
    "signal": Thing(reach.visible_signals, "number", lambda r: reverse("risks-signals"), SIGNAL),
    "report": Thing(reach.visible_reports, "number", lambda r: reverse("risks-report", args=[r.number]), REPORT),
    "measure": Thing(
        _below(Measure, "point", reach.visible_points),
        "pk",
        lambda r: reverse("risks-point", args=[r.point.number]),
        {
            "end": Act(
                gettext_lazy("Give the measure up"),
                "risks.write",
                _kept(services.end_measure),
                when=lambda m: m.ended_on is None,
            )
        },
    ),
    "opinion": Thing(
        _below(Opinion, "directory", reach.visible_directories),
        "pk",
        lambda r: reverse("risks-directory", args=[r.directory.number]),
        {
            "answer": Act(
                gettext_lazy("Answer the opinion"),
                "risks.write",
                _kept(services.answer_opinion),
                forms.AnswerForm,
                lambda o: not o.taken,
                lambda o: o.text,
            )
        },
    ),
    "intervention": Thing(
        _below(Intervention, "point", reach.visible_points),
        "pk",
        lambda r: reverse("risks-point", args=[r.point.number]),
        {
            "done": Act(
                gettext_lazy("It was carried out"),
                "risks.watch",
                _text(services.carry_out, "result"),
                forms.TextForm,
                lambda i: i.done_on is None,
                lambda i: i.plan,
            ),
            "check": Act(
                gettext_lazy("Check the effect"),
                "risks.watch",
                _kept(services.check_intervention),
                forms.EffectForm,
                lambda i: i.done_on is not None and i.effective is None,
                lambda i: i.result,
            ),
        },
    ),
    "proposal": Thing(
        lambda user: Proposal.objects.filter(report__in=reach.visible_reports(user)),
        "pk",
        lambda r: reverse("risks-report", args=[r.report.number]),
        {
            "finish": Act(
                gettext_lazy("Tell what was done"),
                "risks.answer",
                lambda row, data, by: services.finish_proposal(row, data["text"], by=by),
                forms.TextForm,
                lambda p: p.done_on is None,
                lambda p: p.text,
            )
        },
    ),
    "confirmation": Thing(
        reach.own_confirmations,
        "pk",
        lambda r: reverse("risks-mine"),
        {
            "confirm": Act(
                gettext_lazy("Confirm the risks of my post"),
                "",
                _text(services.confirm_post, "promise"),
                forms.TextForm,
                person="person",
                about=lambda c: "\n".join(
                    f"{p.name}：{p.manifestation}" for p in live_points(c.post.unit).filter(post=c.post)
                ),
            )
        },
    ),
}


def buttons(kind: str, row, user) -> list[tuple[str, object]]:
    """Addresses and words of what `user` may do to a row as it stands."""
    thing = THINGS[kind]
    key = getattr(row, thing.key)
    return [
        (reverse("risks-act", args=[kind, key, verb]), act.title)
        for verb, act in thing.acts.items()
        if act.when(row) and act.is_for(row, user)
    ]
