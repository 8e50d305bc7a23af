"""Classification codes with the years they are valid in (财政部《政府收支分类科目》, yearly)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.models.vocabulary import Scheme


class ClassificationNode(models.Model):
    """One code of one scheme for a span of years; a code list never overrules a document."""

    scheme = models.CharField(_("分类"), max_length=16, choices=Scheme)
    code = models.CharField(_("编码"), max_length=9, db_collation="C")
    name = models.CharField(_("名称"), max_length=160)
    name_en = models.CharField(_("英文名"), max_length=200, blank=True)
    parent_code = models.CharField(_("上级编码"), max_length=9, blank=True, db_collation="C")
    year_from = models.SmallIntegerField(_("自年度"), default=2000)
    year_to = models.SmallIntegerField(_("至年度"), default=9999)

    class Meta:
        verbose_name = _("分类科目")
        verbose_name_plural = _("分类科目")
        ordering = ["scheme", "code", "-year_to"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code", "year_from"], name="node_once"),
            models.CheckConstraint(
                condition=Q(year_from__lte=models.F("year_to")), name="node_years_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
