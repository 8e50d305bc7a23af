"""What every page needs to know of the site: its languages, units, links and operator. No queries."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from budgets.formatting import UNITS, get_unit
from budgets.registries import NAVIGATION


def site(request: HttpRequest) -> dict[str, Any]:
    """This will return the context of the page frame (``templates/base.html``)."""
    path = request.get_full_path()
    return {
        "site_languages": [
            {"code": code, "name": name, "url": translate_url(path, code), "current": code == get_language()}
            for code, name in settings.LANGUAGES
        ],
        "site_url": settings.SITE_URL.rstrip("/"),
        "site_operator": settings.SITE_OPERATOR,
        "site_contact": settings.SITE_CONTACT,
        "site_record_number": settings.SITE_RECORD_NUMBER,
        "site_is_official": settings.SITE_IS_OFFICIAL,
        "navigation": sorted(NAVIGATION, key=lambda link: link.order),
        "unit": get_unit(request),
        "units": list(UNITS.values()),
    }
