"""``…/card.png``: the picture that links to a disclosure show (OpenGraph), drawn on the server."""

from __future__ import annotations

import io
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from budgets.formatting import DEFAULT_UNIT, format_amount
from budgets.models import Disclosure
from budgets.views.answers import page
from budgets.views.lookup import get_disclosure

SIZE = (1200, 630)
PAPER, INK, SOFT, ACCENT, RULE = "#faf7f0", "#1d1b18", "#575247", "#0a5a60", "#e2dbcd"
HUES = {"project": "#0f6f75", "personnel": "#cf8f24", "operating": "#4a70ae"}
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/System/Library/Fonts"), Path("C:/Windows/Fonts"))
FONT_NAMES = (
    "NotoSansCJK-Bold.ttc",
    "NotoSansCJK-Regular.ttc",
    "PingFang.ttc",
    "msyhbd.ttc",
    "msyh.ttc",
    "wqy-microhei.ttc",
)


@cache
def find_font() -> Path | None:
    """Return a font with Chinese characters, None where the machine has none."""
    for name in FONT_NAMES:
        for folder in FONT_FOLDERS:
            found = next(folder.rglob(name), None) if folder.is_dir() else None
            if found is not None:
                return found
    return None


def draw_card(disclosure: Disclosure, font: Path) -> bytes:
    """Return the card as PNG: who, when, how much, and what part is what."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    title, huge, small = (ImageFont.truetype(str(font), size) for size in (46, 128, 32))
    draw.rectangle((0, 0, SIZE[0], 14), fill=INK)
    heading = _("%(year)s年%(stage)s") % {
        "year": disclosure.fiscal_year,
        "stage": disclosure.get_stage_display(),
    }
    draw.text((72, 70), shorten(draw, disclosure.department.name, title, SIZE[0] - 144), font=title, fill=INK)
    draw.text((72, 138), heading, font=title, fill=SOFT)
    whole = find_yuan(disclosure, "expenditure") or find_yuan(disclosure, "appropriation")
    if whole is not None:
        text = format_amount(whole, unit=DEFAULT_UNIT)
        draw.text((66, 224), text, font=huge, fill=ACCENT)
        draw.text(
            (66 + draw.textlength(text, font=huge) + 18, 312), str(DEFAULT_UNIT.label), font=title, fill=INK
        )
        draw_parts(draw, disclosure, whole, small)
    draw.line((72, 548, SIZE[0] - 72, 548), fill=RULE, width=2)
    draw.text((72, 564), _("明白账 · 每个数字都能回到原件"), font=small, fill=SOFT)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def draw_parts(
    draw: ImageDraw.ImageDraw, disclosure: Disclosure, whole: Decimal, font: ImageFont.FreeTypeFont
) -> None:
    """Draw the bar of project, personnel and operating expenditure with their shares."""
    names = {"project": _("项目"), "personnel": _("人员"), "operating": _("公用")}
    left, width, at = 72, SIZE[0] - 144, 72.0
    label_at = 72.0
    for key, hue in HUES.items():
        yuan = find_yuan(disclosure, key)
        if yuan is None or whole <= 0 or yuan < 0:
            continue
        part = width * float(yuan / whole)
        end = min(at + part, left + width)
        draw.rectangle((at, 410, end, 450), fill=hue)
        text = f"{names[key]} {yuan / whole * 100:.1f}%"
        draw.rectangle((label_at, 478, label_at + 20, 498), fill=hue)
        draw.text((label_at + 30, 466), text, font=font, fill=INK)
        label_at += 30 + draw.textlength(text, font=font) + 36
        at = end


def shorten(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """Return a text cut to a width, with an ellipsis where it was longer."""
    if draw.textlength(text, font=font) <= width:
        return text
    while text and draw.textlength(text + "…", font=font) > width:
        text = text[:-1]
    return text + "…"


def find_yuan(disclosure: Disclosure, key: str) -> Decimal | None:
    """Return one big figure of a disclosure."""
    figure = disclosure.overview.get(key)
    return Decimal(figure["yuan"]) if figure and figure.get("yuan") is not None else None


@page
def show_card(request: HttpRequest, slug: str, year: int, stage: str) -> HttpResponse:
    """Give the card of a disclosure."""
    font = find_font()
    if font is None:
        raise Http404(_("这台机器没有中文字体。"))
    return HttpResponse(draw_card(get_disclosure(request, slug, year, stage), font), content_type="image/png")
