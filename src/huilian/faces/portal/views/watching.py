"""「谁在监督」 Who watches in a village, whether a certificate is real, reply cards, the quick form of code names."""

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from huilian.areas.hear.watchers import services
from huilian.areas.hear.watchers.queries import public as watchers
from huilian.foundation.errors import Refused

from ..shell import public, show
from .village import here

HERE = "portal-villages"
MARKS = [("1", _("satisfied")), ("2", _("so-so")), ("3", _("dissatisfied"))]
both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@public
def village(request, code):
    """Who watches here: names, faces, telephones, office hours, the code to report with; and what else one may do."""
    place = here(code)
    words = {"place": place, "bodies": watchers.watchers_of(place), "duty": watchers.duty_reports_of(place)}
    return show(request, "portal/watchers.html", words, here=HERE)


@require_safe
@cache_control(public=True, max_age=3600)
def photo(request, pk):
    content = watchers.photo_of(pk)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/jpeg")


@require_safe
@public
def certificate(request, code):
    """Whether a certificate was issued, to whom, and whether its term runs today."""
    seat = watchers.certified(code)
    words = {"seat": seat, "runs": seat is not None and watchers.is_serving(seat)}
    return show(request, "portal/watch_certificate.html", words, here=HERE, status=200 if seat else 404)


class CardForm(forms.Form):
    """The four topics of the card and room for words."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for key, label in watchers.focuses():
            self.fields[key] = forms.ChoiceField(label=label, choices=[("", "—"), *MARKS], required=False)
        self.fields["words"] = forms.CharField(
            label=_("What you want to say"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
        )

    def given(self) -> dict:
        said = self.cleaned_data
        return {"words": said["words"], "marks": {key: int(said[key]) for key, _l in watchers.focuses() if said[key]}}


@both
@public(personal=True)
def card(request, token):
    """A reply card filled in on a telephone. Nobody asks who does; what is written is sealed."""
    found = watchers.card_of(token)
    if found is None:
        raise Http404
    form, sent = CardForm(request.POST or None), False
    if form.is_valid():
        try:
            services.fill_in(token, **form.given())
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            sent = True
    words = {"card": found, "form": form, "sent": sent, "closed": found.returned_on and not sent}
    return show(request, "portal/reply_card.html", words, writing=True)


class CodedForm(forms.Form):
    """The quick form: code name, word, what is reported."""

    cover = forms.CharField(label=pgettext_lazy("watchers", "Code name"), max_length=32)
    word = forms.CharField(label=pgettext_lazy("watchers", "Word"), max_length=16)
    topic = forms.ChoiceField(label=_("What it is about"), required=False)
    words = forms.CharField(label=_("What is reported"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    open = forms.BooleanField(
        label=_("Leave it open"), required=False, help_text=_("Then the branch reads it and answers in seven days.")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.topics = {str(topic.pk): topic for topic in watchers.topics()}
        self.fields["topic"].choices = [("", "—"), *((key, str(topic)) for key, topic in self.topics.items())]


@both
@public(personal=True)
def coded(request):
    """An information member reports under a code name, or looks what came of earlier reports."""
    form, number = CodedForm(request.POST or None), ""
    if "look" in request.POST:
        form.fields["words"].required = False
    if form.is_valid():
        said = form.cleaned_data
        try:
            if "look" in request.POST:
                words = {"told": watchers.told_to(services.known_as(said["cover"], said["word"]))}
                return show(request, "portal/coded.html", words, writing=True)
            number = services.take_coded(
                said["cover"],
                said["word"],
                words=said["words"],
                topic=form.topics.get(said["topic"]),
                secret=not said["open"],
            ).number
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return show(request, "portal/coded.html", {"form": form, "number": number}, writing=True)
