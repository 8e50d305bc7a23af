"""The addresses of the desk, below ``/admin/``; every one needs a signed-in member of staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from intake.views import (
    checks,
    corrections,
    departments,
    differences,
    documents,
    expected,
    head,
    help_pages,
    publish,
    review,
    second_factor,
    upload,
)

ADDRESSES: tuple[tuple[str, Callable[..., object], str], ...] = (
    ("upload/", upload.upload, "upload"),
    ("incoming/", upload.incoming, "incoming"),
    ("progress.json", upload.progress, "progress"),
    ("departments.json", head.suggest_departments, "suggest"),
    ("uploads/<int:pk>/", review.review, "review"),
    ("uploads/<int:pk>/page/", review.pane, "pane"),
    ("uploads/<int:pk>/page/<int:page>.png", review.page_image, "page_image"),
    ("uploads/<int:pk>/head/", head.confirm_head, "head"),
    ("uploads/<int:pk>/correct/", corrections.correct, "correct"),
    ("uploads/<int:pk>/corrections/", corrections.corrections, "corrections"),
    ("uploads/<int:pk>/corrections/<int:correction>/undo/", corrections.undo, "undo"),
    ("uploads/<int:pk>/checks/", checks.checks, "checks"),
    ("uploads/<int:pk>/explain/", checks.explain, "explain"),
    ("uploads/<int:pk>/differences/", differences.differences, "differences"),
    ("uploads/<int:pk>/publish/", publish.publish_page, "publish"),
    ("uploads/<int:pk>/approve/", publish.approve, "approve"),
    ("uploads/<int:pk>/return/", publish.give_back, "return"),
    ("uploads/<int:pk>/publish/now/", publish.publish, "publish_now"),
    ("uploads/<int:pk>/read-again/", upload.read_again, "read_again"),
    ("uploads/<int:pk>/join/", publish.join, "join"),
    ("uploads/<int:pk>/discard/", publish.discard, "discard"),
    ("disclosures/<int:pk>/withdraw/", publish.withdraw, "withdraw"),
    ("originals/<int:pk>/take-down/", documents.take_down, "take_down"),
    ("departments/<int:pk>/rename/", departments.rename, "rename"),
    ("departments/<int:pk>/merge/", departments.merge, "merge"),
    ("expected/", expected.expected, "expected"),
    ("expected/import/", expected.import_expected, "expected_import"),
    ("second-factor/", second_factor.second_factor, "second_factor"),
    ("blank-workbook.xlsx", help_pages.blank_workbook, "blank_workbook"),
    ("help/", help_pages.help_index, "help"),
    ("help/<slug:step>/", help_pages.help_page, "help_page"),
)
"""Address below ``/admin/desk/``, view, and name (with ``admin:desk_`` before it)."""


def build_urls(wrap: Callable[..., Any]) -> list[URLPattern]:
    """Return the address patterns; ``wrap`` is the admin site's check that somebody is signed in."""
    return [path(f"desk/{address}", wrap(view), name=f"desk_{name}") for address, view, name in ADDRESSES]
