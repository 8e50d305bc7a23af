"""Addresses of downloads, under /downloads/ (``contracts.md`` §5); the same in both languages."""

from django.urls import path, re_path

from budgets.views import downloads, packs

urlpatterns = [
    path("index.json", downloads.index, name="downloads-index"),
    path("datapackage.json", downloads.datapackage, name="datapackage"),
    path("files/<str:name>", downloads.written_file, name="written-file"),
    re_path(
        r"^(?P<slug>[\w-]+)-(?P<year>\d{4})-(?P<stage>budget|final-accounts)-r(?P<number>\d{1,4})\.zip$",
        packs.pack,
        name="pack",
    ),
    re_path(r"^(?P<name>[a-z_]+)\.(?P<kind>csv|json|xlsx|parquet)$", downloads.download, name="download"),
]
