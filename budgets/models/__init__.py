"""What was planned and spent, and where each figure stands."""

from budgets.models.classification import ClassificationNode
from budgets.models.disclosures import DataVersion, Disclosure, Revision, SourceDocument, Statement
from budgets.models.facts import Amount, LineItem, Rollup
from budgets.models.judgement import CheckResult, Correction, Explanation, PublicEvent, Remark
from budgets.models.places import (
    Department,
    DepartmentAddress,
    DepartmentAlias,
    ExpectedDisclosure,
    FiscalYear,
    Region,
)
from budgets.models.search import SearchEntry

__all__ = [
    "Amount",
    "CheckResult",
    "ClassificationNode",
    "Correction",
    "DataVersion",
    "Department",
    "DepartmentAddress",
    "DepartmentAlias",
    "Disclosure",
    "ExpectedDisclosure",
    "Explanation",
    "FiscalYear",
    "LineItem",
    "PublicEvent",
    "Region",
    "Remark",
    "Revision",
    "Rollup",
    "SearchEntry",
    "SourceDocument",
    "Statement",
]
