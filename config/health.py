"""Answers for load balancers: is the process alive, and can it serve?"""

from __future__ import annotations

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

MIGRATED_KEY = "readyz:migrated"


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This will answer 200 as long as the process answers at all; it asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """This will answer 200 when the database answers and is migrated, else 503 with the reason."""
    reasons = _find_reasons_against()
    return JsonResponse({"ready": not reasons, "reasons": reasons}, status=503 if reasons else 200)


def _find_reasons_against() -> list[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if cache.get(MIGRATED_KEY):
            return []
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return ["the database does not answer"]
    if missing:
        return [f"{len(missing)} migrations are not applied; run manage.py migrate"]
    cache.set(MIGRATED_KEY, 1, 60)
    return []
