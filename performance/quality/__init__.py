"""Can a promise be judged? Small rules over indicators; each fires as a question, never as a verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from performance.quality import rules_across, rules_money, rules_structure, rules_values
from performance.quality.promise import Found, Hint, Pledge, Promise, from_draft, from_models

RULES: Final[Mapping[str, Callable[[Promise], Found]]] = {
    "weights-do-not-close": rules_structure.weights_do_not_close,
    "qualitative-with-number": rules_values.qualitative_with_number,
    "qualitative-with-unit": rules_values.qualitative_with_unit,
    "unit-does-not-fit": rules_values.unit_does_not_fit,
    "degenerate-bound": rules_values.degenerate_bound,
    "equality-for-ceiling": rules_values.equality_for_ceiling,
    "duplicate-indicators": rules_values.duplicate_indicators,
    "whole-budget-per-head": rules_money.whole_budget_per_head,
    "cost-differs": rules_money.cost_differs,
    "goal-amount-differs": rules_money.goal_amount_differs,
    "satisfaction-differs": rules_structure.satisfaction_differs,
    "no-satisfaction": rules_structure.no_satisfaction,
    "no-timeliness": rules_structure.no_timeliness,
    "no-benefit": rules_structure.no_benefit,
    "weight-concentrated": rules_values.weight_concentrated,
    "quantity-times-cost": rules_money.quantity_times_cost,
}
"""Every rule on one project, by the code that its page and its findings carry."""

ACROSS: Final[Mapping[str, Callable[[Sequence[Promise]], rules_across.Across]]] = {
    "boilerplate-objective": rules_across.boilerplate_objective,
    "type-varies": rules_across.type_varies,
}
"""Rules that compare the projects of one disclosure."""

NOT_RAISED: Final = "target-not-raised"
"""The rule that needs last year's self-evaluation."""


def find_hints(
    promises: Sequence[Promise], *, results: Mapping[str, Mapping[str, Pledge]] | None = None
) -> tuple[Hint, ...]:
    """Return what the rules ask of the promises of one disclosure, in the order of the promises.

    ``results``: project name → indicator name → last year's indicator with its result.
    """
    found: list[Hint] = []
    for position, promise in enumerate(promises):
        for code, rule in RULES.items():
            found += [Hint(code, position, *said) for said in rule(promise)]
        if results and promise.name in results:
            said_now = rules_across.not_raised(promise, results[promise.name])
            found += [Hint(NOT_RAISED, position, *said) for said in said_now]
    for code, compare in ACROSS.items():
        found += [Hint(code, *said) for said in compare(promises)]
    return tuple(sorted(found, key=lambda hint: hint.promise))


def find_hints_in_draft(draft: Mapping[str, Any]) -> tuple[Hint, ...]:
    """Return the same hints for a draft that is not yet published (finance staff see them first)."""
    return find_hints(from_draft(draft))


__all__ = [
    "ACROSS",
    "NOT_RAISED",
    "RULES",
    "Hint",
    "Pledge",
    "Promise",
    "find_hints",
    "find_hints_in_draft",
    "from_draft",
    "from_models",
]
