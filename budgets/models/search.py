"""What search finds: one row for each thing with a name, with its words as a tsvector."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from budgets.models.disclosures import Disclosure
from budgets.models.places import Department


class SearchEntry(models.Model):
    """One findable thing. ``tokens`` is made by :mod:`budgets.search.tokens`, never by PostgreSQL."""

    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=400)
    note = models.CharField(max_length=400, blank=True)
    path = models.CharField(max_length=400)
    """Address on this site without the language's prefix."""
    initials = models.CharField(max_length=400, blank=True)
    """First letters of the title's pinyin."""
    weight = models.SmallIntegerField(default=0)
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+")
    disclosure = models.ForeignKey(Disclosure, models.CASCADE, null=True, related_name="+")
    tokens = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["tokens"], name="search_by_tokens", fastupdate=False),
            models.Index(fields=["title"], name="search_by_title", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["initials"], name="search_by_initials", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["disclosure"], name="search_by_disclosure"),
            models.Index(fields=["department"], name="search_by_department"),
        ]

    def __str__(self) -> str:
        return self.title
