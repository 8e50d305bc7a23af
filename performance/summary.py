"""What the projects of one disclosure say together: shares, gaps, composition, how much can be judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from budgets.formatting import find_share
from budgets.models import Disclosure
from performance.models import Project, ProjectGroup
from performance.unit_cost import Refusal, UnitCost, find_unit_cost

DIMENSIONS: Final = ("output", "benefit", "satisfaction", "cost", "other")
TYPES: Final = (
    "quantity",
    "quality",
    "timeliness",
    "cost",
    "economic",
    "social",
    "ecological",
    "sustainability",
    "service_recipients",
    "other",
)


@dataclass(slots=True)
class Tally:
    """How many indicators, how many of them words instead of numbers, and their weights."""

    count: int = 0
    qualitative: int = 0
    weight: Decimal = Decimal(0)
    qualitative_weight: Decimal = Decimal(0)

    def add(self, one: Any) -> None:
        """Count one indicator."""
        self.count += 1
        self.weight += one.weight or 0
        if one.is_qualitative:
            self.qualitative += 1
            self.qualitative_weight += one.weight or 0

    @property
    def share(self) -> Decimal | None:
        """Percent of words by number."""
        return find_share(Decimal(self.qualitative), Decimal(self.count))

    @property
    def measurable(self) -> Decimal | None:
        """Percent of numbers by number."""
        return find_share(Decimal(self.count - self.qualitative), Decimal(self.count))

    @property
    def weight_share(self) -> Decimal | None:
        """Percent of words by weight."""
        return find_share(self.qualitative_weight, self.weight)


def tally(indicators: Iterable[Any]) -> Tally:
    """Return the tally of some indicators."""
    made = Tally()
    for one in indicators:
        made.add(one)
    return made


@dataclass(frozen=True, slots=True)
class Gap:
    """Projects that lack one kind of indicator."""

    kind: str
    projects: tuple[Project, ...]
    yuan: Decimal


@dataclass(frozen=True, slots=True)
class Bought:
    """One group of projects by what they buy."""

    group: ProjectGroup
    projects: tuple[Project, ...]
    yuan: Decimal
    share: Decimal | None
    with_personnel: Decimal | None
    """Percent of the department's money together with the printed personnel expenditure."""


@dataclass
class Portfolio:
    """The projects of one disclosure, indicators and hints fetched along."""

    disclosure: Disclosure
    projects: list[Project]
    departments: list[Project] = field(default_factory=list)
    """Objectives of the whole department."""

    @cached_property
    def total(self) -> Decimal:
        """The sum of all projects."""
        return sum((project.yuan or Decimal(0) for project in self.projects), Decimal(0))

    @cached_property
    def whole(self) -> Decimal:
        """What shares are of: the department's expenditure, or the sum of projects where none is printed."""
        printed = self.disclosure.overview.get("spent") or self.disclosure.overview.get("expenditure")
        yuan = Decimal(printed["yuan"]) if printed else Decimal(0)
        return yuan if yuan >= self.total and yuan > 0 else self.total

    @cached_property
    def personnel(self) -> Decimal | None:
        """The personnel expenditure that the tables print."""
        printed = self.disclosure.overview.get("personnel")
        return Decimal(printed["yuan"]) if printed else None

    @cached_property
    def by_size(self) -> list[Project]:
        """The projects, largest first; those without an amount last."""
        return sorted(self.projects, key=lambda project: (-(project.yuan or Decimal(-1)), project.position))

    @cached_property
    def several_units(self) -> bool:
        """Whether the projects belong to more than one budget unit."""
        return len({project.unit_name for project in self.projects}) > 1

    @cached_property
    def indicators(self) -> list[Any]:
        """All indicators of the projects."""
        return [one for project in self.projects for one in project.indicators.all()]

    @cached_property
    def tally(self) -> Tally:
        """All indicators together."""
        return tally(self.indicators)

    def top_share(self, number: int) -> Decimal | None:
        """Percent of the whole in the largest projects."""
        return find_share(
            sum((one.yuan or Decimal(0) for one in self.by_size[:number]), Decimal(0)), self.whole
        )

    @cached_property
    def herfindahl(self) -> Decimal | None:
        """Concentration, 0 to 10000: the sum of the squared percentages."""
        if self.total <= 0:
            return None
        return sum(((one.yuan or Decimal(0)) * 100 / self.total) ** 2 for one in self.projects) or None

    @cached_property
    def by_type(self) -> list[tuple[str, str, Tally]]:
        """(dimension, type, tally) in the order of the forms."""
        made: dict[tuple[str, str], Tally] = {}
        for one in self.indicators:
            made.setdefault((one.dimension, one.type), Tally()).add(one)
        order = {key: index for index, key in enumerate(DIMENSIONS)}
        kinds = {key: index for index, key in enumerate(TYPES)}
        keys = sorted(made, key=lambda key: (order.get(key[0], 9), kinds.get(key[1], 99)))
        return [(dimension, kind, made[dimension, kind]) for dimension, kind in keys]

    @cached_property
    def patterns(self) -> list[tuple[str, tuple[Project, ...]]]:
        """Weights by dimension (“50/30/10”) with the projects that have them, the most usual first."""
        found: dict[str, list[Project]] = {}
        for project in self.projects:
            sums: dict[str, Decimal] = defaultdict(Decimal)
            for one in project.indicators.all():
                if one.weight is not None:
                    sums[one.dimension] += one.weight
            if sums:
                parts = [sums["output"], sums["benefit"], sums["satisfaction"]]
                parts += [sums["cost"]] if sums["cost"] else []
                found.setdefault("/".join(f"{Decimal(part).normalize():f}" for part in parts), []).append(
                    project
                )
        ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        return [(pattern, tuple(projects)) for pattern, projects in ordered]

    @cached_property
    def gaps(self) -> list[Gap]:
        """Which projects lack satisfaction, timeliness, cost or benefit indicators."""
        tests = {
            "satisfaction": lambda one: one.dimension == "satisfaction",
            "timeliness": lambda one: one.type == "timeliness",
            "cost": lambda one: one.type == "cost" or one.dimension == "cost",
            "benefit": lambda one: one.dimension == "benefit",
        }
        judged = [project for project in self.projects if _levels_known(project)]
        return [
            Gap(kind, missing, sum((one.yuan or Decimal(0) for one in missing), Decimal(0)))
            for kind, holds in tests.items()
            if (missing := tuple(p for p in judged if not any(holds(one) for one in p.indicators.all())))
        ]

    @cached_property
    def by_origin(self) -> list[tuple[str, tuple[Project, ...], Tally]]:
        """Projects by the 财政区划 at the head of their codes: prescribed from above, or the city's own."""
        groups: dict[str, list[Project]] = {}
        for project in self.projects:
            if len(project.code) == 21 and project.code[:6].isdigit():
                groups.setdefault(project.code[:6], []).append(project)
        if len(groups) < 2:
            return []
        return [
            (code, tuple(members), tally(one for project in members for one in project.indicators.all()))
            for code, members in sorted(groups.items())
        ]

    @cached_property
    def vaguest(self) -> tuple[Project, Tally] | None:
        """The project with the largest share of its weight on words."""
        tallies = [(project, tally(project.indicators.all())) for project in self.projects]
        tallies = [
            (project, made) for project, made in tallies if made.weight > 0 and made.qualitative_weight > 0
        ]
        return max(tallies, key=lambda item: item[1].qualitative_weight / item[1].weight, default=None)

    def bought(self, groups: Sequence[ProjectGroup]) -> list[Bought]:
        """The groups that some project belongs to, with their sums and shares."""
        return [made for group in groups if (made := self._bought(group)).projects]

    def _bought(self, group: ProjectGroup) -> Bought:
        members = tuple(project for project in self.by_size if group.holds(project.name))
        yuan = sum((one.yuan or Decimal(0) for one in members), Decimal(0))
        both = None
        if group.with_personnel and self.personnel is not None:
            own = sum((one.yuan or Decimal(0) for one in members if one.category != "personnel"), Decimal(0))
            both = find_share(own + self.personnel, self.whole)
        return Bought(group, members, yuan, find_share(yuan, self.whole), both)

    @cached_property
    def unit_costs(self) -> tuple[list[UnitCost], list[Refusal]]:
        """Costs of one unit of service, largest projects first, and why others are refused."""
        found = [find_unit_cost(project, list(project.indicators.all())) for project in self.by_size]
        return (
            [one for one in found if isinstance(one, UnitCost)],
            [one for one in found if isinstance(one, Refusal)],
        )


def _levels_known(project: Project) -> bool:
    indicators = list(project.indicators.all())
    return len(indicators) >= 3 and all(
        one.dimension != "other" and one.type != "other" for one in indicators
    )


def read_portfolio(disclosure: Disclosure, *, amounts_only: bool = False) -> Portfolio:
    """This will read the projects of a disclosure with indicators and hints (three queries).

    ``amounts_only`` leaves indicators and hints out (one query): enough for shares and ranks.
    """
    projects = Project.objects.filter(disclosure=disclosure)
    found = list(projects if amounts_only else projects.with_promises())
    return Portfolio(
        disclosure,
        [project for project in found if project.kind == "project"],
        [project for project in found if project.kind != "project"],
    )
