"""One classification code across departments and years: what it means, who spends on it, how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.http import Http404
from django.utils.translation import get_language

from budgets.models import ClassificationNode, Department, Disclosure, LineItem
from budgets.models.vocabulary import Scheme, Stage
from budgets.sums import Sum, read_sums

LEVELS: Final = {3: "class", 5: "subclass", 7: "item"}


@dataclass(frozen=True, slots=True)
class ItemName:
    """A code with its newest name; ``names`` lists (name, first year, last year) where it changed."""

    scheme: str
    code: str
    name: str
    name_en: str
    names: tuple[tuple[str, int, int], ...]
    is_listed: bool

    @property
    def title(self) -> str:
        """The name in the reader's language where it is known."""
        return self.name_en if get_language() == "en" and self.name_en else self.name


def get_item(scheme: str, code: str) -> ItemName:
    """Return what a code is called: from the code list, else as documents print it. Raises: Http404."""
    nodes = list(ClassificationNode.objects.filter(scheme=scheme, code=code).order_by("year_to", "year_from"))
    if nodes:
        newest = nodes[-1]
        names = tuple((node.name, node.year_from, node.year_to) for node in nodes)
        return ItemName(scheme, code, newest.name, newest.name_en, names, is_listed=True)
    printed = LineItem.objects.filter(**{f"{scheme}_code": code}).values_list("name", flat=True).first()
    if printed is None:
        raise Http404(f"{scheme} {code}")
    return ItemName(scheme, code, printed, "", (), is_listed=False)


def find_names(scheme: str, codes: Sequence[str]) -> dict[str, str]:
    """Return the newest name of each code in the reader's language; codes without one are left out."""
    in_english = get_language() == "en"
    names = {}
    for node in ClassificationNode.objects.filter(scheme=scheme, code__in=codes).order_by("year_to"):
        names[node.code] = node.name_en if in_english and node.name_en else node.name
    missing = [code for code in codes if code not in names]
    if missing:
        field = f"{scheme}_code"
        names |= dict(
            LineItem.objects.filter(**{f"{field}__in": missing}).values_list(field, "name").distinct(field)
        )
    return names


@dataclass(frozen=True, slots=True)
class Spender:
    """One department's spending on the code in one year, and what part of all its spending that is."""

    department: Department
    yuan: Decimal
    whole: Decimal | None
    before: Decimal | None


@dataclass(frozen=True, slots=True)
class YearSum:
    """A year of the code: the sum over ``departments`` of the ``published`` departments."""

    year: int
    yuan: Decimal
    departments: int
    published: int


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """What a line's page shows for one stage and year."""

    years: tuple[YearSum, ...]
    year: int | None
    spenders: tuple[Spender, ...]
    parts: tuple[tuple[str, str, Decimal], ...]
    published: int

    @property
    def yuan(self) -> Decimal:
        """The sum over the departments shown."""
        return sum((spender.yuan for spender in self.spenders), Decimal(0))


def count_published(*, stage: str, scope: str) -> dict[int, int]:
    """Return how many departments have published, by year."""
    found = Disclosure.objects.filter(current__isnull=False, stage=stage, scope=scope).values_list(
        "fiscal_year", "department_id"
    )
    counts: dict[int, set[int]] = {}
    for year, department in found:
        counts.setdefault(year, set()).add(department)
    return {year: len(departments) for year, departments in counts.items()}


def read_item(item: ItemName, *, stage: str, scope: str, year: int | None) -> ItemFigures:
    """Return a code's figures: by year, and in one year (the newest by default) by department and by part."""
    sums = read_sums(item.scheme, length=len(item.code), prefix=item.code, stage=stage, scope=scope)
    published = count_published(stage=stage, scope=scope)
    years = tuple(
        YearSum(
            each,
            add_up(sums, each),
            len({row.department_id for row in sums if row.fiscal_year == each}),
            published.get(each, 0),
        )
        for each in sorted({row.fiscal_year for row in sums}, reverse=True)
    )
    chosen = year if year is not None else (years[0].year if years else None)
    if chosen is None:
        return ItemFigures(years, None, (), (), 0)
    return ItemFigures(
        years=years,
        year=chosen,
        spenders=find_spenders(item, sums, stage=stage, scope=scope, year=chosen),
        parts=find_parts(item, stage=stage, scope=scope, year=chosen),
        published=published.get(chosen, 0),
    )


def add_up(sums: Sequence[Sum], year: int) -> Decimal:
    """Return the sum of one year."""
    return sum((row.yuan for row in sums if row.fiscal_year == year), Decimal(0))


def find_spenders(
    item: ItemName, sums: Sequence[Sum], *, stage: str, scope: str, year: int
) -> tuple[Spender, ...]:
    """Return who spends on the code in a year, largest first."""
    now = {row.department_id: row.yuan for row in sums if row.fiscal_year == year}
    before = {row.department_id: row.yuan for row in sums if row.fiscal_year == year - 1}
    departments = Department.objects.select_related("region").in_bulk(list(now))
    wholes = read_sums(item.scheme, length=0, stage=stage, scope=scope, years=[year], departments=list(now))
    whole = {row.department_id: row.yuan for row in wholes}
    spenders = [Spender(departments[key], yuan, whole.get(key), before.get(key)) for key, yuan in now.items()]
    return tuple(sorted(spenders, key=lambda spender: (-spender.yuan, spender.department.name)))


def find_parts(item: ItemName, *, stage: str, scope: str, year: int) -> tuple[tuple[str, str, Decimal], ...]:
    """Return the codes one level below with their sums in a year, largest first: (code, name, yuan)."""
    length = len(item.code) + 2
    if length not in LEVELS:
        return ()
    totals: dict[str, Decimal] = {}
    for row in read_sums(
        item.scheme, length=length, prefix=item.code, stage=stage, scope=scope, years=[year]
    ):
        totals[row.code] = totals.get(row.code, Decimal(0)) + row.yuan
    names = find_names(item.scheme, list(totals))
    return tuple(
        (code, names.get(code, ""), totals[code]) for code in sorted(totals, key=lambda code: -totals[code])
    )


def find_ancestors(item: ItemName) -> list[tuple[str, str]]:
    """Return the codes above with their names, from the class down."""
    codes = [item.code[:length] for length in LEVELS if length < len(item.code)]
    names = find_names(item.scheme, codes) if codes else {}
    return [(code, names.get(code, "")) for code in codes]


def choose(params: dict[str, Any]) -> tuple[str, str, int | None]:
    """Return stage, scope and year as an address asks for them; unknown words mean the default."""
    stage = str(params.get("stage", "")).replace("-", "_")
    scope = str(params.get("scope", ""))
    year = str(params.get("year", ""))
    return (
        stage if stage in Stage.values else Stage.BUDGET.value,
        scope if scope in ("department", "unit") else "department",
        int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
    )


def is_scheme(word: str) -> bool:
    """Return whether a word of an address names a classification."""
    return word in Scheme.values
