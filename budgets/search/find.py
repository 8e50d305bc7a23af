"""Finding: exact and beginning matches first, then every text that holds the words; under 50 ms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.utils.translation import get_language

from budgets.exports.rows import find_read_alias
from budgets.registries import Hit
from budgets.search.tokens import compose_query, normalise

CANDIDATES = 2000
"""How many matches are ranked and counted at most; beyond it the page says “2,000+”."""
LIKE_SPECIAL = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})
FOUND = """
WITH found AS (
  (SELECT id, kind, title, note, path, weight, 0 AS tier FROM budgets_searchentry
   WHERE title LIKE %(beginning)s AND (%(kind)s::text IS NULL OR kind = %(kind)s) LIMIT 200)
  UNION ALL
  (SELECT id, kind, title, note, path, weight, 1 FROM budgets_searchentry
   WHERE %(initials)s::text IS NOT NULL AND initials LIKE %(initials)s AND (%(kind)s::text IS NULL OR kind = %(kind)s) LIMIT 200)
  UNION ALL
  (SELECT id, kind, title, note, path, weight, 2 FROM budgets_searchentry
   WHERE tokens @@ %(query)s::tsquery AND (%(kind)s::text IS NULL OR kind = %(kind)s) LIMIT %(most)s)
)
, ranked AS (SELECT DISTINCT ON (id) * FROM found ORDER BY id, tier)
"""
ORDER = "ORDER BY title <> %(exact)s, tier, weight DESC, length(title), title, id"


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: hits of one page, and how many of each kind."""

    hits: list[tuple[str, Hit]]
    counts: dict[str, int]
    total: int
    is_capped: bool


def find_parameters(text: str, kind: str | None) -> dict[str, Any] | None:
    """Return the parameters of the query, None where there is nothing to look for."""
    query = compose_query(text)
    if query is None:
        return None
    plain = normalise(text).strip()
    return {
        "query": query,
        "kind": kind,
        "exact": text.strip(),
        "beginning": text.strip().translate(LIKE_SPECIAL) + "%",
        "initials": plain + "%" if plain.isascii() and plain.isalpha() and len(plain) >= 2 else None,
        "most": CANDIDATES,
    }


def find(text: str, *, kind: str | None = None, limit: int = 20, offset: int = 0) -> Found:
    """Return what is found for a text, best first, with counts for each kind (before the filter of kind)."""
    parameters = find_parameters(text, kind)
    if parameters is None:
        return Found(hits=[], counts={}, total=0, is_capped=False)
    with connections[find_read_alias()].cursor() as cursor:
        cursor.execute(
            f"{FOUND} SELECT kind, title, note, path FROM ranked {ORDER} LIMIT %(limit)s OFFSET %(offset)s",  # noqa: S608 - constants
            {**parameters, "limit": limit, "offset": offset},
        )
        prefix = "" if get_language() in (None, "zh-hans") else f"/{get_language()}"
        hits = [(row[0], Hit(url=prefix + row[3], title=row[1], note=row[2])) for row in cursor.fetchall()]
        cursor.execute(
            f"{FOUND} SELECT kind, count(*) FROM ranked GROUP BY kind",  # noqa: S608 - constants
            {**parameters, "kind": None},
        )
        counts = {row[0]: row[1] for row in cursor.fetchall()}
    total = counts.get(kind, 0) if kind else sum(counts.values())
    return Found(hits=hits, counts=counts, total=total, is_capped=sum(counts.values()) >= CANDIDATES)


def search_kind(kind: str) -> Any:
    """Return the function of the registry ``SEARCHED`` that finds one kind of thing."""

    def search(query: str, limit: int) -> list[Hit]:
        return [hit for _, hit in find(query, kind=kind, limit=limit).hits]

    return search
