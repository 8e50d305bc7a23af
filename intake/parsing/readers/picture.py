"""A photographed or scanned page → one page by OCR, where the optional extra is installed."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable

from PIL import Image, UnidentifiedImageError

from intake.parsing.readers import ocr
from intake.parsing.refusal import RefusedDocument
from intake.parsing.tables import Document

_MOST_PIXELS = 60_000_000


def read(data: bytes, *, name: str, progress: Callable[[int, int], None] | None = None) -> Document:
    """Return the text of a picture as one page marked as scanned.

    Raises:
        RefusedDocument: OCR is not installed, or the picture cannot be opened.
    """
    if not ocr.is_installed():
        raise RefusedDocument(
            "needs-ocr",
            f"“{name}”是一张图片，本机没有安装文字识别组件，无法读取其中的数字；请上传原始的 "
            "PDF、Excel 或 Word 文件。",
            f"“{name}” is a picture and text recognition is not installed here; please upload the "
            "original PDF, "
            "Excel or Word file.",
        )
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise RefusedDocument(
                    "too-large",
                    f"图片“{name}”超过 {_MOST_PIXELS // 1_000_000} 百万像素；请缩小后上传。",
                    f"The picture “{name}” exceeds {_MOST_PIXELS // 1_000_000} megapixels; please "
                    "scale it down.",
                )
            page = ocr.read_image(image.convert("RGB"), page=1, scale=1.0)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise RefusedDocument(
            "damaged",
            f"图片“{name}”不完整或已损坏，无法打开；请重新扫描或上传原始文件。",
            f"The picture “{name}” is incomplete or damaged; please scan it again or upload the "
            "original file.",
        ) from error
    if progress is not None:
        progress(1, 1)
    digest = hashlib.sha256(data).hexdigest()
    return Document(name=name, sha256=digest, kind="pdf", pages=(page,), remarks=(ocr.REMARK,))
