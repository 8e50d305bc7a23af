"""Addresses of what was promised (``contracts.md`` §4)."""

from django.urls import URLPattern, path

from budgets.urls.converters import register_converters
from performance.views import explorer, projects, rules

register_converters()
app_name = "performance"
ONE = "departments/<slug:slug>/<yyyy:year>/<stage:stage>/projects"

urlpatterns: list[URLPattern] = [
    path("performance/", explorer.show_explorer, name="explorer"),
    path("performance.csv", explorer.download_explorer, name="explorer-csv"),
    path("performance/chart.json", explorer.show_chart, name="explorer-chart"),
    path("performance/rules/", rules.show_rules, name="rules"),
    path("performance/rules/<slug:code>/", rules.show_rule, name="rule"),
    path(f"{ONE}/", projects.show_projects, name="projects"),
    path(f"{ONE}.csv", projects.download_projects, name="projects-csv"),
    path(f"{ONE}/chart.json", projects.show_chart, name="projects-chart"),
    path(f"{ONE}/<str:code>/", projects.show_project, name="project"),
    path(f"{ONE}/<str:code>.csv", projects.download_project, name="project-csv"),
]
