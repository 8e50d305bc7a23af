"""Addresses of pages (``contracts.md`` §4); more specific ones come first."""

from django.urls import URLPattern, path

from budgets.urls.converters import register_converters
from budgets.views import checks, departments, disclosure, home, revisions, source, statement

register_converters()
app_name = "pages"
ONE = "departments/<slug:slug>/<yyyy:year>/<stage:stage>"

urlpatterns: list[URLPattern] = [
    path("", home.show_home, name="home"),
    path("charts/<slug:name>.json", home.show_home_chart, name="home_chart"),
    path("regions/<slug:slug>/", departments.show_region, name="region"),
    path("departments/", departments.show_departments, name="departments"),
    path("departments.csv", departments.download_departments, name="departments_csv"),
    path("departments/<slug:slug>/", departments.show_department, name="department"),
    path(f"{ONE}/", disclosure.show_disclosure, name="disclosure"),
    path(f"{ONE}.csv", disclosure.download_disclosure, name="disclosure_csv"),
    path(f"{ONE}/charts/<slug:name>.json", disclosure.show_chart, name="chart"),
    path(f"{ONE}/checks/", checks.show_checks, name="disclosure_checks"),
    path(f"{ONE}/checks.csv", checks.download_checks, name="disclosure_checks_csv"),
    path(f"{ONE}/source/", source.show_source, name="source"),
    path(f"{ONE}/source/<hash:sha>-<int:number>.png", source.show_page, name="source_page"),
    path(f"{ONE}/revisions/<int:number>/", revisions.show_revision, name="revision"),
    path(f"{ONE}/<statement:statement>/", statement.show_statement, name="statement"),
    path(f"{ONE}/<statement:statement>.csv", statement.download_statement, name="statement_csv"),
]
