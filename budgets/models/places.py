"""Who publishes, where and when: regions, departments and their names, fiscal years."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.models.vocabulary import Scope, Stage


class Region(models.Model):
    """A place that has a treasury of its own (a province, city, county; 中央 is one too)."""

    slug = models.SlugField(_("地址名"), unique=True)
    name = models.CharField(_("名称"), max_length=80, unique=True)
    name_en = models.CharField(_("英文名"), max_length=120, blank=True)
    code = models.CharField(_("行政区划代码"), max_length=6, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("上级")
    )

    class Meta:
        verbose_name = _("地区")
        verbose_name_plural = _("地区")
        ordering = ["code", "slug"]

    def __str__(self) -> str:
        return self.name


class FiscalYear(models.Model):
    """A fiscal year (the calendar year, 预算法 art. 18) that has a partition."""

    year = models.SmallIntegerField(_("年度"), primary_key=True)

    class Meta:
        verbose_name = _("财政年度")
        verbose_name_plural = _("财政年度")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class Department(models.Model):
    """A department, or with a ``parent`` one of its budget units; keyed by id, never by name."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="departments", verbose_name=_("地区"))
    slug = models.SlugField(_("地址名"), max_length=120, unique=True)
    name = models.CharField(_("名称"), max_length=255)
    name_en = models.CharField(_("英文名"), max_length=255, blank=True)
    code = models.CharField(_("预算编码"), max_length=20, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="units", verbose_name=_("主管部门")
    )
    valid_from = models.DateField(_("成立"), null=True, blank=True)
    valid_to = models.DateField(_("撤销"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("并入")
    )
    initials = models.CharField(_("拼音首字母"), max_length=255, blank=True, db_index=True)
    is_invented = models.BooleanField(_("虚构"), default=False)

    class Meta:
        verbose_name = _("部门")
        verbose_name_plural = _("部门")
        ordering = ["region__slug", "initials", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="department_name_once",
                violation_error_message=_("这个地区已有同名部门。"),
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")),
                name="department_not_own_parent",
                violation_error_message=_("部门不能是自己的上级。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> str:
        """``unit`` for a budget unit, else ``department``."""
        return Scope.UNIT.value if self.parent_id else Scope.DEPARTMENT.value


class DepartmentAlias(models.Model):
    """Another name a department prints or printed."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="aliases", verbose_name=_("部门"))
    name = models.CharField(_("名称"), max_length=255)
    valid_from = models.DateField(_("自"), null=True, blank=True)
    valid_to = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = _("部门别名")
        verbose_name_plural = _("部门别名")
        constraints = [models.UniqueConstraint(fields=["department", "name"], name="department_alias_once")]

    def __str__(self) -> str:
        return self.name


class DepartmentAddress(models.Model):
    """A former slug of a department; its addresses redirect for ever."""

    slug = models.SlugField(max_length=120, unique=True)
    department = models.ForeignKey(Department, models.CASCADE, related_name="former_addresses")

    class Meta:
        verbose_name = _("部门旧地址")
        verbose_name_plural = _("部门旧地址")

    def __str__(self) -> str:
        return self.slug


class ExpectedDisclosure(models.Model):
    """Who must publish what: one line of the list that “n of N published” counts against."""

    department = models.ForeignKey(
        Department, models.CASCADE, related_name="expected", verbose_name=_("部门")
    )
    fiscal_year = models.SmallIntegerField(_("年度"))
    stage = models.CharField(_("预算或决算"), max_length=16, choices=Stage)
    approved_on = models.DateField(_("批复日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("应公开事项")
        verbose_name_plural = _("应公开事项")
        constraints = [
            models.UniqueConstraint(fields=["department", "fiscal_year", "stage"], name="expected_once")
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.fiscal_year} {self.get_stage_display()}"
