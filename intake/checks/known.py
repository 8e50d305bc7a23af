"""Plain data of other disclosures that checks across files compare with (X13, X14, D08, D09)."""

from __future__ import annotations

from dataclasses import dataclass

from intake.parsing.draft import Draft


@dataclass(frozen=True, slots=True)
class Known:
    """What is already stored beside the document at hand; each part may be missing.

    ``previous`` and ``following`` are the same department's drafts of the years before and after,
    at the same stage; ``budget`` its budget of the same year (for a final account); ``units`` the
    drafts of its budget units of the same year and stage.
    """

    previous: Draft | None = None
    following: Draft | None = None
    budget: Draft | None = None
    units: tuple[Draft, ...] = ()
