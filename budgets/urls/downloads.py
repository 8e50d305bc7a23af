"""Addresses of downloads, under /downloads/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
