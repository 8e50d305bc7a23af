"""English names of classification codes, for English pages; a document's own words stay Chinese."""

from __future__ import annotations

from django.utils.translation import get_language

from budgets.models import ClassificationNode


def read_english_names(year: int) -> dict[tuple[str, str], str]:
    """This will return the English names of a year's codes by (scheme, code); nothing on Chinese pages."""
    if get_language() != "en":
        return {}
    nodes = ClassificationNode.objects.filter(year_from__lte=year, year_to__gte=year).exclude(name_en="")
    return {(scheme, code): name for scheme, code, name in nodes.values_list("scheme", "code", "name_en")}
