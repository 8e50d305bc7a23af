"""What this app adds to the shared pages, downloads and search of ``budgets``."""

from django.utils.translation import gettext_lazy as _

from budgets.registries import EXPORTS, NAVIGATION, PANELS, SEARCHED, NavigationLink, Searched
from budgets.search.find import search_kind


def register() -> None:
    """Enter this app's panels, exports and searched texts in the registries."""
    from performance.exports import build_indicators, build_projects
    from performance.panels import make_disclosure_panel

    PANELS["disclosure"].append(make_disclosure_panel)
    for export in (build_projects(), build_indicators()):
        EXPORTS[export.name] = export
    SEARCHED.append(Searched("project", _("项目"), search_kind("project")))
    SEARCHED.append(Searched("indicator", _("绩效指标"), search_kind("indicator")))
    NAVIGATION.append(NavigationLink("performance:explorer", _("承诺"), order=30))
