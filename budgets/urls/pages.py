"""Addresses of pages (``contracts.md`` §4)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
