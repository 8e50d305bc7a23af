"""The downloads that this app offers itself."""

from __future__ import annotations

from dataclasses import replace

from budgets.exports.amounts import build_amounts
from budgets.exports.others import build_changes, build_checks, build_departments
from budgets.exports.snapshot import read_amounts, read_checks
from budgets.registries import EXPORTS


def register() -> None:
    """Enter amounts, checks, departments and changes among the downloads."""
    for export in (
        replace(build_amounts(), from_revision=read_amounts),
        replace(build_checks(), from_revision=read_checks),
        build_departments(),
        build_changes(),
    ):
        EXPORTS[export.name] = export
