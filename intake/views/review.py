"""Step 2: what was understood beside the document, and the correction of any of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from budgets.page_images import NoSuchPage, get_page_png
from intake import permissions, review_tables, steps
from intake.models import Upload, WorkingCorrection
from intake.pane import Pane, build_pane
from intake.review import read_place, read_value, with_corrections
from intake.review_labels import describe_path, describe_value
from intake.review_paths import FIELDS, KEYED, find_change
from intake.review_projects import INDICATOR_LABELS, show_projects
from intake.review_values import UnusableValue
from intake.views.access import get_upload, needs, show
from intake.views.head import get_head_form
from intake.vocabulary import CHOICES, FIELD_LABELS

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Selected:
    """The chosen place of the draft with what the correction form needs."""

    path: str
    label: str
    kind: str
    value: Any
    value_text: str
    printed_text: str
    choices: list[tuple[str, str]]
    history: list[WorkingCorrection]
    place: Json | None
    more: list[dict[str, str]]
    """Other correctable fields of the same row, column, project or indicator."""


@require_GET
@never_cache
@needs(permissions.VIEW)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the document page left and what was understood right; ``?table=`` and ``?at=`` choose."""
    upload = get_upload(request, pk)
    if upload.draft is None:
        return redirect(f"{reverse('admin:desk_incoming')}?ids={upload.pk}")
    corrections = list(upload.corrections.select_related("by", "undone_by"))
    draft = with_corrections(upload.draft, corrections=corrections, keep_excluded=True)
    at = request.GET.get("at", "")
    selected = find_selected(upload.draft, draft, at, corrections)
    table_index = _find_table_index(request, draft, at)
    marks = review_tables.find_marks(
        draft, upload.findings, corrected=frozenset(one.path for one in corrections if one.undone_at is None)
    )
    table = (
        review_tables.show_table(draft, index=table_index, marks=marks) if table_index is not None else None
    )
    place = (selected.place if selected else None) or _find_finding_place(request, upload)
    top = _find_top(upload, draft, table_index)
    context = {
        "upload": upload,
        "draft": draft,
        "steps": steps.find_steps(upload, current="review"),
        "tables": review_tables.list_tables(draft),
        "table": table,
        "projects_shown": table_index is None and bool(draft["projects"]),
        "shown_projects": show_projects(draft, corrected=marks.corrected, at=at)
        if table_index is None
        else [],
        "indicator_labels": INDICATOR_LABELS,
        "selected": selected,
        "pane": build_pane(
            upload.document, draft, page=_find_page(request, draft, place, table_index), current=place or top
        ),
        "chose": bool(request.GET.get("table") or at),
        "problems": _list_problems(draft),
        "head_form": get_head_form(request, upload, head=draft["disclosure"]),
        "may_correct": steps.may_correct(upload, request.user),
        "summary": steps.summarise(upload, draft),
        "correction_count": sum(one.undone_at is None for one in corrections),
        "here": _address(upload, table=request.GET.get("table", "")),
        "help_step": "review",
    }
    return show(request, "intake/review.html", context, title=upload.document.filename)


@require_GET
@never_cache
@needs(permissions.VIEW)
def pane(request: HttpRequest, pk: int) -> HttpResponse:
    """Show only the document's side (the script swaps it in without loading the whole page)."""
    upload = get_upload(request, pk)
    if upload.draft is None:
        return redirect(f"{reverse('admin:desk_incoming')}?ids={upload.pk}")
    corrections = upload.corrections.filter(undone_at=None)
    draft = with_corrections(upload.draft, corrections=corrections, keep_excluded=True)
    place = read_place(draft, path=request.GET.get("at", ""))
    shown: Pane = build_pane(
        upload.document, draft, page=_find_page(request, draft, place, None), current=place
    )
    return show(
        request, "intake/pane.html", {"upload": upload, "pane": shown, "here": _address(upload)}, title=""
    )


@require_GET
@needs(permissions.VIEW)
def page_image(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    """Show one page of the uploaded PDF as an image; private to the desk."""
    upload = get_upload(request, pk)
    width = request.GET.get("width", "")
    try:
        image = get_page_png(upload.document, page=page, width=int(width) if width.isdecimal() else 960)
    except NoSuchPage:
        return HttpResponse(status=404)
    return HttpResponse(
        image, content_type="image/png", headers={"Cache-Control": "private, max-age=86400, immutable"}
    )


def find_selected(
    as_read: Json, draft: Json, path: str, corrections: list[WorkingCorrection]
) -> Selected | None:
    """Return what the correction form shows for a path, None where the path leads nowhere."""
    change = find_change(path)
    if change is None:
        return None
    try:
        value, printed = read_value(draft, path=path), read_value(as_read, path=path)
    except UnusableValue:
        return None
    choices = [(key, str(label)) for key, label in CHOICES.get(change.field, {}).items()]
    return Selected(
        path=path,
        label=describe_path(as_read, path=path),
        kind=change.kind,
        value="" if value is None else value,
        value_text=describe_value(path, value),
        printed_text=describe_value(path, printed),
        choices=choices,
        history=[one for one in corrections if one.path == path],
        place=read_place(draft, path=path),
        more=_list_siblings(path, change.field),
    )


def _list_siblings(path: str, field: str) -> list[dict[str, str]]:
    """Return links to what else can be corrected of the thing at ``path``."""
    base = path.rsplit("/", 2 if field in KEYED else 1)[0]
    start = field.rsplit("/", 1)[0]
    names = [one for one in FIELDS if one.rsplit("/", 1)[0] == start and one not in KEYED]
    return [
        {"label": str(FIELD_LABELS[one]), "url": f"?at={quote(base + '/' + one.rsplit('/', 1)[1])}#at"}
        for one in names
        if one != field and start != "head"
    ]


def _find_table_index(request: HttpRequest, draft: Json, at: str) -> int | None:
    chosen = request.GET.get("table", "")
    change = find_change(at)
    in_projects = change is not None and change.field.startswith("projects/") and not chosen
    if chosen == "projects" or in_projects or not draft["tables"]:
        return None
    if not chosen and change is not None and change.field.startswith("tables/"):
        chosen = str(change.numbers[0])
    index = int(chosen) if chosen.isdecimal() else 0
    return index if index < len(draft["tables"]) else 0


def _find_top(upload: Upload, draft: Json, table: int | None) -> Json | None:
    """Return where the chosen table begins, for documents that have no pages to turn to."""
    if upload.document.kind == "pdf" or table is None or not draft["tables"][table]["rows"]:
        return None
    first = draft["tables"][table]["rows"][0]
    return next((figure["place"] for figure in first["figures"].values()), first["place"])


def _find_finding_place(request: HttpRequest, upload: Upload) -> Json | None:
    """Return the place that ``?finding=3.1`` names: the second place of the fourth finding."""
    parts = request.GET.get("finding", "").split(".")
    if len(parts) != 2 or not all(part.isdecimal() for part in parts):
        return None
    number, index = int(parts[0]), int(parts[1])
    if number >= len(upload.findings) or index >= len(upload.findings[number]["places"]):
        return None
    return dict(upload.findings[number]["places"][index])


def _find_page(request: HttpRequest, draft: Json, place: Json | None, table: int | None) -> int:
    asked = request.GET.get("page", "")
    if asked.isdecimal():
        return int(asked)
    if place:
        return int(place.get("page") or 0)
    if table is None and draft["projects"] and request.GET.get("table") == "projects":
        place = draft["projects"][0]["place"]
        return int(place.get("page") or 1)
    if table is not None and draft["kind"] == "pdf":
        pages = draft["tables"][table]["pages"]
        return int(pages[0]) if pages else 1
    return 0


def _list_problems(draft: Json) -> list[Json]:
    """Return the problems with their paths, errors first."""
    order = {"error": 0, "warning": 1, "info": 2}
    numbered = [
        {**problem, "path": f"problems/{index}/settled"} for index, problem in enumerate(draft["problems"])
    ]
    return sorted(numbered, key=lambda problem: order[problem["severity"]])


def _address(upload: Upload, **chosen: str) -> str:
    query = urlencode({key: value for key, value in chosen.items() if value})
    return reverse("admin:desk_review", args=[upload.pk]) + (f"?{query}" if query else "?")
