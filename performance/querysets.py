"""Questions about many projects or indicators, in one query each."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Count, Prefetch, Q, QuerySet

QUALITATIVE = Q(operator="qualitative")


class ProjectQuerySet(QuerySet[Any]):
    """Projects of current revisions."""

    def real(self) -> Self:
        """Leave out the objectives of whole departments."""
        return self.filter(kind="project")

    def with_promises(self) -> Self:
        """Fetch indicators and hints along (two queries)."""
        from performance.models import Indicator, QualityHint

        return self.prefetch_related(
            Prefetch("indicators", Indicator.objects.order_by("position")),
            Prefetch("hints", QualityHint.objects.order_by("rule", "pk")),
        )


class IndicatorQuerySet(QuerySet[Any]):
    """Indicators of current revisions."""

    def of_projects(self) -> Self:
        """Leave out the indicators of whole departments."""
        return self.filter(project__kind="project")

    def counted(self) -> dict[str, Any]:
        """Return how many there are, how many promise a word instead of a number, how many are asked about."""
        return self.aggregate(
            count=Count("pk"),
            qualitative=Count("pk", filter=QUALITATIVE),
            asked=Count("pk", filter=~Q(rules=[])),
        )
