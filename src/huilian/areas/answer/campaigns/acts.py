"""Every act outside a case: its words, its form, the post it needs, when it can be done. One view serves them all."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.access.queries import may

from . import forms, services
from .models import Campaign, Entry, Fund, Measure
from .queries import reach

MANAGE = reach.MANAGE


@dataclass(frozen=True)
class Act:
    """`run(row, data, by)` calls the service; `when(row)` says whether the button is shown."""

    title: object
    action: str
    run: Callable
    form: type = forms.About
    when: Callable = lambda row: True


@dataclass(frozen=True)
class Thing:
    """A kind of row: which of them a person sees, by which field it is addressed, where its page is, its acts."""

    visible: Callable
    key: str
    page: Callable
    acts: dict[str, Act]


def run(service):
    """Calls `service` on the row with every field of the form by its name."""
    return lambda row, data, by: service(row, **data, by=by)


def _running(row) -> bool:
    return row.state == "running"


def _planned(row) -> bool:
    return row.state == "planned"


def _new(save):
    return lambda row, data, by: save(None, {**data, "campaign": row}, by=by)


def _not_closed(row) -> bool:
    return row.state != "closed"


CAMPAIGN = {
    "begin": Act(_("Begin the campaign"), MANAGE, run(services.begin), when=_planned),
    "problem": Act(_("Enter a problem"), MANAGE, run(services.note_problem), forms.ProblemForm, _running),
    "draw": Act(_("Let a source propose problems"), MANAGE, run(services.draw), forms.SourceForm, _running),
    "comparison": Act(_("Plan a comparison of lists"), MANAGE,
                      lambda row, data, by: services.plan_comparison(row, data, by=by), forms.PlanForm, _not_closed),
    "fund": Act(_("Add a fund"), MANAGE, _new(services.save_fund), forms.FundForm, _not_closed),
    "measure": Act(_("Count one more thing"), MANAGE, _new(services.save_measure), forms.MeasureForm, _not_closed),
    "joint": Act(_("Set the joint departments"), MANAGE, run(services.set_joint), forms.JointForm, _not_closed),
    "publish": Act(_("Publish the figures"), MANAGE, run(services.publish),
                   when=lambda row: row.state != "planned" and not row.published_on),
    "close": Act(_("Close the campaign"), MANAGE, run(services.close_campaign), when=_running),
}  # fmt: skip
PROBLEM = {
    "accept": Act(_("Take it up"), MANAGE, run(services.accept), forms.AcceptForm, lambda p: p.state == "proposed"),
    "refuse": Act(_("Refuse the proposal"), MANAGE, run(services.refuse), forms.ReasonForm,
                  lambda p: p.state == "proposed"),
}  # fmt: skip
MEASURE = {
    "enter": Act(_("Enter an amount"), MANAGE, run(services.enter), forms.EntryForm,
                 lambda row: row.campaign.state == "running"),
    "rename": Act(_("Change the measure"), MANAGE,
                  lambda row, data, by: services.save_measure(row, data, by=by), forms.MeasureForm,
                  lambda row: row.campaign.state != "closed"),
}  # fmt: skip
ENTRY = {
    "strike": Act(_("Strike the entry out"), MANAGE, run(services.strike), forms.ReasonForm, lambda row: not row.struck)
}
FUND = {
    "change": Act(_("Change the fund"), MANAGE, lambda row, data, by: services.save_fund(row, data, by=by),
                  forms.FundForm, lambda row: row.campaign.state != "closed"),
}  # fmt: skip
COMPARISON = {
    "lists": Act(_("Compare the two lists"), MANAGE, lambda row, data, by: services.compare(row, **data, by=by),
                 forms.ListsForm, lambda row: row.campaign.state == "running"),
    "take": Act(_("Make a problem of rows"), MANAGE,
                lambda row, data, by: services.take_up_differences(row, list(data.pop("differences")), **data, by=by),
                forms.TakeUpForm, lambda row: row.done_on and row.campaign.state == "running"),
}  # fmt: skip


def _state(*states):
    return lambda row: row.state in states


CAUTION = {
    "hear": Act(_("Write down what the person said"), "campaigns.caution_propose", run(services.hear), forms.HearForm,
                _state("proposed")),
    "decide": Act(_("Decide on the caution"), "campaigns.caution_decide", run(services.decide), forms.DecideForm,
                  _state("heard")),
    "outcome": Act(_("Decide the appeal"), "campaigns.caution_decide", run(services.decide_appeal), forms.OutcomeForm,
                   _state("appealed")),
}  # fmt: skip


OCCASION = {
    "check": Act(_("Check the report"), "campaigns.conduct", run(services.check), forms.OpinionForm,
                 _state("declared")),
    "report": Act(_("Report what it came to"), "campaigns.report", run(services.report), forms.AfterForm,
                  _state("declared", "checked")),
    "conclude": Act(_("Close the report"), "campaigns.conduct", run(services.conclude), forms.ConcludeForm,
                    _state("reported")),
}  # fmt: skip


def _managed(model, path):
    def rows(user):
        seen = Campaign.objects.filter(reach.ways(Campaign, user, MANAGE, None, "unit"))
        return model.objects.filter(**{f"{path}__in": seen}).select_related(path)

    return rows


def page_of(campaign) -> str:
    return reverse("campaigns-campaign", args=[campaign.number])


def _of_campaign(row) -> str:
    return page_of(row.campaign)


THINGS = {
    "campaign": Thing(reach.visible_campaigns, "number", page_of, CAMPAIGN),
    "problem": Thing(reach.visible_problems, "number", _of_campaign, PROBLEM),
    "measure": Thing(_managed(Measure, "campaign"), "pk", _of_campaign, MEASURE),
    "entry": Thing(_managed(Entry, "measure__campaign"), "pk", lambda row: page_of(row.measure.campaign), ENTRY),
    "fund": Thing(_managed(Fund, "campaign"), "pk", _of_campaign, FUND),
    "comparison": Thing(reach.visible_comparisons, "number",
                        lambda row: reverse("campaigns-comparison", args=[row.number]), COMPARISON),
    "caution": Thing(reach.visible_cautions, "number",
                     lambda row: reverse("campaigns-caution", args=[row.number]), CAUTION),
    "occasion": Thing(reach.visible_occasions, "number",
                      lambda row: reverse("campaigns-occasion", args=[row.number]), OCCASION),
}  # fmt: skip


def buttons(kind: str, row, user) -> list[tuple[str, object]]:
    """(address, words) of what `user` may do with `row` now."""
    thing = THINGS[kind]
    key = getattr(row, thing.key)
    return [
        (reverse("campaigns-act", args=[kind, key, verb]), act.title)
        for verb, act in thing.acts.items()
        if may(user, act.action) and act.when(row)
    ]
