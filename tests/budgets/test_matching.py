"""Which department a document is of: matched, proposed, never guessed."""

from __future__ import annotations

import pytest

from budgets.matching import create_department, find_free_slug, normalise, propose
from budgets.models import Department, DepartmentAddress, DepartmentAlias, Region
from budgets.regions import find_place, spell_place
from tests import factories


@pytest.mark.parametrize(
    ("name", "parts", "slug"),
    [
        ("拉萨市行政审批和便民服务局", ("拉萨市",), "lhasa"),
        ("上海市普陀区财政局", ("上海市", "普陀区"), "shanghai-putuo"),
        ("上海市市场监督管理局", ("上海市",), "shanghai"),
        ("广州市城市管理和综合执法局", ("广州市",), "guangzhou"),
        ("中共江苏省委办公厅", ("江苏省",), "jiangsu"),
        ("国家信访局", ("中央",), "central"),
        ("内蒙古自治区阿拉善盟教育局", ("内蒙古自治区", "阿拉善盟"), "inner-mongolia-alashan"),
    ],
)
def test_places_are_told_from_names(name: str, parts: tuple[str, ...], slug: str) -> None:
    place = find_place(name)
    assert place is not None
    assert (place.parts, spell_place(place.parts)) == (parts, slug)


@pytest.mark.parametrize("name", ["财政局", "市场监督管理局", "第一中学"])
def test_a_name_without_a_place_has_none(name: str) -> None:
    assert find_place(name) is None


def test_marks_of_files_are_not_part_of_a_name() -> None:
    assert normalise("江苏省委办公厅（公开表）") == "江苏省委办公厅"
    assert normalise("拉萨 市财政局2024".replace("2024", "部门预算")) == "拉萨市财政局"


@pytest.mark.django_db
class TestPropose:
    def test_exact_alias_and_written_otherwise(self) -> None:
        department = factories.make_department()
        DepartmentAlias.objects.create(department=department, name="拉萨市行政审批局")
        for printed in (department.name, "拉萨市行政审批局", "拉萨市 行政审批和便民服务局（公开表）"):
            proposal = propose({"department": printed})
            assert (proposal["department_id"], proposal["candidates"]) == (department.pk, [])
        assert "别名" in propose({"department": "拉萨市行政审批局"})["reason"]

    def test_a_similar_name_is_offered_never_taken(self) -> None:
        department = factories.make_department()
        proposal = propose({"department": "拉萨市行政审批和便民服务中心"})
        assert proposal["department_id"] is None
        assert [one["department_id"] for one in proposal["candidates"]] == [department.pk]

    def test_a_new_department_gets_its_region_and_address(self) -> None:
        department = create_department(propose({"department": "上海市普陀区财政局"}))
        assert (department.slug, department.region.name) == ("shanghai-putuo-caizhengju", "上海市普陀区")
        assert department.region.parent == Region.objects.get(slug="shanghai")
        assert department.initials == "shsptqczj"
        assert create_department(propose({"department": "上海市普陀区财政局"})) == department

    def test_a_unit_never_shares_its_departments_address(self) -> None:
        whole = create_department(propose({"department": "上海市财政局", "scope": "department"}))
        unit = create_department(propose({"department": "上海市财政局", "scope": "unit"}))
        assert (unit.parent, unit.name, unit.scope) == (whole, "上海市财政局（本级）", "unit")
        assert unit.slug != whole.slug
        assert propose({"department": "上海市财政局", "scope": "unit"})["department_id"] == unit.pk

    def test_a_units_department_is_told_from_its_name(self) -> None:
        unit = create_department(propose({"unit": "福州市公安局文职人员管理中心", "scope": "unit"}))
        assert unit.parent == Department.objects.get(name="福州市公安局")

    def test_nothing_printed_is_said(self) -> None:
        proposal = propose({"department": None})
        assert proposal["department_id"] is None
        assert "没有找到部门名称" in proposal["reason"]
        with pytest.raises(ValueError, match="部门名称"):
            create_department(proposal)

    def test_the_file_name_helps_where_the_document_says_nothing(self) -> None:
        proposal = propose({"department": None, "suggested": {"department": "长沙市信访局"}})
        assert proposal["department"] == "长沙市信访局"

    def test_addresses_are_never_given_twice(self) -> None:
        region = factories.make_region()
        department = factories.make_department("lhasa-caizhengju", "拉萨市财政局")
        DepartmentAddress.objects.create(slug="lhasa-caizhengju-2", department=department)
        assert find_free_slug("拉萨市财政局", region=region) == "lhasa-caizhengju-3"
