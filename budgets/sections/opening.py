"""The opening of a disclosure's page: its sentence, the hundred yuan, the few big figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.formatting import (
    find_share,
    format_change,
    format_number,
    format_percent,
    format_signed,
    split_money,
)
from budgets.sections.page import Cited, DisclosurePage, find_whole_figure, find_whole_yuan
from budgets.shares import Part, cut_hundred


def name_shortly(name: str) -> str:
    """This will return how a department is called after its first mention: 该局, 该委, else 该部门."""
    found = re.search(
        r"(局|委|办|院|厅|部|会|处|所|中心|街道|学校|医院)$", re.sub(r"[（(].*[）)]$", "", name)
    )
    return f"该{found.group(1)}" if found else "该部门"


def find_whole(page: DisclosurePage) -> Cited | None:
    """This will return the department's spending in all, else its appropriation, else its revenue."""
    return page.cite(find_whole_figure(page.disclosure.overview))


def find_parts(page: DisclosurePage) -> list[Part]:
    """This will cut the whole into project, personnel and operating expenditure, whatever is printed.

    Personnel and operating stand for basic expenditure where they add up to it; what is left of the
    whole is named as other. Nothing is drawn if the parts exceed the whole.
    """
    whole = find_whole(page)
    if whole is None or whole.yuan <= 0:
        return []
    yuan = {
        key: cited.yuan for key in ("project", "personnel", "operating", "basic") if (cited := page.find(key))
    }
    fine = yuan.get("personnel", Decimal(0)) + yuan.get("operating", Decimal(0))
    basic = yuan.get("basic", fine)
    chosen: list[tuple[str, Any, str, Decimal]] = []
    if "project" in yuan:
        chosen.append(("project", _("项目支出"), "c1", yuan["project"]))
    if "personnel" in yuan and "operating" in yuan and abs(fine - basic) <= whole.yuan / 10_000:
        chosen.append(("personnel", _("人员经费"), "c2", yuan["personnel"]))
        chosen.append(("operating", _("公用经费"), "c3", yuan["operating"]))
    elif "basic" in yuan:
        chosen.append(("basic", _("基本支出"), "c2", yuan["basic"]))
    rest = whole.yuan - sum((part[3] for part in chosen), Decimal(0))
    if not chosen or rest < -whole.yuan / 10_000:
        return []
    if rest > whole.yuan / 10_000:
        only_basic = "basic" in yuan and "project" not in yuan
        chosen.append(("", _("基本支出以外的支出") if only_basic else _("其他支出"), "c0", rest))
    return cut_hundred([part for part in chosen if part[3]], unit=page.unit)


def say_hundred(parts: list[Part]) -> str:
    """This will say what a hundred yuan are for, e.g. 每 100 元里，79 元是项目支出，19 元是人员经费。"""
    spoken = [
        _("%(yuan)s 元是%(what)s") % {"yuan": part.of_hundred or _("不到 1"), "what": str(part.label).lower()}
        for part in parts
    ]
    if not spoken:
        return ""
    return _("每 100 元里，%(parts)s。") % {"parts": _("，").join(spoken)}


def make_lede(page: DisclosurePage) -> dict[str, Any]:
    """This will make the leading sentence in its pieces: before, the figure with its unit and cell, after."""
    whole = find_whole(page)
    who = {"year": page.disclosure.fiscal_year, "who": name_shortly(page.disclosure.department.name)}
    if whole is None:
        return {"before": _("%(year)s年%(who)s的文件里没有可以相加的总数。") % who, "figure": ""}
    figure, unit = split_money(whole.yuan, unit=page.unit)
    before = _("%(year)s年，%(who)s实际支出") if page.is_final else _("%(year)s年，%(who)s预算")
    parts = find_parts(page)
    return {
        "before": before % who,
        "figure": figure,
        "unit": unit,
        "url": whole.url,
        "after": say_hundred(parts),
        "parts": parts,
    }


def make_figures(page: DisclosurePage) -> list[dict[str, Any]]:
    """This will make the three or four big figures below the sentence."""
    return list(_figures(page))[:4]


def _figures(page: DisclosurePage) -> Iterator[dict[str, Any]]:
    yield from _last_year(page)
    yield from _sources(page)
    yield from _three_public(page)
    projects = page.disclosure.overview.get("projects", {})
    if projects.get("count"):
        indicators = projects.get("indicators", 0)
        note = ngettext("共 %(n)s 个绩效指标", "共 %(n)s 个绩效指标", indicators) % {
            "n": format_number(Decimal(indicators), places=0)
        }
        yield {
            "label": _("项目数"),
            "key": "",
            "value": format_number(Decimal(projects["count"]), places=0),
            "unit": _("个"),
            "note": note,
            "url": f"{page.addresses.base}projects/",
        }
    yield from _checks(page)


def _last_year(page: DisclosurePage) -> Iterator[dict[str, Any]]:
    now = find_whole(page)
    before = next(
        (
            each
            for each in page.siblings
            if each.fiscal_year == page.disclosure.fiscal_year - 1 and each.stage == page.disclosure.stage
        ),
        None,
    )
    then = find_whole_yuan(before.overview) if before else None
    if now is None or then is None:
        return
    yield {
        "label": _("比上年"),
        "key": "",
        "value": format_change(now.yuan, then),
        "unit": "",
        "note": format_html("{} <b>{}</b>", _("上年"), page.say(then)),
        "url": "#change",
    }


def _sources(page: DisclosurePage) -> Iterator[dict[str, Any]]:
    revenue, sources = page.find("revenue"), page.disclosure.overview.get("sources", [])
    if revenue is None or not sources:
        return
    largest = max(sources, key=lambda source: Decimal(source["yuan"]))
    share = format_percent(find_share(Decimal(largest["yuan"]), revenue.yuan))
    yield {
        "label": _("钱从哪里来"),
        "key": "",
        **show_cited(page, revenue),
        "note": format_html("{} <b>{}</b>", strip_number(largest["name"]), share),
    }


def show_cited(page: DisclosurePage, cited: Cited) -> dict[str, Any]:
    """This will make value, unit and address of a big figure that leads to its cell."""
    figure, unit = split_money(cited.yuan, unit=page.unit)
    return {"value": figure, "unit": unit, "url": cited.url}


def _three_public(page: DisclosurePage) -> Iterator[dict[str, Any]]:
    year = page.disclosure.fiscal_year
    now = page.find_three_public(year).get("total")
    if now is None:
        return
    before = page.find_three_public(year - 1).get("total")
    change = format_change(now.yuan, before.yuan) if before else ""
    note = format_html("{} <b>{}</b>", _("比上年"), change) if change else ""
    if before and change:
        difference = now.yuan - before.yuan
        note = format_html(
            "{}{}", note, _("（%(amount)s）") % {"amount": format_signed(page.say(difference), difference)}
        )
    yield {
        "label": _("“三公”经费"),
        "key": "three_public",
        **show_cited(page, now),
        "note": note,
    }


def _checks(page: DisclosurePage) -> Iterator[dict[str, Any]]:
    counts = page.disclosure.overview.get("checks", {})
    total = sum(counts.values())
    if not total:
        return
    mismatches = counts.get("mismatch", 0)
    fine = counts.get("match", 0) + counts.get("rounding", 0)
    said = _("%(fine)s 项对得上，%(bad)s 项对不上") if mismatches else _("%(fine)s 项对得上，没有对不上的")
    note = said % {"fine": fine, "bad": mismatches}
    yield {
        "label": _("数字对得上吗"),
        "key": "",
        "value": format_number(Decimal(total), places=0),
        "unit": _("项核对"),
        "note": note,
        "url": f"{page.addresses.base}checks/",
    }


def say_inside(name: str) -> str:
    """This will write a name as it stands inside a sentence: English ones begin small."""
    return name[:1].lower() + name[1:] if name.isascii() and not name[1:2].isupper() else name


def strip_number(name: str) -> str:
    """This will drop a printed serial: 一、一般公共预算拨款收入 → 一般公共预算拨款收入."""
    return re.sub(r"^\s*(?:[（(]?[一二三四五六七八九十]+[）)、．.]|\d+[、．.])\s*", "", name)
