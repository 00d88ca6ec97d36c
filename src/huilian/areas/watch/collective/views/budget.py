"""「预算」 The budget of a year beside what came of it; entered from a file, printed for the board."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.foundation.errors import NotAllowed, Refused
from huilian.foundation.now import today

from ..forms import BudgetFileForm
from ..models import AccountSet
from ..queries.bank import sets_visible_to
from ..queries.budget import current_budget, execution, versions
from ..services import budget as services


@needs("collective.see")
@require_http_methods(["GET", "HEAD", "POST"])
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """The budget in force, how it is carried out, and the form for the next version."""
    books = get_object_or_404(sets_visible_to(request.user), pk=pk)
    sent = request.method == "POST"
    form = BudgetFileForm(request.POST or None, request.FILES or None, initial={"year": _year(request)})
    faults = []
    if sent and form.is_valid():
        d = form.cleaned_data
        try:
            lines, faults = services.read_budget(d["file"])
            if not faults:
                made = services.save_budget(
                    books, d["year"], lines, decision_no=d["decision_no"], decided_on=d["decided_on"], by=request.user
                )
                messages.success(request, _("Version %(n)d is in force.") % {"n": made.version})
                return redirect(f"{request.path}?year={made.year}")
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else "file", str(refused))
    context = {
        **_shown(request, books),
        "form": form,
        "faults": faults,
        "may_enter": may(request.user, "collective.enter"),
    }
    return render(request, "collective/budget/budget.html", context, status=422 if sent else 200)


@needs("collective.see")
@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for paper."""
    books = get_object_or_404(sets_visible_to(request.user), pk=pk)
    return render(request, "collective/budget/printed.html", {**_shown(request, books), "day": today()})


def _year(request: HttpRequest) -> int:
    given = request.GET.get("year", "")
    return int(given) if given.isdecimal() and len(given) == 4 else today().year


def _shown(request: HttpRequest, books: AccountSet) -> dict:
    year = _year(request)
    found = current_budget(books, year)
    return {
        "books": books,
        "year": year,
        "years": range(books.starts_on.year, today().year + 2),
        "budget": found,
        "rows": execution(found) if found else [],
        "versions": list(versions(books, year)),
    }
