"""The reference documents beside the project, read once a test run."""

from functools import cache
from pathlib import Path

import pytest

from intake.parsing.draft import Draft
from intake.parsing.pipeline import read_document

DOCUMENTS = Path(__file__).resolve().parents[4] / "shared" / "documents"
needs_documents = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the reference documents (../shared) are absent"
)
LHASA = "lhasa/拉萨市行政审批和便民服务局__2024_部门预算.txt"


@cache
def read_shared(path: str) -> Draft:
    """Return the draft of one reference document."""
    file = DOCUMENTS / path
    return read_document(file.read_bytes(), name=file.name)
