"""Who must publish: the list, imported as CSV, and where each stands."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Exists, Max, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from budgets.models import Disclosure, ExpectedDisclosure
from budgets.models.vocabulary import Stage
from intake import actions, actions_desk, permissions
from intake.forms import ExpectedListForm
from intake.models import Upload
from intake.parsing.readers.text import decode
from intake.views.access import needs, show

DAYS_TO_PUBLISH = 20
"""预算法 art. 14: within 20 days of the approval."""
COLUMNS = ("region", "department", "fiscal_year", "stage", "approved_on")
STAGES = {
    "预算": "budget",
    "决算": "final_accounts",
    "budget": "budget",
    "final_accounts": "final_accounts",
    "final-accounts": "final_accounts",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one expected disclosure stands."""

    entry: ExpectedDisclosure
    state: str
    due: dt.date | None
    upload_id: int | None


class UnreadableList(ValueError):
    """The CSV cannot be read; the message says where and what was expected."""


@require_GET
@never_cache
@needs(permissions.VIEW)
def expected(request: HttpRequest) -> HttpResponse:
    """Show the list of a year and stage with its counts; ``?year=``, ``?stage=``, ``?state=`` choose."""
    years = list(
        ExpectedDisclosure.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    )
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() else (years[0] if years else timezone.localdate().year)
    stage = request.GET.get("stage") if request.GET.get("stage") in Stage.values else Stage.BUDGET.value
    standings = find_standings(request, year=year, stage=str(stage))
    counts = {
        state: sum(one.state == state for one in standings)
        for state in ("published", "review", "late", "missing")
    }
    state = request.GET.get("state", "")
    context = {
        "years": years or [year],
        "year": year,
        "year_text": str(year),
        "stage": stage,
        "stages": Stage.choices,
        "standings": [one for one in standings if not state or one.state == state],
        "state": state,
        "counts": counts,
        "total": len(standings),
        "form": ExpectedListForm(),
        "may_import": request.user.has_perm(permissions.EXPECT),
        "help_step": "expected",
    }
    return show(request, "intake/expected.html", context, title=_("应公开清单"))


def find_standings(request: HttpRequest, *, year: int, stage: str) -> list[Standing]:
    """Return every expected disclosure of a year and stage with where it stands."""
    same = {
        "department_id": OuterRef("department_id"),
        "fiscal_year": OuterRef("fiscal_year"),
        "stage": OuterRef("stage"),
    }
    open_uploads = Upload.objects.filter(
        Q(
            status__in=[
                Upload.Status.WAITING,
                Upload.Status.READING,
                Upload.Status.REVIEW,
                Upload.Status.APPROVED,
            ]
        ),
        **same,
    )
    entries = permissions.with_departments_of(
        request.user, ExpectedDisclosure.objects.filter(fiscal_year=year, stage=stage)
    )
    entries = entries.select_related("department__region").annotate(
        is_published=Exists(Disclosure.objects.filter(current__isnull=False, **same)),
        upload_pk=open_uploads.order_by().values("department_id").annotate(last=Max("pk")).values("last"),
    )
    today = timezone.localdate()
    return [
        _judge(entry, today) for entry in entries.order_by("department__region__code", "department__name")
    ]


def _judge(entry: ExpectedDisclosure, today: dt.date) -> Standing:
    due = entry.approved_on + dt.timedelta(days=DAYS_TO_PUBLISH) if entry.approved_on else None
    if entry.is_published:  # type: ignore[attr-defined]
        state = "published"
    elif due is not None and today > due:
        state = "late"
    else:
        state = "review" if entry.upload_pk else "missing"  # type: ignore[attr-defined]
    return Standing(entry, state, due, entry.upload_pk)  # type: ignore[attr-defined]


@require_POST
@needs(permissions.EXPECT)
def import_expected(request: HttpRequest) -> HttpResponse:
    """Enter the lines of an uploaded CSV: region, department, year, stage, approval date."""
    form = ExpectedListForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("请选择一个 CSV 文件。"))
        return redirect("admin:desk_expected")
    try:
        lines = list(read_list(form.cleaned_data["file"].read()))
        new, changed, made = actions_desk.import_expected(lines, by=request.user, now=timezone.now())
    except (UnreadableList, actions.Refused) as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("已导入 %(lines)s 行：新增 %(new)s，更新 %(changed)s，新建部门 %(made)s。")
            % {"lines": len(lines), "new": new, "changed": changed, "made": made},
        )
    return redirect("admin:desk_expected")


def read_list(data: bytes) -> Iterator[actions_desk.Expected]:
    """Read the CSV; Chinese or English column names, any order, dates as 2024-01-31 or 2024/1/31.

    Raises: UnreadableList with line, what stands there and what was expected.
    """
    text = decode(data)
    lines = csv.reader(io.StringIO(text))
    heading = [cell.strip() for cell in next(lines, [])]
    positions = _find_columns(heading)
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        fields = {name: cells[at].strip() if at < len(cells) else "" for name, at in positions.items()}
        yield _read_line(number, fields)


def _find_columns(heading: list[str]) -> dict[str, int]:
    names = {
        "region": ("region", "地区"),
        "department": ("department", "部门", "部门名称"),
        "fiscal_year": ("fiscal_year", "year", "年度"),
        "stage": ("stage", "预算或决算", "种类"),
        "approved_on": ("approved_on", "批复日期"),
    }
    found = {key: heading.index(name) for key, known in names.items() for name in known if name in heading}
    missing = [names[key][1] for key in COLUMNS[:4] if key not in found]
    if missing:
        raise UnreadableList(
            _("第 1 行（表头）缺少列：%(missing)s。需要“地区、部门、年度、预算或决算”，可另加“批复日期”。")
            % {"missing": "、".join(missing)}
        )
    return found


def _read_line(number: int, fields: dict[str, str]) -> actions_desk.Expected:
    def refuse(what: str, expected_text: str) -> UnreadableList:
        return UnreadableList(
            _("第 %(number)s 行：“%(what)s”应为%(expected)s。没有导入任何一行，请改正后重新导入。")
            % {"number": number, "what": what, "expected": expected_text}
        )

    if not fields["region"] or not fields["department"]:
        raise refuse(fields["department"], _("地区和部门都填写"))
    if not fields["fiscal_year"].isdecimal() or not 1990 <= int(fields["fiscal_year"]) <= 2100:
        raise refuse(fields["fiscal_year"], _("四位年度"))
    if fields["stage"] not in STAGES:
        raise refuse(fields["stage"], _("“预算”或“决算”"))
    approved = fields.get("approved_on", "").replace("/", "-")
    try:
        approved_on = dt.date(*(int(part) for part in approved.split("-"))) if approved else None
    except (ValueError, TypeError) as error:
        raise refuse(approved, _("日期，例如 2024-01-31")) from error
    return actions_desk.Expected(
        region=fields["region"],
        department=fields["department"],
        fiscal_year=int(fields["fiscal_year"]),
        stage=STAGES[fields["stage"]],
        approved_on=approved_on,
    )
