"""Addresses of the JSON API, under /api/v1/."""

from budgets.api.v1 import build_api

app_name = "api-v1"
api = build_api()
urlpatterns = [*api.urls[0]]
