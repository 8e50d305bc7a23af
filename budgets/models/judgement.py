"""What was checked, corrected, explained, remarked on and announced."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.models.disclosures import Disclosure, Revision
from budgets.models.vocabulary import Outcome, Severity


class CheckResult(models.Model):
    """One identity of one disclosure (current revision), with both figures and both places."""

    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="check_results")
    other = models.ForeignKey(Disclosure, models.CASCADE, null=True, blank=True, related_name="+")
    """The second disclosure of a check across files (X13, X14, D09)."""
    position = models.PositiveIntegerField()
    check_code = models.CharField(_("核对"), max_length=60)
    outcome = models.CharField(_("结果"), max_length=12, choices=Outcome)
    severity = models.CharField(_("程度"), max_length=8, choices=Severity)
    cause = models.CharField(_("原因"), max_length=80, blank=True)
    message = models.TextField()
    message_en = models.TextField(blank=True)
    left = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    right = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    difference = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    tolerance = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    unit = models.CharField(max_length=20, blank=True)
    places = models.JSONField(default=list)
    statements = models.JSONField(default=list)
    """Slugs of the statements compared, left first."""

    class Meta:
        verbose_name = _("核对结果")
        verbose_name_plural = _("核对结果")
        ordering = ["position"]
        indexes = [
            models.Index(fields=["outcome", "severity"], name="check_by_outcome"),
            models.Index(fields=["disclosure", "outcome"], name="check_by_disclosure"),
        ]

    def __str__(self) -> str:
        return f"{self.check_code} {self.outcome}"


class Explanation(models.Model):
    """What the publisher says of a cause of findings; public, and kept over revisions."""

    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="explanations")
    cause = models.CharField(_("原因"), max_length=120)
    text = models.TextField(_("说明"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("发布单位的说明")
        verbose_name_plural = _("发布单位的说明")
        constraints = [models.UniqueConstraint(fields=["disclosure", "cause"], name="explanation_once")]

    def __str__(self) -> str:
        return self.text[:40]


class Correction(models.Model):
    """A figure or text that a person corrected before publishing; public with both values."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="corrections")
    path = models.CharField(max_length=200)
    """Where in the draft, e.g. ``tables/3/rows/7/figures/total``."""
    label = models.CharField(max_length=300)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("更正")
        verbose_name_plural = _("更正")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="correction_has_reason",
                violation_error_message=_("更正必须写明理由。"),
            )
        ]

    def __str__(self) -> str:
        return self.label


class PublicEvent(models.Model):
    """What the feed and ``changes.csv`` tell: published, revised, withdrawn, corrected, taken down."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=16)
    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="events")
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, related_name="events")
    label = models.CharField(max_length=300, blank=True)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("公开动态")
        verbose_name_plural = _("公开动态")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.disclosure}"


class Remark(models.Model):
    """A reader's remark on a figure; without account, answered by the finance staff."""

    disclosure = models.ForeignKey(
        Disclosure, models.CASCADE, related_name="remarks", verbose_name=_("公开事项")
    )
    address = models.CharField(_("页面"), max_length=500)
    subject = models.CharField(_("所指"), max_length=300, blank=True)
    text = models.TextField(_("内容"), max_length=2000)
    contact = models.CharField(_("联系方式"), max_length=200, blank=True)
    sender = models.CharField(max_length=64, db_index=True)
    """A keyed hash of the sender's address and day, for rate limits only."""
    at = models.DateTimeField(_("时间"))
    answer = models.TextField(_("答复"), blank=True)
    answer_is_public = models.BooleanField(_("公开答复"), default=False)
    closed_at = models.DateTimeField(_("办结"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("读者来信")
        verbose_name_plural = _("读者来信")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.text[:40]
