"""What was promised: projects, their objectives and indicators (current revisions)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets.models import Department, Disclosure


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
    name = models.CharField(_("项目名称"), max_length=400)
    yuan = models.DecimalField(_("金额（元）"), max_digits=20, decimal_places=2, null=True)
    printed = models.CharField(max_length=40, blank=True)
    unit_printed = models.CharField(max_length=20, blank=True)
    execution_weight = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    objective = models.TextField(_("绩效目标"), blank=True)
    objective_shortened = models.BooleanField(default=False)
    """True where our own sample holds a summary in our words instead of the printed text."""
    unit_code = models.CharField(max_length=20, blank=True)
    unit_name = models.CharField(max_length=255, blank=True)
    page = models.IntegerField(null=True)
    sheet = models.CharField(max_length=80, blank=True)
    line = models.IntegerField(null=True)
    row = models.IntegerField(null=True)
    box = ArrayField(models.FloatField(), size=4, null=True)

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
    printed = models.JSONField(default=list)
    page = models.IntegerField(null=True)
    sheet = models.CharField(max_length=80, blank=True)
    line = models.IntegerField(null=True)
    row = models.IntegerField(null=True)
    box = ArrayField(models.FloatField(), size=4, null=True)

    class Meta:
        verbose_name = _("绩效指标")
        verbose_name_plural = _("绩效指标")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name
