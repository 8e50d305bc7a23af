"""Every reference document against the facts that were looked at and kept beside the tests."""

import json
from pathlib import Path

import pytest

from intake.expected import find_differences, get_facts
from intake.parsing.pipeline import read_document
from intake.parsing.refusal import RefusedDocument
from tests.intake.parsing.shared import DOCUMENTS, needs_documents

FILES = sorted((Path(__file__).resolve().parents[1] / "documents").glob("*.expected.json"))


@pytest.mark.shared
@needs_documents
@pytest.mark.parametrize("file", FILES, ids=[file.name.removesuffix(".expected.json") for file in FILES])
def test_document_is_read_as_expected(file):
    expected = json.loads(file.read_text("utf-8"))
    document = DOCUMENTS / expected["document"]
    if "refused" in expected:
        with pytest.raises(RefusedDocument) as refusal:
            read_document(document.read_bytes(), name=document.name)
        assert refusal.value.code == expected["refused"]
        return
    found = get_facts(read_document(document.read_bytes(), name=document.name), document=expected["document"])
    assert list(find_differences(expected, found)) == []


def test_differences_name_the_place_and_both_values():
    found = list(find_differences({"a": [1, {"b": "x"}]}, {"a": [1, {"b": "y"}]}))
    assert found == ["/a/1/b: expected 'x', found 'y'"]
    assert list(find_differences({"a": [1]}, {"a": [1, 2]})) == ["/a: expected [1], found [1, 2]"]


def test_there_are_expected_files():
    assert len(FILES) >= 49
