"""Rules on the set of a project's indicators: weights, missing dimensions, words against targets."""

from __future__ import annotations

import re
from decimal import Decimal

from performance.quality.promise import Found, Promise, tidy

_SATISFIED = re.compile(r"满意(?:度|率)[^，。；;,\d]{0,12}?(?P<value>\d{2,3}(?:\.\d+)?)\s*[%％]")
_FULL = Decimal(100)


def weights_do_not_close(promise: Promise) -> Found:
    """Find weights that do not reach 100 with the weight of execution (财预〔2021〕101号: 90 + 10)."""
    weights = [one.weight for one in promise.pledges if one.weight is not None]
    if len(weights) < 2:
        return
    total = sum(weights, Decimal(0))
    wanted = (
        {_FULL - promise.execution_weight} if promise.execution_weight is not None else {_FULL, Decimal(90)}
    )
    if promise.execution_weight is not None:
        wanted.add(_FULL)  # some forms print the weight of execution but let the indicators reach 100
    if total not in wanted:
        goal = "、".join(tidy(value) for value in sorted(wanted))
        yield (
            tuple(index for index, one in enumerate(promise.pledges) if one.weight is not None),
            f"{len(weights)} 项指标的权重合计 {tidy(total)}，应为 {goal}。是漏了指标，还是权重有误？",
            (
                f"The weights of {len(weights)} indicators add up to {tidy(total)} instead of {goal.replace('、', ' or ')}. "
                "Is an indicator missing, or a weight wrong?"
            ),
        )


def _known(promise: Promise) -> bool:
    """Return whether the dimensions of (nearly) all indicators are printed, so that one can be missing."""
    known = [one for one in promise.pledges if one.dimension != "other" and one.type != "other"]
    return len(promise.pledges) >= 3 and len(known) == len(promise.pledges)


def no_satisfaction(promise: Promise) -> Found:
    """Find projects that promise nothing to those they serve."""
    if _known(promise) and not any(one.dimension == "satisfaction" for one in promise.pledges):
        yield (
            (),
            f"{len(promise.pledges)} 项指标中没有满意度指标。服务对象满意不满意，由谁来说？",
            (
                f"None of the {len(promise.pledges)} indicators asks whether those served are "
                "satisfied. Who will tell?"
            ),
        )


def no_timeliness(promise: Promise) -> Found:
    """Find projects that do not say when."""
    if (
        _known(promise)
        and promise.kind == "project"
        and not any(one.type == "timeliness" for one in promise.pledges)
    ):
        yield (
            (),
            f"{len(promise.pledges)} 项指标中没有时效指标。什么时候完成？",
            f"None of the {len(promise.pledges)} indicators says by when. When will it be done?",
        )


def no_benefit(promise: Promise) -> Found:
    """Find projects that count outputs only."""
    if _known(promise) and not any(one.dimension == "benefit" for one in promise.pledges):
        yield (
            (),
            f"{len(promise.pledges)} 项指标中没有效益指标。钱花了以后，会有什么改变？",
            (
                f"None of the {len(promise.pledges)} indicators names a benefit. What will be "
                "different afterwards?"
            ),
        )


def satisfaction_differs(promise: Promise) -> Found:
    """Find a satisfaction in the objective that no indicator repeats (domain.md F-11)."""
    named = [Decimal(found["value"]) for found in _SATISFIED.finditer(promise.objective)]
    own = [
        (index, one.value)
        for index, one in enumerate(promise.pledges)
        if one.dimension == "satisfaction" and one.unit in {"%", "％"} and one.value is not None
    ]
    values = {value for _, value in own}
    if not named or not own or set(named) & values:
        return
    least = min(value for value in values if value is not None)
    weaker = least < max(named)
    yield (
        tuple(index for index, _ in own),
        f"绩效目标写满意度 {tidy(named[0])}%，指标写 {tidy(least)}%{'，低于目标' if weaker else ''}。以哪个为准？",
        (
            f"The objective says {tidy(named[0])}% satisfied, the indicator {tidy(least)}%{', which is weaker' if weaker else ''}. "
            "Which one holds?"
        ),
    )
