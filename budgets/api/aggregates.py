"""Sums over departments from the rollups: by code, department, region or year."""

from __future__ import annotations

from typing import Any

from django.db import connections

from budgets.exports.rows import find_read_alias
from budgets.models import ClassificationNode

LENGTHS = {"class": 3, "subclass": 5, "item": 7}
GROUPS = {"code": "t.code", "department": "p.slug", "region": "g.slug", "year": "t.fiscal_year::text"}
NAMES = {"code": "''", "department": "p.name", "region": "g.name", "year": "''"}
QUERY = """
WITH sums AS (
  SELECT department_id, fiscal_year, code,
    CASE WHEN bool_or(fund = 'all') THEN sum(yuan) FILTER (WHERE fund = 'all') ELSE sum(yuan) END AS yuan
  FROM budgets_rollup u
  WHERE u.department_id IS NOT NULL AND u.amount_year = u.fiscal_year AND u.scheme = %(scheme)s AND u.measure = %(measure)s
    AND u.stage = %(stage)s AND u.scope = %(scope)s AND u.phase = %(phase)s AND {codes}
    AND (%(year)s::int IS NULL OR u.fiscal_year = %(year)s)
  GROUP BY department_id, fiscal_year, code
)
SELECT {group}, max({name}), sum(t.yuan), count(DISTINCT t.department_id)
FROM sums t
JOIN budgets_department p ON p.id = t.department_id
JOIN budgets_region g ON g.id = p.region_id
WHERE %(region)s::text IS NULL OR g.slug = %(region)s
GROUP BY 1 ORDER BY 3 DESC, 1
"""
PUBLISHED = """
SELECT count(DISTINCT d.department_id) FROM budgets_disclosure d
JOIN budgets_department p ON p.id = d.department_id JOIN budgets_region g ON g.id = p.region_id
WHERE d.current_id IS NOT NULL AND d.stage = %(stage)s AND d.scope = %(scope)s
  AND (%(year)s::int IS NULL OR d.fiscal_year = %(year)s) AND (%(region)s::text IS NULL OR g.slug = %(region)s)
"""


def build_aggregates(*, by: str, level: str, code: str | None, stage: str, scheme: str, **given: Any) -> dict[str, Any]:
    """Return sums in yuan by group, each with how many departments it is over.

    Of a department the column of all funds is taken where its table prints one, else the sum of its
    funds. Budgets are counted in their approved amounts, final accounts in their executed ones.
    """
    length = LENGTHS[level] if by == "code" else len(code or "")
    codes = "length(u.code) = %(length)s AND u.code LIKE %(prefix)s"
    phase = "approved" if stage == "budget" else "executed"
    parameters = {**given, "stage": stage, "scheme": scheme, "phase": phase, "length": length, "prefix": f"{code or ''}%"}
    with connections[find_read_alias()].cursor() as cursor:
        cursor.execute(QUERY.format(group=GROUPS[by], name=NAMES[by], codes=codes), parameters)
        rows = cursor.fetchall()
        cursor.execute(PUBLISHED, parameters)
        published = cursor.fetchone()[0]
        departments = count_departments(cursor, codes, parameters)
    names = find_names(scheme, [row[0] for row in rows]) if by == "code" else {}
    return {
        "departments": departments,
        "departments_published": published,
        "rows": [{"group": row[0], "name": names.get(row[0], row[1]), "yuan": row[2], "departments": row[3]} for row in rows],
    }


def count_departments(cursor: Any, codes: str, parameters: dict[str, Any]) -> int:
    """Return over how many departments the whole answer is."""
    cursor.execute(QUERY.format(group="''", name="''", codes=codes), parameters)
    row = cursor.fetchone()
    return int(row[3]) if row else 0


def find_names(scheme: str, codes: list[str]) -> dict[str, str]:
    """Return the newest known name of each code; unknown codes are left out."""
    nodes = ClassificationNode.objects.filter(scheme=scheme, code__in=codes).order_by("year_to")
    return {node.code: node.name for node in nodes}
