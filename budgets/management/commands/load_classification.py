"""``manage.py load_classification``: bring the code lists of the project into the database again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from budgets.classification import load_classification
from budgets.models import ClassificationNode
from budgets.search.entries import index_classification


class Command(BaseCommand):
    """Write the code lists; nodes that people added stay."""

    help = "Write the project's code lists into the database (the migrations do it once)."

    def handle(self, *args: Any, **options: Any) -> None:
        """This will write the lists and say how many codes they hold."""
        self.stdout.write(f"{load_classification(ClassificationNode)} codes")
        index_classification()
