"""Forms of leads. Whether an act is allowed is asked in the services. What is typed here goes into boxes only."""

from datetime import datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Place, Unit
from huilian.engine.look.forms import ManyFiles
from huilian.foundation.now import CHINA, today

from .models import Evidence, Inquiry, Lead, Letter, Note, Proposal, Sanction, Score, StockItem, Task
from .models.lead import Field
from .queries.reach import must_step_back, visible_to, who_may
from .rules import NEXT, WEIGHTS
from .services.guards import readers

DAY = {"type": "date"}
FACTORS = {
    "specific": _("facts are specific"), "verifiable": _("can be verified"), "serious": _("serious"),
    "power": _("power of the post"), "source": _("real name or several sources"),
    "repeated": _("repeated, concentrated"), "urgent": _("evidence may be lost"),
}  # fmt: skip


SEALED = _("In words (sealed)")


def words(label=SEALED, *, required=True):
    area = forms.Textarea(attrs={"rows": 5, "autocomplete": "off"})
    return forms.CharField(label=label, widget=area, required=required)


def day(label, **more):
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **more)


def people(users):
    return [(str(user.pk), str(user)) for user in users]


class About(forms.Form):
    """A form about one row, opened by one person."""

    def __init__(self, *args, row=None, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.row, self.user = row, user

    def offer(self, name: str, users) -> None:
        """People to choose from; a chosen key becomes the account again."""
        known = {str(user.pk): user for user in users}
        self.fields[name].choices = [("", "—"), *people(known.values())]
        self.known = known


class TextForm(About):
    text = words()


class WriteForm(About):
    kind = forms.ChoiceField(label=_("kind"), choices=[(k, Note.Kind(k).label) for k in ("progress", "fact")])
    text = words()


class HandOverForm(About):
    taker = forms.ChoiceField(label=_("taken over by"))
    office = forms.CharField(label=_("office in charge"), max_length=60, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kept = [u for u in who_may("leads.handle") if u not in (self.user, self.row.handler)]
        self.offer("taker", [u for u in kept if not must_step_back(u, self.row)])
        self.fields["office"].initial = self.row.office

    def clean_taker(self):
        return self.known[self.cleaned_data["taker"]]


class WeighForm(About):
    cause = forms.ChoiceField(label=_("cause"), choices=Score.Cause.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        last = self.row.scores.first()
        for key, most in WEIGHTS.items():
            self.fields[key] = forms.IntegerField(
                label=f"{FACTORS[key]} (0–{most})", min_value=0, max_value=most, initial=last and last.points[key]
            )


class ProposeForm(About):
    way = forms.ChoiceField(label=_("way of disposal"))
    text = words()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(way, Proposal.Way(way).label) for way in NEXT.get(self.row.state, ())]


class DecideForm(About):
    agree = forms.TypedChoiceField(
        label=pgettext_lazy("leads", "decision"), choices=[("yes", _("agree")), ("no", _("send back"))],
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    text = words(required=False)


class InquireForm(About):
    kind = forms.ChoiceField(label=_("kind"), choices=Inquiry.Kind.choices)
    held_on = day(_("talked or sent on"), initial=today)
    copied_to_head = forms.BooleanField(label=_("copied to the head of the party committee"), required=False)
    text = words()


class AnswerForm(About):
    answered_on = day(_("answered on"), initial=today)
    signed_by_secretary = forms.BooleanField(label=_("signed by the secretary of the party committee"), required=False)
    text = words()


class RecheckForm(About):
    truthful = forms.BooleanField(label=_("the answer held good"), required=False)
    text = words()


class PlanForm(About):
    team = forms.MultipleChoiceField(label=_("members of the team"), widget=forms.CheckboxSelectMultiple)
    until = day(_("their access ends on"))
    text = words()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        users = [u for u in who_may("leads.handle") if u != self.user and not must_step_back(u, self.row)]
        self.known = {str(u.pk): u for u in users}
        self.fields["team"].choices = people(users)

    def clean_team(self):
        return [self.known[key] for key in self.cleaned_data["team"]]

    def clean_until(self):
        return datetime.combine(self.cleaned_data["until"], time(23, 59), CHINA)


class OfficerForm(About):
    officer = forms.ChoiceField(label=_("officer of the trial office"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("officer", [u for u in who_may("leads.try") if not must_step_back(u, self.row)])

    def clean_officer(self):
        return self.known[self.cleaned_data["officer"]]


class OutcomeForm(About):
    no = forms.IntegerField(label=_("which of the persons in the sealed list"), min_value=1, initial=1)
    sanction = forms.ModelChoiceField(Sanction.objects.filter(is_active=True), label=_("sanction"))
    decided_on = day(_("sanction decided on"), initial=today)
    text = words(required=False)


class AnnounceForm(About):
    announced_on = day(_("announced on"), initial=today)


class ArchiveForm(About):
    archive_no = forms.CharField(label=_("number in the archive"), max_length=40)


class FeedBackForm(About):
    told_on = day(_("reporter told on"), initial=today)
    text = words(_("Objection of the reporter (sealed)"), required=False)


SCOPES = [
    ("self", _("told to the person")), ("unit", _("at a meeting of the unit")),
    ("village", _("at a meeting of the village")), ("public", _("in public")),
]  # fmt: skip


class ClearForm(About):
    scope = forms.ChoiceField(label=_("scope"), choices=SCOPES)
    text = words()


class FalseForm(About):
    level = forms.ChoiceField(
        label=_("approved by an organ of"),
        choices=[("county", _("the county")), ("city", _("a city with districts")), ("province", _("the province"))],
    )
    approval_no = forms.CharField(label=_("number of the approval"), max_length=60)
    text = words()


class RepeatForm(About):
    first = forms.ChoiceField(label=_("earlier lead"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = visible_to(self.user).filter(repeat_of=None, received_at__lte=self.row.received_at)
        self.known = {lead.number: lead for lead in found.exclude(pk=self.row.pk)[:200]}
        self.fields["first"].choices = [(number, number) for number in self.known]

    def clean_first(self):
        return self.known[self.cleaned_data["first"]]


class LetterForm(About):
    kind = forms.ChoiceField(label=_("kind"), choices=Letter.Kind.choices)
    to = forms.ModelChoiceField(Unit.objects.filter(valid_to=None), label=_("unit written to"), required=False)
    to_name = forms.CharField(label=_("or an organ outside the county"), max_length=80, required=False)
    joint = forms.BooleanField(label=_("followed together"), required=False)
    text = words()


class ReceiptForm(About):
    receipt_no = forms.CharField(label=_("number of the receipt"), max_length=40, required=False)
    text = words(_("Answer (sealed)"), required=False)


class MeetingForm(About):
    held_on = day(_("day of the meeting"), initial=today)
    present = forms.MultipleChoiceField(label=_("people at the meeting"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        users = [user for user in who_may("leads.see") if user != self.user]
        self.known = {str(user.pk): user for user in users}
        self.fields["present"].choices = people(users)

    def clean_present(self):
        return [self.known[key] for key in self.cleaned_data["present"]]


class TableForm(About):
    lead = forms.ChoiceField(label=_("lead"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = visible_to(self.user).exclude(pk__in=self.row.items.values("lead"))
        self.known = {lead.number: lead for lead in found.exclude(state__in=("closed", "moved"))[:200]}
        self.fields["lead"].choices = [(number, number) for number in self.known]

    def clean_lead(self):
        return self.known[self.cleaned_data["lead"]]


class TaskForm(About):
    kind = forms.ChoiceField(label=_("kind"), choices=Task.Kind.choices)
    user = forms.ChoiceField(label=pgettext_lazy("leads", "given to"))
    due_on = day(_("due on"))

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        found = [m.user for m in self.row.lead.members.select_related("user")]
        self.offer("user", [u for u in found if visible_to(u).filter(pk=self.row.lead_id).exists()])

    def clean_user(self):
        return self.known[self.cleaned_data["user"]]


class StocktakeForm(About):
    name = forms.CharField(label=_("name"), max_length=80)
    since = day(_("received since"), initial="2017-01-01")
    until = day(_("received until"), initial=today)
    rank = forms.ChoiceField(label=_("person concerned"), choices=[("", _("all")), *Lead.Rank.choices], required=False)
    due_on = day(_("due on"))


class CheckForm(About):
    verdict = forms.ChoiceField(label=pgettext_lazy("leads", "verdict"), choices=StockItem.Verdict.choices)
    text = words()


class RegisterForm(About):
    """One person concerned here; more stand in the summary and are registered by services."""

    source = forms.ChoiceField(label=_("source"), choices=Lead.Source.choices)
    source_number = forms.CharField(label=_("number at the source"), max_length=40, required=False)
    naming = forms.ChoiceField(label=_("who reported (real name or not)"), choices=Lead.Naming.choices, required=False)
    received_on = day(_("received on"), initial=today)
    unit = forms.ModelChoiceField(Unit.objects.filter(valid_to=None), label=_("unit the lead concerns"), required=False)
    place = forms.ModelChoiceField(
        Place.objects.filter(valid_to=None, level__gte=Place.Level.COUNTY), label=_("place"), required=False
    )
    discipline = forms.ChoiceField(label=_("kind of breach"), choices=Lead.Discipline.choices)
    field = forms.ChoiceField(label=_("field"), choices=Field)
    micro = forms.ChoiceField(label=_("petty corruption"), choices=Lead.Micro.choices, required=False)
    rank = forms.ChoiceField(
        label=_("person concerned"),
        choices=[*Lead.Rank.choices, ("above", _("cadre administered above the county"))],
    )
    standing = forms.ChoiceField(label=_("party, congress, conference"), choices=Lead.Standing.choices, required=False)
    amount = forms.ChoiceField(label=_("amount"), choices=Lead.Amount.choices, required=False)
    competent = forms.TypedChoiceField(
        label=_("competence"), choices=[("yes", _("our own")), ("no", _("another organ's"))],
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    name = forms.CharField(label=_("name of the person concerned (sealed)"), max_length=60, required=False)
    identity = forms.CharField(label=_("identity number (sealed)"), max_length=18, required=False)
    post = forms.CharField(label=_("post (sealed)"), max_length=60, required=False)
    summary = words(_("What is it about (sealed)"))
    happened = forms.CharField(label=_("when (sealed)"), max_length=100, required=False)
    where = forms.CharField(label=_("where (sealed)"), max_length=100, required=False)
    money = forms.CharField(label=_("how much exactly (sealed)"), max_length=60, required=False)


class EvidenceForm(About):
    kind = forms.ChoiceField(label=_("kind of evidence"), choices=Evidence.Kind.choices)
    name = forms.CharField(label=_("name of the evidence (sealed)"), max_length=120)
    giver = forms.CharField(label=_("from whom (sealed)"), max_length=120)
    taken_on = day(_("taken on"), initial=today)
    copies = forms.IntegerField(label=_("copies"), min_value=1, initial=1)
    kept_at = forms.CharField(label=_("place where it is kept"), max_length=60)
    remark = words(_("remark (sealed)"), required=False)
    files = ManyFiles(label=_("scans and recordings (sealed)"), required=False)


class KeeperForm(About):
    keeper = forms.ChoiceField(label=_("keeper of the evidence"))
    kept_at = forms.CharField(label=_("place where it is kept"), max_length=60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("keeper", readers(self.row.lead))
        self.fields["kept_at"].initial = self.row.kept_at

    def clean_keeper(self):
        return self.known[self.cleaned_data["keeper"]]


class ReleaseForm(About):
    state = forms.ChoiceField(label=_("what becomes of it"), choices=Evidence.State.choices[1:])
    text = words(_("To whom, against which receipt (sealed)"))


class OpenForm(About):
    purpose = forms.CharField(label=_("for what purpose"), max_length=200)
