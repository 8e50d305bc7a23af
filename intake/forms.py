"""The forms of the desk; every message says what to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.models import Department, DepartmentAlias, Region
from budgets.models.vocabulary import Stage
from intake import permissions

LONGEST_CAUSE = 80
"""How much of a cause's sentence is its key (budgets.models.CheckResult.cause)."""


class HeadForm(forms.Form):
    """Whose document it is: department by region and name, year, stage, scope."""

    region = forms.CharField(label=_("地区"), max_length=80)
    department = forms.CharField(label=_("部门（照原件全称）"), max_length=255)
    is_new = forms.BooleanField(label=_("这是新的部门，请建立"), required=False)
    fiscal_year = forms.IntegerField(label=_("年度"), min_value=1990, max_value=2100)
    stage = forms.ChoiceField(label=_("预算或决算"), choices=Stage.choices)
    parent = forms.CharField(label=_("主管部门（仅单位预算填写）"), max_length=255, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        """Keep who asks: a bound user can choose among the own departments only."""
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.user = user
        self.found: Department | None = None

    def clean(self) -> dict[str, Any]:
        """Find the department by its name or an alias within the region."""
        fields: dict[str, Any] = super().clean() or {}
        name, region = fields.get("department", "").strip(), fields.get("region", "").strip()
        if not name or not region:
            return fields
        self.found = find_department(region=region, name=name)
        bound = permissions.find_departments(self.user)
        if bound is not None and (self.found is None or self.found.pk not in bound):
            self.add_error("department", _("您只能登记本部门的文件。请填写本部门的全称。"))
        elif self.found is None and not fields.get("is_new"):
            self.add_error(
                "department",
                _(
                    "“%(region)s”没有名为“%(name)s”的部门。请核对名称；如果确是新部门，请勾选“这是新的部门，请建立”。"
                )
                % {"region": region, "name": name},
            )
        return fields


def find_department(*, region: str, name: str) -> Department | None:
    """Return the department of this name, or of this alias, in a region; merged ones lead on."""
    found = Department.objects.filter(region__name=region, name=name).first()
    if found is None:
        alias = DepartmentAlias.objects.filter(department__region__name=region, name=name).first()
        found = alias.department if alias else None
    while found is not None and found.merged_into is not None and found.name != name:
        found = found.merged_into
    return found


class CorrectionForm(forms.Form):
    """One correction: where, what instead, why."""

    path = forms.CharField(max_length=200)
    new = forms.CharField(max_length=2000, required=False, strip=False)
    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        error_messages={"required": _("请写明理由：更正会连同理由一起公开。")},
    )


class ReasonForm(forms.Form):
    """A step that needs a reason."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明理由。")},
    )


class ExplanationForm(forms.Form):
    """What the publisher says of one cause of findings."""

    cause = forms.CharField(max_length=LONGEST_CAUSE)
    text = forms.CharField(label=_("公开说明"), max_length=1000, required=False)


class RenameForm(forms.Form):
    """A department's new name and address; the old ones stay as alias and redirect."""

    name = forms.CharField(label=_("新名称"), max_length=255)
    name_en = forms.CharField(label=_("英文名"), max_length=255, required=False)
    slug = forms.SlugField(label=_("网页地址名"), max_length=120, help_text=_("旧地址会自动转到新地址。"))
    valid_from = forms.DateField(
        label=_("更名日期"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class MergeForm(forms.Form):
    """The department into which another one goes."""

    into = forms.ModelChoiceField(label=_("并入"), queryset=Department.objects.none())
    on = forms.DateField(label=_("日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    keeps_history = forms.BooleanField(
        label=_("保留原部门和它已公开的年度（机构改革）；不勾选则视为重复登记，全部移到并入的部门"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        """Offer the other departments of the same region."""
        super().__init__(*args, **kwargs)
        others = Department.objects.filter(region_id=department.region_id, merged_into=None)
        self.fields["into"].queryset = others.exclude(pk=department.pk)  # type: ignore[attr-defined]


class ExpectedListForm(forms.Form):
    """A CSV of who must publish what."""

    file = forms.FileField(label=_("CSV 文件"))


class TokenForm(forms.Form):
    """A six-digit code of an authenticator."""

    token = forms.RegexField(
        label=_("验证码（6 位数字）"),
        regex=r"^\d{6}$",
        error_messages={"invalid": _("验证码是 6 位数字。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


def list_regions() -> list[str]:
    """Return the names of all regions, for a list of suggestions."""
    return list(Region.objects.order_by("name").values_list("name", flat=True)[:500])
