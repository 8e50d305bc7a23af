"""Corrections applied to a draft: every kind of field, exclusions, the tree of codes, refusals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from intake.parsing.draft_json import from_json
from intake.review import read_place, read_value, with_corrections
from intake.review_labels import describe_path, describe_value
from intake.review_paths import find_change
from intake.review_values import UnusableValue, check_value
from tests.intake.desk.drafts import make_draft


@dataclass
class Change:
    path: str
    new: Any
    undone_at: Any = None


def correct(*changes: tuple[str, Any]) -> dict[str, Any]:
    draft = make_draft()
    corrections = [Change(path, check_value(draft, path=path, new=new)) for path, new in changes]
    corrected = with_corrections(draft, corrections=corrections)
    from_json(corrected)  # what comes out is a draft again
    assert draft == make_draft(), "the draft as read must not change"
    return corrected


@pytest.mark.parametrize(
    ("entered", "value", "state"),
    [
        ("1,234.50", "1234.50", "amount"),
        ("１２３．４", "123.4", "amount"),
        ("-1.00", "-1.00", "amount"),
        ("0.00", "0.00", "zero"),
        ("", None, "blank"),
        ("—", None, "dash"),
    ],
)
def test_a_figure_keeps_its_four_states(entered: str, value: str | None, state: str) -> None:
    row = correct(("tables/0/rows/4/figures/total", entered))["tables"][0]["rows"][4]
    assert row["amounts"]["total"] == value
    assert row["figures"]["total"]["state"] == state
    assert row["figures"]["total"]["place"]["column"] == 4


@pytest.mark.parametrize("entered", ["n.a.", "12,34", "1.2.3", "约100"])
def test_what_is_no_amount_is_refused_with_a_sentence(entered: str) -> None:
    with pytest.raises(UnusableValue, match="不是金额"):
        check_value(make_draft(), path="tables/0/rows/4/figures/total", new=entered)


def test_head_table_column_and_project_fields() -> None:
    draft = correct(
        ("head/fiscal_year", "2023"),
        ("head/stage", "final_accounts"),
        ("tables/0/unit", "元"),
        ("tables/0/statement", "expenditure_summary"),
        ("tables/0/columns/0/phase", "executed"),
        ("projects/0/amount", "99.5"),
        ("projects/0/indicators/0/target", "30"),
    )
    assert (draft["disclosure"]["fiscal_year"], draft["disclosure"]["stage"]) == (2023, "final_accounts")
    assert (draft["tables"][0]["unit"], draft["tables"][0]["statement"]) == ("元", "expenditure_summary")
    assert draft["tables"][0]["columns"][0]["phase"] == "executed"
    assert draft["projects"][0]["amount"] == "99.5"
    assert draft["projects"][0]["indicators"][0]["target"] == "30"


def test_a_new_code_moves_the_row_in_the_tree() -> None:
    table = correct(("tables/0/rows/2/code", "20801"))["tables"][0]
    assert table["rows"][2]["codes"] == {"functional": "20801"}
    assert table["rows"][2]["parent_index"] is None, "no 208 stands above it"
    assert table["rows"][3]["parent_index"] is None, "20108 is no longer there"
    table = correct(("tables/0/rows/4/code", "20108"))["tables"][0]
    assert (table["rows"][4]["level"], table["rows"][4]["parent_index"], table["rows"][4]["parent"]) == (
        "subclass",
        1,
        "201",
    )


def test_an_excluded_row_hands_its_parts_up_and_is_kept_in_the_draft_as_read() -> None:
    table = correct(("tables/0/rows/2/excluded", "on"))["tables"][0]
    assert [row["code"] for row in table["rows"]] == [None, "201", "2010801", "2010804"]
    assert [row["parent_index"] for row in table["rows"]] == [None, None, 1, 1]
    assert [row["parent"] for row in table["rows"]] == [None, None, "201", "201"]


def test_an_excluded_table_project_and_indicator() -> None:
    draft = correct(("tables/0/excluded", "on"), ("projects/0/indicators/0/excluded", "on"))
    assert draft["tables"] == []
    assert draft["projects"][0]["indicators"] == []
    assert correct(("projects/0/excluded", True))["projects"] == []


def test_a_settled_problem_no_longer_stands_in_the_way() -> None:
    assert correct(("problems/0/settled", True))["problems"][0]["severity"] == "info"


def test_undone_corrections_do_not_count() -> None:
    changes = [
        Change("tables/0/rows/4/figures/total", "1"),
        Change("tables/0/rows/4/figures/total", "2", undone_at="now"),
    ]
    assert (
        with_corrections(make_draft(), corrections=changes)["tables"][0]["rows"][4]["amounts"]["total"] == "1"
    )


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tables",
        "tables/0",
        "tables/9/title",
        "tables/0/rows/99/name",
        "tables/0/rows/1/figures/none",
        "sha256",
        "tables/0/rows/1/place",
        "head/suggested",
        "../head/stage",
        "tables/x/title",
        "projects/0/indicators/5/name",
    ],
)
def test_a_path_that_leads_nowhere_is_refused(path: str) -> None:
    with pytest.raises(UnusableValue, match="没有"):
        read_value(make_draft(), path=path)


def test_values_are_read_where_corrections_go() -> None:
    draft = make_draft()
    assert read_value(draft, path="tables/0/rows/4/figures/total") == "100.00"
    assert read_value(draft, path="tables/0/rows/4/codes/functional") == "2010804"
    assert read_value(draft, path="head/fiscal_year") == 2024
    assert read_value(draft, path="tables/0/rows/4/excluded") is False
    assert (
        read_place(draft, path="tables/0/rows/4/figures/total")
        == draft["tables"][0]["rows"][4]["figures"]["total"]["place"]
    )
    assert read_place(draft, path="head/stage") is None


def test_places_in_words() -> None:
    draft = make_draft()
    label = describe_path(draft, path="tables/0/rows/4/figures/project")
    assert label == "一般公共预算支出表 · 2010804 审计业务 · 2024年预算数 / 项目支出"
    assert (
        describe_path(draft, path="projects/0/indicators/0/target") == "审计业务经费 · 审计项目数量 · 指标值"
    )
    assert describe_value("head/stage", "final_accounts") == "决算"
    assert describe_value("tables/0/rows/1/excluded", True) == "是"


def test_a_column_key_made_of_digits_is_still_a_key() -> None:
    change = find_change("tables/0/rows/4/figures/2023")
    assert change is not None
    assert (change.key, change.numbers) == ("2023", (0, 4))
