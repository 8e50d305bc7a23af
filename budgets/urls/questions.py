"""Addresses of pages that ask across disclosures, and of what explains the site."""

from django.urls import URLPattern, path

from budgets.urls.converters import register_converters
from budgets.views import about, all_checks, compare, embed, feeds, items, remarks, search, share

register_converters()
app_name = "questions"
ONE = "departments/<slug:slug>/<yyyy:year>/<stage:stage>"

urlpatterns: list[URLPattern] = [
    path("items/<str:scheme>/<slug:code>/", items.show_item, name="item"),
    path("items/<str:scheme>/<slug:code>/chart.json", items.show_chart, name="item-chart"),
    path("compare/", compare.show_compare, name="compare"),
    path("compare/chart.json", compare.show_chart, name="compare-chart"),
    path("compare.csv", compare.download_csv, name="compare-csv"),
    path("search/", search.show_search, name="search"),
    path("checks/", all_checks.show_all_checks, name="checks"),
    path("checks.csv", all_checks.download_checks, name="checks-csv"),
    path("glossary/", about.show_glossary, name="glossary"),
    path("about/", about.show_about, name="about"),
    path("downloads/", about.show_downloads, name="downloads"),
    path("about/api/", about.show_api, name="api"),
    path("feed.xml", feeds.ChangesFeed(), name="feed"),
    path("sitemap.xml", feeds.show_sitemap, name="sitemap"),
    path("robots.txt", feeds.show_robots, name="robots"),
    path(f"{ONE}/remark/", remarks.show_remark, name="remark"),
    path(f"{ONE}/card.png", share.show_card, name="card"),
    path(f"embed/{ONE}/<slug:name>/", embed.show_embed, name="embed"),
]
