"""Documents, the disclosures they make, their revisions and statements."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.models.places import Department
from budgets.models.vocabulary import Scope, Stage


def find_original_path(document: "SourceDocument", filename: str) -> str:
    """Return where an original is stored: by content hash, so each content is stored once."""
    return f"originals/{document.sha256[:2]}/{document.sha256}"


class DataVersion(models.Model):
    """One row (id 1) whose number grows with each publication; caches and ETags hang on it."""

    number = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.number)


class SourceDocument(models.Model):
    """An original as published by a department, stored once by its SHA-256."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    file = models.FileField(
        _("文件"), upload_to=find_original_path, storage=storages["default"], max_length=120
    )
    filename = models.CharField(_("文件名"), max_length=255)
    kind = models.CharField(_("类型"), max_length=12)
    bytes = models.BigIntegerField(_("字节"))
    pages = models.IntegerField(_("页数"), default=0)
    source_url = models.URLField(_("来源网址"), max_length=600, blank=True)
    source_note = models.CharField(_("来源说明"), max_length=300, blank=True)
    is_public = models.BooleanField(_("公开原件"), default=False)
    taken_down_at = models.DateTimeField(_("撤下时间"), null=True, blank=True)
    taken_down_reason = models.CharField(_("撤下理由"), max_length=300, blank=True)
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("原件")
        verbose_name_plural = _("原件")
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_down_at__isnull=True) | ~Q(taken_down_reason=""),
                name="take_down_has_reason",
                violation_error_message=_("撤下原件必须写明理由。"),
            )
        ]

    def __str__(self) -> str:
        return self.filename


class Disclosure(models.Model):
    """What one department publishes for one year and stage. Its facts are those of the current revision."""

    department = models.ForeignKey(
        Department, models.PROTECT, related_name="disclosures", verbose_name=_("部门")
    )
    fiscal_year = models.SmallIntegerField(_("年度"))
    stage = models.CharField(_("预算或决算"), max_length=16, choices=Stage)
    scope = models.CharField(_("口径"), max_length=12, choices=Scope)
    current = models.OneToOneField(
        "Revision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="current_of",
        verbose_name=_("当前版本"),
    )
    published_on = models.DateField(_("公开日期"), null=True, blank=True)
    overview = models.JSONField(_("概要"), default=dict, blank=True)
    """The page's few big figures in yuan, computed when published (budgets.overview)."""

    class Meta:
        verbose_name = _("公开事项")
        verbose_name_plural = _("公开事项")
        ordering = ["-fiscal_year", "stage"]
        constraints = [
            models.UniqueConstraint(fields=["department", "fiscal_year", "stage"], name="disclosure_once")
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.fiscal_year} {self.get_stage_display()}"

    @property
    def stage_slug(self) -> str:
        """The stage as addresses write it."""
        return Stage(self.stage).slug


class Revision(models.Model):
    """One publication of a disclosure, kept whole and for ever."""

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("版本"))
    snapshot = models.JSONField()
    """``{"draft": Draft JSON, "findings": [...], "corrections": [...], "explanations": [...]}``."""
    documents = models.ManyToManyField(SourceDocument, related_name="revisions")
    published_at = models.DateTimeField(_("发布时间"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("版本说明"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("撤回理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("版本")
        verbose_name_plural = _("版本")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "number"], name="revision_number_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="withdrawal_has_reason",
                violation_error_message=_("撤回必须写明理由。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.disclosure} r{self.number}"


class Statement(models.Model):
    """One table of the current revision of a disclosure (keys in ``contracts.md`` §3)."""

    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="statements")
    position = models.PositiveSmallIntegerField()
    """Index in the draft's tables, from 0."""
    key = models.CharField(_("表"), max_length=40)
    slug = models.CharField(max_length=48)
    """The key with hyphens; a second table of the same key gets ``-2`` and so on."""
    title = models.CharField(_("标题"), max_length=255)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    unit_factor = models.DecimalField(max_digits=12, decimal_places=2, default=10000)
    """Yuan per printed unit."""
    columns = models.JSONField(default=list)
    """The columns as in ``contracts.md`` §2."""
    pages = models.JSONField(default=list)
    document = models.ForeignKey(SourceDocument, models.PROTECT, null=True, related_name="+")
    declared_empty = models.BooleanField(_("空表说明"), default=False)
    canonical_for = models.CharField(max_length=48, blank=True)
    """The schemes whose sums over departments come from this statement, parted by commas, or empty."""
    summable_keys = ArrayField(models.CharField(max_length=80), default=list)
    """The columns whose canonical leaves may be added up (``budgets.canonical.find_summable``)."""
    row_count = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=list)

    class Meta:
        verbose_name = _("报表")
        verbose_name_plural = _("报表")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["disclosure", "slug"], name="statement_slug_once")]

    def __str__(self) -> str:
        return self.title
