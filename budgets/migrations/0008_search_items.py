"""Codes of the classification can be searched for from the start."""

from typing import Any

from django.db import migrations

from budgets.search.entries import index_classification


def index(apps: Any, schema_editor: Any) -> None:
    """Write the search entries of the code lists that the migrations loaded."""
    index_classification(apps.get_model("budgets", "ClassificationNode").objects.all())


class Migration(migrations.Migration):
    """Index the code lists."""

    dependencies = [("budgets", "0007_classification")]
    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
