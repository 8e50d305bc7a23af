"""Names by code and year, and codes by the name a document prints."""

from __future__ import annotations

import re

from budgets.models import ClassificationNode


def find_name(scheme: str, code: str, *, year: int) -> str | None:
    """This will find the name of a code in a year; None where the lists do not have it."""
    node = (
        ClassificationNode.objects.filter(scheme=scheme, code=code, year_from__lte=year, year_to__gte=year)
        .order_by("-year_from")
        .first()
    )
    return node.name if node else None


def find_code(name: str, *, scheme: str, year: int, length: int = 3) -> str | None:
    """This will find the code of a printed name (一、一般公共服务支出); None where it is not one code's.

    Names repeat below the classes, so that with ``length`` above 3 few are found. Older and newer
    names of a code are tried too: documents lag behind the lists.
    """
    wanted = _bare(name)
    nodes = ClassificationNode.objects.filter(scheme=scheme).extra(
        where=["length(code) = %s"], params=[length]
    )
    same = [node for node in nodes if _bare(node.name) == wanted]
    in_year = {node.code for node in same if node.year_from <= year <= node.year_to}
    codes = in_year or {node.code for node in same}
    return codes.pop() if len(codes) == 1 else None


def _bare(name: str) -> str:
    text = re.sub(r"\s|^(?:[一二三四五六七八九十\d]+[、.．]|[（(][一二三四五六七八九十\d]+[)）])", "", name)
    return text.removesuffix("支出")
