"""What the hotline does by itself."""

from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.errors import Invalid
from huilian.foundation.schedule import daily

from . import services
from .models import Learning, Order


@daily(at="02:40")
def learn() -> str:
    """Let the suggestions learn anew, on days after something was dispatched."""
    last = Learning.objects.order_by("-pk").first()
    fresh = Order.objects.exclude(case__unit=None)
    if last is not None and not fresh.filter(case__steps__entered_at__gt=last.trained_at).exists():
        return "nothing new"
    try:
        return f"{services.learn(by=SYSTEM).orders} orders"
    except Invalid as few:
        return str(few)
