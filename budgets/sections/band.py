"""The quiet band at the foot: checks, source, downloads, citation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from budgets.sections.page import DisclosurePage


def make_band(page: DisclosurePage) -> list[dict[str, Any]]:
    """This will make the entries of the band (one query, for the documents)."""
    return [_say_checks(page), _say_source(page), _say_downloads(page), _say_citation(page)]


def _say_checks(page: DisclosurePage) -> dict[str, Any]:
    counts = page.disclosure.overview.get("checks", {})
    total = sum(counts.values())
    words = {
        "total": total,
        "match": counts.get("match", 0),
        "rounding": counts.get("rounding", 0),
        "mismatch": counts.get("mismatch", 0),
        "undetermined": counts.get("undetermined", 0),
    }
    line = _(
        "%(total)s 项勾稽：%(match)s 项相符，%(rounding)s 项舍入差异，%(mismatch)s 项不符，%(undetermined)s 项无法判断。"
    )
    link = format_html('<a href="{}checks/">{}</a>', page.addresses.base, _("逐项看"))
    remark = format_html(
        '<a href="{}remark/" rel="nofollow">{}</a>', page.addresses.base, _("这个数字有问题？")
    )
    return {"label": _("核对"), "lines": [line % words if total else _("还没有核对。"), link, remark]}


def _say_source(page: DisclosurePage) -> dict[str, Any]:
    revision = page.revision
    published = formats.date_format(timezone.localtime(revision.published_at), "DATE_FORMAT")
    lines: list[Any] = [
        format_html(
            '<a href="{}source/?document={}">{}</a>',
            page.addresses.base,
            document.sha256[:12],
            document.filename,
        )
        for document in revision.documents.all()
    ]
    if page.disclosure.published_on:
        lines.append(
            _("部门公开于 %(date)s")
            % {"date": formats.date_format(page.disclosure.published_on, "DATE_FORMAT")}
        )
    revision_url = f"{page.addresses.base}revisions/{revision.number}/"
    lines.append(
        format_html(
            '<a href="{}">{}</a>',
            revision_url,
            _("第 %(n)s 版，%(date)s录入") % {"n": revision.number, "date": published},
        )
    )
    return {"label": _("来源"), "lines": lines}


def _say_downloads(page: DisclosurePage) -> dict[str, Any]:
    disclosure = page.disclosure
    stage = disclosure.stage.replace("_", "-")
    query = f"department={disclosure.department.slug}&year={disclosure.fiscal_year}&stage={disclosure.stage}"
    pack = f"/downloads/{disclosure.department.slug}-{disclosure.fiscal_year}-{stage}-r{page.revision.number}.zip"
    tables = format_html(
        '<a href="/downloads/amounts.csv?{0}">CSV</a> · <a href="/downloads/amounts.xlsx?{0}">Excel</a>'
        ' · <a href="/downloads/amounts.json?{0}">JSON</a>',
        query,
    )
    embed = reverse(
        "questions:embed", args=[disclosure.department.slug, disclosure.fiscal_year, stage, "functions"]
    )
    return {
        "label": _("下载"),
        "lines": [
            tables,
            format_html('<a href="{}">{}</a>', pack, _("全部打包（表、原件、说明）")),
            format_html('<a href="{}">{}</a>', embed, _("把图和表放进您的网页")),
        ],
    }


def _say_citation(page: DisclosurePage) -> dict[str, Any]:
    disclosure = page.disclosure
    address = reverse(
        "pages:revision",
        args=[
            disclosure.department.slug,
            disclosure.fiscal_year,
            disclosure.stage.replace("_", "-"),
            page.revision.number,
        ],
    )
    line = _("%(department)s：%(year)s年部门%(stage)s，第 %(n)s 版。") % {
        "department": disclosure.department.name,
        "year": disclosure.fiscal_year,
        "stage": disclosure.get_stage_display(),
        "n": page.revision.number,
    }
    return {
        "label": _("引用"),
        "lines": [line, format_html("<code>{}{}</code>", settings.SITE_URL.rstrip("/"), address)],
    }
