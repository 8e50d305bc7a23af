"""The rows of one revision, drawn from its snapshot: what packs of past revisions are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings

from budgets.canonical import find_canonical_leaves, find_leaves, find_summable
from budgets.classification import with_class_codes
from budgets.models import Revision
from budgets.models.vocabulary import Stage
from budgets.printed_units import find_factor, to_yuan

Json = Mapping[str, Any]


def describe_revision(revision: Revision) -> dict[str, Any]:
    """Return the columns that every row of a revision shares."""
    disclosure = revision.disclosure
    return {
        "region": disclosure.department.region.name,
        "department": disclosure.department.name,
        "department_slug": disclosure.department.slug,
        "scope": disclosure.scope,
        "fiscal_year": disclosure.fiscal_year,
        "stage": disclosure.stage,
        "revision": revision.number,
    }


def find_unit_factor(table: Json, tables: list[Json]) -> Decimal:
    """Return yuan per printed unit: the table's own, else the one unit the other tables print."""
    own = find_factor(table["unit"])
    if own is not None:
        return own
    others = {find_factor(other["unit"]) for other in tables} - {None}
    return next(iter(others)) or Decimal(1) if len(others) == 1 else Decimal(1)


def list_slugs(tables: list[Json]) -> list[str]:
    """Return the address words of the tables: the key with hyphens, numbered where it repeats."""
    seen: dict[str, int] = {}
    slugs = []
    for table in tables:
        key = table["statement"]
        seen[key] = seen.get(key, 0) + 1
        slugs.append(key.replace("_", "-") + (f"-{seen[key]}" if seen[key] > 1 else ""))
    return slugs


def read_amounts(revision: Revision) -> Iterator[dict[str, Any]]:
    """Yield the rows of ``amounts.csv`` for one revision, in the order of the document."""
    draft = revision.snapshot["draft"]
    tables = draft["tables"]
    shared = describe_revision(revision)
    coded = [with_class_codes(table) for table in tables]
    summable = find_summable(coded, year=shared["fiscal_year"], stage=shared["stage"])
    slugs = list_slugs(tables)
    documents = list(revision.documents.order_by("id").values_list("sha256", flat=True))
    for position, table in enumerate(tables):
        factor, sha256 = find_unit_factor(table, tables), table.get("document_sha256", "")
        leaves = find_leaves(table)
        counted = find_canonical_leaves(coded[position]) if position in summable else set()
        columns = {column["key"]: column for column in table["columns"]}
        for index, row in enumerate(table["rows"]):
            may_count = index in counted if index in leaves else row["side"] != "revenue"
            line = describe_line(table, row, tables_rows=table["rows"]) | {
                "is_leaf": index in leaves,
            }
            for key in filter(row["amounts"].__contains__, columns):
                amount = describe_amount(
                    columns[key],
                    row["figures"][key],
                    row["amounts"][key],
                    factor=factor,
                    year=shared["fiscal_year"],
                )
                yield (
                    shared
                    | line
                    | amount
                    | {
                        "is_canonical": may_count and key in summable.get(position, ()),
                        "corrected": row["figures"][key].get("corrected", False),
                        "document_sha256": sha256 if sha256 in documents else next(iter(documents), ""),
                        "source_url": find_source_url(revision, table=slugs[position], row=index, column=key),
                    }
                )


def describe_line(table: Json, row: Json, *, tables_rows: list[Json]) -> dict[str, Any]:
    """Return the columns of one row."""
    parent = None if row["parent_index"] is None else tables_rows[row["parent_index"]]
    codes = row["codes"]
    return {
        "statement": table["statement"],
        "title": table["title"],
        "side": row["side"] or "",
        "row_kind": row["kind"],
        "functional_code": codes.get("functional", ""),
        "economic_dept_code": codes.get("economic_dept", ""),
        "economic_gov_code": codes.get("economic_gov", ""),
        "parent_code": (parent["code"] or "") if parent else "",
        "level": row["level"],
        "name": row["name"],
        "unit_name": row["unit_name"] or "",
        "unit_printed": (table["unit"] or "")[:20],
    }


def describe_amount(
    column: Json, figure: Json, printed: str | None, *, factor: Decimal, year: int
) -> dict[str, Any]:
    """Return the columns of one amount."""
    place = figure["place"]
    is_money = column["quantity"] == "money"
    return {
        "measure": column["measure"],
        "amount_year": column["year"] or year,
        "phase": column["phase"],
        "fund": column["fund"],
        "carried": column["carried"],
        "quantity": column["quantity"],
        "amount_yuan": to_yuan(Decimal(printed), factor=factor) if printed is not None and is_money else None,
        "amount_printed": figure["raw"],
        "state": figure["state"],
        "page": place.get("page"),
        "sheet": place.get("sheet") or "",
        "line": place.get("line"),
        "row": place.get("row"),
        "column": place.get("column"),
    }


def find_source_url(revision: Revision, *, table: str, row: int, column: str) -> str:
    """Return the address that opens the outlined cell."""
    disclosure = revision.disclosure
    stage = Stage(disclosure.stage).slug
    path = f"/departments/{disclosure.department.slug}/{disclosure.fiscal_year}/{stage}/source/"
    return f"{settings.SITE_URL.rstrip('/')}{path}?table={table}&row={row + 1}&column={column}"


def read_checks(revision: Revision) -> Iterator[dict[str, Any]]:
    """Yield the rows of ``checks.csv`` for one revision."""
    shared = describe_revision(revision)
    explanations = {item["cause"]: item["text"] for item in revision.snapshot.get("explanations", [])}
    disclosure = revision.disclosure
    path = f"/departments/{disclosure.department.slug}/{disclosure.fiscal_year}/{Stage(disclosure.stage).slug}/checks/"
    tables = revision.snapshot["draft"]["tables"]
    for finding in revision.snapshot["findings"]:
        compared = tables[finding["tables"][0]]["unit"] if finding.get("tables") else ""
        yield shared | {
            "check": finding["check"],
            "outcome": finding["outcome"],
            "severity": finding["severity"],
            "cause": finding["cause"] or "",
            **{key: _trim(finding[key]) for key in ("left", "right", "difference", "tolerance")},
            "message": finding["message"],
            "message_en": finding["message_en"],
            "unit": finding.get("unit") or compared or "",
            "explanation": explanations.get(finding["cause"] or "", ""),
            "source_url": settings.SITE_URL.rstrip("/") + path,
        }


def _trim(number: str | None) -> Decimal | None:
    """Return a number without zeros at its end, as PostgreSQL's trim_scale gives it."""
    if number is None:
        return None
    short = Decimal(number).normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short
