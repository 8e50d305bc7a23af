"""Reading the rollups: one sum per department, year and code, each yuan once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db import connections

from budgets.canonical import PARTS_OF_FUNDS
from budgets.exports.rows import find_read_alias
from budgets.models.vocabulary import Stage

PHASES = {Stage.BUDGET.value: "approved", Stage.FINAL_ACCOUNTS.value: "executed"}
QUERY = """
SELECT department_id, fiscal_year, code,
  CASE WHEN bool_or(fund = 'all') THEN sum(yuan) FILTER (WHERE fund = 'all') ELSE sum(yuan) END
FROM budgets_rollup
WHERE department_id IS NOT NULL AND amount_year = fiscal_year
  AND scheme = %(scheme)s AND measure = %(measure)s AND stage = %(stage)s AND phase = %(phase)s
  AND fund <> ALL(%(parts)s) AND (%(scope)s::text IS NULL OR scope = %(scope)s)
  AND length(code) = %(length)s AND code LIKE %(prefix)s
  AND (%(years)s::int[] IS NULL OR fiscal_year = ANY(%(years)s))
  AND (%(departments)s::bigint[] IS NULL OR department_id = ANY(%(departments)s))
  AND (%(region)s::bigint IS NULL OR region_id = %(region)s)
GROUP BY department_id, fiscal_year, code
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """What one department spends on one code in one year, in yuan."""

    department_id: int
    fiscal_year: int
    code: str
    yuan: Decimal


def read_sums(
    scheme: str,
    *,
    length: int,
    stage: str,
    prefix: str = "",
    measure: str = "total",
    scope: str | None = "department",
    years: Collection[int] | None = None,
    departments: Collection[int] | None = None,
    region: int | None = None,
) -> list[Sum]:
    """Return the sums of codes of one length (3, 5, 7; 0 for the whole), budgets in their approved
    amounts, final accounts in their executed ones. Of a department the column of all funds counts
    where its table prints one, else the sum of its funds. ``scope`` None: both, never to be added.
    """
    parameters = {
        "scheme": scheme,
        "measure": measure,
        "stage": stage,
        "phase": PHASES[stage],
        "scope": scope,
        "parts": list(PARTS_OF_FUNDS),
        "length": length,
        "prefix": prefix + "%",
        "years": None if years is None else list(years),
        "departments": None if departments is None else list(departments),
        "region": region,
    }
    with connections[find_read_alias()].cursor() as cursor:
        cursor.execute(QUERY, parameters)
        return [Sum(*row) for row in cursor.fetchall()]
