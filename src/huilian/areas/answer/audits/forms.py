"""Forms of audits. Whether an act is allowed is asked in the services."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.access.queries import scope
from huilian.engine.directory.models import Appointment, Person, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.directory.roles import roles_that_may
from huilian.engine.look.forms import ManyFiles, YuanField
from huilian.foundation import money
from huilian.foundation.now import today

from .models import Audit, Finding, Matter, Member
from .queries.due import BODIES
from .queries.reach import PLAN, WORK

DAY = {"type": "date"}
REASON = pgettext_lazy("audits", "Reason")


def words(label, *, required=True, rows=3):
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), required=required)


def line(label, length=200, *, required=True):
    return forms.CharField(label=label, max_length=length, required=required)


def day(label, **more):
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY), **more)


def pick(label, **more):
    return forms.ModelChoiceField(label=label, queryset=None, **more)


def standing_units():
    return Unit.objects.filter(valid_to=None).select_related("place")


class About(forms.Form):
    """A form about one row, opened by one person."""

    def __init__(self, *args, row=None, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.row, self.user = row, user


class ReasonForm(About):
    reason = line(REASON)


class NoteForm(About):
    note = line(REASON)


class PlanForm(About):
    person = pick(_("Who is audited"))
    unit = pick(_("Unit audited"))
    office = line(_("Offices held"), 120)
    phase = forms.ChoiceField(label=pgettext_lazy("audits", "Phase"), choices=Audit.Phase.choices)
    starts_on = day(_("First day audited"))
    ends_on = day(_("Last day audited"))
    due_on = day(_("Report wanted by"))
    auditor = pick(_("Unit that audits"))
    scope = forms.MultipleChoiceField(
        label=_("What is looked at"), choices=Matter.choices, widget=forms.CheckboxSelectMultiple,
        initial=[m for m in Matter.values if m != Matter.ASKED],
    )  # fmt: skip
    asked = words(_("What villagers asked to be audited"), required=False, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = scope(standing_units(), self.user, place="place", unit="pk", action=PLAN)
        bodies = units.filter(kind__in=BODIES)
        heads = Appointment.objects.filter(post__is_head=True, post__unit__in=bodies).order_by()
        self.fields["person"].queryset = Person.objects.filter(pk__in=heads.values("person"))
        self.fields["unit"].queryset = bodies
        self.fields["auditor"].queryset = units.exclude(place__level=5)


class MemberForm(About):
    person = pick(_("Person"))
    duty = forms.ChoiceField(
        label=pgettext_lazy("audits", "Duty"), choices=Member.Duty.choices, initial=Member.Duty.MEMBER
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = pool()


def pool():
    """Who holds a post that may audit."""
    keys = {role.key for role in roles_that_may(WORK)}
    held = Appointment.objects.filter(in_office(today())).values_list("person", "post__roles")
    people = {person for person, roles in held if keys & set(roles)}
    return Person.objects.filter(pk__in=people)


class BeginForm(About):
    agreed = forms.BooleanField(label=_("The audited person agrees to begin before the days are over"), required=False)


class EvidenceForm(About):
    matter = forms.ChoiceField(label=_("Matter"))
    fact = words(pgettext_lazy("audits", "What was seen"))
    source = line(_("Where it was seen (voucher, contract, minutes, who said it)"))
    files = ManyFiles(label=_("Copies"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["matter"].choices = [(m.value, m.label) for m in Matter if m in self.row.scope]


class FindingForm(About):
    matter = forms.ChoiceField(label=_("Matter"))
    fact = words(pgettext_lazy("audits", "What was found"))
    amount_cents = YuanField(label=_("Amount concerned (yuan)"), required=False)
    back_cents = YuanField(label=_("To be paid back (yuan)"), required=False)
    responsibility = forms.ChoiceField(label=_("Responsibility"), choices=Finding.Responsibility.choices)
    basis = line(_("Rule that was broken: name, version, article"), 300)
    evidence = forms.ModelMultipleChoiceField(
        label=_("Rests on these records"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        finding = self.row if isinstance(self.row, Finding) else None
        audit = finding.audit if finding else self.row
        self.fields["matter"].choices = [(m.value, m.label) for m in Matter if m in audit.scope]
        self.fields["evidence"].queryset = audit.evidence.all()
        if finding:
            for name in ("matter", "fact", "amount_cents", "back_cents", "responsibility", "basis"):
                self.fields[name].initial = getattr(finding, name)
            self.fields["evidence"].initial = list(finding.evidence.all())


class DraftForm(About):
    draft = words(_("Draft of the report"), rows=10)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["draft"].initial = self.row.draft


class AnswerForm(About):
    text = words(_("Answer"), rows=6)
    files = ManyFiles(label=_("Papers to the answer"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = self.row.answer


class WeighForm(About):
    upheld = forms.TypedChoiceField(
        label=_("The finding"), choices=[("1", _("is upheld")), ("", _("is dropped"))], coerce=bool, required=False,
        empty_value=False, widget=forms.RadioSelect, initial="1",
    )  # fmt: skip
    opinion = words(_("What the auditors say to the answer"))


class ReportForm(About):
    conclusion = words(pgettext_lazy("audits", "Conclusion"), rows=8)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["conclusion"].initial = self.row.draft


class AdviceForm(About):
    unit = pick(_("Unit that appoints"))
    advice = words(_("How the result should be used"), rows=5)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        above = Q(place__level__lt=5)
        self.fields["unit"].queryset = standing_units().filter(above)
        self.fields["unit"].initial, self.fields["advice"].initial = self.row.copied_to_id, self.row.advice


class PublishForm(About):
    text = words(_("As everybody may read it: by office, without names of private persons"), rows=6)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = self.row.public_text


class PromiseForm(About):
    measures = words(_("Measures"))
    responsible = line(_("Responsible person"), 64)
    by_day = day(_("Put right by"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["by_day"].initial = self.row.due_on


class RepairForm(About):
    result = words(pgettext_lazy("audits", "What was done"))
    paid_back_cents = YuanField(label=_("Paid back (yuan)"), required=False)
    paid_back_on = day(_("Paid back on"), required=False)
    files = ManyFiles(label=pgettext_lazy("audits", "What shows it"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.row.back_cents:
            del self.fields["paid_back_cents"], self.fields["paid_back_on"]
        else:
            self.fields["paid_back_cents"].help_text = _("To be paid back: %(amount)s yuan") % {
                "amount": money.text(self.row.back_cents)
            }


class VerifyForm(About):
    how = line(pgettext_lazy("audits", "How it was verified"))
