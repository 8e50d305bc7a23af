"""What was promised: projects, their objectives and indicators (current revisions)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from budgets.models import Department, Disclosure
from performance.querysets import IndicatorQuerySet, ProjectQuerySet


class Project(models.Model):
    """One project of a disclosure, with the sum applied for and its objective."""

    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="projects")
    department = models.ForeignKey(Department, models.PROTECT, related_name="projects")
    fiscal_year = models.SmallIntegerField(_("年度"))
    stage = models.CharField(max_length=16)
    position = models.PositiveIntegerField()
    slug = models.CharField(max_length=80)
    """The printed code, or ``p<position>`` where none is printed; unique in its disclosure."""
    code = models.CharField(_("项目代码"), max_length=40, blank=True)
    category = models.CharField(max_length=20, blank=True)
    """personnel, operating or special_purpose (letters R, Y, T of the code), empty where not known."""
    kind = models.CharField(max_length=12, default="project")
    """project, or department: the objective of the whole department (部门整体绩效目标)."""
    name = models.CharField(_("项目名称"), max_length=400)
    yuan = models.DecimalField(_("金额（元）"), max_digits=20, decimal_places=2, null=True)
    printed = models.CharField(max_length=40, blank=True)
    unit_printed = models.CharField(max_length=20, blank=True)
    execution_weight = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    objective = models.TextField(_("绩效目标"), blank=True)
    objective_shortened = models.BooleanField(default=False)
    """True where our own sample holds a summary in our words instead of the printed text."""
    parts = models.JSONField(default=list, blank=True)
    """Other amounts of its head as printed: [label, amount in ``unit_printed``]."""
    executed_yuan = models.DecimalField(
        _("执行数（元）"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    result = models.TextField(_("实际完成情况"), blank=True)
    score = models.DecimalField(_("自评总分"), max_digits=8, decimal_places=2, null=True, blank=True)
    unit_code = models.CharField(max_length=20, blank=True)
    unit_name = models.CharField(max_length=255, blank=True)
    page = models.IntegerField(null=True)
    sheet = models.CharField(max_length=80, blank=True)
    line = models.IntegerField(null=True)
    row = models.IntegerField(null=True)
    box = ArrayField(models.FloatField(), size=4, null=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("项目")
        verbose_name_plural = _("项目")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["disclosure", "slug"], name="project_slug_once")]

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """One performance indicator: what is promised, how much, and how much it weighs."""

    project = models.ForeignKey(Project, models.CASCADE, null=True, related_name="indicators")
    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="indicators")
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+")
    fiscal_year = models.SmallIntegerField(null=True)
    stage = models.CharField(max_length=16, blank=True)
    position = models.PositiveIntegerField()
    dimension = models.CharField(max_length=16)
    type = models.CharField(max_length=24)
    name = models.CharField(_("指标"), max_length=400)
    operator = models.CharField(max_length=12, blank=True)
    target = models.CharField(max_length=400, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    weight = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    result = models.CharField(max_length=400, blank=True)
    score = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    rules = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    """Codes of the quality rules that ask something of this indicator."""
    printed = models.JSONField(default=list)
    page = models.IntegerField(null=True)
    sheet = models.CharField(max_length=80, blank=True)
    line = models.IntegerField(null=True)
    row = models.IntegerField(null=True)
    box = ArrayField(models.FloatField(), size=4, null=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("绩效指标")
        verbose_name_plural = _("绩效指标")
        ordering = ["position"]
        indexes = [
            models.Index(fields=["department", "fiscal_year"], name="indicator_by_department"),
            models.Index(fields=["dimension", "type"], name="indicator_by_dimension"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_qualitative(self) -> bool:
        """Whether a word is promised instead of a number."""
        return self.operator == "qualitative"


class QualityHint(models.Model):
    """One question that a quality rule asks of a project of the current revision."""

    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="quality_hints")
    project = models.ForeignKey(Project, models.CASCADE, related_name="hints")
    rule = models.CharField(max_length=40, db_index=True)
    positions = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    """Positions of the indicators in the project."""
    question = models.TextField()
    question_en = models.TextField()

    class Meta:
        verbose_name = _("质量提示")
        verbose_name_plural = _("质量提示")
        ordering = ["project__position", "rule"]

    def __str__(self) -> str:
        return self.question

    @property
    def text(self) -> str:
        """The question in the language of the page."""
        return self.question_en if (get_language() or "").startswith("en") else self.question


class ProjectGroup(models.Model):
    """A group of projects by what they buy, found by words in their names; an estimate, open to change."""

    slug = models.SlugField(_("标识"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=80)
    words = models.TextField(_("名称中含有任一词（每行一个）"))
    words_not = models.TextField(_("但不含这些词（每行一个）"), blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    note_en = models.CharField(_("英文说明"), max_length=300, blank=True)
    with_personnel = models.BooleanField(_("与人员经费合看"), default=False)
    """Shown also as a sum with the personnel expenditure that the tables print."""
    order = models.PositiveSmallIntegerField(_("顺序"), default=50)
    is_active = models.BooleanField(_("启用"), default=True)

    class Meta:
        verbose_name = _("项目分组规则")
        verbose_name_plural = _("项目分组规则")
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.name

    def holds(self, name: str) -> bool:
        """Whether a project of this name belongs to the group."""
        return any(word in name for word in self.words.split()) and not any(
            word in name for word in self.words_not.split()
        )


class ServiceRatio(models.Model):
    """A cost per unit of service that a person defines: amounts of some projects over one indicator's number."""

    department = models.ForeignKey(
        Department, models.CASCADE, related_name="service_ratios", verbose_name=_("部门")
    )
    fiscal_year = models.SmallIntegerField(_("年度"))
    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    projects = models.TextField(_("项目代码或名称（每行一个）"))
    indicator = models.CharField(_("指标名称"), max_length=200)
    """Name of the indicator whose number divides the amounts, in any project of the department's year."""
    note = models.CharField(_("为什么这样算"), max_length=300)

    class Meta:
        verbose_name = _("单位成本口径")
        verbose_name_plural = _("单位成本口径")
        constraints = [
            models.UniqueConstraint(fields=["department", "fiscal_year", "name"], name="service_ratio_once")
        ]

    def __str__(self) -> str:
        return self.name
