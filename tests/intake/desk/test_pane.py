"""The document's side of the review screen: page images with outlines, and documents without pages."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from budgets.page_images import NoSuchPage, forget_pages, get_page_png, get_page_size
from intake.pane import build_pane
from tests.factories import make_department, make_document
from tests.intake.desk.drafts import make_draft
from tests.intake.desk.people import REVIEWER, make_person, make_upload

pytestmark = pytest.mark.django_db


def make_pdf(pages: int = 2) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number in range(pages):
        canvas.drawString(72, 700, f"page {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_page_is_rendered_once_at_a_known_width_and_forgotten_on_demand(
    settings: Any, tmp_path: Path
) -> None:
    settings.DOWNLOADS_ROOT = tmp_path
    document = make_document("a.pdf", make_pdf(), kind="pdf", pages=2)
    image = Image.open(io.BytesIO(get_page_png(document, page=2, width=500)))
    assert (image.format, image.width) == ("PNG", 960)
    assert get_page_size(document, page=1) == (595, 842)
    kept = next(tmp_path.rglob("*.png"))
    kept.write_bytes(b"kept")
    assert get_page_png(document, page=2, width=960) == b"kept"
    assert forget_pages(document) == 1
    assert not list(tmp_path.rglob("*.png"))


def test_pages_that_do_not_exist_are_refused() -> None:
    document = make_document("a.pdf", make_pdf(1), kind="pdf", pages=1)
    for page in (0, 2):
        with pytest.raises(NoSuchPage):
            get_page_png(document, page=page)
    with pytest.raises(NoSuchPage):
        get_page_png(make_document(), page=1)


def test_every_figure_of_a_pdf_page_is_outlined_and_the_chosen_one_set_apart() -> None:
    document = make_document("a.pdf", make_pdf(), kind="pdf", pages=2)
    draft = make_draft()
    chosen = draft["tables"][0]["rows"][4]["figures"]["total"]["place"]
    pane = build_pane(document, draft, page=0, current=chosen)
    assert (pane.page, pane.width, pane.height, len(pane.outlines)) == (1, 595, 842, 15)
    assert [one.path for one in pane.outlines if one.current] == ["tables/0/rows/4/figures/total"]
    assert build_pane(document, draft, page=2).outlines == ()
    assert build_pane(document, draft, page=99).page == 2


def test_a_text_is_shown_as_its_reader_saw_it_with_links_where_it_was_understood() -> None:
    text = "一般公共预算支出表\n科目\t合计\n行政运行\t200.00\n"
    document = make_document("a.txt", text.encode())
    draft = make_draft()
    figure = draft["tables"][0]["rows"][3]["figures"]["total"]
    figure["place"] = {"line": 3, "row": 2, "column": 2}
    pane = build_pane(document, draft, page=0, current=figure["place"])
    cells = [cell for block in pane.blocks for row in block.rows for cell in row]
    assert [cell.text for cell in cells if cell.current] == ["200.00"]
    assert next(cell.path for cell in cells if cell.text == "200.00") == "tables/0/rows/3/figures/total"


def test_page_images_of_the_desk_are_private(client: Client) -> None:
    department = make_department()
    upload = make_upload(department=department, content=make_pdf(), name="a.pdf")
    upload.document.kind = "pdf"
    upload.document.save()
    address = reverse("admin:desk_page_image", args=[upload.pk, 1])
    assert client.get(address).status_code == 302
    client.force_login(make_person("shen", REVIEWER), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(address, {"width": "480"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "private" in answer["Cache-Control"]
    assert client.get(reverse("admin:desk_page_image", args=[upload.pk, 3])).status_code == 404
