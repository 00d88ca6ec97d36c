"""What the case page offers for a question about a publication."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.access.queries import may
from huilian.engine.procedures.kinds import Action, CaseKind, Panel, acts_on

from . import forms, panels, services
from .queries import question_of_case

act = acts_on(question_of_case)
ACTIONS = (
    Action(
        "answer",
        _("Answer in public"),
        "send",
        act(services.answer, answer="text"),
        forms.AnswerForm,
        verb="answer",
        intro=_("Everybody reads this answer under the publication. Only it stops the clock."),
        primary=True,
    ),
    Action(
        "hide",
        _("Keep its words from the public"),
        "eye-off",
        act(services.hide),
        forms.HideForm,
        offered=lambda case, user: may(user, "disclosure.oversee") and question_of_case(case).is_shown,
        intro=_("Only where it insults or names a private person. The reason is public, the clock runs on."),
        danger=True,
    ),
)

KIND = CaseKind(
    key="question",
    name=_("Question about a publication"),
    actions=ACTIONS,
    sources=lambda: {"web": str(_("public page"))},
    matter=lambda case: question_of_case(case).text,
    panels=(Panel("disclosure/panels/asked.html", panels.asked),),
)
