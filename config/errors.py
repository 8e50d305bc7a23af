"""What a reader sees when something of ours fails: one plain sentence, without the database."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.html import format_html

PAGE = """<!doctype html>
<html lang="zh-Hans">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="{tokens}"><link rel="stylesheet" href="{base}"></head>
<body><main class="error-page"><h1>{title}</h1><p>{chinese}</p><p lang="en">{english}</p></main></body>
</html>
"""
AWAY = (
    "暂时读不到数据",
    "数据库正在重新启动，数据没有丢失。请过一分钟再打开这一页。",
    "The database is restarting; nothing is lost. Please open this page again in a minute.",
)
BROKEN = (
    "这一页出错了",
    "是网站的错误，不是您的操作有误；错误已经记录下来。请返回上一页，或过一会儿再试。",
    "This is our fault, not yours, and it has been recorded. Please go back, or try again later.",
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This will say that nothing stands at this address, and offer the search."""
    return render(request, "not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """This will answer 503 when the database is away, else 500; nothing in it can fail again."""
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    title, chinese, english = AWAY if away else BROKEN
    page = format_html(
        PAGE, title=title, chinese=chinese, english=english,
        tokens=_find_style("css/tokens.css"), base=_find_style("css/base.css"),
    )  # fmt: skip
    response = HttpResponse(page, status=503 if away else 500)
    response["Cache-Control"] = "no-store"
    if away:
        response["Retry-After"] = "30"
    return response


def _find_style(name: str) -> str:
    try:
        return static(name)
    except ValueError:  # not collected yet
        return f"/static/{name}"
