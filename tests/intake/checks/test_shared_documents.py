"""All real documents: every mismatch was looked at on its page, and no other may appear.

``VERIFIED`` lists what the documents print wrong: the file, the check, the page (the line in a
text), how many. The figures that identify them stand in the finding's own sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from intake import checks
from intake.checks import Known
from intake.parsing.draft import Draft, Finding
from intake.parsing.pipeline import read_document

pytestmark = [pytest.mark.shared, pytest.mark.slow]

Mark = tuple[str, str, int]
VERIFIED: Counter[Mark] = Counter(
    {
        # 22,066.59 up by 5,834.37 is 35.94 %, printed 35.74 %
        ("国家信访局__2024", "narrative-change", 17): 1,
        # 1,685.72 up by 1,557.29 is 1,212.56 %, printed 1,312.56 %
        ("江苏省人大办公厅__2018", "narrative-change", 21): 1,
        # 129.29 %, printed 129.97 %
        ("江苏省人民检察院__2017", "narrative-change", 22): 1,
        # 22.00 printed 21.95; 0.60 printed 0.06; 6.60 printed 0.66
        ("江苏省人民检察院__2018", "narrative-change", 23): 1,
        ("江苏省人民检察院__2018", "narrative-change", 26): 2,
        # 10.09 printed 10.06; 22.21 printed 13.22
        ("江苏省人民检察院__2019", "narrative-change", 25): 1,
        ("江苏省人民检察院__2019", "narrative-change", 26): 1,
        # 79.09 printed 79.05
        ("江苏省高级人民法院__2017", "narrative-change", 22): 1,
        # 6.10 printed 5.95
        ("江苏省高级人民法院__2018", "narrative-change", 19): 1,
        # 45.41 against 11.67 printed as 314.82 %; 441.25 against 132.59 as 60.54 %
        ("万里街道办事处__2023", "narrative-change", 6): 1,
        ("万里街道办事处__2023", "narrative-change", 7): 1,
        # 352.67 against 348.52 printed as 0.53 %
        ("万里街道办事处__2024", "narrative-change", 9): 1,
        # 43,269.3 for 3,269.3; 17.93 printed 17.66; 201.50 for 208.8 and its 5.27 %
        ("上海市普陀区司法局__2026", "narrative-change", 9): 3,
        ("上海市普陀区司法局__2026", "narrative-repeated", 9): 1,
        # 2018: “三公” subtotal 2.86 leaves out the vehicles, 21.22
        ("西安市安全生产监督管理局__2019", "row-parts", 32): 3,
        # 30211 差旅费 4.50 / 4.50 / 5.50
        ("烟台市民政局__2026", "row-funds", 24): 1,
        ("烟台市民政局__2026", "children-add-up", 24): 1,
        # domain study 2.1
        ("拉萨市行政审批和便民服务局__2024", "total-adds-up", 86): 2,
        ("拉萨市行政审批和便民服务局__2024", "basic-classes-equal-expenditure-table", 87): 1,
        ("拉萨市行政审批和便民服务局__2024", "row-parts", 171): 1,
        ("拉萨市行政审批和便民服务局__2024", "three-public-covers-basic", 171): 1,
    }
)
ACROSS = {
    "summary-equals-expenditure-table",
    "summary-equals-revenue-table",
    "appropriation-in-both-summaries",
    "classes-in-both-summaries",
    "appropriation-equals-budget-table",
    "basic-equals-economic-table",
    "basic-classes-equal-expenditure-table",
    "department-equals-sum-of-budgets",
    "personnel-and-operating-in-both",
    "appropriation-tables-agree",
    "three-public-covers-basic",
}


@cache
def read_all(folder: Path) -> dict[str, Draft]:
    """This will read every real document with tables, by its name."""
    paths = sorted(
        path
        for path in folder.glob("documents/*/*")
        if path.suffix in {".pdf", ".txt", ".html"}
        and path.parent.name not in {"negatives", "narrative_only"}
    )
    return {path.stem: read_document(path.read_bytes(), name=path.name) for path in paths}


@pytest.fixture(scope="module")
def drafts(shared: Path) -> dict[str, Draft]:
    return read_all(shared)


@pytest.fixture(scope="module")
def judged(drafts: dict[str, Draft]) -> dict[str, tuple[Finding, ...]]:
    return {name: checks.run(draft) for name, draft in drafts.items()}


def find_mark(name: str, finding: Finding) -> Mark:
    """This will name a mismatch by file, check and where it stands."""
    known = next((key[0] for key in VERIFIED if key[0] in name), name)
    place = finding.places[0]
    return known, finding.check, place.page if place.line is None and place.page else place.line or 0


def test_every_mismatch_is_one_that_the_document_prints(judged: dict[str, tuple[Finding, ...]]) -> None:
    found = Counter(
        find_mark(name, finding)
        for name, findings in judged.items()
        for finding in findings
        if finding.outcome == "mismatch" and finding.check != "objective-amount"
    )
    assert found == VERIFIED


def test_one_objective_only_is_contradicted(judged: dict[str, tuple[Finding, ...]]) -> None:
    found = [
        (name.split("__")[0], finding.left, finding.right)
        for name, findings in judged.items()
        for finding in findings
        if finding.check == "objective-amount" and finding.outcome == "mismatch"
    ]
    assert [(name, str(left), str(right)) for name, left, right in found] == [
        ("拉萨市行政审批和便民服务局", "543.45", "574.08")
    ]


def test_identities_between_tables_are_determined(judged: dict[str, tuple[Finding, ...]]) -> None:
    outcomes = Counter(f.outcome for findings in judged.values() for f in findings if f.check in ACROSS)
    determined = outcomes.total() - outcomes["undetermined"]
    assert outcomes.total() > 3000
    assert determined >= 0.95 * outcomes.total()
    assert outcomes["match"] + outcomes["rounding"] >= 0.99 * determined


def test_every_document_is_judged_between_its_tables(judged: dict[str, tuple[Finding, ...]]) -> None:
    """The peers' core checks silently never ran: here each document shows that they did."""
    silent = [name for name, findings in judged.items() if not any(f.check in ACROSS for f in findings)]
    assert silent == []


DEPARTMENTS = (
    "江苏省人大办公厅",
    "江苏省委办公厅",
    "江苏省政协办公厅",
    "江苏省人民检察院",
    "江苏省高级人民法院",
)


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_jiangsu_by_title(drafts: dict[str, Draft], department: str) -> None:
    """This will show issue 3's line: equal tables, 机关运行经费 = 302 from 2018, its change of scope said."""
    years = {
        int(match[1]): draft
        for name, draft in drafts.items()
        if name.startswith(department) and (match := re.search(r"__(20\d\d)_", name))
    }
    assert set(years) == {2017, 2018, 2019}
    for year, draft in years.items():
        known = Known(previous=years.get(year - 1))
        findings = checks.run(draft, known=known)
        same = {f.outcome for f in findings if f.check == "appropriation-tables-agree"}
        assert same <= {"match", "rounding"}
        assert same
        office = [f.outcome for f in findings if f.check == "agency-operating-equals-operating"]
        assert office == (["undetermined"] if year == 2017 else ["match"])
        changed = [f for f in findings if f.check == "definition-changed"]
        assert len(changed) == (1 if year == 2018 else 0)
