"""An invented province: departments, budgets that reconcile, planted errors. For tests of size, never for facts."""

from intake.invented.budgets import Planted, invent_draft
from intake.invented.places import InventedDepartment, invent_departments

__all__ = ["InventedDepartment", "Planted", "invent_departments", "invent_draft"]
