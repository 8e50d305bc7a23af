"""Addresses of what was promised."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
