"""Rows and amounts of the current revisions, partitioned by fiscal year, and their rollups.

Identity is ``id`` for Django and ``(id, fiscal_year)`` in the database (``budgets.partitions``).
Nothing holds a foreign key to Amount. Foreign keys here have no index of their own: each is the
first column of one of the indexes named below (or, for LineItem.department, never asked for).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from budgets.models.disclosures import Disclosure, Statement
from budgets.models.places import Department, Region
from budgets.models.vocabulary import RowKind, Scheme, Scope, Stage, State


class LineItem(models.Model):
    """One printed row of one block of a statement."""

    fiscal_year = models.SmallIntegerField()
    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="line_items", db_index=False)
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="line_items", db_index=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", db_index=False)
    stage = models.CharField(max_length=16, choices=Stage)
    scope = models.CharField(max_length=12, choices=Scope)
    position = models.PositiveIntegerField()
    """Index of the row in the draft's table, from 0."""
    block = models.PositiveSmallIntegerField(default=0)
    side = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=10, choices=RowKind)
    code = models.CharField(max_length=40, blank=True, db_collation="C")
    functional_code = models.CharField(max_length=9, blank=True, db_collation="C")
    economic_dept_code = models.CharField(max_length=9, blank=True, db_collation="C")
    economic_gov_code = models.CharField(max_length=9, blank=True, db_collation="C")
    level = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=400)
    parent_position = models.PositiveIntegerField(null=True)
    """``position`` of the row this one is a summand of; None for none."""
    parent_code = models.CharField(max_length=40, blank=True, db_collation="C")
    """``code`` of that row, carried along so that downloads need no second join."""
    unit_name = models.CharField(max_length=255, blank=True)
    is_leaf = models.BooleanField()
    is_canonical = models.BooleanField()
    cells = models.JSONField(default=list)
    page = models.IntegerField(null=True)
    sheet = models.CharField(max_length=80, blank=True)
    line = models.IntegerField(null=True)
    row = models.IntegerField(null=True)
    box = ArrayField(models.FloatField(), size=4, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["statement", "position"], name="line_by_statement"),
            models.Index(fields=["functional_code", "fiscal_year", "stage"], name="line_by_function"),
            models.Index(fields=["economic_dept_code", "fiscal_year", "stage"], name="line_by_economic"),
            models.Index(fields=["disclosure"], name="line_by_disclosure"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class Amount(models.Model):
    """One printed amount with its coordinates. ``yuan`` is exact, None where nothing is printed."""

    fiscal_year = models.SmallIntegerField()
    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="amounts", db_index=False)
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="amounts", db_index=False)
    line_item = models.ForeignKey(
        LineItem, models.CASCADE, related_name="amounts", db_constraint=False, db_index=False
    )
    column_key = models.CharField(max_length=160)
    measure = models.CharField(max_length=48)
    amount_year = models.SmallIntegerField()
    phase = models.CharField(max_length=10)
    fund = models.CharField(max_length=32)
    carried = models.CharField(max_length=24)
    quantity = models.CharField(max_length=8)
    yuan = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    """Yuan for money; the printed number itself for percent and count."""
    printed = models.CharField(max_length=60, blank=True)
    printed_value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    state = models.CharField(max_length=6, choices=State)
    corrected = models.BooleanField(default=False)
    page = models.IntegerField(null=True)
    sheet = models.CharField(max_length=80, blank=True)
    line = models.IntegerField(null=True)
    row = models.IntegerField(null=True)
    column = models.IntegerField(null=True)
    box = ArrayField(models.FloatField(), size=4, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["line_item"], name="amount_by_line"),
            models.Index(fields=["statement"], name="amount_by_statement"),
            models.Index(fields=["disclosure"], name="amount_by_disclosure"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.printed}"


class Rollup(models.Model):
    """A sum of canonical leaves: one department's (or one region's), rewritten with each publication."""

    fiscal_year = models.SmallIntegerField()
    amount_year = models.SmallIntegerField()
    phase = models.CharField(max_length=10)
    stage = models.CharField(max_length=16, choices=Stage)
    scope = models.CharField(max_length=12, choices=Scope)
    region = models.ForeignKey(Region, models.CASCADE, related_name="rollups", db_index=False)
    department = models.ForeignKey(
        Department, models.CASCADE, null=True, related_name="rollups", db_index=False
    )
    disclosure = models.ForeignKey(
        Disclosure, models.CASCADE, null=True, related_name="rollups", db_index=False
    )
    """None for a region's row."""
    scheme = models.CharField(max_length=16, choices=Scheme)
    code = models.CharField(max_length=9, db_collation="C")
    """Every prefix level; empty for the whole."""
    measure = models.CharField(max_length=48)
    fund = models.CharField(max_length=32)
    yuan = models.DecimalField(max_digits=22, decimal_places=2)
    departments = models.PositiveIntegerField(default=1)
    """How many departments the sum is over."""

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "code", "fiscal_year", "stage"], name="rollup_by_code"),
            models.Index(fields=["department", "fiscal_year"], name="rollup_by_department"),
            models.Index(fields=["disclosure"], name="rollup_by_disclosure"),
            models.Index(fields=["region", "fiscal_year", "scheme"], name="rollup_by_region"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.measure} {self.yuan}"
