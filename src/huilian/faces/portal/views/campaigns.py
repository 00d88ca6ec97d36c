"""「专项整治公开」 What campaigns have come to: numbers only, small ones hidden."""

from django.views.decorators.http import require_safe

from huilian.areas.answer.campaigns.queries import figures

from ..shell import public, show


@require_safe
@public
def campaigns(request):
    """The figures of every campaign that publishes them."""
    words = {"found": figures.published(), "smallest": figures.SMALLEST}
    return show(request, "portal/campaigns.html", words, here="portal-villages")
