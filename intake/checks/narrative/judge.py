"""A stated percentage against the one that follows from the amounts beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from intake.checks.compare import write_place, write_place_en
from intake.checks.narrative.sentences import Sentence
from intake.parsing.draft import Finding, Outcome

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Percentage:
    """``stated`` as printed, ``computed`` from the amounts, both in percent.

    ``step``: one unit of the last printed decimal; ``error``: what the rounding of the amounts
    alone can move the result by; ``start``, ``end``: the words it stands in.
    """

    stated: Decimal
    computed: Decimal
    step: Decimal
    error: Decimal
    start: int
    end: int


def judge_percentage(
    sentence: Sentence, percentage: Percentage, *, check: str, rule: tuple[str, str], formula: str
) -> Finding:
    """Return match within half a unit, rounding within one and a half (cut instead of rounded)."""
    difference = percentage.stated - percentage.computed
    outcome: Outcome = "mismatch"
    if abs(difference) <= percentage.step / 2 + percentage.error:
        outcome = "match"
    elif abs(difference) <= percentage.step * Decimal("1.5") + percentage.error:
        outcome = "rounding"
    computed = percentage.computed.quantize(min(HUNDREDTH, percentage.step))
    tolerance = (percentage.step / 2 + percentage.error).quantize(Decimal("0.0001"))
    words = sentence.quote(percentage.start, percentage.end)
    where, where_en = write_place(sentence.place), write_place_en(sentence.place)
    says = f"{where}，文字“{words}”：按其中的金额计算 {formula} = {computed:f}%"
    says_en = f"{where_en[:1].upper()}{where_en[1:]}: the text “{words}”: its amounts give {formula} = {computed:f}%"
    ending = {
        "match": ("，与所写一致。", ", as stated."),
        "rounding": (
            f"，与所写 {percentage.stated:f}% 只差舍入。",
            f", the stated {percentage.stated:f}% differs by rounding only.",
        ),
        "mismatch": (
            f"，而写的是 {percentage.stated:f}%。{rule[0]}，请核对这段文字。",
            f", but {percentage.stated:f}% is stated. {rule[1][:1].upper()}{rule[1][1:]}; please check this passage.",
        ),
    }[outcome]
    return Finding(
        check=check,
        outcome=outcome,
        severity="warning" if outcome == "mismatch" else "info",
        message=says + ending[0],
        message_en=says_en + ending[1],
        left=percentage.stated,
        right=computed,
        difference=Decimal(0) if outcome == "match" else percentage.stated - computed,
        tolerance=tolerance,
        places=(sentence.place,),
        unit="%",
    )
