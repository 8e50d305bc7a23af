"""A disclosure as a workbook that imports again to the same figures, and the blank one to fill in."""

from budgets.workbook.blank import write_blank_workbook
from budgets.workbook.filled import write_workbook

__all__ = ["write_blank_workbook", "write_workbook"]
