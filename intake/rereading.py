"""Reading the originals of a publication again and comparing what is understood now with what was published."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.differences import find_changes
from budgets.models import Disclosure
from budgets.verify import Difference
from intake import reading
from intake.judging import apply_corrections
from intake.models import Upload
from intake.parsing.draft_json import to_json
from intake.parsing.refusal import RefusedDocument


def compare_with_originals(disclosure: Disclosure) -> Iterator[Difference]:
    """This will read the current revision's originals again, apply its corrections, and yield what differs.

    A difference says that figures were altered, or that the importer understands more (or less)
    than when they were published; both are for a person to look at.
    """
    uploads = Upload.objects.filter(
        revision=disclosure.current, status=Upload.Status.PUBLISHED, joined_to=None
    )
    for upload in uploads.select_related("document"):
        if upload.companions.exists():
            continue
        try:
            with upload.document.file.open("rb") as file:
                draft = reading.read_draft(file.read(), name=upload.document.filename)
        except FileNotFoundError:
            continue  # missing originals are told by their own check
        except RefusedDocument as refusal:
            yield Difference(f"{disclosure} · {upload.document.filename}", "read", refusal.message)
            continue
        assert disclosure.current is not None  # noqa: S101 - chosen so by the query
        again = apply_corrections(
            to_json(draft, full=True), corrections=upload.corrections.filter(undone_at=None)
        )
        for change in find_changes(disclosure.current.snapshot["draft"], again):
            yield Difference(f"{disclosure} · {change.label}", change.old, change.new)
