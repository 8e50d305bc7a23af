"""``datapackage.json``: every download and column described (Frictionless Data Package, tabular profile)."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from budgets.exports.export import Export

TYPES = {
    "text": "string",
    "code": "string",
    "integer": "integer",
    "decimal": "number",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
}
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def build_field(column: Any) -> dict[str, Any]:
    """Return the Table Schema field of one column, with titles and meanings in both languages."""
    field: dict[str, Any] = {
        "name": column.name,
        "type": TYPES[column.kind],
        "title": column.title_en,
        "titleZh": column.title,
        "description": column.meaning_en or column.title_en,
        "descriptionZh": column.meaning or column.title,
    }
    if column.kind == "boolean":
        field["trueValues"], field["falseValues"] = ["t", "true"], ["f", "false"]
    if column.kind == "datetime":
        field["format"] = "any"
    if column.fiscal_type:
        field["columnType"] = column.fiscal_type
    return field


def build_resource(export: Export, *, path: str) -> dict[str, Any]:
    """Return the resource of one CSV file."""
    return {
        "name": export.name,
        "title": export.title_en,
        "titleZh": export.title,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": {"fields": [build_field(column) for column in export.columns], "missingValues": [""]},
    }


def build_package(
    exports: dict[str, Export], *, name: str, version: str, paths: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return the descriptor of a set of exports; ``paths`` says where each one's CSV lies."""
    site = settings.SITE_URL.rstrip("/")
    resources = [
        build_resource(export, path=(paths or {}).get(key, f"{site}/downloads/{key}.csv"))
        for key, export in exports.items()
    ]
    return {
        "profile": "tabular-data-package",
        "name": name,
        "title": "Chinese departmental budgets and final accounts",
        "titleZh": "部门预决算数据",
        "version": version,
        "homepage": f"{site}/downloads/",
        "licenses": [LICENCE],
        "description": "Amounts as published by the departments; amount_yuan is exact, in yuan. Empty is not zero: see state.",
        "descriptionZh": "金额与各部门公开的文件一致；amount_yuan 以元为单位，精确到分。空白不等于零，见 state 列。",
        "resources": resources,
    }
