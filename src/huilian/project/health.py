"""`/healthz`: whether this process can serve, for a load balancer or a watchdog. `huilian doctor` tells the rest."""

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request) -> JsonResponse:
    """200 when the database answers, 503 when it does not. Says nothing about versions or addresses."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})
