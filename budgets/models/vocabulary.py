"""The closed vocabularies (``contracts.md`` §2, glossary in ``domain.md`` §8) with their Chinese labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Which of the two documents of a fiscal year."""

    BUDGET = "budget", _("预算")
    FINAL_ACCOUNTS = "final_accounts", _("决算")

    @property
    def slug(self) -> str:
        """The word in addresses: ``budget`` or ``final-accounts``."""
        return self.value.replace("_", "-")


class Scope(models.TextChoices):
    """Whether the figures are a whole department's or one budget unit's; never added together."""

    DEPARTMENT = "department", _("部门")
    UNIT = "unit", _("单位")


class Scheme(models.TextChoices):
    """The classification a code belongs to."""

    FUNCTIONAL = "functional", _("支出功能分类")
    ECONOMIC_DEPT = "economic_dept", _("部门预算支出经济分类")
    ECONOMIC_GOV = "economic_gov", _("政府预算支出经济分类")


class RowKind(models.TextChoices):
    """What a printed row is."""

    ITEM = "item", _("明细")
    TOTAL = "total", _("合计")
    SUBTOTAL = "subtotal", _("小计")
    OF_WHICH = "of_which", _("其中")
    UNIT = "unit", _("单位")


class State(models.TextChoices):
    """What is printed in the cell of an amount."""

    AMOUNT = "amount", _("金额")
    ZERO = "zero", _("零")
    BLANK = "blank", _("未填列")
    DASH = "dash", _("横线")


class Outcome(models.TextChoices):
    """What a check says."""

    MATCH = "match", _("相符")
    ROUNDING = "rounding", _("舍入差异")
    MISMATCH = "mismatch", _("不符")
    UNDETERMINED = "undetermined", _("无法判断")


class Severity(models.TextChoices):
    """How much a problem or finding matters."""

    ERROR = "error", _("错误")
    WARNING = "warning", _("提示")
    INFO = "info", _("说明")
