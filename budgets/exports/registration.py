"""The downloads and the kinds of search hits that this app offers itself."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from budgets.exports.amounts import build_amounts
from budgets.exports.others import build_changes, build_checks, build_departments
from budgets.exports.pack import write_own_workbook
from budgets.exports.snapshot import read_amounts, read_checks
from budgets.registries import EXPORTS, NAVIGATION, PACKED, SEARCHED, NavigationLink, Searched
from budgets.search.find import search_kind


def register() -> None:
    """Enter amounts, checks, departments and changes among the downloads, and what search finds."""
    for export in (
        replace(build_amounts(), from_revision=read_amounts),
        replace(build_checks(), from_revision=read_checks),
        build_departments(),
        build_changes(),
    ):
        EXPORTS[export.name] = export
    PACKED.append(write_own_workbook)
    for kind, label in (("department", _("部门")), ("disclosure", _("预决算")), ("item", _("科目"))):
        SEARCHED.append(Searched(kind=kind, label=label, search=search_kind(kind)))
    NAVIGATION.append(NavigationLink("questions:compare", _("比较"), order=20))
    NAVIGATION.append(NavigationLink("questions:checks", _("核对"), order=40))
