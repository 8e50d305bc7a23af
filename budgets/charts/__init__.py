"""Builders of charts: each turns a page's sections into a plain Plotly figure (no plotly.py at run time)."""

from budgets.charts.registry import CHARTS

__all__ = ["CHARTS"]
