"""The way in: uploads, what was understood of them, what a person changed, and who did what when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets.models import Department, Disclosure, Revision, SourceDocument


class Upload(models.Model):
    """One uploaded document on its way to publication."""

    class Status(models.TextChoices):
        """Where an upload stands."""

        WAITING = "waiting", _("等待读取")
        READING = "reading", _("正在读取")
        REVIEW = "review", _("待审核")
        APPROVED = "approved", _("已审核，待发布")
        PUBLISHED = "published", _("已发布")
        REFUSED = "refused", _("无法读取")
        DISCARDED = "discarded", _("已作废")

    document = models.ForeignKey(
        SourceDocument, models.PROTECT, related_name="uploads", verbose_name=_("原件")
    )
    status = models.CharField(_("状态"), max_length=12, choices=Status, default=Status.WAITING, db_index=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("部门")
    )
    fiscal_year = models.SmallIntegerField(_("年度"), null=True, blank=True)
    stage = models.CharField(_("预算或决算"), max_length=16, blank=True)
    scope = models.CharField(_("口径"), max_length=12, blank=True)
    proposal = models.JSONField(default=dict, blank=True)
    """What the importer proposes for the head: region, department, aliases, with reasons."""
    draft = models.JSONField(null=True, blank=True)
    """The Draft as read (never changed afterwards)."""
    findings = models.JSONField(default=list, blank=True)
    """Findings on the draft with the working corrections applied."""
    message = models.TextField(_("说明"), blank=True)
    """One clear sentence where the document could not be read."""
    progress_done = models.IntegerField(default=0)
    progress_total = models.IntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, blank=True, related_name="uploads")
    joined_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="companions")
    """The upload this one is published together with (tables and narrative as separate files)."""

    class Meta:
        verbose_name = _("上传")
        verbose_name_plural = _("上传")
        ordering = ["-uploaded_at", "-id"]
        permissions = [
            ("review_upload", _("可以审核上传")),
            ("publish_upload", _("可以发布")),
            ("withdraw_revision", _("可以撤回")),
        ]

    def __str__(self) -> str:
        return self.document.filename


class WorkingCorrection(models.Model):
    """One change a person made to a draft before publishing; undone ones are kept."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="corrections")
    path = models.CharField(max_length=200)
    label = models.CharField(max_length=300)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    reason = models.CharField(_("理由"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("更正")
        verbose_name_plural = _("更正")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.label


class WorkingExplanation(models.Model):
    """An explanation of a cause of findings, written before publishing; becomes public with it."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="explanations")
    cause = models.CharField(max_length=120)
    text = models.TextField(_("说明"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("说明")
        verbose_name_plural = _("说明")
        constraints = [models.UniqueConstraint(fields=["upload", "cause"], name="working_explanation_once")]

    def __str__(self) -> str:
        return self.text[:40]


class Event(models.Model):
    """One entry of the audit log; written once, never edited."""

    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("操作人")
    )
    kind = models.CharField(_("事项"), max_length=20)
    upload = models.ForeignKey(
        Upload, models.PROTECT, null=True, related_name="events", verbose_name=_("上传")
    )
    disclosure = models.ForeignKey(
        Disclosure, models.PROTECT, null=True, related_name="+", verbose_name=_("公开事项")
    )
    text = models.TextField(_("内容"), blank=True)

    class Meta:
        verbose_name = _("操作记录")
        verbose_name_plural = _("操作记录")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Membership(models.Model):
    """Binds a user to a department: such a user sees only that department's uploads."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("用户")
    )
    department = models.ForeignKey(Department, models.CASCADE, related_name="members", verbose_name=_("部门"))

    class Meta:
        verbose_name = _("所属部门")
        verbose_name_plural = _("所属部门")
        constraints = [models.UniqueConstraint(fields=["user", "department"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} → {self.department}"
