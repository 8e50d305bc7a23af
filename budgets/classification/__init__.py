"""Code lists with names and years (财政部《政府收支分类科目》, as documents print them) and their look-up.

Our own CSVs: a name stands here when the domain study or at least two documents confirm it. A list
never overrules a document: an unknown code is information, not an error.
"""

from budgets.classification.loading import load_classification
from budgets.classification.lookup import find_code, find_name, with_class_codes

__all__ = ["find_code", "find_name", "load_classification", "with_class_codes"]
